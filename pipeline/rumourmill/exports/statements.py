"""SQL statements generated from the schema: CREATE TABLE for DuckDB and SQLite, views and comments for DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from rumourmill.dataset import exists, row_counts
from rumourmill.errors import UsageError
from rumourmill.schema import TABLES, Column, Kind, Table

__all__ = [
    "DUCKDB_TYPES",
    "SQLITE_TYPES",
    "comment_statements",
    "create_table_statement",
    "quote_name",
    "view_statements",
]

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
GLOB = re.compile(r"[*?\[]")  # pattern characters of DuckDB in a path


def create_table_statement(table: Table, types: Mapping[Kind, str], *, with_descriptions: bool = False) -> str:
    """Return a CREATE TABLE statement with keys, NOT NULL and CHECK constraints.

    Args:
        table: a table of the schema.
        types: the SQL type of each kind of column.
        with_descriptions: whether to add the descriptions as `--` comments, for a database without COMMENT statements.
    """
    lines = [(_column(column, types), column.description) for column in table.columns]
    unique = "PRIMARY KEY" if table.has_primary_key else "UNIQUE"
    lines.append((f"{unique} ({', '.join(map(quote_name, table.key))})", ""))
    if table.joins_articles:
        lines.append(('FOREIGN KEY ("article_id") REFERENCES "articles" ("article_id")', ""))
    head = f" -- {table.description}" if with_descriptions else ""
    body = "".join(
        f"\n  {sql}{',' if at < len(lines) else ''}{f' -- {meaning}' if with_descriptions and meaning else ''}"
        for at, (sql, meaning) in enumerate(lines, 1)
    )
    return f"CREATE TABLE {quote_name(table.name)} ({head}{body}\n)"


def comment_statements(table: Table, kind: str = "TABLE") -> Iterator[str]:
    """Yield DuckDB COMMENT statements with the descriptions of a table or view and its columns."""
    yield f"COMMENT ON {kind} {quote_name(table.name)} IS {_quote_text(table.description)}"
    for column in table.columns:
        name = f"{quote_name(table.name)}.{quote_name(column.name)}"
        yield f"COMMENT ON COLUMN {name} IS {_quote_text(column.description)}"


def view_statements(out: Path) -> Iterator[str]:
    """Yield DuckDB statements that create a view with comments for each table of a dataset.

    A view reads the Parquet files at every query.

    Raises:
        UsageError: there is no dataset, or it is empty; DuckDB needs at least one file to infer the columns.
    """
    if not exists(out) or not any(row_counts(out).values()):
        raise UsageError(f"{out} holds no tables: extract some first")
    for table in TABLES.values():
        files = GLOB.sub(r"[\g<0>]", out.resolve().as_posix()) + f"/{table.name}/*.parquet"
        yield (
            f"CREATE OR REPLACE VIEW {quote_name(table.name)} AS"  # noqa: S608 - our names, quoted
            f" SELECT * FROM read_parquet({_quote_text(files)}, union_by_name = true)"
        )
        yield from comment_statements(table, "VIEW")


def quote_name(name: str) -> str:
    """Return a quoted SQL identifier; the column name `end` is a keyword."""
    return f'"{name}"'


def _column(column: Column, types: Mapping[Kind, str]) -> str:
    null = "" if column.nullable else " NOT NULL"
    check = (
        f" CHECK ({quote_name(column.name)} IN ({', '.join(map(_quote_text, column.choices))}))"
        if column.choices
        else ""
    )
    return f"{quote_name(column.name)} {types[column.kind]}{null}{check}"


def _quote_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
