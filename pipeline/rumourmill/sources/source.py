"""What a source of articles is, and the interface of a file format that holds articles."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from rumourmill.filesystem import FileEntry, FileSystem, Version

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "ArticleReader",
    "Columns",
    "Content",
    "Reject",
    "Row",
    "Source",
    "SourceFormat",
    "too_long",
    "unreadable",
]

MAX_CHARACTERS = 1_000_000  # spaCy's own limit for a text (`nlp.max_length`)
MAX_BYTES = 4 * MAX_CHARACTERS + 4  # no encoding needs more than four bytes a character, and a byte order mark


@dataclass(frozen=True)
class Reject:
    """Why a file or row is not read: a value of `rejects.reason`, and a sentence for the user."""

    reason: str
    detail: str


@dataclass(frozen=True)
class Content:
    """The bytes of an article, or why there are none, and what identifies them in a later run."""

    data: bytes = b""
    content_hash: str | None = None  # SHA-256 in hexadecimal: of a file; of a row, of its id, day and text
    version: Version | None = None  # of a file, if it is certain that a later change has another version
    fault: Reject | None = None
    day: dt.date | None = None  # of publication, where a column has it


@dataclass(frozen=True)
class Columns:
    """The columns of a table that are read."""

    text: str = "text"
    id: str = "id"
    date: str | None = None  # None: `date`, if there is such a column


@dataclass(frozen=True, slots=True)
class Row:
    """Which row of a table an article is."""

    number: int  # from 1
    id: str = ""  # empty: the row has no valid id
    content_hash: str | None = None
    size: int = 0  # bytes of its text


@dataclass(frozen=True, slots=True)
class Source:
    """One article below IN (a file, or a row of a table), or something there that cannot be read."""

    source_path: str  # below IN, separated by `/`; of a row `TABLE/ID`, or `TABLE:NUMBER` where it has no unique id
    article_id: str
    file: str  # path of the file below IN, as the file system knows it
    version: Version | None = None  # of the file, where listing the folder gives it
    row: Row | None = None
    fault: Reject | None = None  # found by listing
    unlisted: bool = False  # whether there may be articles below it that could not be listed
    content: Content | None = None  # if it was read already


ArticleReader: TypeAlias = Callable[[Sequence[Source]], list[Content]]
"""Reads sources, in the order in which they were listed."""


class SourceFormat(ABC):
    """A kind of file that holds one article or several."""

    suffixes: ClassVar[tuple[str, ...]]
    """Suffixes of its files in lower case; a longer one comes before a shorter one that it ends in."""

    sequential: ClassVar[bool]
    """Whether the articles of a file can only be read one after the other, so that one process must read them all."""

    may_be_folder: ClassVar[bool]
    """Whether a folder of that name is a table in several files, as Spark writes it."""

    @abstractmethod
    def list_articles(self, files: FileSystem, entry: FileEntry, columns: Columns) -> Iterator[Source]:
        """Yield the articles in a file, in order; what cannot be read has a fault.

        Args:
            files: the file system of IN.
            entry: the file.
            columns: the columns of a table.

        Raises:
            UsageError: the file lacks a column, or a column's type cannot hold what is read from it.
        """

    @abstractmethod
    def open_reader(self, files: FileSystem, columns: Columns) -> ArticleReader:
        """Return a function that reads what `list_articles` yielded."""


def too_long(size: str) -> Reject:
    """Return the Reject of a text that exceeds the limit."""
    return Reject("too_long", f"It has {size}; an article has at most {MAX_CHARACTERS:,} characters: split it.")


def unreadable(error: OSError) -> Reject:
    """Return the Reject of a file that cannot be opened."""
    return Reject("unreadable", f"It cannot be opened ({error.strerror or error}): check its permissions.")
