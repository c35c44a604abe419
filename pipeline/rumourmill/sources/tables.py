"""Tables of articles: a Parquet or JSON-lines file whose rows have an id, a text and perhaps a day.

A table is scanned before the work, for the identity of its rows, and read once more when they are handed out: so its
texts are never in memory as a whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from rumourmill.filesystem.objects import ObjectPath, Place
from rumourmill.sources.publication_date import from_dateline
from rumourmill.sources.source import MAX_CHARACTERS, Content, Reject, Row, Source, read, too_long
from rumourmill.sources.table_files import BROKEN, USUAL, Columns, Raw, check_columns, raw_rows

__all__ = ["USUAL", "Columns", "expand", "loaded"]

LONGEST_ID = 1000  # characters
LONGEST_SHOWN = 100  # characters of a value or an error that a reject tells


def expand(found: Sequence[Source], columns: Columns) -> list[Source]:
    """Files and tables -> files and rows, each with an article_id of its own.

    Args:
        found: the files below IN, in order.
        columns: those that hold id, text and day.

    Returns:
        In the place of each table its rows, in their order; what cannot be read has a fault.

    Raises:
        UsageError: a table lacks a column, or has it in a type that cannot hold it.
    """
    tables = [source for source in found if source.is_table and not source.fault]
    for table in tables:
        check_columns(table.path, columns)
    owners = {s.article_id: s.source_path for s in found if not s.is_table and not s.fault}
    expanded: list[Source] = []
    for source in found:
        if source.is_table and not source.fault:
            expanded += (_owned(row, source, owners) for row in _scan(source, columns))
        else:
            expanded.append(source)
    return expanded


def loaded(batches: Iterable[Sequence[Source]], columns: Columns, files: bool = False) -> Iterator[list[Source]]:
    """The batches with the contents of their rows, each read when it is asked for.

    Args:
        batches: of what `expand` made, in its order.
        columns: as they were given to `expand`.
        files: whether to read this machine's files too, for workers that do not see them.
    """
    path: Place | None = None
    rows: Iterator[tuple[Row, Content]] = iter(())
    for batch in batches:
        full = list(batch)
        for i, source in enumerate(batch):
            if source.row and not source.fault:
                if source.path != path:
                    path, rows = source.path, _contents(source.path, columns)
                full[i] = replace(source, content=_content(source.row, rows))
            elif not source.fault and (source.path.only_here if isinstance(source.path, ObjectPath) else files):
                full[i] = replace(source, content=read(source))
        yield full


def _scan(table: Source, columns: Columns) -> Iterator[Source]:
    """The rows of a table without their texts; where it cannot be read on, a fault of the file."""
    number = 0
    try:
        for number, raw in raw_rows(table.path, columns):
            row, content = _read(number, raw, columns)
            name = f"/{row.id}" if row.id else f":{number}"
            yield Source(table.source_path + name, table.path, content.fault, row=row)
        if not number:
            yield replace(table, fault=Reject("empty", "It is a table without rows."))
    except BROKEN as error:
        told = f"It cannot be read after row {number:,} ({_shown(error)}): make it again."
        yield replace(table, fault=Reject("undecodable", told), folder=True)


def _owned(source: Source, table: Source, owners: dict[str, str]) -> Source:
    """A row that is the first of its id, or the fault that it is not."""
    if source.row is None or source.fault:
        return source
    place = f"{table.source_path}:{source.row.number}"
    if (owner := owners.setdefault(source.article_id, place)) == place:
        return source
    twin = Reject("duplicate", f"Its id {_shown(source.row.id)} is that of {owner} too, which is read instead.")
    return replace(source, source_path=place, fault=twin)


def _contents(path: Place, columns: Columns) -> Iterator[tuple[Row, Content]]:
    """Every row of a table with its text."""
    try:
        for number, raw in raw_rows(path, columns):
            yield _read(number, raw, columns)
    except BROKEN:
        return


def _content(wanted: Row, rows: Iterator[tuple[Row, Content]]) -> Content:
    """The content of a row, which lies before no other that was asked for."""
    for row, content in rows:
        if row.number == wanted.number and row.id == wanted.id:
            return content
        if row.number >= wanted.number:
            break
    return Content(fault=Reject("unreadable", "The table was changed while it was read: run again."))


def _read(number: int, raw: Raw, columns: Columns) -> tuple[Row, Content]:
    """What a row holds."""
    if isinstance(raw, Reject):
        return Row(number), Content(fault=raw)
    name = _id(raw.get(columns.id), columns.id)
    if isinstance(name, Reject):
        return Row(number), Content(fault=name)
    text, day = _text(raw.get(columns.text), columns.text), _day(raw.get(columns.date or "date"))
    if isinstance(text, Reject):
        return Row(number, name), Content(fault=text)
    if isinstance(day, Reject):
        return Row(number, name), Content(fault=day)
    told = day.isoformat() if day else ""
    digest = hashlib.sha256(b"\0".join([name.encode(), told.encode(), text])).hexdigest()
    return Row(number, name, digest, len(text)), Content(text, digest, day=day)


def _id(value: Any, column: str) -> str | Reject:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return Reject("bad_row", f"It has no id in its column {column}: give it a text or a whole number.")
    if "\0" in value or len(value) > LONGEST_ID or isinstance(_utf8(value), Reject):
        return Reject("bad_row", f"Its id is no name: it may have {LONGEST_ID:,} characters, and none that is null.")
    return value


def _text(value: Any, column: str) -> bytes | Reject:
    if value is None:
        return Reject("empty", f"It has no text in its column {column}.")
    if not isinstance(value, str):
        return Reject("bad_row", f"Its column {column} holds no text ({type(value).__name__}).")
    if len(value) > MAX_CHARACTERS:
        return too_long(f"{len(value):,} characters")
    return _utf8(value)


def _utf8(value: str) -> bytes | Reject:
    try:
        return value.encode()
    except UnicodeEncodeError:
        return Reject("undecodable", "It holds half a character (one of two surrogates), so it was cut or broken.")


def _day(value: Any) -> dt.date | Reject | None:
    """The day of a date, a time or a text that begins with one: ISO 8601, or as a dateline has it."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date) or value == "":
        return value or None
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            day, _ = from_dateline(value)
            if day:
                return day
    return Reject("bad_row", f"Its date {_shown(value)} is no day: write it as 2020-09-23, or leave it empty.")


def _shown(value: object) -> str:
    """A value or an error in a few words that any table can hold."""
    words = str(value) if isinstance(value, Exception) else repr(value)
    words = " ".join(words.encode(errors="backslashreplace").decode().split())
    return words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + " ..."
