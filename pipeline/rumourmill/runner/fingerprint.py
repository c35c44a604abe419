"""The fingerprint of code, model, gazetteer and libraries: when it changes, all articles are read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from rumourmill.resources.lists import models_dir
from rumourmill.resources.user_lists import UserLists
from rumourmill.schema import SCHEMA_VERSION

__all__ = ["current", "digest", "model_version"]

# Modules and packages that transport or show rows, and do not determine what is in them.
EXCLUDED = frozenset(
    "__main__ batch checksums cli dask_cluster dataset errors evaluation exports filesystem fingerprint plan"
    " processes report sagas scheduler".split()
)
LIBRARIES = ("CurrencyConverter", "anyascii", "dateparser", "ftfy", "price-parser", "spacy")


@cache
def current(own: UserLists | None = None) -> dict[str, str]:
    """Return the components of the fingerprint and their hashes or versions.

    Args:
        own: the user's own lists, which are one of them.
    """
    package = Path(__file__).parents[1]
    code = (p for p in package.rglob("*.py") if not {p.stem, *p.relative_to(package).parts} & EXCLUDED)
    components = {
        "code": _hash(package, code),
        "model": _hash(models_dir(), (p for p in (models_dir() / "transfer_news").rglob("*") if p.suffix != ".md")),
        "gazetteer": _hash(models_dir(), (models_dir() / "gazetteer").rglob("*")),
        "libraries": " ".join(f"{name}={version(name)}" for name in LIBRARIES),
        "schema": str(SCHEMA_VERSION),
    }
    return components | ({"own_lists": digest(dict(own.files))} if own else {})


def model_version() -> str:
    """Return name and version of the shipped model, such as `transfer_news-0.1.0`, without loading it."""
    meta = json.loads((models_dir() / "transfer_news/meta.json").read_text(encoding="utf8"))
    return f"{meta['name']}-{meta['version']}"


def digest(components: dict[str, str]) -> str:
    """Return one hash of all components of a fingerprint, or of other named texts."""
    return hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()[:32]


def _hash(root: Path, paths: Iterable[Path]) -> str:
    """Return a hash of the names below root and the bytes of files."""
    total = hashlib.sha256()
    for path in sorted(p for p in paths if p.is_file()):
        total.update(f"{path.relative_to(root)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:32]
