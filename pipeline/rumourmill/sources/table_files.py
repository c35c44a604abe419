"""The rows of a Parquet or JSON-lines file one by one, whatever they hold; never the whole file in memory."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.errors import UsageError
from rumourmill.filesystem.objects import Place
from rumourmill.sources.source import Reject

__all__ = ["BROKEN", "USUAL", "Columns", "Raw", "check_columns", "raw_rows"]

LONGEST_LINE = 32 * 1024 * 1024  # bytes: a text of the greatest length, all in \\uXXXX, and as much beside it
LOOKED_AT = 100  # rows of JSON that tell which columns there are
ROWS = 64  # that Parquet decodes at once
BUFFER = 1024 * 1024  # bytes of a Parquet column that are read at once
BROKEN = (OSError, EOFError, zlib.error, pa.ArrowException)
"""What a file raises that cannot be read on."""

Raw = Mapping[str, Any] | Reject  # a row as it stands in the file, or why there is none


@dataclass(frozen=True)
class Columns:
    """The columns that hold what we read."""

    text: str = "text"
    id: str = "id"
    date: str | None = None  # `date`, where there is one


USUAL = Columns()


def check_columns(path: Place, columns: Columns) -> None:
    """See that a table has the columns; a table that cannot be read at all is let pass.

    Raises:
        UsageError: one is missing, or of a type that cannot hold what it should.
    """
    try:
        schema = _parquet_columns(path) if _is_parquet(path) else _json_columns(path)
    except BROKEN:
        return
    for role, name in (("text", columns.text), ("id", columns.id), ("date", columns.date)):
        if name is not None and schema and name not in schema:
            raise UsageError(
                f"{path} has no column {name!r}; its columns are {', '.join(schema)}: name one with --{role}-column"
            )
    for role, name in (("text", columns.text), ("id", columns.id), ("date", columns.date or "date")):
        kind = schema.get(name)
        if kind is not None and not any(fits(kind) for fits in TYPES[role]):
            raise UsageError(f"{path}: the column {name!r} is {kind}, which holds no {role}: name --{role}-column")


def raw_rows(path: Place, columns: Columns) -> Iterator[tuple[int, Raw]]:
    """The rows of a table with their numbers, from 1; of JSON these are the numbers of the lines.

    Raises:
        OSError, EOFError, zlib.error, ArrowException: it cannot be read on.
    """
    return _parquet_rows(path, columns) if _is_parquet(path) else _json_rows(path)


def _is_parquet(path: Place) -> bool:
    return path.name.lower().endswith(".parquet")


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(is_kind(kind) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_null))


TYPES = {
    "text": (_is_text,),
    "id": (_is_text, pa.types.is_integer),
    "date": (_is_text, pa.types.is_date, pa.types.is_timestamp),
}


def _parquet_columns(path: Place) -> dict[str, pa.DataType | None]:
    with path.open("rb") as file:
        schema = pq.read_schema(file)
    return dict(zip(schema.names, schema.types, strict=True))


def _parquet_rows(path: Place, columns: Columns) -> Iterator[tuple[int, Raw]]:
    number = 0
    wanted = {columns.text, columns.id, columns.date or "date"}
    # Without pre_buffer and with a buffer, columns are read piece by piece, also those of one giant row group.
    with path.open("rb") as file, pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False) as table:
        names = [name for name in table.schema_arrow.names if name in wanted]
        for batch in table.iter_batches(ROWS, columns=names, use_threads=False):
            for raw in _dicts(batch):
                number += 1
                yield number, raw


def _dicts(batch: pa.RecordBatch) -> Iterable[Raw]:
    try:
        rows: list[Raw] = batch.to_pylist()
    except (ValueError, OverflowError):
        rows = [_dict(batch.slice(i, 1)) for i in range(batch.num_rows)]
    return rows


def _dict(row: pa.RecordBatch) -> Raw:
    try:
        raw: Raw = row.to_pylist()[0]
    except UnicodeDecodeError:
        return Reject("undecodable", "It holds a text that is not UTF-8.")
    except (ValueError, OverflowError) as error:
        return Reject("bad_row", f"It holds a value that cannot be read ({error}).")
    return raw


def _json_columns(path: Place) -> dict[str, None]:
    names: dict[str, None] = {}
    for _, raw in islice(_json_rows(path), LOOKED_AT):
        if not isinstance(raw, Reject):
            names |= dict.fromkeys(raw)
    return names


def _json_rows(path: Place) -> Iterator[tuple[int, Raw]]:
    with path.open("rb") as file:
        lines = gzip.GzipFile(fileobj=file) if path.name.lower().endswith(".gz") else file
        readable = False
        for number, line in enumerate(_lines(lines), 1):
            if line is not None and not line.strip():
                continue
            raw = _json(line)
            readable = readable or not isinstance(raw, Reject)
            if number > LOOKED_AT and not readable:
                raise OSError("none of its lines is a JSON object")
            yield number, raw


def _lines(file: IO[bytes] | io.BufferedIOBase) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long to be held."""
    while line := file.readline(LONGEST_LINE):
        whole = len(line) < LONGEST_LINE or line.endswith(b"\n")
        yield line if whole else None
        while not whole and line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)


def _json(line: bytes | None) -> Raw:
    if line is None:
        return Reject("too_long", f"Its line has more than {LONGEST_LINE:,} bytes.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Reject("undecodable", "Its line is not UTF-8.")
    except (ValueError, RecursionError) as error:
        return Reject("bad_row", f"Its line is no JSON ({error}).")
    return row if isinstance(row, dict) else Reject("bad_row", "Its line is no JSON object: {...} with the columns.")
