"""Walks a folder of articles and reads their bytes; what cannot be read is a Reject with a sentence about it.

A table of articles (`pipeline.tables`) is a file here, and its rows are made Sources of their own there.
"""

from __future__ import annotations

import datetime as dt
import errno
import gzip
import hashlib
import io
import os
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

__all__ = [
    "MAX_CHARACTERS",
    "TABLES",
    "Content",
    "Reject",
    "Row",
    "Source",
    "Stamp",
    "read",
    "read_stream",
    "stamp_of",
    "too_long",
    "walk",
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
    path: Path
    fault: Reject | None = None  # seen before a worker opens it
    folder: bool = False  # what is below it could not be seen
    row: Row | None = None
    content: Content | None = None  # read already

    @property
    def article_id(self) -> str:
        """The source path without its suffix; of a row its id."""
        if self.row and self.row.id:
            return self.row.id
        return self.source_path[: -len(_suffix(self.source_path)) or None]

    @property
    def is_table(self) -> bool:
        """Whether it is a table of articles."""
        return self.row is None and self.source_path.lower().endswith(TABLES)


def walk(root: Path) -> list[Source]:
    """The articles below a folder, in order of their source path; hidden files and folders are left out.

    Args:
        root: folder to walk, or a table; links inside it are followed to files, and never out of it.

    Returns:
        One Source for each `.txt`, `.txt.gz` or table, and one with a fault for each link or folder in their way.
    """
    root = root.resolve()
    if root.is_file():
        return [Source(root.name, root)]
    sources: list[Source] = []
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            sources.append(Source(_below(root, str(folder))[0], folder, _unreadable(error), folder=True))
            continue
        for entry in visible:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            sources += _entry(root, entry)
    return _without_twins(sorted(sources, key=lambda source: source.source_path))


def read(source: Source) -> Content:
    """The bytes of an article, decompressed; never more than an article can have."""
    if source.fault:
        return Content(fault=source.fault)
    if source.content:
        return source.content
    try:
        with source.path.open("rb") as file:
            before = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Content(fault=_unreadable(error))
    content = Content(data, digest, _settled(before))
    if source.source_path.lower().endswith(".gz") and len(data) <= MAX_BYTES:
        content = _decompressed(content)
    return _bounded(content)


def read_stream(stream: BinaryIO) -> Content:
    """The bytes of an article that comes through a pipe."""
    data = stream.read(MAX_BYTES + 1)
    return _bounded(Content(data, hashlib.sha256(data).hexdigest()))


def stamp_of(path: Path) -> Stamp | None:
    """What a file's entry tells without opening it; None when it cannot be told."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def too_long(found: str) -> Reject:
    """The Reject of a text over the limit."""
    return Reject("too_long", f"It has {found}; an article has at most {MAX_CHARACTERS:,} characters: split it.")


def _entry(root: Path, entry: os.DirEntry[str]) -> Iterator[Source]:
    article = bool(_suffix(entry.name))
    if not article and not entry.is_symlink():
        return
    path, (name, valid) = Path(entry.path), _below(root, entry.path)
    if article and not valid:
        yield Source(name, path, Reject("bad_name", "Its name is not valid UTF-8: rename the file."))
    elif entry.is_symlink():
        fault = _link_fault(root, path, article)
        if fault or (article and path.is_file()):
            yield Source(name, path, fault)
    elif entry.is_dir(follow_symlinks=False):
        yield Source(name, path, Reject("not_a_file", "It is a folder, whatever its name; its articles are read."))
    elif not entry.is_file(follow_symlinks=False):
        yield Source(name, path, Reject("not_a_file", "It is a pipe, socket or device, not a file."))
    else:
        yield Source(name, path)


def _link_fault(root: Path, path: Path, article: bool) -> Reject | None:
    """What is wrong with a link; one to a folder in IN is no fault: its articles are read in their own place."""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return Reject("link_broken", "It is a link to a file that is not there.")
    except (RuntimeError, OSError) as error:  # Python 3.11 and 3.12 tell a loop by a RuntimeError
        if isinstance(error, OSError) and error.errno != errno.ELOOP:
            return _unreadable(error)
        return Reject("link_loop", "It is a link that leads back to itself.")
    fault = None
    if not target.is_relative_to(root):
        if article or target.is_dir():
            fault = Reject("link_outside", "It is a link out of the folder of articles: copy the articles into it.")
    elif path.is_relative_to(target):
        fault = Reject("link_loop", "It is a link to a folder that it stands in.")
    elif article and not target.is_file():
        fault = Reject("not_a_file", "It is a link to something that is not a file.")
    return fault


def _without_twins(sources: list[Source]) -> list[Source]:
    """Two files that would have one article_id: the first keeps it."""
    owners: dict[str, str] = {}
    for i, source in enumerate(sources):
        if (
            not source.is_table
            and source.fault is None
            and (owner := owners.setdefault(source.article_id, source.source_path)) != (source.source_path)
        ):
            twin = Reject("duplicate", f"It has the same name as {owner}, but for the suffix: rename one of them.")
            sources[i] = replace(source, fault=twin)
    return sources


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


def _suffix(name: str) -> str:
    return next((name[-len(s) :] for s in SUFFIXES if name.lower().endswith(s)), "")


def _below(root: Path, path: str) -> tuple[str, bool]:
    """A path below root, and whether it is valid UTF-8 (what is not, is escaped)."""
    name = path[len(str(root)) :].lstrip("/") or "."
    if name.isascii():
        return name, True
    shown = name.encode("utf8", "surrogateescape").decode("utf8", "backslashreplace")
    return shown, shown == name


def _unreadable(error: OSError) -> Reject:
    return Reject("unreadable", f"It cannot be opened ({error.strerror or error}): check its permissions.")
