"""Export to a folder of CSV files for spreadsheets, with datapackage.json, which describes keys, types and columns."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rumourmill.dataset import Snapshot
from rumourmill.filesystem import writing
from rumourmill.schema import SCHEMA_VERSION, TABLES, Column, Kind, Table

__all__ = ["escape_formula", "to_plain_value", "write_csv_folder"]

ENCODING = "utf-8-sig"  # without the byte order mark Excel reads Windows-1252: "Â£11m"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # OWASP, "CSV Injection"
# https://specs.frictionlessdata.io/table-schema/#types-and-formats
TYPES: dict[Kind, str] = {
    "text": "string",
    "choice": "string",
    "whole": "integer",
    "number": "number",
    "flag": "boolean",
    "day": "date",
    "moment": "datetime",
    "spans": "array",
}


def write_csv_folder(snapshot: Snapshot, folder: Path) -> None:
    """Write a dataset to a new folder; null is an empty cell.

    Raises:
        OutputError: the folder cannot be written.
        Replaced: a part of the dataset was replaced during the export.
    """
    with writing(folder):
        folder.mkdir()
    for table in TABLES.values():
        _write_csv(folder / f"{table.name}.csv", table, snapshot.rows(table.name))
    with writing(folder):
        (folder / "datapackage.json").write_text(json.dumps(_package(), indent=2), encoding="utf8")


def _write_csv(path: Path, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    with writing(path), path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> Any:
    return str(value).lower() if isinstance(value, bool) else escape_formula(to_plain_value(value))


def to_plain_value(value: Any) -> Any:
    """Return a value as text or number: dates and times in ISO 8601, spans as JSON."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def escape_formula(value: Any) -> Any:
    """Return a text with an apostrophe before it if a spreadsheet would run it as a formula; other values unchanged."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _package() -> dict[str, Any]:
    """Return the schema as a Frictionless data package (https://specs.frictionlessdata.io/data-package/)."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "description": table.description,
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": _table_schema(table),
        }
        for table in TABLES.values()
    ]
    return {
        "name": "rumourmill",
        "description": "Football transfer news as tables. A text that a spreadsheet would run as a formula is"
        " preceded by an apostrophe.",
        "version": str(SCHEMA_VERSION),
        "profile": "tabular-data-package",
        "resources": resources,
    }


def _table_schema(table: Table) -> dict[str, Any]:
    key = {"primaryKey": list(table.key)} if table.has_primary_key else {"uniqueKeys": [list(table.key)]}
    schema: dict[str, Any] = {"fields": [_field_schema(column) for column in table.columns], **key}
    if table.joins_articles:
        reference = {"resource": "articles", "fields": "article_id"}
        schema["foreignKeys"] = [{"fields": "article_id", "reference": reference}]
    return schema


def _field_schema(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": TYPES[column.kind],
        "description": column.description,
        "constraints": constraints,
    }
