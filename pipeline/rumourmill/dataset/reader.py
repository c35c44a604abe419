"""Whole tables of a dataset, read through its manifest: an exact snapshot also while a run writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import STATE, Part, part_path
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem import FileSystem, Location, open_file_system
from rumourmill.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RETRIES", "exists", "read", "read_arrow", "row_counts"]

RETRIES = 20  # of a reader whose parts are replaced while it reads


def exists(out: Location) -> bool:
    """Return whether a folder holds a dataset, possibly one whose first run was killed."""
    return open_file_system(out).is_folder(STATE)


def row_counts(out: Location) -> dict[str, int]:
    """Return the number of rows of each table of a dataset.

    Raises:
        UsageError: there is no dataset, or it has an older schema.
    """
    return manifest.load_current(_open(out)).rows


def read_arrow(out: Location, table: str) -> pa.Table:
    """Read one table of a dataset as an Arrow table, ordered by its first column.

    Raises:
        UsageError: there is no such table or no dataset, or it has an older schema.
        OutputError: a part is missing.
    """
    if table not in TABLES:
        raise UsageError(f"there is no table {table!r}: the tables are {', '.join(TABLES)}")
    files = _open(out)
    for _ in range(RETRIES):
        try:
            return _read_parts(files, table, manifest.load_current(files).parts.values())
        except FileNotFoundError as error:  # a commit replaced the part: read the next manifest
            missing = error
    raise OutputError(f"{files} lacks a part of {table} ({missing}): run extract again to repair it") from missing


def read(out: Location, table: str) -> pd.DataFrame:
    """Read one table of a dataset as a DataFrame; `rumourmill.read` documents the types."""
    import pandas as pd  # noqa: PLC0415 - workers never need it

    arrow = read_arrow(out, table)
    nullable = {c.name for c in TABLES[table].columns if c.nullable and c.kind == "whole"}
    frame: pd.DataFrame = arrow.drop_columns(list(nullable)).to_pandas(date_as_object=False)
    for column in TABLES[table].columns:
        if column.name in nullable:
            frame[column.name] = pd.array(arrow[column.name].to_pylist(), dtype="Int32")
        elif column.kind == "choice":
            frame[column.name] = frame[column.name].cat.set_categories(list(column.choices))
    return frame[[column.name for column in TABLES[table].columns]]


def _open(out: Location) -> FileSystem:
    files = open_file_system(out)
    if not exists(files):
        raise UsageError(f"{files} holds no tables: extract some first")
    return files


def _read_parts(files: FileSystem, table: str, parts: Iterable[Part]) -> pa.Table:
    schema = arrow_schema(table)
    contents = files.read_many(part_path(table, part.key) for part in parts)
    pieces = [pq.read_table(pa.BufferReader(content), partitioning=None) for content in contents]
    whole = pa.concat_tables([schema.empty_table(), *(piece.cast(schema) for piece in pieces)]).unify_dictionaries()
    # The rows of an article are together and in order, and the sort is stable.
    return whole.sort_by(schema.names[0]).replace_schema_metadata(schema.metadata)
