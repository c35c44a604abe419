"""Writes docs/tables.md from the schema; run by `make docs`, checked by a test."""

from __future__ import annotations

from pathlib import Path

from rumourmill.schema import DERIVED, SCHEMA_VERSION, TABLES, Column, Table

PAGE = Path(__file__).with_name("tables.md")
HEAD = """# The tables

This page is generated from `pipeline/rumourmill/schema/tables.py` (schema version {version}). The metadata of the
Parquet files contains the same descriptions.

- `article_id` joins all tables except `rejects` and `sagas`. `rumourmill sagas OUT` computes `sagas` from the others.
- `start` and `end` are offsets into `articles.text`: `text[start:end]` is the text of the row.
- A person has the longest form of the name in the article, a club its usual English short name.
- Tables with another schema version are rejected, with the command that upgrades them: `rumourmill extract` processes
  the articles again. `rumourmill --version` prints the version.
- Money is in whole units of its currency. Keys are unique.
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
    """Return the page as Markdown."""
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
