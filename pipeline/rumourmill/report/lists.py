"""Lists of every article, player, club and reject, cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rumourmill.report.addresses import Addresses, page_path
from rumourmill.report.cells import Cell
from rumourmill.report.site import Site
from rumourmill.report.source import Head, Row
from rumourmill.report.subjects import Subject
from rumourmill.report.wording import clip, day

__all__ = ["write"]

PER_PAGE = 300
COLUMNS = {"articles": "articles", "moves": "moves", "prices": "prices", "quotes about": "about", "quotes by": "said"}


def write(
    site: Site, heads: Sequence[Head], subjects: Sequence[Subject], rejects: Sequence[Row], addresses: Addresses
) -> None:
    """Write the lists.

    Args:
        site: where to.
        heads: the articles, the newest first.
        subjects: the players and clubs.
        rejects: the files that could not be read.
        addresses: of all pages.
    """
    articles = [[Cell(clip(h.title, 160), addresses.article(h.article_id)), Cell(day(h.day))] for h in heads]
    _write(site, "articles", "Articles", ["headline", "published"], articles)
    for kind in ("players", "clubs"):
        chosen = sorted((s for s in subjects if s.kind == kind), key=lambda s: (s.name.casefold(), s.name))
        columns = {heading: x for heading, x in COLUMNS.items() if kind == "players" or x != "prices"}
        rows = [
            [Cell(clip(s.name, 120), s.path), *(Cell(f"{s.counts[x]:,}") for x in columns.values())] for s in chosen
        ]
        _write(site, kind, kind.title(), [kind[:-1], *columns], rows)
    bad = [[Cell(clip(r["source_path"], 200)), Cell(r["reason"]), Cell(clip(r["detail"], 300))] for r in rejects]
    _write(site, "rejects", "Rejects", ["file", "reason", "what is wrong"], bad)


def _write(site: Site, stem: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    parts = [rows[at : at + PER_PAGE] for at in range(0, len(rows), PER_PAGE)] or [[]]
    pages = [page_path(stem, n + 1) for n in range(len(parts))]
    for number, part in enumerate(parts):
        site.page(
            pages[number],
            "list.html",
            title=title,
            headings=headings,
            rows=part,
            total=len(rows),
            page=number + 1,
            pages=pages,
        )
