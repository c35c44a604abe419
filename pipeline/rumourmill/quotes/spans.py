"""Finds the stretches of text between quotation marks, whatever the marks and however they are left open.

One pass over the marks of a text, with what stands beside each mark and whether speech is open to tell what it does:
open, close, open again at a new paragraph or sentence, or stand inside (a quotation within a quotation). Which of the
stretches are somebody's words is decided by the component, when it knows who spoke.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from rumourmill.quotes.marks import ELISION, Mark, closing_strength, looks_open, marks, opens, reopens
from rumourmill.quotes.paragraphs import Layout

__all__ = ["Quotation", "find"]

DEBRIS_PARAGRAPHS = 5  # that may stand between two parts of a speech
LONGEST_SPEECH = 20_000  # characters; nobody speaks on for longer without a mark
LOOKAHEAD = 400  # marks; no paragraph of speech in single marks has more apostrophes
SHORTEST_UNCLOSED = 25  # characters that a single mark must be followed by to be more than an apostrophe


class Quotation(NamedTuple):
    """A stretch between marks.

    Args:
        start: offset of its first character, the mark left out.
        end: offset after its last character, the mark left out.
        outer_start: offset of the opening mark.
        outer_end: offset after the closing mark.
        closed: whether it has a closing mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


class _Close(NamedTuple):
    """Where speech ends: before and after the closing mark (the same where there is none), and the next mark."""

    end: int
    outer_end: int
    following: int


def find(text: str, layout: Layout | None = None) -> list[Quotation]:
    """The quoted stretches of a text, in order, none within another.

    Args:
        text: the article.
        layout: its paragraphs, where they are known already.

    Returns:
        Quotations that do not overlap; their slices keep the marks that open again inside.
    """
    found = marks(text)
    return list(_Scanner(text, layout or Layout(text), found).scan()) if found else []


class _Scanner:
    """Walks over the marks of one text; every mark is looked at a bounded number of times."""

    def __init__(self, text: str, layout: Layout, found: list[Mark]) -> None:
        self.text, self.layout, self.marks = text, layout, found
        self.starts = [m.start for m in found]
        self.next_double = _following(found)

    def scan(self) -> Iterator[Quotation]:
        """Each outermost quotation."""
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            close = self._double_close(index) if mark.double else self._single_close(index)
            quotation = self._quotation(mark, close) if close is not None else None
            if quotation is not None:
                yield quotation
            index = close.following if close is not None and close.following > index else index + 1

    def _quotation(self, mark: Mark, close: _Close) -> Quotation | None:
        """The quotation without white space at its edges; None when it holds no word."""
        inner = self.text[mark.end : close.end]
        if not any(c.isalnum() for c in inner):
            return None
        start = mark.end + len(inner) - len(inner.lstrip())
        return Quotation(
            start, mark.end + len(inner.rstrip()), mark.start, close.outer_end, close.end != close.outer_end
        )

    # ---- double marks ------------------------------------------------------------------------------------------
    def _double_close(self, index: int) -> _Close | None:
        """Where the speech that marks[index] opens ends; None when it does not open."""
        opening = self.marks[index]
        if not (opens(self.text, opening) or self._opens_askew(index)):
            return None
        paragraph, depth, at = self.layout.at(opening.start), 1, index + 1
        stray: int | None = None  # a single mark that may close what a double one opened: “I like him,’ he said
        inner = False  # whether a single mark has opened within
        while True:
            mark = self.marks[at] if at < len(self.marks) else None
            end = self.layout[paragraph].end
            if mark is None or mark.start >= end:
                beyond = self._continued(paragraph, at, opening)
                if beyond is None:
                    return self._unclosed(end, at, stray)
                paragraph, depth, stray, inner = beyond, 1, None, False
                at += at < len(self.marks) and self.layout.begins(self.marks[at].start)
                continue
            if not mark.double:
                inner = inner or mark.place == "open"
                if stray is None and not inner and mark.place == "close" and self.text[mark.start - 1] in ",.!?":
                    stray = at
            elif looks_open(mark):
                depth += not reopens(self.text, mark)
            else:
                depth -= 2 if mark.glyph == "either" and mark.end - mark.start == 2 else 1
                if depth <= 0:
                    return _Close(mark.start, mark.end, at + 1)
            at += 1

    def _unclosed(self, end: int, at: int, stray: int | None) -> _Close:
        if stray is not None:
            return _Close(self.marks[stray].start, self.marks[stray].end, stray + 1)
        return _Close(end, end, at)

    def _opens_askew(self, index: int) -> bool:
        """Whether a straight mark glued to the sentence before it opens (`coach ." It was him ,"he said`)."""
        mark, following = self.marks[index], self.next_double[index]
        if mark.glyph != "either" or following is None or self.text[mark.start - 1 : mark.start] not in (".", "!", "?"):
            return False
        partner = self.marks[following]
        same = self.layout.at(mark.start) == self.layout.at(partner.start)
        return same and not looks_open(partner) and self.text[mark.end : mark.end + 2].strip()[:1].isupper()

    def _continued(self, paragraph: int, at: int, opening: Mark) -> int | None:
        """The paragraph in which open speech goes on: the next one, or one beyond a caption; None when it ends here."""
        following = at
        if opening.double and at < len(self.marks) and not self.marks[at].double:
            double = self.next_double[at]
            following = len(self.marks) if double is None else double
        mark = self.marks[following] if following < len(self.marks) else None
        if mark is None or mark.start - opening.start > LONGEST_SPEECH:
            return None
        for index in range(paragraph + 1, min(paragraph + 2 + DEBRIS_PARAGRAPHS, len(self.layout))):
            start, end = self.layout[index]
            if mark.start == start:
                return index if mark.double == opening.double and looks_open(mark, at_start=True) else None
            if mark.start < end:
                goes_on = mark.place == "close" or mark.glyph == "close"
                return index if goes_on and self._resumes(paragraph, index) else None
            if not self.layout.is_debris(paragraph, index):
                return None
        return None

    def _resumes(self, paragraph: int, index: int) -> bool:
        """Whether a paragraph without an opening mark can be the rest of a speech."""
        lower = self.text[self.layout[index].start].islower()
        return index == paragraph + 1 or lower or self.layout.breaks_off(paragraph)

    # ---- single marks ------------------------------------------------------------------------------------------
    def _single_close(self, index: int) -> _Close | None:
        """Where the speech that a single mark opens ends; None when the mark is an apostrophe after all."""
        opening = self.marks[index]
        if opening.place != "open" or ELISION.match(self.text, opening.end):
            return None
        speech = self._speech_place(opening)
        paragraph, at = self.layout.at(opening.start), index
        while True:
            end = self.layout[paragraph].end
            found = self._close_within(at, end, speech)
            if found is not None:
                return _Close(self.marks[found].start, self.marks[found].end, found + 1)
            beyond = bisect_left(self.starts, end)
            following = self._continued(paragraph, beyond, opening) if speech else None
            if following is None:
                return _Close(end, end, beyond) if speech and self._may_stay_open(opening, end) else None
            paragraph, at = following, beyond

    def _speech_place(self, mark: Mark) -> bool:
        """Whether speech may begin here: at the start of a paragraph, or after a colon, a comma or a full sentence."""
        if self.layout.begins(mark.start):
            return True
        before = self.text[max(0, mark.start - 3) : mark.start].rstrip()
        return before[-1:] in set(":,.!?–-”") and before != "" and self.text[mark.end : mark.end + 1].isupper()

    def _may_stay_open(self, opening: Mark, end: int) -> bool:
        """An unclosed single mark counts where it opens a paragraph or follows a colon, and a sentence comes."""
        before = self.text[max(0, opening.start - 3) : opening.start].rstrip()
        return end - opening.end > SHORTEST_UNCLOSED and (before.endswith(":") or self.layout.begins(opening.start))

    def _close_within(self, index: int, end: int, speech: bool) -> int | None:
        """The mark that closes single-marked speech before `end`."""
        weak: int | None = None  # `lads' club`: perhaps a possessive; the last one before the next quotation closes
        doubles = 0
        for at in range(index + 1, min(index + 1 + LOOKAHEAD, len(self.marks))):
            mark = self.marks[at]
            if mark.start >= end:
                break
            strength = closing_strength(self.text, mark)
            if mark.double:
                if strength and not doubles:  # opened single, closed double
                    return weak if weak is not None else at
                doubles += 1 if not strength else -1
            elif mark.place == "open" and weak is not None and not ELISION.match(self.text, mark.end):
                return weak
            elif strength == 2 or (strength and not speech):
                return at
            elif strength:
                weak = at
        return weak


def _following(found: list[Mark]) -> list[int | None]:
    """For each mark, the index of the next double one."""
    following: list[int | None] = [None] * len(found)
    upcoming: int | None = None
    for index in range(len(found) - 1, -1, -1):
        following[index] = upcoming
        if found[index].double:
            upcoming = index
    return following
