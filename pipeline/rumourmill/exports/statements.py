"""The contract as SQL: statements that DuckDB and SQLite understand, made from schema.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from rumourmill.dataset import exists, row_counts
from rumourmill.errors import UsageError
from rumourmill.schema import TABLES, Column, Kind, Table

__all__ = ["DUCKDB_TYPES", "SQLITE_TYPES", "comments", "create_table", "quoted", "views"]

DUCKDB_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "VARCHAR",
        "choice": "VARCHAR",
        "whole": "INTEGER",
        "number": "DOUBLE",
        "flag": "BOOLEAN",
        "day": "DATE",
        "moment": "TIMESTAMP WITH TIME ZONE",
        "spans": 'STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)[]',
    }
)
SQLITE_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "TEXT",
        "choice": "TEXT",
        "whole": "INTEGER",
        "number": "REAL",
        "flag": "INTEGER",
        "day": "TEXT",
        "moment": "TEXT",
        "spans": "TEXT",
    }
)
GLOB = re.compile(r"[*?\[]")  # what DuckDB takes for a pattern in a path


def create_table(table: Table, types: Mapping[Kind, str], *, told: bool = False) -> str:
    """A CREATE TABLE statement with keys, what may be null and what a choice may be.

    Args:
        table: of the contract.
        types: the database's name for each kind of column.
        told: whether each column has its meaning as a comment of the statement, for a database that keeps these only.
    """
    lines = [(_column(column, types), column.description) for column in table.columns]
    unique = "PRIMARY KEY" if table.has_primary_key else "UNIQUE"
    lines.append((f"{unique} ({', '.join(map(quoted, table.key))})", ""))
    if table.joins_articles:
        lines.append(('FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")', ""))
    head = f" -- {table.description}" if told else ""
    body = "".join(
        f"\n  {sql}{',' if at < len(lines) else ''}{f' -- {meaning}' if told and meaning else ''}"
        for at, (sql, meaning) in enumerate(lines, 1)
    )
    return f"CREATE TABLE {quoted(table.name)} ({head}{body}\n)"


def comments(table: Table, kind: str = "TABLE") -> Iterator[str]:
    """DuckDB's COMMENT statements: what a row and each column of a table, or of a view, means."""
    yield f"COMMENT ON {kind} {quoted(table.name)} IS {_text(table.description)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {quoted(table.name)}.{quoted(column.name)} IS {_text(column.description)}"


def views(out: Path) -> Iterator[str]:
    """DuckDB statements that make a view of each table of a dataset, with comments; they read the files each time.

    Raises:
        UsageError: there is no dataset, or nothing in it yet: DuckDB needs a file to see the columns.
    """
    if not exists(out) or not any(row_counts(out).values()):
        raise UsageError(f"{out} holds no tables: extract some first")
    for table in TABLES.values():
        files = GLOB.sub(r"[\g<0>]", out.resolve().as_posix()) + f"/{table.name}/*.parquet"
        yield (
            f"CREATE OR REPLACE VIEW {quoted(table.name)} AS"  # noqa: S608 - our names, quoted
            f" SELECT * FROM read_parquet({_text(files)}, union_by_name = true)"
        )
        yield from comments(table, "VIEW")


def quoted(name: str) -> str:
    """A name as SQL has it; `end` is a keyword."""
    return f'"{name}"'


def _column(column: Column, types: Mapping[Kind, str]) -> str:
    null = "" if column.nullable else " NOT NULL"
    among = f" CHECK ({quoted(column.name)} IN ({', '.join(map(_text, column.choices))}))" if column.choices else ""
    return f"{quoted(column.name)} {types[column.kind]}{null}{among}"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
