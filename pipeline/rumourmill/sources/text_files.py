"""Text files, one article each: `.txt`, and `.txt.gz` compressed with gzip."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, ClassVar

from rumourmill.filesystem import FileEntry, FileSystem
from rumourmill.sources.source import (
    MAX_BYTES,
    ArticleReader,
    Columns,
    Content,
    Reject,
    Source,
    SourceFormat,
    too_long,
    unreadable,
)

__all__ = ["TextFiles", "read_stream"]


class TextFiles(SourceFormat):
    """One article a file, in any encoding that `article.decode_text` knows."""

    suffixes: ClassVar[tuple[str, ...]] = (".txt.gz", ".txt")
    sequential: ClassVar[bool] = False
    may_be_folder: ClassVar[bool] = False

    def list_articles(self, files: FileSystem, entry: FileEntry, columns: Columns) -> Iterator[Source]:  # noqa: ARG002
        """Yield the article of a file; one that is too large is rejected without reading it."""
        suffix = next((suffix for suffix in self.suffixes if entry.path.lower().endswith(suffix)), "")
        fault = too_long(f"{entry.size:,} bytes") if entry.size and entry.size > MAX_BYTES else None
        article_id = entry.path[: len(entry.path) - len(suffix)]
        yield Source(entry.path, article_id, entry.path, entry.version, fault=fault)

    def open_reader(self, files: FileSystem, columns: Columns) -> ArticleReader:  # noqa: ARG002
        """Return a function that reads files; many are fetched together from an object store."""

        def read(sources: Sequence[Source]) -> list[Content]:
            loaded = files.load_many([source.file for source in sources], MAX_BYTES + 1)
            return [
                Content(fault=unreadable(found))
                if isinstance(found, OSError)
                else _decompress(source.file, Content(found.data, found.sha256, found.version or source.version))
                for source, found in zip(sources, loaded, strict=True)
            ]

        return read


def read_stream(stream: BinaryIO) -> Content:
    """Read an article from a pipe, such as standard input."""
    data = stream.read(MAX_BYTES + 1)
    return _check_length(Content(data, hashlib.sha256(data).hexdigest()))


def _decompress(name: str, content: Content) -> Content:
    """Decompress the content of a gzip file, which may have several members; never more than an article may have."""
    if name.lower().endswith(".gz") and len(content.data) <= MAX_BYTES:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content.data)) as file:
                content = replace(content, data=file.read(MAX_BYTES + 1))
        except (OSError, EOFError, zlib.error) as error:
            fault = Reject("undecodable", f"It is not a complete gzip file ({error}): make it again.")
            return replace(content, data=b"", fault=fault)
    return _check_length(content)


def _check_length(content: Content) -> Content:
    if len(content.data) <= MAX_BYTES:
        return content
    return replace(content, data=b"", fault=too_long(f"more than {MAX_BYTES:,} bytes"))
