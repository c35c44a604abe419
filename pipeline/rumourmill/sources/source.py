"""Files of articles and their bytes; what cannot be read is a Reject with a sentence about it.

A table of articles (`rumourmill.sources.tables`) is a file here, and its rows are made Sources of their own there.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import os
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from rumourmill.filesystem.objects import ObjectPath, Place, fetch

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "TABLES",
    "Content",
    "Reject",
    "Row",
    "Source",
    "Stamp",
    "read",
    "read_all",
    "read_stream",
    "stamp_of",
    "suffix",
    "too_long",
    "unreadable",
]

MAX_CHARACTERS = 1_000_000  # spaCy's own limit on a text
MAX_BYTES = 4 * MAX_CHARACTERS + 4  # no encoding needs more than four bytes a character, and a mark
TABLES = (".jsonl.gz", ".jsonl", ".parquet")
SUFFIXES = (".txt.gz", ".txt", *TABLES)
SETTLED = 2.0  # seconds: the coarsest clock that a file system in use keeps (FAT)

Stamp = tuple[int, int, int]  # size in bytes, times of the last change of content and of entry in nanoseconds


@dataclass(frozen=True)
class Reject:
    """Why a file is not read: a code of `rejects.reason`, and a sentence for the user."""

    reason: str
    detail: str


@dataclass(frozen=True)
class Content:
    """The bytes of an article, or why there are none, and what recognises them the next time."""

    data: bytes = b""
    content_hash: str | None = None  # SHA-256 of the file, hexadecimal; of a row, of what is read of it
    stamp: Stamp | None = None  # None: changed too recently to be told from a later change, or a row
    fault: Reject | None = None
    day: dt.date | None = None  # of publication, where a table tells it


@dataclass(frozen=True, slots=True)
class Row:
    """Which row of a table is an article."""

    number: int  # from 1
    id: str = ""  # empty: it has none
    content_hash: str | None = None
    size: int = 0  # bytes of its text


@dataclass(frozen=True, slots=True)
class Source:
    """One file below IN that is an article by its name, or one row of a table of articles."""

    source_path: (
        str  # below IN, POSIX separators; of a row `TABLE/ID`, or `TABLE:NUMBER` where the id is no name for it
    )
    path: Place
    fault: Reject | None = None  # seen before a worker opens it
    folder: bool = False  # what is below it could not be seen
    row: Row | None = None
    content: Content | None = None  # read already
    stamp: Stamp | None = None  # of an object, as its store lists it

    @property
    def article_id(self) -> str:
        """The source path without its suffix; of a row its id."""
        if self.row and self.row.id:
            return self.row.id
        return self.source_path[: -len(suffix(self.source_path)) or None]

    @property
    def is_table(self) -> bool:
        """Whether it is a table of articles."""
        return self.row is None and self.source_path.lower().endswith(TABLES)


def read(source: Source) -> Content:
    """The bytes of an article, decompressed; never more than an article can have."""
    if source.fault:
        return Content(fault=source.fault)
    if source.content:
        return source.content
    if isinstance(source.path, ObjectPath):
        return _received(source, fetch([source.path])[0])
    try:
        with source.path.open("rb") as file:
            before = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Content(fault=unreadable(error))
    return _whole(source, Content(data, digest, _settled(before)))


def read_all(batch: Sequence[Source]) -> list[Content]:
    """The bytes of the articles of a batch; those of objects are fetched many at a time."""
    objects = [path for s in batch if not (s.fault or s.content) and isinstance(path := s.path, ObjectPath)]
    fetched: dict[Place, bytes | OSError] = dict(zip(objects, fetch(objects), strict=True))
    return [_received(source, fetched[source.path]) if source.path in fetched else read(source) for source in batch]


def read_stream(stream: BinaryIO) -> Content:
    """The bytes of an article that comes through a pipe."""
    data = stream.read(MAX_BYTES + 1)
    return _bounded(Content(data, hashlib.sha256(data).hexdigest()))


def stamp_of(source: Source) -> Stamp | None:
    """What a file's entry tells without opening it; None when it cannot be told."""
    if isinstance(source.path, ObjectPath):
        return source.stamp
    try:
        found = source.path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def too_long(found: str) -> Reject:
    """The Reject of a text over the limit."""
    return Reject("too_long", f"It has {found}; an article has at most {MAX_CHARACTERS:,} characters: split it.")


def _received(source: Source, data: bytes | OSError) -> Content:
    """The content of an object."""
    if isinstance(data, OSError):
        return Content(fault=unreadable(data))
    return _whole(source, Content(data, hashlib.sha256(data).hexdigest(), source.stamp))


def _whole(source: Source, content: Content) -> Content:
    """The content of a file, decompressed and no longer than an article."""
    if source.source_path.lower().endswith(".gz") and len(content.data) <= MAX_BYTES:
        content = _decompressed(content)
    return _bounded(content)


def _bounded(content: Content) -> Content:
    if len(content.data) <= MAX_BYTES:
        return content
    return replace(content, data=b"", fault=too_long(f"more than {MAX_BYTES:,} bytes"))


def _decompressed(content: Content) -> Content:
    """The content of a gzip file, several members included, at most as much as an article can have."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content.data)) as file:
            return replace(content, data=file.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        return replace(content, data=b"", fault=Reject("undecodable", f"It is no whole gzip file ({error})."))


def _settled(found: os.stat_result) -> Stamp | None:
    if time.time() - max(found.st_mtime, found.st_ctime) < SETTLED:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def suffix(name: str) -> str:
    """The suffix that makes a file an article or a table of them, empty for other files."""
    return next((name[-len(s) :] for s in SUFFIXES if name.lower().endswith(s)), "")


def unreadable(error: OSError) -> Reject:
    """The Reject of a file that cannot be opened."""
    return Reject("unreadable", f"It cannot be opened ({error.strerror or error}): check its permissions.")
