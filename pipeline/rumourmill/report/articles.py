"""A story -> its page: the text with its records highlighted, below it their rows. A long one is several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import escape

from rumourmill.report.addresses import Addresses
from rumourmill.report.cells import COLUMNS, grid
from rumourmill.report.marks import Mark, highlight, lines, marks_of
from rumourmill.report.site import Site
from rumourmill.report.source import Head, Story

__all__ = ["Layout", "Neighbours", "lay_out", "write"]

BUDGET = 200_000  # bytes of text, marks and rows on a page
MARK, ROW = 130, 1_200  # bytes of one, at the most of what is usual
PIECE = 1_000  # characters of a line that stay together


@dataclass(frozen=True)
class Layout:
    """Where the records of an article stand, in order, and where its pages begin."""

    marks: list[Mark]
    starts: list[int]


@dataclass(frozen=True)
class Neighbours:
    """The articles before and after, as the list has them."""

    newer: Head | None
    older: Head | None


def lay_out(story: Story) -> Layout:
    """Cut an article into pages: one, unless it would be too large."""
    marks = marks_of(story)
    return Layout(marks, _page_starts(story.article["text"], marks))


def write(site: Site, story: Story, layout: Layout, neighbours: Neighbours, addresses: Addresses) -> None:
    """Write the pages of an article.

    Args:
        site: where to.
        story: the article and its rows.
        layout: its pages.
        neighbours: the articles before and after.
        addresses: of all pages; the names in the story have theirs.
    """
    article = story.article
    for page, (start, end) in enumerate(pairwise([*layout.starts, len(article["text"])]), start=1):
        text, placed = highlight(article["text"], start, end, layout.marks)
        tables = {}
        for name in COLUMNS:
            rows = [(f"{name}-{n}", row) for n, row in enumerate(story.rows[name])]
            tables[name] = grid(name, [(id_, row) for id_, row in rows if id_ in placed], addresses)
        site.page(
            addresses.article(article["article_id"], page),
            "article.html",
            article=article,
            title=article["title"] or article["article_id"],
            text=text,
            grids=tables,
            counts={name: len(rows) for name, rows in story.rows.items()},
            page=page,
            pages=[addresses.article(article["article_id"], n + 1) for n in range(len(layout.starts))],
            newer=neighbours.newer,
            older=neighbours.older,
            article_path=addresses.article,
        )


def _page_starts(text: str, marks: Sequence[Mark]) -> list[int]:
    starts = [0]
    used, at = 0, 0
    rows: set[str] = set()
    for start, end in _pieces(text):
        here = set()
        size = len(escape(text[start:end]).encode())
        while at < len(marks) and marks[at].start < end:
            here.add(marks[at].row)
            size += MARK
            at += 1
        if used + size + ROW * len(here - rows) > BUDGET and start > starts[-1]:
            starts.append(start)
            used, rows = 0, set()
        used += size + ROW * len(here - rows)
        rows |= here
    return starts


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Lines, and pieces of long lines, cut at a space where there is one; each ends where the next begins."""
    for start, stop in lines(text, 0, len(text)):
        at, end = start, min(stop + 1, len(text))  # with its line break
        while end - at > PIECE:
            cut = text.rfind(" ", at + PIECE // 2, at + PIECE) + 1 or at + PIECE
            yield at, cut
            at = cut
        yield at, end
