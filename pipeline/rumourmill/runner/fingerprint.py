"""What makes rows beside the articles: code, model, gazetteer, libraries. When it changes, articles are read again."""

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

# What only carries rows, or shows them, does not make them.
CARRIERS = frozenset(
    "__main__ batch checksums cli dask_cluster dataset errors evaluation exports filesystem fingerprint processes"
    " report sagas scheduler".split()
)
LIBRARIES = ("CurrencyConverter", "anyascii", "dateparser", "ftfy", "price-parser", "spacy")


@cache
def current(own: UserLists | None = None) -> dict[str, str]:
    """The parts of the recipe and their hashes or versions, with a user's own lists where there are some."""
    package = Path(__file__).parents[1]
    code = (p for p in package.rglob("*.py") if not {p.stem, *p.relative_to(package).parts} & CARRIERS)
    recipe = {
        "code": _hash(package, code),
        "model": _hash(models_dir(), (p for p in (models_dir() / "transfer_news").rglob("*") if p.suffix != ".md")),
        "gazetteer": _hash(models_dir(), (models_dir() / "gazetteer").rglob("*")),
        "libraries": " ".join(f"{name}={version(name)}" for name in LIBRARIES),
        "schema": str(SCHEMA_VERSION),
    }
    return recipe | ({"own_lists": digest(dict(own.files))} if own else {})


def model_version() -> str:
    """Name and version of the shipped model, such as `transfer_news-0.1.0`, told without loading it."""
    meta = json.loads((models_dir() / "transfer_news/meta.json").read_text(encoding="utf8"))
    return f"{meta['name']}-{meta['version']}"


def digest(recipe: dict[str, str]) -> str:
    """One hash of a whole recipe, or of other texts by their names."""
    return hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()[:32]


def _hash(root: Path, paths: Iterable[Path]) -> str:
    """A hash of files' names below root and of their bytes."""
    total = hashlib.sha256()
    for path in sorted(p for p in paths if p.is_file()):
        total.update(f"{path.relative_to(root)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:32]
