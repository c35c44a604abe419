"""Rows -> the staged files of a part: written outside the tables, flushed, and waiting for their commit.

A worker that cannot reach the dataset's disk hands the files over in memory instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rumourmill.dataset.manifest import Entry, Part, ledger_text, part_path
from rumourmill.errors import OutputError
from rumourmill.filesystem.files import flush, opened, writing
from rumourmill.filesystem.objects import Place
from rumourmill.schema import TABLES, arrow_schema
from rumourmill.schema.records import Row

__all__ = ["StagedPart", "check", "part_key", "put_down", "stage", "stage_rest", "staged_path"]


@dataclass(frozen=True)
class StagedPart:
    """A part that is not yet in the dataset: on its disk, or in hand."""

    part: Part
    entries: tuple[Entry, ...]
    folder: Path | None  # holds <table>.staged and ledger.staged
    files: dict[str, bytes] = field(default_factory=dict, repr=False)  # of the tables and `ledger`, without a folder


def part_key(recipe: str, entries: Iterable[Entry]) -> str:
    """The name of a part: a hash of what made it."""
    made_of = [[e.source_path, e.content_hash, e.reason] for e in entries]
    return hashlib.sha256(json.dumps([recipe, made_of]).encode()).hexdigest()[:32]


def stage(staging: Path | None, recipe: str, entries: Iterable[Entry], rows: dict[str, list[Row]]) -> StagedPart:
    """Write a part's rows below the staging folder.

    Args:
        staging: folder of this run's staged parts; None leaves the part in hand.
        recipe: hash of the recipe that made the rows.
        entries: what the rows were made of, in order of their source path.
        rows: the rows of each table, checked, in their order.

    Returns:
        The part, flushed to the disk or in hand.

    Raises:
        OutputError: it cannot be written.
    """
    tables = {name: pa.Table.from_pylist(rows.get(name, []), schema=arrow_schema(name)) for name in TABLES}
    return _stage(staging, recipe, tuple(entries), tables)


def put_down(staged: StagedPart, staging: Path) -> StagedPart:
    """Write a part in hand below the staging folder.

    Raises:
        OutputError: it cannot be written.
    """
    folder = staging / staged.part.key
    with writing(staging.parent.parent):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in staged.files.items():
            staged_path(folder, name).write_bytes(data)
            flush(staged_path(folder, name))
    return replace(staged, folder=folder, files={})


def stage_rest(
    out: Place, staging: Path | None, part: Part, entries: Iterable[Entry], gone: Iterable[Entry]
) -> StagedPart:
    """Write a part of the dataset again without some of its files, from the rows it has.

    Args:
        out: folder of the dataset.
        staging: folder of this run's staged parts; None leaves the part in hand.
        part: the part as it is.
        entries: those of its files that stay.
        gone: those that go.
    """
    gone = list(gone)
    drop = {
        "article_id": pa.array([e.article_id for e in gone if e.reason is None], pa.string()),
        "source_path": pa.array([e.source_path for e in gone if e.reason is not None], pa.string()),
    }
    tables = {}
    for name, file in zip(TABLES, opened(part_path(out, name, part.key) for name in TABLES), strict=True):
        table = pq.read_table(file, partitioning=None)
        column = "source_path" if name == "rejects" else "article_id"
        tables[name] = table.filter(pc.invert(pc.is_in(table[column], drop[column])))
    return _stage(staging, part.recipe, tuple(entries), tables)


def check(staged: StagedPart) -> None:
    """Hold a staged part against the contract, so that nothing else becomes visible, whoever wrote it.

    Raises:
        OutputError: a file of it is not whole, or not of the schema.
    """
    for name in TABLES:
        try:
            file = staged_path(staged.folder, name) if staged.folder else pa.BufferReader(staged.files[name])
            found = pq.read_metadata(file)
            kept = found.schema.to_arrow_schema().equals(arrow_schema(name), check_metadata=True)
        except (OSError, pa.ArrowInvalid) as error:
            raise OutputError(f"a batch of {name} cannot be read again ({error}): run extract again") from error
        if not kept or found.num_rows != staged.part.rows[name]:
            raise OutputError(f"a batch of {name} breaks the schema: see that all workers run the same rumourmill")


def staged_path(folder: Path, name: str) -> Path:
    """A staged file; its suffix keeps it out of every glob for Parquet files."""
    return folder / f"{name}.staged"


def _stage(staging: Path | None, recipe: str, entries: tuple[Entry, ...], tables: dict[str, pa.Table]) -> StagedPart:
    key = part_key(recipe, entries)
    part = Part(key, recipe, {name: table.num_rows for name, table in tables.items()})
    if staging is None:
        files = {name: _parquet(table) for name, table in tables.items()}
        return StagedPart(part, entries, None, files | {"ledger": ledger_text(entries).encode()})
    folder = staging / key
    with writing(staging.parent.parent):
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            pq.write_table(table, staged_path(folder, name))
            flush(staged_path(folder, name))
        staged_path(folder, "ledger").write_text(ledger_text(entries), encoding="utf8")
        flush(staged_path(folder, "ledger"))
    return StagedPart(part, entries, folder)


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data
