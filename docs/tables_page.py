"""Writes docs/tables.md from schema.py: run by `make docs`, and held by a test."""

from __future__ import annotations

from pathlib import Path

from rumourmill.schema import DERIVED, SCHEMA_VERSION, TABLES, Column, Table

PAGE = Path(__file__).with_name("tables.md")
HEAD = """# The tables

This page is made from `pipeline/rumourmill/schema/tables.py` (schema version {version}):
what it says is what the Parquet files hold, and their metadata too.

- `article_id` is in every table but `rejects` and `sagas`, and joins them. `sagas` is made of the others by
  `rumourmill sagas OUT`.
- `start` and `end` are offsets into `articles.text`: `text[start:end]` is what the row says.
- A person goes by the fullest name that the article gives, a club by its usual English short name.
- Tables of another version of the schema are refused, with the command that upgrades them: `rumourmill extract` reads
  the articles anew. `rumourmill --version` tells which version you have.
- Money is in whole units of its currency. A row's key is its own: no two rows of a table have the same.
"""
KINDS = {
    "text": "text",
    "choice": "text",
    "whole": "whole number",
    "number": "number",
    "flag": "true or false",
    "day": "date",
    "moment": "time (UTC)",
    "spans": "list of start, end, text",
    "texts": "list of texts",
}


def page() -> str:
    """The page as Markdown."""
    return HEAD.format(version=SCHEMA_VERSION) + "".join(map(_section, (*TABLES.values(), *DERIVED.values())))


def _section(table: Table) -> str:
    rows = "".join(map(_row, table.columns))
    key = ", ".join(f"`{column}`" for column in table.key)
    return f"\n## {table.name}\n\n{table.description} Key: {key}.\n\n| column | type | meaning |\n|---|---|---|\n{rows}"


def _row(column: Column) -> str:
    kind = KINDS[column.kind] + (", or null" if column.nullable else "")
    choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
    return f"| `{column.name}` | {kind} | {column.description}{choices} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
