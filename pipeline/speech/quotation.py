"""Finds the stretches of text between quotation marks, whatever the marks and however they are left open.

One pass over the marks of a text, with what stands beside each mark and whether speech is open to tell what it does:
open, close, open again at a new paragraph or sentence, or stand inside (a quotation within a quotation). Which of
the stretches are somebody's words is decided elsewhere (speakers.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Quotation", "find", "paragraphs"]

Side = Literal["open", "close", "either"]

# â€œ and its kin are UTF-8 marks that were read as cp1252; \x91-\x94 are cp1252 marks that were read as Latin-1.
MARK = re.compile(
    r"(?P<double>&(?:quot|ldquo|rdquo|laquo|raquo|\#34|\#8220|\#8221);|â€œ|â€(?:\x9d|�|(?=[\s.,;:!?)—-]|\Z))"
    r"|''|‘‘|’’|``|´´|(?<!\d'\d)(?<!\d'\d\d)\"\"?|““|””|[“”„‟«»＂\x93\x94])"
    r"|(?P<single>&(?:lsquo|rsquo|apos|\#39|\#8216|\#8217);|â€™|â€˜|['‘’‚‛`´‹›\x91\x92])"
)
OPENERS = frozenset("“ „ ‟ « ‘‘ `` ““ &ldquo; &laquo; &#8220; â€œ \x93 ‘ ‚ ‛ ` ‹ &lsquo; &#8216; â€˜ \x91".split(" "))
CLOSERS = frozenset("” » ’’ ´´ ”” &rdquo; &raquo; &#8221; \x94 ’ ´ › &rsquo; &#8217; â€™ \x92".split(" "))
MARK_CHARACTERS = frozenset("\"'“”„‟«»＂‘’‚‛`´‹›\x91\x92\x93\x94")
BEFORE_OPENING = frozenset("([{—–-/:*•|>")
AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/")
SENTENCE_END = frozenset(".!?…")
# Words that begin with an apostrophe; after them no quotation opens.
ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|ere|round|n|ave|im|er|\d\ds?)\b", re.IGNORECASE)
BREAK = re.compile(r"[^\S\n]*\n\s*")
# Lines that sites put between the paragraphs of a speech.
DEBRIS = re.compile(
    r"(?:read more|read also|more on|hide ad|advertisement|ad$|related|image|picture|pic|photo|video|watch|listen|scroll|"
    r"sign up|see also|also read|click|share|follow|caption|getty|loading|recommended|promoted|story continues|continue|"
    r"subscribe|newsletter|join|download|play |live|gallery|in pictures|embed|tweet|enlarge|[A-Z][A-Z' ]{3,40}:)",
    re.IGNORECASE,
)
LONGEST_DEBRIS, DEBRIS_PARAGRAPHS = 200, 5
REOPENED_LIMIT = 20_000  # characters; no speech runs on for longer


class Paragraph(NamedTuple):
    """A paragraph's offsets, white space at its edges left out."""

    start: int
    end: int


class Mark(NamedTuple):
    """One quotation mark or apostrophe."""

    start: int
    end: int
    double: bool
    glyph: Side  # what its shape says
    place: Side  # what the characters beside it say


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between marks.

    Args:
        start: offset of its first character, the mark left out.
        end: offset after its last character, the mark left out.
        outer_start: offset of the opening mark.
        outer_end: offset after the closing mark, or `end` where it never closes.
        double: whether it stands in double marks.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    double: bool


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text; a line break within a wrapped sentence is none."""
    found: list[Paragraph] = []
    at = len(text) - len(text.lstrip())
    for gap in BREAK.finditer(text, at):
        wrapped = gap[0].count("\n") == 1 and text[gap.start() - 1 : gap.start()].islower()
        if gap.end() == len(text) or wrapped and text[gap.end()].islower():
            continue
        if gap.start() > at:
            found.append(Paragraph(at, gap.start()))
        at = gap.end()
    if end := len(text.rstrip()):
        if end > at:
            found.append(Paragraph(at, end))
    return found


def find(text: str) -> list[Quotation]:
    """The quoted stretches of a text, in order, none within another.

    Args:
        text: the article.

    Returns:
        Quotations that neither overlap nor touch; their slices keep the marks that open again inside.
    """
    if MARK.search(text) is None:
        return []
    return list(_Scanner(text).scan())


class _Scanner:
    """Walks over the marks of one text; every mark is looked at a bounded number of times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = paragraphs(text)
        self.starts = [p.start for p in self.paragraphs]
        self.marks = [_mark(text, m) for m in MARK.finditer(text)]
        self.mark_starts = [m.start for m in self.marks]
        self.single_close = _next_single_close(text, self.marks)

    def scan(self) -> Iterator[Quotation]:
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            if mark.double and _opens(self.text, mark):
                close, after = self._double_close(index)
            elif not mark.double and self._single_opens(index):
                close, after = self._single_close(index)
            else:
                index += 1
                continue
            quotation = self._quotation(mark, close)
            if quotation is None:
                index += 1
                continue
            yield quotation
            index = max(after, index + 1)

    # ---- double marks ------------------------------------------------------------------------------------------
    def _double_close(self, index: int) -> tuple[tuple[int, int], int]:
        """Where the speech opened by marks[index] ends: (end, outer end) and the index of the next mark."""
        opening = self.marks[index]
        paragraph = self._paragraph(opening.start)
        depth, stray, at = 1, -1, index + 1
        while True:
            mark = self.marks[at] if at < len(self.marks) else None
            end = self.paragraphs[paragraph].end
            if mark is None or mark.start >= end:
                beyond = self._continued(paragraph, at, opening)
                if beyond is None:
                    if stray >= 0:  # opened double, closed single
                        return (self.marks[stray].start, self.marks[stray].end), stray + 1
                    return (end, end), at
                paragraph, depth, stray = beyond, 1, -1
                if at < len(self.marks) and self.marks[at].start == self.starts[paragraph]:
                    at += 1  # the mark that opens again
                continue
            if not mark.double:
                stray = at if self._closes_stray(mark, stray, opening) else stray
            elif self._nests(mark):
                depth += 1
            elif not _reopens(self.text, mark):
                depth -= 2 if mark.end - mark.start == 2 and mark.glyph == "either" else 1
                if depth <= 0:
                    return (mark.start, mark.end), at + 1
            at += 1

    def _nests(self, mark: Mark) -> bool:
        """Whether a mark inside speech opens a quotation within it."""
        return _looks_open(mark) and not _reopens(self.text, mark)

    def _closes_stray(self, mark: Mark, stray: int, opening: Mark) -> bool:
        """Whether a single mark might close what a double one opened: `“I like him,’ he said`."""
        before = self.text[mark.start - 1]
        return stray < 0 and mark.place == "close" and before in ",.!?" and opening.end < mark.start and not any(
            m.place == "open" and not m.double for m in self.marks[bisect_right(self.mark_starts, opening.start) :][:6]
            if m.start < mark.start
        )

    def _continued(self, paragraph: int, at: int, opening: Mark) -> int | None:
        """The paragraph in which open speech goes on: the next one, or one beyond a caption; None when it ends here."""
        mark = self.marks[at] if at < len(self.marks) else None
        # Apostrophes tell nothing of double marks.
        steps = 0
        while opening.double and mark is not None and not mark.double and steps < 60:
            steps += 1
            mark = self.marks[at + steps] if at + steps < len(self.marks) else None
        if mark is None or mark.start - opening.start > REOPENED_LIMIT:
            return None
        for following in range(paragraph + 1, min(paragraph + 2 + DEBRIS_PARAGRAPHS, len(self.paragraphs))):
            start, end = self.paragraphs[following]
            if mark.start == start:
                return following if mark.double == opening.double and _looks_open(mark, at_start=True) else None
            if mark.start < end:
                goes_on = mark.place == "close" or mark.glyph == "close"
                return following if goes_on and self._resumes(paragraph, following) else None
            if not self._is_debris(paragraph, following):
                return None
        return None

    def _resumes(self, paragraph: int, following: int) -> bool:
        """Whether a paragraph without an opening mark can be the rest of a speech."""
        broken = self.text[self.paragraphs[paragraph].end - 1] not in SENTENCE_END
        return broken or following == paragraph + 1 or self.text[self.paragraphs[following].start].islower()

    def _is_debris(self, paragraph: int, following: int) -> bool:
        """A caption, an advertisement or a link: short, and no sentence; anything short where a sentence is broken off."""
        start, end = self.paragraphs[following]
        if end - start > LONGEST_DEBRIS:
            return False
        broken = self.text[self.paragraphs[paragraph].end - 1] not in SENTENCE_END
        return broken or self.text[end - 1] not in SENTENCE_END or DEBRIS.match(self.text, start, end) is not None

    # ---- single marks ------------------------------------------------------------------------------------------
    def _single_opens(self, index: int) -> bool:
        mark = self.marks[index]
        if mark.place != "open" or ELISIONS.match(self.text, mark.end):
            return False
        return self.single_close[index] is not None or self._speech_place(mark)

    def _speech_place(self, mark: Mark) -> bool:
        """Whether speech may begin here: at the start of a paragraph, or after a colon, a comma or a full sentence."""
        if mark.start in self.starts[bisect_left(self.starts, mark.start) :][:1]:
            return True
        before = self.text[max(0, mark.start - 3) : mark.start].rstrip()
        return before[-1:] in {":", ",", ".", "!", "?", "–", "-", "”"} and self.text[mark.end : mark.end + 1].isupper()

    def _single_close(self, index: int) -> tuple[tuple[int, int] | None, int]:
        """Where the speech opened by a single mark ends; None when the mark is an apostrophe after all."""
        opening = self.marks[index]
        speech = self._speech_place(opening)
        paragraph, at = self._paragraph(opening.start), index
        while True:
            end = self.paragraphs[paragraph].end
            found = self._close_within(at, end, speech)
            if found is not None:
                return (self.marks[found].start, self.marks[found].end), found + 1
            beyond = bisect_left(self.mark_starts, end)
            following = self._continued(paragraph, beyond, opening) if speech else None
            if following is None:
                return ((end, end) if speech and self._single_unclosed(opening, end) else None), beyond
            paragraph, at = following, beyond

    def _close_within(self, index: int, end: int, speech: bool) -> int | None:
        """The mark that closes single-marked speech before `end`."""
        weak: int | None = None
        at = index + 1
        while at < len(self.marks) and self.marks[at].start < end:
            mark = self.marks[at]
            strength = _closing_strength(self.text, mark)
            if mark.double and mark.place == "close" and strength and self._unbalanced(index, at):
                return weak if weak is not None else at
            if not mark.double and mark.place == "open" and weak is not None and not ELISIONS.match(self.text, mark.end):
                return weak
            if not mark.double and strength == 2:
                return at
            if not mark.double and strength == 1:
                if not speech:
                    return at
                weak = at  # `lads' club`: perhaps a possessive; the last one before the next quotation closes
            at += 1
        return weak

    def _unbalanced(self, index: int, at: int) -> bool:
        """Whether the double mark has no partner since the single mark opened."""
        return not any(m.double and m.place != "close" for m in self.marks[max(index + 1, at - 12) : at])

    def _single_unclosed(self, opening: Mark, end: int) -> bool:
        """An unclosed single mark counts where it opens a paragraph or follows a colon, and a sentence comes."""
        before = self.text[: opening.start][-3:].rstrip()
        return end - opening.end > 25 and (before.endswith(":") or opening.start in self.starts[self._paragraph(opening.start) :][:1])

    # ---- both --------------------------------------------------------------------------------------------------
    def _paragraph(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _quotation(self, mark: Mark, close: tuple[int, int] | None) -> Quotation | None:
        """The quotation without white space at its edges; None when it is empty."""
        if close is None:
            return None
        inner = self.text[mark.end : close[0]]
        start = mark.end + len(inner) - len(inner.lstrip())
        end = mark.end + len(inner.rstrip())
        if not any(c.isalnum() for c in inner):
            return None
        return Quotation(start, end, mark.start, close[1], mark.double)


def _mark(text: str, found: re.Match[str]) -> Mark:
    glyph: Side = "open" if found[0] in OPENERS else "close" if found[0] in CLOSERS or found[0].startswith("â€") else "either"
    return Mark(found.start(), found.end(), found["double"] is not None, glyph, _place(text, found.start(), found.end()))


def _place(text: str, start: int, end: int) -> Side:
    """What the nearest characters that are no marks say: a space before opens, a space or a stop after closes."""
    left, right = start - 1, end
    while left >= 0 and start - left < 4 and text[left] in MARK_CHARACTERS:
        left -= 1
    while right < len(text) and right - end < 3 and text[right] in MARK_CHARACTERS:
        right += 1
    opens = left < 0 or text[left].isspace() or text[left] in BEFORE_OPENING
    closes = right >= len(text) or text[right].isspace() or text[right] in AFTER_CLOSING
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _opens(text: str, mark: Mark) -> bool:
    """Whether a double mark opens speech when none is open."""
    if mark.glyph == "open":
        return mark.place != "close" or text[mark.start - 1] in ",:"
    return mark.place == "open" or mark.glyph == "either" and mark.place == "either"


def _looks_open(mark: Mark, at_start: bool = False) -> bool:
    """Whether a double mark opens, by shape and place, when speech is open already."""
    if mark.glyph == "open":
        return mark.place != "close"
    return mark.place == "open" and (mark.glyph == "either" or at_start)


def _reopens(text: str, mark: Mark) -> bool:
    """Whether a mark opens open speech again: it stands after a full sentence."""
    if not _looks_open(mark):
        return False
    before = text[max(0, mark.start - 3) : mark.start].rstrip()
    return before[-1:] in SENTENCE_END


def _closing_strength(text: str, mark: Mark) -> int:
    """2 for a mark that surely closes, 1 for one that may be an apostrophe (`lads'`, `doin'`), 0 for none."""
    if mark.place != "close" or mark.glyph == "open":
        return 0
    if mark.double:
        return 2
    before = text[mark.start - 1 : mark.start]
    return 1 if before in ("s", "S", "n", "z", "x") else 2


def _next_single_close(text: str, marks: Sequence[Mark]) -> list[int | None]:
    """For each mark the next single mark in its paragraph that may close it, found in one pass from the end."""
    following: list[int | None] = [None] * len(marks)
    upcoming: int | None = None
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if upcoming is not None and "\n\n" in text[mark.end : min(marks[index + 1].start, mark.end + 2000)]:
            upcoming = None
        following[index] = upcoming
        if not mark.double and _closing_strength(text, mark):
            upcoming = index
    return following
