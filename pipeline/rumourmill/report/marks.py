"""A text with its records highlighted: the one place that makes HTML by itself, out of escaped pieces of the text.

Names, amounts and dates become links to their rows. Links cannot stand within links, so what spans sentences (quotes,
the evidence of moves), and whatever overlaps a link, is a tinted stretch with a small link where it begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from rumourmill.report.source import Row, Story

__all__ = ["Mark", "highlight", "lines", "marks_of"]

LINKED = ("fees", "players", "clubs", "dates")  # the first wins where two overlap


@dataclass(frozen=True, order=True)
class Mark:
    """A place of a record in the text; `number` counts the article's rows of the table from 0."""

    start: int
    end: int
    table: str
    number: int

    @property
    def row(self) -> str:
        """The id of its row on the page."""
        return f"{self.table}-{self.number}"


def marks_of(story: Story) -> list[Mark]:
    """Where the records of an article stand, in order."""
    rows = ((table, n, row) for table, rows in story.rows.items() for n, row in enumerate(rows))
    # An empty stretch would leave nothing to see.
    return sorted(
        Mark(p["start"], max(p["end"], p["start"] + 1), table, n) for table, n, row in rows for p in _places(row)
    )


def highlight(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Markup, set[str]]:
    """A stretch of a text as paragraphs of HTML.

    Args:
        text: the whole text.
        start: where the stretch begins.
        end: where it ends.
        marks: the records, in order; those outside the stretch are left out.

    Returns:
        The paragraphs, and the ids of the rows that have a place in them: the place of row `fees-2` has the id
        `at-fees-2`.
    """
    writer = _Writer(text, [mark for mark in marks if mark.start < end and mark.end > start])
    paragraphs = [
        f"<p>{''.join(writer.line(*line))}</p>\n" for line in lines(text, start, end) if text[slice(*line)].strip()
    ]
    return Markup("".join(paragraphs)), writer.placed  # noqa: S704 - all of the text in it is escaped


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a stretch begin and end."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


class _Writer:
    """Writes lines from left to right."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._links, self._covers = _layers(marks)
        self._link_starts = [mark.start for mark in self._links]
        self._edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
        self._active: list[Mark] = []  # covers that reach over the place where we are
        self._next = 0  # the cover that comes next
        self.placed: set[str] = set()

    def line(self, start: int, end: int) -> Iterator[str]:
        """The pieces of one line."""
        inner = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        for left, right in pairwise([start, *inner, end]):
            yield from self._piece(left, right)

    def _piece(self, start: int, end: int) -> Iterator[str]:
        while self._next < len(self._covers) and self._covers[self._next].start <= start:
            self._active.append(self._covers[self._next])
            self._next += 1
        self._active = [mark for mark in self._active if mark.end > start]
        for mark in self._active:
            if mark.row not in self.placed:
                yield f'<a class="ref {mark.table}"{self._id(mark)} href="#{mark.row}" aria-label="{mark.row}"></a>'
        shown = str(escape(self._text[start:end]))
        at = bisect_right(self._link_starts, start) - 1
        if at >= 0 and (link := self._links[at]).end > start:
            shown = f'<a class="m {link.table}"{self._id(link)} href="#{link.row}">{shown}</a>'
        if self._active:
            shown = f'<span class="{" ".join(sorted({mark.table for mark in self._active}))}">{shown}</span>'
        yield shown

    def _id(self, mark: Mark) -> str:
        """The attribute of a row's first place."""
        if mark.row in self.placed:
            return ""
        self.placed.add(mark.row)
        return f' id="at-{mark.row}"'


def _layers(marks: Iterable[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The marks that become links, none overlapping another, and the others; each in order."""
    links: list[Mark] = []
    covers = []
    by_rank = {table: rank for rank, table in enumerate(LINKED)}
    for mark in sorted(marks, key=lambda mark: (by_rank.get(mark.table, len(LINKED)), mark)):
        at = bisect_left(links, mark)
        free = (at == 0 or links[at - 1].end <= mark.start) and (at == len(links) or links[at].start >= mark.end)
        if mark.table in by_rank and free:
            insort(links, mark)
        else:
            covers.append(mark)
    return links, sorted(covers)


def _places(row: Row) -> Iterable[Row]:
    places: Iterable[Row] = row.get("spans", [row])
    return places
