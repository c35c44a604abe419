"""What tables are declared with: columns, their kinds, and the Arrow type of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

__all__ = ["ARROW", "Column", "Kind", "Table", "choice"]

Kind = Literal["text", "whole", "number", "flag", "day", "moment", "choice", "spans", "texts"]

SPAN = pa.struct(
    [
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)
ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int32(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    # int32 indices: the type that Parquet readers give back, whatever was written.
    "choice": pa.dictionary(pa.int32(), pa.string()),
    "spans": pa.list_(pa.field("element", SPAN, nullable=False)),
    "texts": pa.list_(pa.field("element", pa.string(), nullable=False)),
}


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and for a choice, what it may hold."""

    name: str
    kind: Kind
    description: str
    nullable: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: `description` says what a row is, `key` names the columns that no two rows have the same."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def has_primary_key(self) -> bool:
        """Whether no column of the key may be null, as SQL asks of a primary key."""
        return not any(column.nullable for column in self.columns if column.name in self.key)

    @property
    def joins_articles(self) -> bool:
        """Whether each row is of one article."""
        return self.name != "articles" and "article_id" in self.key


def choice(name: str, choices: str, description: str, nullable: bool = False) -> Column:
    """A column that holds one of a few words, named with spaces between."""
    return Column(name, "choice", description, nullable, tuple(choices.split()))
