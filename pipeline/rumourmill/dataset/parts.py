"""Rows become the files of a part, staged: complete, but not visible before they are committed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rumourmill.dataset.manifest import STATE, LedgerEntry, Part, ledger_text, part_path
from rumourmill.errors import OutputError
from rumourmill.filesystem import FileSystem, Staged, writing
from rumourmill.schema import TABLES, Row, arrow_schema

__all__ = ["STAGING", "StagedPart", "check_schema", "part_key", "stage", "stage_without", "write_staged"]

STAGING = f"{STATE}/staging"


@dataclass(frozen=True)
class StagedPart:
    """A part that is not in the dataset yet."""

    part: Part
    entries: tuple[LedgerEntry, ...]
    files: Mapping[str, Staged] = field(repr=False)  # by the table's name or `ledger`


def part_key(fingerprint: str, entries: Iterable[LedgerEntry], owner: str = "") -> str:
    """Return the name of a part: a hash of what it is made of.

    Args:
        fingerprint: of what made the rows.
        entries: the files that the rows were made of.
        owner: of the dataset's lock, where two processes may both take themselves for it: neither may then remove
            what the other has written.
    """
    made_of = [[e.source_path, e.content_hash, e.reason] for e in entries]
    identity = [fingerprint, made_of, owner] if owner else [fingerprint, made_of]
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:32]


def stage(
    files: FileSystem | None,
    fingerprint: str,
    entries: Iterable[LedgerEntry],
    rows: Mapping[str, list[Row]],
    owner: str = "",
) -> StagedPart:
    """Convert the rows of a batch to the files of a part.

    Args:
        files: folder of the dataset; None if this process does not see it, which leaves the files in memory.
        fingerprint: hash of what made the rows.
        entries: what the rows were made of, in order of their source path.
        rows: the valid rows of each table, in order.
        owner: of the dataset's lock.

    Raises:
        OutputError: the files cannot be written.
    """
    tables = {name: pa.Table.from_pylist(rows.get(name, []), schema=arrow_schema(name)) for name in TABLES}
    staged = _to_part(fingerprint, tuple(entries), tables, owner)
    return write_staged(staged, files) if files else staged


def stage_without(
    files: FileSystem, part: Part, entries: Iterable[LedgerEntry], removed: Iterable[LedgerEntry], owner: str = ""
) -> StagedPart:
    """Convert a part of the dataset to a new one without some of its articles.

    Args:
        files: folder of the dataset.
        part: the part.
        entries: of its files that stay.
        removed: those of its files that are left out.
        owner: of the dataset's lock.
    """
    removed = list(removed)
    values = {
        "article_id": pa.array([e.article_id for e in removed if e.reason is None], pa.string()),
        "source_path": pa.array([e.source_path for e in removed if e.reason is not None], pa.string()),
    }
    tables = {}
    contents = files.read_many(part_path(name, part.key) for name in TABLES)
    for name, content in zip(TABLES, contents, strict=True):
        table = pq.read_table(pa.BufferReader(content), partitioning=None)
        column = "source_path" if name == "rejects" else "article_id"
        tables[name] = table.filter(pc.invert(pc.is_in(table[column], values[column])))
    return write_staged(_to_part(part.fingerprint, tuple(entries), tables, owner), files)


def write_staged(staged: StagedPart, files: FileSystem) -> StagedPart:
    """Write the files of a part that are still in memory to the dataset's disk, if it is on one.

    Raises:
        OutputError: they cannot be written.
    """
    with writing(files):
        return replace(staged, files=files.stage(f"{STAGING}/{staged.part.key}", staged.files))


def check_schema(staged: StagedPart, files: FileSystem) -> None:
    """Read the files of a part again, so that nothing damaged becomes visible, whoever wrote it.

    Raises:
        OutputError: a file is incomplete, or does not have the schema.
    """
    for name in TABLES:
        try:
            with files.open_staged(staged.files[name]) as file:
                found = pq.read_metadata(file)
                matches = found.schema.to_arrow_schema().equals(arrow_schema(name), check_metadata=True)
        except (OSError, pa.ArrowInvalid) as error:
            raise OutputError(f"a batch of {name} cannot be read again ({error}): run extract again") from error
        if not matches or found.num_rows != staged.part.rows[name]:
            raise OutputError(
                f"a batch of {name} does not have the schema: make sure that all workers run the same rumourmill"
            )


def _to_part(
    fingerprint: str, entries: tuple[LedgerEntry, ...], tables: Mapping[str, pa.Table], owner: str
) -> StagedPart:
    rows = {name: table.num_rows for name, table in tables.items()}
    part = Part(part_key(fingerprint, entries, owner), fingerprint, rows)
    files: dict[str, Staged] = {name: _to_parquet(table) for name, table in tables.items()}
    return StagedPart(part, entries, files | {"ledger": ledger_text(entries).encode()})


def _to_parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data
