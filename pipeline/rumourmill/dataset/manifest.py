"""The manifest of a dataset: which parts it consists of. Replaced atomically, and last, by every commit."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem.files import opened, replace_text
from rumourmill.filesystem.objects import Place
from rumourmill.schema import SCHEMA_VERSION, TABLES

__all__ = [
    "STATE",
    "Entry",
    "Manifest",
    "Part",
    "ledger_path",
    "ledger_text",
    "load",
    "load_to_read",
    "part_path",
    "read_ledgers",
    "save",
]

FORMAT = 1
STATE = ".rumourmill"  # lock, ledgers and staging: hidden, and without a .parquet in it
NAME = "manifest.json"


@dataclass(frozen=True)
class Part:
    """A batch of articles in the dataset: one file of the same name in each table's folder."""

    key: str  # a hash of what made it
    recipe: str  # the recipe's hash: code, model, gazetteer, options, schema
    rows: dict[str, int]  # by table


@dataclass(frozen=True)
class Entry:
    """What a part's ledger remembers of one file, so that it need not be read again."""

    source_path: str
    article_id: str
    content_hash: str | None
    stamp: tuple[int, int, int] | None
    reason: str | None = None  # of its reject; None for an article


@dataclass
class Manifest:
    """The parts by key, and what the recipes' hashes stand for."""

    parts: dict[str, Part] = field(default_factory=dict)
    recipes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each table; a part of an older schema may lack some tables."""
        return {name: sum(part.rows.get(name, 0) for part in self.parts.values()) for name in TABLES}

    @property
    def schemas(self) -> set[int]:
        """The versions of the schema that its parts have: several, where a run that upgrades them was stopped."""
        return {int(self.recipes.get(part.recipe, {}).get("schema", SCHEMA_VERSION)) for part in self.parts.values()}


def part_path(out: Place, table: str, key: str) -> Place:
    """Where a part's file of a table lies."""
    return out / table / f"{key}.parquet"


def ledger_path(out: Place, key: str) -> Place:
    """Where a part's ledger lies."""
    return out / STATE / "ledgers" / f"{key}.json"


def load(out: Place) -> Manifest:
    """The manifest of a dataset; an empty one where nothing was committed yet. Its parts may have an older schema.

    Raises:
        OutputError: it is damaged, or of a later version.
    """
    found = _load(out)
    if newest := max((version for version in found.schemas if version > SCHEMA_VERSION), default=None):
        raise OutputError(
            f"{out} was written by a later rumourmill (its tables have schema {newest}, this one knows"
            f" {SCHEMA_VERSION}): use that version, or choose another folder"
        )
    return found


def load_to_read(out: Place) -> Manifest:
    """The manifest of a dataset whose tables all have the present schema.

    Raises:
        OutputError: as `load`.
        UsageError: they have an older one.
    """
    found = load(out)
    if oldest := [version for version in sorted(found.schemas) if version < SCHEMA_VERSION]:
        raise UsageError(
            f"{out} was written by an earlier rumourmill (its tables have schema {oldest[0]}, this one reads"
            f" {SCHEMA_VERSION}): upgrade it with `rumourmill extract IN {out} --prune`, which reads the articles anew"
        )
    return found


def _load(out: Place) -> Manifest:
    path = out / NAME
    try:
        data = json.loads(path.read_text(encoding="utf8"))
        if data["format"] != FORMAT:
            raise OutputError(f"{path} was written by another version of rumourmill: choose another folder")
        return Manifest({p["key"]: Part(**p) for p in data["parts"]}, data["recipes"])
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{path} is damaged ({error}): remove the folder and extract again") from error


def save(out: Place, manifest: Manifest) -> None:
    """Publish a manifest: from here on, readers see its parts and no others."""
    parts = sorted(manifest.parts.values(), key=lambda part: part.key)
    used = {part.recipe for part in parts}
    recipes = {key: recipe for key, recipe in sorted(manifest.recipes.items()) if key in used}
    data = {"format": FORMAT, "recipes": recipes, "parts": [asdict(part) for part in parts]}
    replace_text(out / NAME, json.dumps(data, indent=1))


def ledger_text(entries: Iterable[Entry]) -> str:
    """Entries as the text of a ledger, one a line."""
    return "".join(json.dumps(list(vars(entry).values()), ensure_ascii=False) + "\n" for entry in entries)


def read_ledgers(paths: Iterable[Place]) -> Iterator[list[Entry]]:
    """The entries of each ledger."""
    for ledger in opened(paths):
        text = ledger.getvalue().decode() if isinstance(ledger, io.BytesIO) else ledger.read_text(encoding="utf8")
        values = (json.loads(line) for line in text.split("\n") if line)
        yield [Entry(path, id_, hash_, tuple(stamp) if stamp else None, why) for path, id_, hash_, stamp, why in values]
