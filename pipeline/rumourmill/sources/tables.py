"""Tables of articles: Parquet and JSON-lines files whose rows have an id, a text and perhaps a day of publication.

A table is read twice: once to list its rows, and once more to read the new ones. It is never in memory as a whole.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any, BinaryIO, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.errors import UsageError
from rumourmill.filesystem import FileEntry, FileSystem
from rumourmill.sources.publication_date import from_dateline
from rumourmill.sources.source import (
    MAX_CHARACTERS,
    ArticleReader,
    Columns,
    Content,
    Reject,
    Row,
    Source,
    SourceFormat,
    too_long,
)

__all__ = ["Tables", "iter_rows", "shorten"]

MAX_LINE = 32 * 1024 * 1024  # bytes: a text of the greatest length, all written as \\uXXXX, and as much beside it
MAX_ID = 1000  # characters
MAX_SHOWN = 100  # characters of a value or an error in a message
SCHEMA_ROWS = 100  # rows of JSON that are read to find the columns
DECODED_ROWS = 64  # rows that Parquet decodes at once
BUFFER = 1024 * 1024  # bytes of a Parquet column that are read at once
UNREADABLE = (OSError, EOFError, zlib.error, pa.ArrowException)
"""What is raised when a file is damaged."""

RawRow = Mapping[str, Any] | Reject
"""A row as the file has it, or why it cannot be read."""


class Tables(SourceFormat):
    """One article a row."""

    suffixes: ClassVar[tuple[str, ...]] = (".jsonl.gz", ".jsonl", ".parquet")
    sequential: ClassVar[bool] = True
    may_be_folder: ClassVar[bool] = True

    def list_articles(self, files: FileSystem, entry: FileEntry, columns: Columns) -> Iterator[Source]:
        """Yield the rows of a table without their texts; where it is damaged, a fault of the file."""
        _check_columns(files, entry.path, columns)
        table, number = entry.path, 0
        try:
            for number, raw in iter_rows(files, table, columns):
                row, content = _parse_row(number, raw, columns)
                path = f"{table}/{row.id}" if row.id else f"{table}:{number}"
                yield Source(path, row.id or path, table, row=row, fault=content.fault)
            if not number:
                yield Source(table, self._stem(table), table, fault=Reject("empty", "It is a table without rows."))
        except UNREADABLE as error:
            detail = f"It cannot be read after row {number:,} ({shorten(error)}): make it again."
            yield Source(table, self._stem(table), table, fault=Reject("undecodable", detail), unlisted=True)

    def open_reader(self, files: FileSystem, columns: Columns) -> ArticleReader:
        """Return a function that reads rows; each table is read once if rows are asked for in order."""
        return _TableReader(files, columns)

    def _stem(self, path: str) -> str:
        return next(path[: len(path) - len(suffix)] for suffix in self.suffixes if path.lower().endswith(suffix))


class _TableReader:
    """Reads rows of tables, and remembers where it is in the present table."""

    def __init__(self, files: FileSystem, columns: Columns) -> None:
        self._files, self._columns = files, columns
        self._table: str | None = None
        self._rows: Iterator[tuple[Row, Content]] = iter(())

    def __call__(self, sources: Sequence[Source]) -> list[Content]:
        return [self._read(source) for source in sources]

    def _read(self, source: Source) -> Content:
        wanted = source.row
        if wanted is None:
            raise ValueError(f"{source.source_path} is not a row of a table")
        if source.file != self._table:
            self._table, self._rows = source.file, self._open(source.file)
        for row, content in self._rows:
            if row.number == wanted.number and row.id == wanted.id:
                return content
            if row.number >= wanted.number:
                break
        return Content(fault=Reject("unreadable", "The table was changed while it was read: run again."))

    def _open(self, table: str) -> Iterator[tuple[Row, Content]]:
        try:
            for number, raw in iter_rows(self._files, table, self._columns):
                yield _parse_row(number, raw, self._columns)
        except UNREADABLE:
            return


def iter_rows(files: FileSystem, path: str, columns: Columns) -> Iterator[tuple[int, RawRow]]:
    """Yield the rows of a table with their numbers, from 1; in JSON lines these are the line numbers.

    Raises:
        OSError, EOFError, zlib.error, ArrowException: the file is damaged from here on.
    """
    with files.open(path) as file:
        yield from _parquet_rows(file, columns) if _is_parquet(path) else _json_rows(file, path)


def shorten(value: object) -> str:
    """Return a value or an error as a short text that any table can hold."""
    words = str(value) if isinstance(value, Exception) else repr(value)
    words = " ".join(words.encode(errors="backslashreplace").decode().split())
    return words if len(words) <= MAX_SHOWN else words[:MAX_SHOWN] + " ..."


def _check_columns(files: FileSystem, path: str, columns: Columns) -> None:
    """Raise UsageError if a table lacks a column or its type cannot hold what is read; ignore a damaged table."""
    try:
        with files.open(path) as file:
            schema = _parquet_columns(file) if _is_parquet(path) else _json_columns(file, path)
    except UNREADABLE:
        return
    for role, name in (("text", columns.text), ("id", columns.id), ("date", columns.date)):
        if name is not None and schema and name not in schema:
            raise UsageError(
                f"{files.url(path)} has no column {name!r}; its columns are {', '.join(schema)}:"
                f" name one with --{role}-column"
            )
    for role, name in (("text", columns.text), ("id", columns.id), ("date", columns.date or "date")):
        kind = schema.get(name)
        if kind is not None and not any(fits(kind) for fits in TYPES[role]):
            raise UsageError(
                f"{files.url(path)}: the column {name!r} is {kind}, which holds no {role}: name --{role}-column"
            )


def _is_parquet(path: str) -> bool:
    return path.lower().endswith(".parquet")


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(is_kind(kind) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null))


TYPES = {
    "text": (_is_text,),
    "id": (_is_text, pa.types.is_integer),
    "date": (_is_text, pa.types.is_date, pa.types.is_timestamp),
}


def _parquet_columns(file: BinaryIO) -> dict[str, pa.DataType | None]:
    schema = pq.read_schema(file)
    return dict(zip(schema.names, schema.types, strict=True))


def _parquet_rows(file: BinaryIO, columns: Columns) -> Iterator[tuple[int, RawRow]]:
    number = 0
    wanted = {columns.text, columns.id, columns.date or "date"}
    # Without pre_buffer and with a buffer, columns are read piece by piece, also those of one huge row group.
    with pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False) as table:
        names = [name for name in table.schema_arrow.names if name in wanted]
        for batch in table.iter_batches(DECODED_ROWS, columns=names, use_threads=False):
            for raw in _to_dicts(batch):
                number += 1
                yield number, raw


def _to_dicts(batch: pa.RecordBatch) -> Iterable[RawRow]:
    try:
        rows: list[RawRow] = batch.to_pylist()
    except (ValueError, OverflowError):
        rows = [_to_dict(batch.slice(i, 1)) for i in range(batch.num_rows)]
    return rows


def _to_dict(row: pa.RecordBatch) -> RawRow:
    try:
        raw: RawRow = row.to_pylist()[0]
    except UnicodeDecodeError:
        return Reject("undecodable", "It holds a text that is not UTF-8.")
    except (ValueError, OverflowError) as error:
        return Reject("bad_row", f"It holds a value that cannot be read ({error}).")
    return raw


def _json_columns(file: BinaryIO, path: str) -> dict[str, None]:
    names: dict[str, None] = {}
    for _, raw in islice(_json_rows(file, path), SCHEMA_ROWS):
        if not isinstance(raw, Reject):
            names |= dict.fromkeys(raw)
    return names


def _json_rows(file: BinaryIO, path: str) -> Iterator[tuple[int, RawRow]]:
    lines = gzip.GzipFile(fileobj=file) if path.lower().endswith(".gz") else file
    readable = False
    for number, line in enumerate(_lines(lines), 1):
        if line is not None and not line.strip():
            continue
        raw = _parse_json(line)
        readable = readable or not isinstance(raw, Reject)
        if number > SCHEMA_ROWS and not readable:
            raise OSError("none of its lines is a JSON object")
        yield number, raw


def _lines(file: IO[bytes] | io.BufferedIOBase) -> Iterator[bytes | None]:
    """Yield the lines of a file; None for a line that is too long to be held in memory."""
    while line := file.readline(MAX_LINE):
        complete = len(line) < MAX_LINE or line.endswith(b"\n")
        yield line if complete else None
        while not complete and line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE)


def _parse_json(line: bytes | None) -> RawRow:
    if line is None:
        return Reject("too_long", f"Its line has more than {MAX_LINE:,} bytes.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Reject("undecodable", "Its line is not UTF-8.")
    except (ValueError, RecursionError) as error:
        return Reject("bad_row", f"Its line is no JSON ({error}).")
    return row if isinstance(row, dict) else Reject("bad_row", "Its line is no JSON object: {...} with the columns.")


def _parse_row(number: int, raw: RawRow, columns: Columns) -> tuple[Row, Content]:
    """Return what identifies a row, and its text and day, or why it cannot be read."""
    if isinstance(raw, Reject):
        return Row(number), Content(fault=raw)
    row_id = _parse_id(raw.get(columns.id), columns.id)
    if isinstance(row_id, Reject):
        return Row(number), Content(fault=row_id)
    text, day = _parse_text(raw.get(columns.text), columns.text), _parse_day(raw.get(columns.date or "date"))
    if isinstance(text, Reject):
        return Row(number, row_id), Content(fault=text)
    if isinstance(day, Reject):
        return Row(number, row_id), Content(fault=day)
    iso_day = day.isoformat() if day else ""
    digest = hashlib.sha256(b"\0".join([row_id.encode(), iso_day.encode(), text])).hexdigest()
    return Row(number, row_id, digest, len(text)), Content(text, digest, day=day)


def _parse_id(value: Any, column: str) -> str | Reject:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return Reject("bad_row", f"It has no id in its column {column}: give it a text or a whole number.")
    if "\0" in value or len(value) > MAX_ID or isinstance(_encode(value), Reject):
        return Reject("bad_row", f"Its id is not valid: it has more than {MAX_ID:,} characters, a null or half a one.")
    return value


def _parse_text(value: Any, column: str) -> bytes | Reject:
    if value is None:
        return Reject("empty", f"It has no text in its column {column}.")
    if not isinstance(value, str):
        return Reject("bad_row", f"Its column {column} holds no text ({type(value).__name__}).")
    if len(value) > MAX_CHARACTERS:
        return too_long(f"{len(value):,} characters")
    return _encode(value)


def _encode(value: str) -> bytes | Reject:
    try:
        return value.encode()
    except UnicodeEncodeError:
        return Reject("undecodable", "It holds half a character (one of two surrogates), so it was cut or damaged.")


def _parse_day(value: Any) -> dt.date | Reject | None:
    """Return the day of a date, of a time, or of a text in ISO 8601 or in the form of a dateline."""
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
    return Reject("bad_row", f"Its date {shorten(value)} is no day: write it as 2020-09-23, or leave it empty.")
