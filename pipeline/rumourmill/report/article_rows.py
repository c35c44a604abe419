"""Reads a dataset article by article, so that memory does not grow with the number of articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rumourmill.dataset import Snapshot
from rumourmill.schema import TABLES, Row

__all__ = ["ArticleHead", "ArticleRows", "iter_articles", "load_heads", "load_rejects"]


@dataclass(frozen=True)
class ArticleHead:
    """What links and lists show of an article."""

    article_id: str
    title: str  # the article_id if there is no headline
    day: dt.date | None


@dataclass(frozen=True)
class ArticleRows:
    """An article with its rows by table, in table order."""

    article: Row
    rows: dict[str, list[Row]]


def load_heads(snapshot: Snapshot) -> list[ArticleHead]:
    """Return all articles, the newest first, those without a day of publication last."""
    rows = _iter_rows(snapshot, "articles", "article_id", "title", "published_on")
    heads = [ArticleHead(row["article_id"], row["title"] or row["article_id"], row["published_on"]) for row in rows]
    return sorted(heads, key=lambda head: (-(head.day or dt.date.min).toordinal(), head.article_id))


def iter_articles(snapshot: Snapshot) -> Iterator[ArticleRows]:
    """Yield every article with its rows, in the order of the tables."""
    tables = {table.name: _ArticleGroups(snapshot, table.name) for table in TABLES.values() if table.joins_articles}
    for article in _iter_rows(snapshot, "articles"):
        yield ArticleRows(article, {name: groups.take(article["article_id"]) for name, groups in tables.items()})


def load_rejects(snapshot: Snapshot) -> list[Row]:
    """Return the rows of `rejects`, sorted by path."""
    return sorted(_iter_rows(snapshot, "rejects"), key=itemgetter("source_path"))


class _ArticleGroups:
    """The rows of a table grouped by article; groups are taken in table order."""

    def __init__(self, snapshot: Snapshot, table: str) -> None:
        self._groups = groupby(_iter_rows(snapshot, table), itemgetter("article_id"))
        self._next = next(self._groups, None)

    def take(self, article_id: str) -> list[Row]:
        """Return the rows of an article, if it is the next one of the table; otherwise it has none."""
        if self._next is None or self._next[0] != article_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _iter_rows(snapshot: Snapshot, table: str, *columns: str) -> Iterator[Row]:
    for batch in snapshot.batches(table, columns or None):
        yield from batch.to_pylist()
