"""The plan of a run: which articles are new or changed, which are gone, and the batches they are read in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumourmill.dataset import Dataset
from rumourmill.sources import ArticleFolder, Source
from rumourmill.sources.folder import Listing

__all__ = ["BATCH_SIZE", "Plan", "make_batches", "make_plan"]

BATCH_SIZE = 128  # files or rows: the most that a kill can cost, and that a part holds
BATCH_BYTES = 8 * 1024 * 1024  # of the texts of rows, which are in memory while their batch is read
NUMBERED_ROW = re.compile(r"(.+):\d+", re.DOTALL)  # source path of a row without a unique id: TABLE:NUMBER


@dataclass(frozen=True)
class Plan:
    """What is to be done."""

    found: list[Source]
    changed: list[Source]  # new ones among them
    gone: list[str]  # source paths of known articles whose file or row no longer exists
    obsolete: list[str]  # those of rejected rows without a unique id that no longer exist or have one now


def make_plan(articles: ArticleFolder, listing: Listing, data: Dataset, fingerprint: str) -> Plan:
    """Compare the articles below IN with those in the dataset.

    Args:
        articles: the articles below IN.
        listing: the list of them.
        data: the dataset.
        fingerprint: of this run.
    """
    changed = [source for source in listing.sources if not _is_unchanged(articles, source, data, fingerprint)]
    present = {source.source_path for source in listing.sources}
    hidden = tuple(
        source.source_path + separator for source in listing.sources if source.unlisted for separator in "/:"
    )
    missing = sorted(path for path in data.known if path not in present and not path.startswith(hidden))
    obsolete = {path for path in missing if (row := NUMBERED_ROW.fullmatch(path)) and row[1] in listing.tables}
    return Plan(listing.sources, changed, [path for path in missing if path not in obsolete], sorted(obsolete))


def make_batches(sources: Sequence[Source]) -> Iterator[list[Source]]:
    """Cut sources into batches; the same sources always give the same batches."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        size += source.row.size if source.row else 0
        if len(batch) == BATCH_SIZE or (batch and size > BATCH_BYTES):
            yield batch
            batch, size = [], source.row.size if source.row else 0
        batch.append(source)
    if batch:
        yield batch


def _is_unchanged(articles: ArticleFolder, source: Source, data: Dataset, fingerprint: str) -> bool:
    """Return whether the dataset has a source's rows. A file is opened only if its version does not decide it."""
    if source.source_path not in data.known or data.fingerprint_of(source.source_path) != fingerprint:
        return False
    entry, _ = data.known[source.source_path]
    if source.fault:
        return entry.reason == source.fault.reason
    if source.row:
        return entry.content_hash == source.row.content_hash
    if entry.version is not None and entry.version == articles.version(source):
        return True
    [content] = articles.read_articles([source])
    if content.content_hash is None:
        return content.fault is not None and entry.reason == content.fault.reason
    return entry.content_hash == content.content_hash
