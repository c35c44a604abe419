"""The tables of a dataset, read through its manifest: an exact snapshot also while a run writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import STATE, Part, part_path
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem.files import opened
from rumourmill.filesystem.objects import Place, place
from rumourmill.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["exists", "read", "read_arrow", "row_counts"]

TRIES = 20  # of a reader whose parts are replaced under its hands


def exists(out: Place) -> bool:
    """Whether a folder holds a dataset, be it one whose first run was killed."""
    return (out / STATE).is_dir()


def row_counts(out: Place) -> dict[str, int]:
    """The rows of each table of a dataset.

    Raises:
        UsageError: there is no dataset, or one of an older schema.
    """
    if not exists(out):
        raise UsageError(f"{out} holds no tables: extract some first")
    return manifest.load_to_read(out).rows


def read_arrow(out: str | Place, table: str) -> pa.Table:
    """One table of a dataset as Arrow, an exact snapshot also while a run writes.

    Raises:
        UsageError: there is no such table or no dataset, or one of an older schema.
        OutputError: a part of it is missing.
    """
    out = place(out)
    if table not in TABLES:
        raise UsageError(f"there is no table {table!r}: the tables are {', '.join(TABLES)}")
    if not exists(out):
        raise UsageError(f"{out} holds no tables: extract some first")
    for _ in range(TRIES):
        try:
            return _read_parts(out, table, manifest.load_to_read(out).parts.values())
        except FileNotFoundError as error:  # a commit replaced the part: take the next manifest
            missing = error
    raise OutputError(f"{out} lacks a part of {table} ({missing}): run extract again to mend it") from missing


def read(out: str | Place, table: str) -> pd.DataFrame:
    """One table of a dataset as pandas has it; `rumourmill.read` tells what of what type."""
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


def _read_parts(out: Place, table: str, parts: Iterable[Part]) -> pa.Table:
    schema = arrow_schema(table)
    files = opened(part_path(out, table, part.key) for part in parts)
    pieces = [pq.read_table(file, partitioning=None) for file in files]
    whole = pa.concat_tables([schema.empty_table(), *(piece.cast(schema) for piece in pieces)]).unify_dictionaries()
    # Rows of one article lie together and in order; the sort is stable.
    return whole.sort_by(schema.names[0]).replace_schema_metadata(schema.metadata)
