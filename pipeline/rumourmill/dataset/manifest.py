"""The manifest of a dataset: which parts it consists of. Every commit ends by replacing it atomically.

Beside each part's tables lies its ledger: what is known of the files that the part was made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem import FileSystem, Version, VersionedFile
from rumourmill.schema import SCHEMA_VERSION, TABLES

__all__ = [
    "LEDGERS",
    "NAME",
    "STATE",
    "LedgerEntry",
    "Manifest",
    "Part",
    "ledger_path",
    "ledger_text",
    "load",
    "load_current",
    "open_manifest",
    "part_files",
    "part_path",
    "read_ledgers",
    "to_bytes",
]

FORMAT = 1
STATE = ".rumourmill"  # lock, ledgers and staged files: hidden, and no file in it ends in .parquet
LEDGERS = f"{STATE}/ledgers"
NAME = "manifest.json"


@dataclass(frozen=True)
class Part:
    """The rows of one batch of articles: a file of the same name in each table's folder."""

    key: str  # a hash of what it was made of
    fingerprint: str  # of code, model, gazetteer, options and schema
    rows: dict[str, int]  # by table


@dataclass(frozen=True)
class LedgerEntry:
    """What is known of one file or row that was read, so that it need not be read again."""

    source_path: str
    article_id: str
    content_hash: str | None
    version: Version | None
    reason: str | None = None  # of its reject; None for an article


@dataclass
class Manifest:
    """The parts by key, and the components of their fingerprints by the fingerprints' hashes."""

    parts: dict[str, Part] = field(default_factory=dict)
    fingerprints: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """The number of rows of each table; a part of an older schema may lack some tables."""
        return {name: sum(part.rows.get(name, 0) for part in self.parts.values()) for name in TABLES}

    @property
    def schemas(self) -> set[int]:
        """The schema versions of the parts: several, if a run that upgrades them was stopped."""
        return {
            int(self.fingerprints.get(part.fingerprint, {}).get("schema", SCHEMA_VERSION))
            for part in self.parts.values()
        }


def part_path(table: str, key: str) -> str:
    """Return the path of a part's file of a table."""
    return f"{table}/{key}.parquet"


def ledger_path(key: str) -> str:
    """Return the path of a part's ledger."""
    return f"{LEDGERS}/{key}.json"


def part_files(key: str) -> dict[str, str]:
    """Return the paths of all files of a part, by the table's name or `ledger`."""
    return {name: part_path(name, key) for name in TABLES} | {"ledger": ledger_path(key)}


def open_manifest(files: FileSystem) -> VersionedFile:
    """Return the manifest's file."""
    return files.versioned_file(NAME, f"{STATE}/manifests")


def load(files: FileSystem, file: VersionedFile | None = None) -> Manifest:
    """Read the manifest of a dataset, whose parts may have an older schema; it is empty if nothing was committed.

    Args:
        files: folder of the dataset.
        file: the manifest's file, if it is to be replaced later.

    Raises:
        OutputError: the manifest is damaged, or was written by a later version.
    """
    found = _parse(files, file or open_manifest(files))
    if newest := max((version for version in found.schemas if version > SCHEMA_VERSION), default=None):
        raise OutputError(
            f"{files} was written by a later rumourmill (its tables have schema {newest}, this one reads"
            f" {SCHEMA_VERSION}): use that version, or choose another folder"
        )
    return found


def load_current(files: FileSystem) -> Manifest:
    """Read the manifest of a dataset for reading its tables, which must have the present schema.

    Raises:
        OutputError: as `load`.
        UsageError: a table has an older schema.
    """
    found = load(files)
    if oldest := [version for version in sorted(found.schemas) if version < SCHEMA_VERSION]:
        raise UsageError(
            f"{files} was written by an earlier rumourmill (its tables have schema {oldest[0]}, this one reads"
            f" {SCHEMA_VERSION}): upgrade it with `rumourmill extract IN {files} --prune`, which reads all articles"
            " again"
        )
    return found


def _parse(files: FileSystem, file: VersionedFile) -> Manifest:
    path = files.url(NAME)
    try:
        text = file.read()
        if text is None:
            return Manifest()
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise OutputError(f"{path} was written by another version of rumourmill: choose another folder")
        # On disk a fingerprint is called a recipe, as in the first version of the format.
        parts = {part["key"]: Part(part["key"], part["recipe"], part["rows"]) for part in data["parts"]}
        return Manifest(parts, data["recipes"])
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{path} is damaged ({error}): remove the folder and extract again") from error


def to_bytes(manifest: Manifest) -> bytes:
    """Serialize a manifest; fingerprints that no part has are left out."""
    parts = sorted(manifest.parts.values(), key=lambda part: part.key)
    used = {part.fingerprint for part in parts}
    data = {
        "format": FORMAT,
        "recipes": {key: found for key, found in sorted(manifest.fingerprints.items()) if key in used},
        "parts": [{"key": part.key, "recipe": part.fingerprint, "rows": part.rows} for part in parts],
    }
    return json.dumps(data, indent=1).encode()


def ledger_text(entries: Iterable[LedgerEntry]) -> str:
    """Serialize entries as a ledger, one a line."""
    return "".join(json.dumps(list(vars(entry).values()), ensure_ascii=False) + "\n" for entry in entries)


def read_ledgers(files: FileSystem, keys: Iterable[str]) -> Iterator[list[LedgerEntry]]:
    """Yield the entries of the ledgers of some parts."""
    for data in files.read_many(ledger_path(key) for key in keys):
        values = (json.loads(line) for line in data.decode().split("\n") if line)
        yield [
            LedgerEntry(path, article_id, content_hash, tuple(version) if version else None, reason)
            for path, article_id, content_hash, version, reason in values
        ]
