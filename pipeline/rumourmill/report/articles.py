"""Article pages: the text with highlighted records and the rows below it; a long article has several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import escape

from rumourmill.report.addresses import Addresses
from rumourmill.report.article_rows import ArticleHead, ArticleRows
from rumourmill.report.cells import COLUMNS, make_grid
from rumourmill.report.highlighting import Highlight, find_highlights, iter_lines, render_text
from rumourmill.report.site import Site

__all__ = ["Neighbours", "PageLayout", "lay_out_pages", "write_article"]

PAGE_BYTES = 200_000  # estimated size of text, highlights and rows of a page
HIGHLIGHT_BYTES, ROW_BYTES = 130, 1_200  # estimated size of one
CHUNK = 1_000  # characters; a longer line can be split between pages


@dataclass(frozen=True)
class PageLayout:
    """The highlights of an article in text order, and the offsets at which its pages start."""

    highlights: list[Highlight]
    starts: list[int]


@dataclass(frozen=True)
class Neighbours:
    """The next newer and next older article of the list."""

    newer: ArticleHead | None
    older: ArticleHead | None


def lay_out_pages(article_rows: ArticleRows) -> PageLayout:
    """Split an article into pages of limited size."""
    highlights = find_highlights(article_rows)
    return PageLayout(highlights, _page_starts(article_rows.article["text"], highlights))


def write_article(
    site: Site, article_rows: ArticleRows, layout: PageLayout, neighbours: Neighbours, addresses: Addresses
) -> None:
    """Write the pages of an article.

    Args:
        site: the site to write to.
        article_rows: the article and its rows.
        layout: its pages.
        neighbours: the next newer and older article.
        addresses: the addresses of all pages; those of the article's players and clubs must be known.
    """
    article = article_rows.article
    for page, (start, end) in enumerate(pairwise([*layout.starts, len(article["text"])]), start=1):
        text, shown = render_text(article["text"], start, end, layout.highlights)
        tables = {}
        for name in COLUMNS:
            rows = [(f"{name}-{n}", row) for n, row in enumerate(article_rows.rows[name])]
            tables[name] = make_grid(name, [(id_, row) for id_, row in rows if id_ in shown], addresses)
        site.write_page(
            addresses.article(article["article_id"], page),
            "article.html",
            article=article,
            title=article["title"] or article["article_id"],
            text=text,
            grids=tables,
            counts={name: len(rows) for name, rows in article_rows.rows.items()},
            page=page,
            pages=[addresses.article(article["article_id"], n + 1) for n in range(len(layout.starts))],
            newer=neighbours.newer,
            older=neighbours.older,
            article_path=addresses.article,
        )


def _page_starts(text: str, highlights: Sequence[Highlight]) -> list[int]:
    starts = [0]
    page_size, next_highlight = 0, 0
    page_rows: set[str] = set()
    for start, end in _chunks(text):
        rows = set()
        size = len(escape(text[start:end]).encode())
        while next_highlight < len(highlights) and highlights[next_highlight].start < end:
            rows.add(highlights[next_highlight].row)
            size += HIGHLIGHT_BYTES
            next_highlight += 1
        if page_size + size + ROW_BYTES * len(rows - page_rows) > PAGE_BYTES and start > starts[-1]:
            starts.append(start)
            page_size, page_rows = 0, set()
        page_size += size + ROW_BYTES * len(rows - page_rows)
        page_rows |= rows
    return starts


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield adjacent ranges: lines with their line breaks, long lines split at spaces if possible."""
    for line_start, line_end in iter_lines(text, 0, len(text)):
        start, end = line_start, min(line_end + 1, len(text))
        while end - start > CHUNK:
            split = text.rfind(" ", start + CHUNK // 2, start + CHUNK) + 1 or start + CHUNK
            yield start, split
            start = split
        yield start, end
