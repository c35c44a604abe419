"""The output contract.

- `tables`: the tables: columns, types and descriptions
- `records`: the rows of a Doc, validated against the tables
"""

from __future__ import annotations

from rumourmill.schema.tables import (
    DERIVED,
    ENUMERATIONS,
    SCHEMA_VERSION,
    TABLES,
    Column,
    Kind,
    Row,
    Table,
    arrow_schema,
)

__all__ = [
    "DERIVED",
    "ENUMERATIONS",
    "SCHEMA_VERSION",
    "TABLES",
    "Column",
    "Kind",
    "Row",
    "Table",
    "arrow_schema",
]
