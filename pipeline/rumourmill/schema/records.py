"""The rows of every table that a Doc holds, each value validated against the tables' declarations."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rumourmill.nlp.tokens import text_of
from rumourmill.schema.tables import TABLES, Column, Kind, Row
from rumourmill.sources import Article, Reject
from rumourmill.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["DOC_TABLES", "RecordError", "article_row", "reject_row", "rows_of", "validate"]

MAX_WHOLE = 2**31 - 1
DOC_TABLES = ("players", "clubs", "fees", "dates", "quotes", "transfers")


class RecordError(ValueError):
    """A row is not valid. The message names table and column."""


def rows_of(doc: Doc, article: Article) -> dict[str, list[Row]]:
    """Return the rows of the tables that the components have set on a Doc.

    Args:
        doc: a Doc of the article's text, with the rows in `doc._.<table>`.
        article: the article that the Doc was made of.

    Returns:
        The rows of each table, ordered by their start.

    Raises:
        RecordError: a row is not valid, its `text` is not the article's text at its offsets, or two rows have one key.
    """
    if text_of(doc) != article.text:
        raise RecordError(f"the Doc is not the text of {article.source_path}")
    tables = {}
    for table in DOC_TABLES:
        rows = [validate(table, {"article_id": article.article_id, **row}) for row in getattr(doc._, table)]
        for row in rows:
            _check_texts(table, row, article.text)
        _check_key(table, rows)
        tables[table] = sorted(rows, key=_start)
    return tables


def article_row(article: Article, extracted_at: dt.datetime, model_version: str) -> Row:
    """Return the row of `articles` for one article."""
    return validate(
        "articles",
        {
            "article_id": article.article_id,
            "source_path": article.source_path,
            "content_hash": article.content_hash,
            "text": article.text,
            "title": article.title,
            "published_on": article.published_on,
            "published_on_from": article.published_on_from,
            "n_chars": len(article.text),
            "n_words": len(article.text.split()),
            "extracted_at": extracted_at,
            "pipeline_version": __version__,
            "model_version": model_version,
        },
    )


def reject_row(source_path: str, reject: Reject, seen_at: dt.datetime) -> Row:
    """Return the row of `rejects` for one file or row."""
    row = {"source_path": source_path, "reason": reject.reason, "detail": reject.detail, "seen_at": seen_at}
    return validate("rejects", row)


def validate(table: str, row: Row) -> Row:
    """Return a row with its columns in the declared order and its days as dates.

    Raises:
        RecordError: a column is missing or unknown, or a value is not valid.
    """
    columns = TABLES[table].columns
    names = [column.name for column in columns]
    for name in row.keys() ^ set(names):
        raise RecordError(f"{table}.{name}: {'the column is missing' if name in names else 'no such column'}")
    return {column.name: _convert(table, column, row[column.name]) for column in columns}


def _convert(table: str, column: Column, value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise RecordError(f"{table}.{column.name}: it must not be null")
        return None
    try:
        value = CONVERTERS[column.kind](value)
    except (TypeError, ValueError) as error:
        raise RecordError(f"{table}.{column.name}: {value!r} is no {column.kind} ({error})") from error
    if column.choices and value not in column.choices:
        raise RecordError(f"{table}.{column.name}: {value!r} is none of {', '.join(column.choices)}")
    return value


def _check_texts(table: str, row: Row, text: str) -> None:
    pieces = [*row.get("spans", ()), *([row] if "text" in row else ())]
    for piece in pieces:
        if piece["start"] < 0 or text[piece["start"] : piece["end"]] != piece["text"]:
            raise RecordError(f"{table}.text: {piece['text']!r} does not stand at {piece['start']}")


def _check_key(table: str, rows: list[Row]) -> None:
    key = TABLES[table].key
    twice = Counter(tuple(row[column] for column in key) for row in rows).most_common(1)
    if twice and twice[0][1] > 1:
        raise RecordError(f"{table}: two rows have the same {', '.join(key)}: {twice[0][0]}")


def _start(row: Row) -> tuple[int, int]:
    """Return the offsets of a row; of a player or club, those of the first mention."""
    if spans := row.get("spans"):
        return spans[0]["start"], spans[0]["end"]
    return row.get("start", 0), row.get("end", 0)


def _exactly(*types: type) -> Callable[[Any], Any]:
    """Return a function that accepts values of some types only, and no subclasses."""

    def check(value: Any) -> Any:
        if type(value) not in types:
            raise TypeError(f"it is a {type(value).__name__}")
        return value

    return check


def _number(value: Any) -> float:
    number = float(_exactly(int, float)(value))
    if not math.isfinite(number):
        raise ValueError("it is not finite")
    return number


def _day(value: Any) -> dt.date:
    day = _exactly(str, dt.date)(value)
    return day if isinstance(day, dt.date) else dt.date.fromisoformat(day)


def _spans(value: Any) -> list[Row]:
    if not value:
        raise ValueError("a mention has at least one span")
    for span in value:
        if set(span) != {"start", "end", "text"}:
            raise ValueError("a span has start, end and text")
        _whole(span["start"]), _whole(span["end"]), _text(span["text"])
    return list(value)


def _text(value: Any) -> str:
    text: str = _exactly(str)(value)
    if not text.isascii():
        text.encode()  # raises UnicodeEncodeError for half a surrogate pair, which no table can hold
    return text


def _whole(value: Any) -> int:
    number: int = _exactly(int)(value)
    if not -MAX_WHOLE <= number <= MAX_WHOLE:
        raise ValueError("it does not fit into 32 bits")
    return number


CONVERTERS: dict[Kind, Callable[[Any], Any]] = {
    "text": _text,
    "choice": _text,
    "whole": _whole,
    "number": _number,
    "flag": _exactly(bool),
    "day": _day,
    "moment": _exactly(dt.datetime),
    "spans": _spans,
}
