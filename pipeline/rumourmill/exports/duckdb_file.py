"""Writes a DuckDB database: types, keys and comments of the contract."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyarrow as pa

from rumourmill.dataset import Snapshot
from rumourmill.errors import OutputError, UsageError
from rumourmill.exports.statements import DUCKDB_TYPES, comments, create_table, quoted
from rumourmill.schema import TABLES, arrow_schema

__all__ = ["write"]

SETTINGS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "256MB", "threads": 1}
AT_ONCE = 20  # parts: DuckDB holds in memory what a transaction adds to the indexes of the keys


def write(snapshot: Snapshot, path: Path) -> None:
    """Write a dataset into a new file.

    Raises:
        UsageError: DuckDB is not installed.
        OutputError: DuckDB cannot write the file.
        Replaced: a part of the dataset was replaced meanwhile.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra: only this needs it
    except ImportError as error:
        raise UsageError("DuckDB is not installed: pip install duckdb, or export to .sqlite") from error
    try:
        with duckdb.connect(str(path), config=SETTINGS) as database:
            for table in TABLES.values():
                database.execute(create_table(table, DUCKDB_TYPES))
                batches = snapshot.batches(table.name)
                while some := list(islice(batches, AT_ONCE)):
                    database.register("incoming", pa.Table.from_batches(some).cast(_words(arrow_schema(table.name))))
                    database.execute(f"INSERT INTO {quoted(table.name)} SELECT * FROM incoming")  # noqa: S608 - our names
                    database.unregister("incoming")
                for comment in comments(table):
                    database.execute(comment)
    except duckdb.Error as error:
        raise OutputError(f"{path} cannot be written: {error}") from error


def _words(schema: pa.Schema) -> pa.Schema:
    """Words instead of their codes, whose meanings differ from part to part."""
    return pa.schema(field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in schema)
