"""List pages of all articles, players, clubs and rejects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rumourmill.report.addresses import Addresses, page_path
from rumourmill.report.article_rows import ArticleHead
from rumourmill.report.cells import Cell
from rumourmill.report.formatting import iso_date, truncate
from rumourmill.report.site import Site
from rumourmill.report.subjects import Subject
from rumourmill.schema import Row

__all__ = ["write_lists"]

PER_PAGE = 300
COLUMNS = {"articles": "articles", "moves": "moves", "prices": "prices", "quotes about": "about", "quotes by": "said"}


def write_lists(
    site: Site, heads: Sequence[ArticleHead], subjects: Sequence[Subject], rejects: Sequence[Row], addresses: Addresses
) -> None:
    """Write all list pages.

    Args:
        site: the site to write to.
        heads: the articles, the newest first.
        subjects: the players and clubs.
        rejects: the rows of `rejects`.
        addresses: the addresses of all pages.
    """
    articles = [[Cell(truncate(h.title, 160), addresses.article(h.article_id)), Cell(iso_date(h.day))] for h in heads]
    _write_list(site, "articles", "Articles", ["headline", "published"], articles)
    for kind in ("players", "clubs"):
        chosen = sorted((s for s in subjects if s.kind == kind), key=lambda s: (s.name.casefold(), s.name))
        columns = {heading: x for heading, x in COLUMNS.items() if kind == "players" or x != "prices"}
        rows = [
            [Cell(truncate(s.name, 120), s.path), *(Cell(f"{s.counts[x]:,}") for x in columns.values())] for s in chosen
        ]
        _write_list(site, kind, kind.title(), [kind[:-1], *columns], rows)
    rejected = [
        [Cell(truncate(r["source_path"], 200)), Cell(r["reason"]), Cell(truncate(r["detail"], 300))] for r in rejects
    ]
    _write_list(site, "rejects", "Rejects", ["file", "reason", "detail"], rejected)


def _write_list(site: Site, stem: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    chunks = [rows[start : start + PER_PAGE] for start in range(0, len(rows), PER_PAGE)] or [[]]
    pages = [page_path(stem, n + 1) for n in range(len(chunks))]
    for number, chunk in enumerate(chunks):
        site.write_page(
            pages[number],
            "list.html",
            title=title,
            headings=headings,
            rows=chunk,
            total=len(rows),
            page=number + 1,
            pages=pages,
        )
