"""Writes a folder of CSV files for spreadsheets, and datapackage.json, which tells keys, types and meanings."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rumourmill.dataset import Snapshot
from rumourmill.exports.values import plain, safe
from rumourmill.filesystem import writing
from rumourmill.schema import SCHEMA_VERSION, TABLES, Column, Kind, Table

__all__ = ["write"]

ENCODING = "utf-8-sig"  # Excel takes a file without the mark for Windows-1252: "Â£11m"
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


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write a dataset into a new folder; an empty cell is null.

    Raises:
        OutputError: the folder cannot be written.
        Replaced: a part of the dataset was replaced meanwhile.
    """
    with writing(folder):
        folder.mkdir()
    for table in TABLES.values():
        _write_table(folder / f"{table.name}.csv", table, snapshot.rows(table.name))
    with writing(folder):
        (folder / "datapackage.json").write_text(json.dumps(_package(), indent=2), encoding="utf8")


def _write_table(path: Path, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    with writing(path), path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> Any:
    return str(value).lower() if isinstance(value, bool) else safe(plain(value))


def _package() -> dict[str, Any]:
    """The contract as a Frictionless data package: https://specs.frictionlessdata.io/data-package/."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "description": table.description,
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": _schema(table),
        }
        for table in TABLES.values()
    ]
    return {
        "name": "rumourmill",
        "description": "Football transfer news as tables. A text that begins as a formula does has an apostrophe"
        " before it.",
        "version": str(SCHEMA_VERSION),
        "profile": "tabular-data-package",
        "resources": resources,
    }


def _schema(table: Table) -> dict[str, Any]:
    key = {"primaryKey": list(table.key)} if table.has_primary_key else {"uniqueKeys": [list(table.key)]}
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], **key}
    if table.joins_articles:
        to = {"resource": "articles", "fields": "article_id"}
        schema["foreignKeys"] = [{"fields": "article_id", "reference": to}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": TYPES[column.kind],
        "description": column.description,
        "constraints": constraints,
    }
