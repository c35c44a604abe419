"""A dataset as stories: each article with its rows, one at a time, so that memory does not grow with the dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from rumourmill.dataset import Snapshot
from rumourmill.schema import TABLES

__all__ = ["Head", "Row", "Story", "heads", "rejects", "stories"]

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """What lists and links say of an article."""

    article_id: str
    title: str  # the id where the article has no headline
    day: dt.date | None


@dataclass(frozen=True)
class Story:
    """An article with its rows; `rows["fees"][2]` is its third amount."""

    article: Row
    rows: dict[str, list[Row]]


def heads(snapshot: Snapshot) -> list[Head]:
    """Every article, the newest first, those without a day last."""
    rows = _rows(snapshot, "articles", "article_id", "title", "published_on")
    found = [Head(row["article_id"], row["title"] or row["article_id"], row["published_on"]) for row in rows]
    return sorted(found, key=lambda head: (-(head.day or dt.date.min).toordinal(), head.article_id))


def stories(snapshot: Snapshot) -> Iterator[Story]:
    """Every article with its rows, as the tables have them side by side."""
    tables = {table.name: _Groups(snapshot, table.name) for table in TABLES.values() if table.joins_articles}
    for article in _rows(snapshot, "articles"):
        yield Story(article, {name: groups.of(article["article_id"]) for name, groups in tables.items()})


def rejects(snapshot: Snapshot) -> list[Row]:
    """The files that could not be read."""
    return sorted(_rows(snapshot, "rejects"), key=itemgetter("source_path"))


class _Groups:
    """The rows of a table, article by article."""

    def __init__(self, snapshot: Snapshot, table: str) -> None:
        self._groups = groupby(_rows(snapshot, table), itemgetter("article_id"))
        self._next = next(self._groups, None)

    def of(self, article_id: str) -> list[Row]:
        """The rows of an article; articles are asked for in the order of the table."""
        if self._next is None or self._next[0] != article_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _rows(snapshot: Snapshot, table: str, *columns: str) -> Iterator[Row]:
    for batch in snapshot.batches(table, columns or None):
        yield from batch.to_pylist()
