"""The forms that currencies take in text, from currencies.csv."""

from __future__ import annotations

import re
from functools import cache

from pipeline import gazetteer

__all__ = ["form_of", "forms", "resolve", "uses_of"]

COLUMNS = ("code", "use", "form", "hints")


@cache
def forms(use: str) -> tuple[str, ...]:
    """The forms of one use (symbol, code or word), longest first."""
    rows = gazetteer.rows("currencies.csv", COLUMNS, ("hints",))
    return tuple(sorted({row["form"] for row in rows if row["use"] == use}, key=lambda form: (-len(form), form)))


@cache
def _uses() -> dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]:
    """Every form, lower case, with its currencies; those with a hint first."""
    forms: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
    for row in gazetteer.rows("currencies.csv", COLUMNS, ("hints",)):
        hint = re.compile(rf"\b(?:{row['hints']})\b") if row["hints"] else None
        forms.setdefault(row["form"].lower(), []).append((row["code"], hint))
    return {form: tuple(sorted(uses, key=lambda use: use[1] is None)) for form, uses in forms.items()}


def form_of(written: str | None) -> str:
    """A form as currencies.csv has it; empty for None."""
    return (written or "").strip(" -\u00a0\u202f\u2009").lower().removeprefix("of ")


@cache
def uses_of(form: str) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """The currencies a form may stand for, each with the hint that decides for it."""
    uses = _uses()
    return uses.get(form) or uses.get(form.removesuffix("s")) or uses[form[-1:]]


def resolve(form: str, text: str) -> str:
    """The currency of a form; hints in the text decide between several."""
    uses = uses_of(form)
    return next((code for code, hint in uses if hint is not None and hint.search(text)), uses[-1][0])
