"""The tables that `extract` and `sagas` write: columns, types and descriptions, declared once and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import pyarrow as pa

__all__ = [
    "ARROW_TYPES",
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

SCHEMA_VERSION = 1

Row: TypeAlias = dict[str, Any]
"""A row of a table: values by column."""

Kind: TypeAlias = Literal["text", "whole", "number", "flag", "day", "moment", "choice", "spans", "texts"]

SPAN_TYPE = pa.struct(
    [
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)
ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int32(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    # int32 indices: the type that Parquet readers return, whatever was written.
    "choice": pa.dictionary(pa.int32(), pa.string()),
    "spans": pa.list_(pa.field("element", SPAN_TYPE, nullable=False)),
    "texts": pa.list_(pa.field("element", pa.string(), nullable=False)),
}


@dataclass(frozen=True)
class Column:
    """A column of a table; `choices` are the values that a column of the kind `choice` may have."""

    name: str
    kind: Kind
    description: str
    nullable: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: `description` says what a row is, `key` names the columns whose values no two rows share."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def has_primary_key(self) -> bool:
        """Whether no column of the key may be null, as SQL requires of a primary key."""
        return not any(column.nullable for column in self.columns if column.name in self.key)

    @property
    def joins_articles(self) -> bool:
        """Whether each row belongs to one article."""
        return self.name != "articles" and "article_id" in self.key


def _choice(name: str, choices: str, description: str, nullable: bool = False) -> Column:
    """Declare a column that has one of a few values, separated by spaces."""
    return Column(name, "choice", description, nullable, tuple(choices.split()))


ARTICLE_ID = Column(
    "article_id",
    "text",
    "Path of the article's file below IN, without its suffix, or the id of a row; every table joins on it.",
)
START = Column("start", "whole", "Offset of the first character in articles.text.")
END = Column("end", "whole", "Offset after the last character in articles.text.")
MENTIONS = Column("mentions", "whole", "How often it is mentioned, short forms and nicknames included.")
SPANS = Column("spans", "spans", "Where it is mentioned: offsets into articles.text, and the words there.")
SOURCE_PATH = Column(
    "source_path",
    "text",
    "Path of the file below IN, with its suffix; of a row of a table, /ID follows, or :ROW without a valid id.",
)
PLACE = ("article_id", "start", "end")
SPEAKER_ROLES = "player manager coach executive agent pundit journalist official owner other unknown"

_TABLES = (
    Table(
        "articles",
        "One row per input file, or row of a table, that could be read.",
        (
            ARTICLE_ID,
            SOURCE_PATH,
            Column(
                "content_hash",
                "text",
                "SHA-256 of the file's bytes, or of a row's id, day and text, in hexadecimal digits.",
            ),
            Column("text", "text", "The article without its date header; offsets count its characters."),
            Column("title", "text", "The headline, where the article begins with one.", nullable=True),
            Column("published_on", "day", "Day of publication, where it is known.", nullable=True),
            _choice(
                "published_on_from",
                "column header filename dateline none",
                "Where the day of publication was found.",
            ),
            Column("n_chars", "whole", "Characters of the text."),
            Column("n_words", "whole", "Words of the text, separated by white space."),
            Column("extracted_at", "moment", "When the article was read (UTC)."),
            Column("pipeline_version", "text", "Version of the package that read it."),
            Column("model_version", "text", "Name and version of the language model that read it."),
        ),
        ("article_id",),
    ),
    Table(
        "players",
        "One row per footballer named in the article.",
        (
            ARTICLE_ID,
            Column("player", "text", "The longest form of the name in the article."),
            Column("position", "text", "Position, where the text states it (defender ...).", nullable=True),
            Column("nationality", "text", "Country, where the text states it.", nullable=True),
            Column("club", "text", "Club of the player according to the text.", nullable=True),
            MENTIONS,
            SPANS,
        ),
        ("article_id", "player"),
    ),
    Table(
        "clubs",
        "One row per club mentioned in the article.",
        (
            ARTICLE_ID,
            Column("club", "text", "Its usual English short name, whatever form the text uses."),
            Column("country", "text", "The country it plays in.", nullable=True),
            MENTIONS,
            SPANS,
        ),
        ("article_id", "club"),
    ),
    Table(
        "fees",
        "One row per amount of money, each time that it occurs.",
        (
            ARTICLE_ID,
            START,
            END,
            Column("text", "text", "The amount as written."),
            Column("amount", "number", "In whole units of the currency; of a range, the lower end."),
            Column("amount_max", "number", "The upper end of a range.", nullable=True),
            Column("currency", "text", "ISO 4217 code of the currency."),
            Column("amount_gbp", "number", "The amount in pounds.", nullable=True),
            Column("amount_max_gbp", "number", "The upper end of a range in pounds.", nullable=True),
            _choice(
                "gbp_basis",
                "stated equivalent converted none",
                "How the pounds are known: stated in pounds; the text gives the equivalent; converted at"
                " the European Central Bank's rate of that day (or the last before it); not known.",
            ),
            _choice("qualifier", "exact about at_least at_most", "How exact the text is about the amount."),
            _choice(
                "kind",
                "bid fee asking_price release_clause loan_fee add_ons wage other",
                "What the money is: an offer made or planned; the paid, agreed or expected price of a move;"
                " what the seller wants, or a valuation; a release clause; the price of a loan; add-ons; pay;"
                " anything else (budgets, debts, fines, sponsors, market totals).",
            ),
            _choice("period", "week month year", "The period that a wage is paid for.", nullable=True),
            Column("player", "text", "Player whose move or pay it is.", nullable=True),
            Column("sentence", "text", "The sentence that contains it."),
        ),
        PLACE,
    ),
    Table(
        "dates",
        "One row per expression of calendar time.",
        (
            ARTICLE_ID,
            START,
            END,
            Column("text", "text", "The expression as written."),
            Column("start_date", "day", "The first day it denotes; null if unresolved.", nullable=True),
            Column("end_date", "day", "The last day that it denotes, inclusive.", nullable=True),
            _choice("granularity", "day week month season window year other", "How long a time it names."),
            Column("relative", "flag", "Whether it depends on the day of publication."),
        ),
        PLACE,
    ),
    Table(
        "quotes",
        "One row per quotation.",
        (
            ARTICLE_ID,
            START,
            END,
            Column("text", "text", "The words quoted, without their quotation marks."),
            _choice("kind", "direct indirect", "In quotation marks, or as reported speech."),
            Column(
                "speaker",
                "text",
                "A person, or an organisation for its statement.",
                nullable=True,
            ),
            _choice("speaker_role", SPEAKER_ROLES, "What the speaker is."),
            Column("speaker_start", "whole", "Offset of the words that name the speaker.", nullable=True),
            Column("speaker_end", "whole", "Offset after the words that name the speaker.", nullable=True),
            Column("cue", "text", "The reporting verb or phrase as written.", nullable=True),
        ),
        PLACE,
    ),
    Table(
        "transfers",
        "One row per move of one player to one club that the article reports or discusses.",
        (
            ARTICLE_ID,
            Column("player", "text", "The player who moves."),
            Column("from_club", "text", "The selling club.", nullable=True),
            Column("to_club", "text", "The buying club, where one is named.", nullable=True),
            _choice("kind", "permanent loan free swap unknown", "The kind of move."),
            _choice(
                "status",
                "interest talks bid rejected agreed completed collapsed",
                "The most advanced state that the text reports.",
            ),
            Column("fee_amount", "number", "The price, in whole units of fee_currency.", nullable=True),
            Column("fee_currency", "text", "ISO 4217 code of the price's currency.", nullable=True),
            Column("fee_gbp", "number", "The price in pounds.", nullable=True),
            Column(
                "reported_by",
                "text",
                "The outlet or journalist credited.",
                nullable=True,
            ),
            Column("event_date", "day", "The day of the event according to the text.", nullable=True),
            Column("historic", "flag", "Whether it is background from the past."),
            Column("confidence", "number", "Confidence of the extraction, from 0 to 1."),
            START,
            END,
            Column("sentence", "text", "The evidence."),
        ),
        ("article_id", "player", "to_club"),
    ),
    Table(
        "rejects",
        "One row per file, or row of a table, that could not be read.",
        (
            SOURCE_PATH,
            _choice(
                "reason",
                "empty binary undecodable too_long unreadable not_a_file link_broken link_loop link_outside"
                " bad_name bad_row duplicate failed worker_died",
                "A short code for what is wrong.",
            ),
            Column("detail", "text", "What is wrong and what to do about it, in a sentence."),
            Column("seen_at", "moment", "When the file was tried (UTC)."),
        ),
        ("source_path",),
    ),
)
TABLES = MappingProxyType({table.name: table for table in _TABLES})
"""The tables that `extract` writes, by name, in the order of the documentation."""

SAGAS = Table(
    "sagas",
    "One row per player and club over all articles: a pursuit from its first day to its last.",
    (
        Column("player", "text", "The player who moves, by the longest name in the articles."),
        Column("to_club", "text", "The buying club, or the one that wants the player."),
        Column("from_club", "text", "The selling club, where an article names it.", nullable=True),
        Column("first_on", "day", "Day of the first article; null if no day is known.", nullable=True),
        Column("last_on", "day", "Day of the last article; null if no day is known.", nullable=True),
        Column("statuses", "texts", "The states in the order of the articles; consecutive equal ones once."),
        Column("highest_bid_gbp", "number", "The highest price offered, agreed or paid, in pounds.", nullable=True),
        _choice(
            "outcome",
            "completed agreed rejected collapsed open",
            "completed if any article says so, otherwise the last state; open if that is interest, talks or a bid.",
        ),
        Column("articles", "texts", "The articles about it (article_id), in order."),
    ),
    ("player", "to_club", "from_club", "first_on"),
)
DERIVED = MappingProxyType({SAGAS.name: SAGAS})
"""Tables that other commands make from these, by name."""

ENUMERATIONS = MappingProxyType({(t.name, c.name): c.choices for t in _TABLES for c in t.columns if c.kind == "choice"})
"""The values that each column of the kind `choice` may have, by (table, column)."""


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a table, with the descriptions of table and columns as metadata.

    Raises:
        KeyError: there is no such table.
    """
    table = TABLES[name] if name in TABLES else DERIVED[name]
    fields = [
        pa.field(c.name, ARROW_TYPES[c.kind], nullable=c.nullable, metadata={"description": c.description})
        for c in table.columns
    ]
    return pa.schema(fields, metadata={"description": table.description, "schema_version": str(SCHEMA_VERSION)})
