"""The code blocks and commands of README, CONTRIBUTING and docs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *ROOT.glob("CONTRIBUTING.md")]

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)(?: {4}\S.*\n)+")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return kind and text of all code blocks of a page, in order; indented blocks are shell commands."""
    text = page.read_text(encoding="utf8") + "\n"
    found = [(m.start(), m[1], m[2]) for m in _FENCED.finditer(text)]
    unfenced = _FENCED.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    found += [(m.start(), "bash", re.sub(r"(?m)^ {4}", "", m[0])) for m in _INDENTED.finditer(unfenced)]
    return [(kind, code) for _, kind, code in sorted(found)]


def commands(page: Path) -> list[str]:
    """Return the lines of the shell blocks of a page, without comments."""
    lines = "".join(code for kind, code in blocks(page) if kind == "bash").splitlines()
    return [line for line in (re.sub(r"(^|\s)#.*", "", line).strip() for line in lines) if line]
