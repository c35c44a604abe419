"""The articles below a folder: lists and reads them, whatever their formats and wherever the folder is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rumourmill.errors import UsageError
from rumourmill.filesystem import FileEntry, FileSystem, LocalDisk, Location, Version, open_file_system
from rumourmill.sources.article import Article, from_content
from rumourmill.sources.source import ArticleReader, Columns, Content, Reject, Source, SourceFormat, unreadable
from rumourmill.sources.tables import Tables, shorten
from rumourmill.sources.text_files import TextFiles, read_stream

__all__ = ["FORMATS", "ArticleFolder", "Listing", "article_id_of", "read_file"]

FORMATS: tuple[SourceFormat, ...] = (TextFiles(), Tables())
STANDARD_INPUT = Path("-")


@dataclass(frozen=True)
class Listing:
    """What is below IN."""

    sources: list[Source]  # in order of the path of their file, rows in the order of their table
    tables: frozenset[str]  # source paths of the files with several articles


@dataclass(frozen=True)
class ArticleFolder:
    """The articles below a folder, or in one table. Made by `ArticleFolder.open`; it can be sent to workers."""

    files: FileSystem
    columns: Columns = Columns()  # noqa: RUF009 - it is immutable
    only: str | None = None  # the one file that is read

    @classmethod
    def open(cls, location: Location, columns: Columns = Columns()) -> ArticleFolder:  # noqa: B008
        """Return the articles below a folder or in a table.

        Args:
            location: a folder or a table; path or URL.
            columns: the columns of tables that are read.

        Raises:
            UsageError: there is no such folder, it cannot be read, or it is a file but not a table.
        """
        files = open_file_system(location)
        with _usage_errors(files):
            if not files.exists():
                raise UsageError(f"{files} does not exist: name the folder that holds the articles")
            if files.is_folder():
                return cls(files, columns)
        found = _format_of(files.name)
        if found is None or not found.sequential:
            raise UsageError(f"{files} is a file, but not a table of articles: name the folder that holds it")
        table = files.resolve()
        return cls(table.parent, columns, table.name)

    def __str__(self) -> str:
        return self.files.url(self.only) if self.only else str(self.files)

    def resolve(self) -> ArticleFolder:
        """Return the same folder with an absolute path, for other processes."""
        return replace(self, files=self.files.resolve())

    def version(self, source: Source) -> Version | None:
        """Return the version of a source's file without reading it; None if it cannot be determined."""
        return source.version or self.files.version(source.file)

    def list_articles(self) -> Listing:
        """List all articles; hidden files and folders are skipped, and links are followed only within the folder.

        Returns:
            A Source for every article, and one with a fault for everything that looks like an article or may hold
            some, but cannot be read.

        Raises:
            UsageError: the folder cannot be listed or holds no articles, or a table lacks a column.
        """
        files = self.files.resolve()
        with _usage_errors(self):
            entries = [FileEntry(self.only, "file")] if self.only else list(files.walk())
        found = sorted((item for entry in entries if (item := _classify(entry))), key=lambda item: item[0])
        if all(_is_unlisted(entry) for _, entry, _ in found):
            if error := next((entry.error for path, entry, _ in found if path == "." and entry.error), None):
                raise UsageError(f"{self}: {unreadable(error).detail}")
            *most, last = (suffix for format_ in FORMATS for suffix in reversed(format_.suffixes))
            raise UsageError(f"{self} holds no articles: there is no {', '.join(most)} or {last} file in or below it")
        sources: list[Source] = []
        tables = set()
        for path, entry, kind in found:
            if isinstance(kind, Reject):
                unlisted = _is_unlisted(entry)
                sources.append(Source(path, article_id_of(path), entry.path, fault=kind, unlisted=unlisted))
                continue
            sources += kind.list_articles(files, entry, self.columns)
            if kind.sequential:
                tables.add(path)
        return Listing(_reject_duplicates(sources), frozenset(tables))

    def read_articles(self, sources: Sequence[Source]) -> list[Content]:
        """Return the contents of sources, in order; of those that cannot be read, the fault."""
        return self._read(sources, self._open_readers())

    def load_batches(self, batches: Iterable[Sequence[Source]], *, remote: bool) -> Iterator[list[Source]]:
        """Read what workers cannot read themselves, batch by batch.

        Args:
            batches: sources, in the order in which they were listed.
            remote: whether the workers run on other machines.

        Yields:
            The batch; sources that only this process can read have their content.
        """
        visible = self.files.scope == "network" or (self.files.scope == "machine" and not remote)
        readers = self._open_readers()
        for batch in batches:
            here = [s for s in batch if not (s.fault or (visible and not _must_format_of(s.file).sequential))]
            contents = dict(zip(here, self._read(here, readers), strict=True))
            yield [replace(s, content=contents[s]) if s in contents else s for s in batch]

    def _open_readers(self) -> dict[SourceFormat, ArticleReader]:
        return {format_: format_.open_reader(self.files, self.columns) for format_ in FORMATS}

    @staticmethod
    def _read(sources: Sequence[Source], readers: dict[SourceFormat, ArticleReader]) -> list[Content]:
        contents = [source.content or Content(fault=source.fault) for source in sources]
        for format_, reader in readers.items():
            chosen = [
                i
                for i, source in enumerate(sources)
                if not (source.fault or source.content) and _must_format_of(source.file) is format_
            ]
            for i, content in zip(chosen, reader([sources[i] for i in chosen]), strict=True):
                contents[i] = content
        return contents


def article_id_of(source_path: str) -> str:
    """Return the id of a file's article: its path without the suffix."""
    suffix = _suffix(source_path)
    return source_path[: len(source_path) - len(suffix)]


def read_file(path: Path) -> Article | Reject:
    """Read one article by itself.

    Args:
        path: a text file of any name; `-` is standard input.
    """
    source = Source(path.name, article_id_of(path.name), path.name)
    if path == STANDARD_INPUT:
        return from_content(source, read_stream(sys.stdin.buffer))
    [content] = TextFiles().open_reader(LocalDisk(path.parent), Columns())([source])
    return from_content(source, content)


@contextmanager
def _usage_errors(location: object) -> Iterator[None]:
    """Convert an OSError to a UsageError: IN cannot be read, and nothing has been written yet."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{location} cannot be read: {error}") from error


def _suffix(name: str) -> str:
    """Return the suffix that makes a file an article or a table, with its case; empty for other files."""
    found = (name[-len(s) :] for format_ in FORMATS for s in format_.suffixes if name.lower().endswith(s))
    return next(found, "")


def _format_of(name: str) -> SourceFormat | None:
    return next((format_ for format_ in FORMATS if name.lower().endswith(format_.suffixes)), None)


def _must_format_of(name: str) -> SourceFormat:
    found = _format_of(name)
    if found is None:
        raise ValueError(f"{name} has no known suffix")
    return found


def _classify(entry: FileEntry) -> tuple[str, FileEntry, SourceFormat | Reject] | None:
    """Return an entry's source path and its format, or what is wrong with it; None if it does not concern us."""
    path, valid = _printable(entry.path)
    format_ = _format_of(entry.path)
    if format_ and not valid and not _is_unlisted(entry):
        return path, entry, Reject("bad_name", "Its name is not valid UTF-8: rename the file.")
    if fault := _link_fault(entry, format_) if entry.link else _file_fault(entry, format_):
        return path, entry, fault
    return (path, entry, format_) if format_ and entry.kind == "file" else None


def _is_unlisted(entry: FileEntry) -> bool:
    """Return whether an entry is a folder that cannot be listed."""
    return entry.error is not None and entry.link is None


def _file_fault(entry: FileEntry, format_: SourceFormat | None) -> Reject | None:
    if entry.error:
        return unreadable(entry.error)
    if format_ and entry.kind == "special":
        return Reject("not_a_file", "It is a pipe, socket or device, not a file.")
    if format_ and entry.kind == "folder" and not format_.may_be_folder:
        return Reject("not_a_file", "It is a folder in spite of its name; the articles in it are read.")
    return None


def _link_fault(entry: FileEntry, format_: SourceFormat | None) -> Reject | None:
    """Return what is wrong with a link. A link to a folder in IN is fine: its articles are read at their own path."""
    fault = None
    if entry.error:
        fault = unreadable(entry.error)
    elif entry.link == "broken":
        fault = Reject("link_broken", "It is a link to a file that does not exist.")
    elif entry.link == "loop":
        target = "that leads back to itself" if entry.kind == "missing" else "to a folder that contains it"
        fault = Reject("link_loop", f"It is a link {target}.")
    elif entry.link == "outside":
        if format_ or entry.kind == "folder":
            fault = Reject("link_outside", "It is a link out of the folder of articles: copy the articles into it.")
    elif format_ and entry.kind != "file":
        fault = Reject("not_a_file", "It is a link to something that is not a file.")
    return fault


def _reject_duplicates(sources: list[Source]) -> list[Source]:
    """Keep the first source of each article_id and reject the others; files come before rows of tables."""
    owners: dict[str, str] = {}
    for i, source in enumerate(sources):
        if source.row or source.fault:
            continue
        owner = owners.setdefault(source.article_id, source.source_path)
        if owner != source.source_path:
            detail = f"It has the same name as {owner} except for the suffix: rename one of them."
            sources[i] = replace(source, fault=Reject("duplicate", detail))
    for i, source in enumerate(sources):
        if not source.row or source.fault:
            continue
        path = f"{source.file}:{source.row.number}"
        owner = owners.setdefault(source.article_id, path)
        if owner != path:
            detail = f"Its id {shorten(source.row.id)} is also the id of {owner}, which is read instead."
            sources[i] = replace(source, source_path=path, fault=Reject("duplicate", detail))
    return sources


def _printable(path: str) -> tuple[str, bool]:
    """Return a path as valid UTF-8 (other bytes are escaped), and whether it is that already; `.` for the root."""
    if not path or path.isascii():
        return path or ".", True
    shown = path.encode("utf8", "surrogateescape").decode("utf8", "backslashreplace")
    return shown, shown == path
