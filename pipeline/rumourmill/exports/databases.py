"""Export to DuckDB and SQLite files with the types, keys and descriptions of the schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

import pyarrow as pa

from rumourmill.dataset import Snapshot
from rumourmill.errors import OutputError, UsageError
from rumourmill.exports.csv_folder import to_plain_value
from rumourmill.exports.statements import (
    DUCKDB_TYPES,
    SQLITE_TYPES,
    comment_statements,
    create_table_statement,
    quote_name,
)
from rumourmill.schema import TABLES, arrow_schema

__all__ = ["write_duckdb", "write_sqlite"]

DUCKDB_SETTINGS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "256MB", "threads": 1}
BATCHES_PER_INSERT = 20  # DuckDB keeps the index entries of a transaction in memory


def write_duckdb(snapshot: Snapshot, path: Path) -> None:
    """Write a dataset to a new DuckDB file; descriptions are comments of tables and columns.

    Raises:
        UsageError: DuckDB is not installed.
        OutputError: DuckDB cannot write the file.
        Replaced: a part of the dataset was replaced during the export.
    """
    try:
        import duckdb  # noqa: PLC0415 - optional dependency
    except ImportError as error:
        raise UsageError("DuckDB is not installed: pip install duckdb, or export to .sqlite") from error
    try:
        with duckdb.connect(str(path), config=DUCKDB_SETTINGS) as database:
            for table in TABLES.values():
                database.execute(create_table_statement(table, DUCKDB_TYPES))
                schema = _without_dictionaries(arrow_schema(table.name))
                batches = snapshot.batches(table.name)
                while some := list(islice(batches, BATCHES_PER_INSERT)):
                    database.register("incoming", pa.Table.from_batches(some).cast(schema))
                    database.execute(f"INSERT INTO {quote_name(table.name)} SELECT * FROM incoming")  # noqa: S608 - names of the schema
                    database.unregister("incoming")
                for statement in comment_statements(table):
                    database.execute(statement)
    except duckdb.Error as error:
        raise OutputError(f"{path} cannot be written: {error}") from error


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    """Return a schema with strings for dictionary types: the dictionaries of two parts can differ."""
    return pa.schema(field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in schema)


def write_sqlite(snapshot: Snapshot, path: Path) -> None:
    """Write a dataset to a new SQLite file; descriptions are comments in the CREATE TABLE statements.

    Dates and times are ISO 8601 texts, flags 0 and 1, spans JSON.

    Raises:
        OutputError: SQLite cannot write the file.
        Replaced: a part of the dataset was replaced during the export.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            for table in TABLES.values():
                database.execute(create_table_statement(table, SQLITE_TYPES, with_descriptions=True))
                parameters = ", ".join("?" * len(table.columns))
                insert = f"INSERT INTO {quote_name(table.name)} VALUES ({parameters})"  # noqa: S608 - names of the schema
                with database:
                    database.executemany(insert, (tuple(map(to_plain_value, row)) for row in snapshot.rows(table.name)))
    except sqlite3.Error as error:
        raise OutputError(f"{path} cannot be written: {error}") from error
