"""Renders a text with highlighted records as HTML. The only module that writes HTML itself; all text is escaped.

Names, amounts and dates become links to their rows. Links cannot be nested: quotes, evidence of moves, and records that
overlap a link become a coloured span with a small link at its start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from rumourmill.report.article_rows import ArticleRows
from rumourmill.schema import Row

__all__ = ["Highlight", "find_highlights", "iter_lines", "render_text"]

LINKED = ("fees", "players", "clubs", "dates")  # in order of precedence


@dataclass(frozen=True, order=True)
class Highlight:
    """A span of a record; `number` is the index of its row among the article's rows of the table."""

    start: int
    end: int
    table: str
    number: int

    @property
    def row(self) -> str:
        """The HTML id of the row."""
        return f"{self.table}-{self.number}"


def find_highlights(article_rows: ArticleRows) -> list[Highlight]:
    """Return the spans of all records of an article in text order; an empty span is extended to one character."""
    rows = ((table, n, row) for table, rows in article_rows.rows.items() for n, row in enumerate(rows))
    return sorted(
        Highlight(s["start"], max(s["end"], s["start"] + 1), table, n) for table, n, row in rows for s in _spans(row)
    )


def render_text(text: str, start: int, end: int, highlights: Sequence[Highlight]) -> tuple[Markup, set[str]]:
    """Render a range of a text as HTML paragraphs.

    Args:
        text: the whole text.
        start: start of the range.
        end: end of the range.
        highlights: in text order; those outside the range are skipped.

    Returns:
        The paragraphs, and the ids of the rows highlighted in them. The first span of row `fees-2` has the id
        `at-fees-2`.
    """
    renderer = _Renderer(text, [item for item in highlights if item.start < end and item.end > start])
    paragraphs = [
        f"<p>{''.join(renderer.line(*line))}</p>\n"
        for line in iter_lines(text, start, end)
        if text[slice(*line)].strip()
    ]
    return Markup("".join(paragraphs)), renderer.shown  # noqa: S704 - all text is escaped


def iter_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the lines of a range, without line breaks."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


class _Renderer:
    """Renders lines in text order."""

    def __init__(self, text: str, highlights: Sequence[Highlight]) -> None:
        self._text = text
        self._links, self._overlays = _split_layers(highlights)
        self._link_starts = [link.start for link in self._links]
        self._edges = sorted({edge for item in highlights for edge in (item.start, item.end)})
        self._active: list[Highlight] = []  # overlays at the current position
        self._next = 0  # index of the next overlay
        self.shown: set[str] = set()

    def line(self, start: int, end: int) -> Iterator[str]:
        """Yield the HTML of one line."""
        inner = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        for left, right in pairwise([start, *inner, end]):
            yield from self._segment(left, right)

    def _segment(self, start: int, end: int) -> Iterator[str]:
        while self._next < len(self._overlays) and self._overlays[self._next].start <= start:
            self._active.append(self._overlays[self._next])
            self._next += 1
        self._active = [overlay for overlay in self._active if overlay.end > start]
        for overlay in self._active:
            if (row := overlay.row) not in self.shown:
                yield f'<a class="ref {overlay.table}"{self._id(overlay)} href="#{row}" aria-label="{row}"></a>'
        html = str(escape(self._text[start:end]))
        at = bisect_right(self._link_starts, start) - 1
        if at >= 0 and (link := self._links[at]).end > start:
            html = f'<a class="m {link.table}"{self._id(link)} href="#{link.row}">{html}</a>'
        if self._active:
            classes = " ".join(sorted({overlay.table for overlay in self._active}))
            html = f'<span class="{classes}">{html}</span>'
        yield html

    def _id(self, highlight: Highlight) -> str:
        """Return the id attribute for the first span of a row, otherwise an empty string."""
        if highlight.row in self.shown:
            return ""
        self.shown.add(highlight.row)
        return f' id="at-{highlight.row}"'


def _split_layers(highlights: Iterable[Highlight]) -> tuple[list[Highlight], list[Highlight]]:
    """Return the highlights that become links, which do not overlap, and the others; each in text order."""
    links: list[Highlight] = []
    overlays = []
    ranks = {table: rank for rank, table in enumerate(LINKED)}
    for item in sorted(highlights, key=lambda item: (ranks.get(item.table, len(LINKED)), item)):
        at = bisect_left(links, item)
        free = (at == 0 or links[at - 1].end <= item.start) and (at == len(links) or links[at].start >= item.end)
        if item.table in ranks and free:
            insort(links, item)
        else:
            overlays.append(item)
    return links, sorted(overlays)


def _spans(row: Row) -> Iterable[Row]:
    spans: Iterable[Row] = row.get("spans", [row])
    return spans
