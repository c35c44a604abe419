"""The output contract: tables, columns, types and descriptions; and the rows of a Doc, checked against it."""

from rumourmill.schema.tables import DERIVED, ENUMERATIONS, SCHEMA_VERSION, TABLES, arrow_schema

__all__ = ["DERIVED", "ENUMERATIONS", "SCHEMA_VERSION", "TABLES", "arrow_schema"]
