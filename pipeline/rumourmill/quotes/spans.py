"""Detect quoted spans in a text, whatever the quotation marks and even if they are not closed.

`find_marks` classifies each mark by its shape and by the characters beside it. `find_quotations` walks over the marks
once: each one opens speech, closes it, reopens it at a new paragraph or sentence, or is nested within it. The component
decides which spans are speech, once the speakers are known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from rumourmill.quotes.paragraphs import Paragraphs

__all__ = ["MARK", "Mark", "Quotation", "find_marks", "find_quotations"]

Side = Literal["open", "close", "either"]

# â€œ etc. are UTF-8 marks that were decoded as cp1252; \x91-\x94 are cp1252 marks that were decoded as Latin-1.
MARK = re.compile(
    r"(?P<double>&(?:quot|ldquo|rdquo|laquo|raquo|\#34|\#8220|\#8221);|â€œ|â€(?:\x9d|�|(?=[\s.,;:!?)—-]|\Z))"
    r"|''|‘‘|’’|``|´´|(?<!\d'\d)(?<!\d'\d\d)\"\"?|““|””|[“”„‟«»＂\x93\x94])"
    r"|(?P<single>&(?:lsquo|rsquo|apos|\#39|\#8216|\#8217);|â€™|â€˜|['‘’‚‛`´‹›\x91\x92])"
)
FIRST = re.compile("[&â\"'“”„‟«»＂‘’‚‛`´‹›\x91\x92\x93\x94]")  # first characters of a mark: fast to search for
OPENERS = frozenset("“ „ ‟ « ‘‘ `` ““ &ldquo; &laquo; &#8220; â€œ \x93 ‘ ‚ ‛ ` ‹ &lsquo; &#8216; â€˜ \x91".split(" "))
CLOSERS = frozenset("” » ’’ ´´ ”” &rdquo; &raquo; &#8221; \x94 ’ ´ › &rsquo; &#8217; â€™ \x92".split(" "))
CHARACTERS = frozenset("\"'“”„‟«»＂‘’‚‛`´‹›\x91\x92\x93\x94")
BEFORE_OPENING = frozenset("([{—–-/:*•|>")
AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/")
SENTENCE_END = frozenset(".!?…")
# Words that begin with an apostrophe; it does not open a quotation.
ELISION = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|ere|round|n|ave|im|er|\d\ds?)\b", re.IGNORECASE)
REACH = 4  # adjacent marks that are skipped to find the character beside a mark

BOILERPLATE_PARAGRAPHS = 5  # maximum number between two parts of a speech
LONGEST_SPEECH = 20_000  # characters without a mark
LOOKAHEAD = 400  # marks; no paragraph of speech in single marks has more apostrophes
SHORTEST_UNCLOSED = 25  # characters that must follow an unclosed single mark for it not to be an apostrophe


class Mark(NamedTuple):
    """A quotation mark or apostrophe.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        double: whether it is a double mark, or two single ones.
        glyph: the side that its shape indicates.
        context: the side that the characters beside it indicate.
    """

    start: int
    end: int
    double: bool
    glyph: Side
    context: Side


class Quotation(NamedTuple):
    """A quoted span.

    Args:
        start: offset of its first character, without the mark.
        end: offset after its last character, without the mark.
        outer_start: offset of the opening mark.
        outer_end: offset after the closing mark.
        closed: whether it has a closing mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool


def find_marks(text: str) -> list[Mark]:
    """Return the quotation marks and apostrophes of a text, in order."""
    found: list[Mark] = []
    for first in FIRST.finditer(text):
        at = first.start()
        if (not found or at >= found[-1].end) and (match := MARK.match(text, at)) is not None:
            found.append(_build_mark(text, match))
    return found


def find_quotations(text: str, paragraphs: Paragraphs | None = None) -> list[Quotation]:
    """Return the quoted spans of a text, in order.

    Args:
        text: the article.
        paragraphs: its paragraphs, if they are known already.

    Returns:
        Quotations that do not overlap; nested marks are part of their text.
    """
    marks = find_marks(text)
    return list(_Scanner(text, paragraphs or Paragraphs(text), marks).scan()) if marks else []


# ---- one mark ------------------------------------------------------------------------------------------------------
def _build_mark(text: str, match: re.Match[str]) -> Mark:
    shape = match[0]
    closing = shape in CLOSERS or (shape.startswith("â€") and shape not in OPENERS)
    glyph: Side = "open" if shape in OPENERS else "close" if closing else "either"
    context = _side_by_context(text, match.start(), match.end())
    return Mark(match.start(), match.end(), match["double"] is not None, glyph, context)


def _side_by_context(text: str, start: int, end: int) -> Side:
    """Return the side by the nearest characters that are not marks: a space before opens, a space after closes."""
    left, right = start - 1, end
    while left >= 0 and start - left < REACH and text[left] in CHARACTERS:
        left -= 1
    while right < len(text) and right - end < REACH and text[right] in CHARACTERS:
        right += 1
    opening = left < 0 or text[left].isspace() or text[left] in BEFORE_OPENING
    closing = right >= len(text) or text[right].isspace() or text[right] in AFTER_CLOSING
    if opening == closing:
        return "either"
    return "open" if opening else "close"


def _opens(text: str, mark: Mark) -> bool:
    """Return whether a double mark opens speech if none is open."""
    if mark.glyph == "open":
        return mark.context != "close" or text[mark.start - 1] in ",:"
    return mark.context == "open" or (mark.glyph == "either" and mark.context == "either")


def _looks_open(mark: Mark, at_start: bool = False) -> bool:
    """Return whether a double mark is an opening one if speech is open already.

    Args:
        mark: the mark.
        at_start: whether it begins a paragraph, where even a closing shape opens.
    """
    if mark.glyph == "open":
        return mark.context != "close"
    return mark.context == "open" and (mark.glyph == "either" or at_start)


def _reopens(text: str, mark: Mark) -> bool:
    """Return whether an opening mark continues open speech: it follows the end of a sentence."""
    return _looks_open(mark) and text[max(0, mark.start - 3) : mark.start].rstrip()[-1:] in SENTENCE_END


def _closing_strength(text: str, mark: Mark) -> int:
    """Return 2 for a mark that closes, 1 for one that may be an apostrophe (`lads'`, `doin'`), else 0."""
    if mark.context != "close" or mark.glyph == "open":
        return 0
    return 1 if not mark.double and text[mark.start - 1 : mark.start] in ("s", "S", "n", "z", "x") else 2


# ---- all marks of a text -------------------------------------------------------------------------------------------
class _Close(NamedTuple):
    """Where speech ends: offsets before and after the closing mark (equal if there is none), index of the next mark."""

    end: int
    outer_end: int
    following: int


class _Scanner:
    """Scans the marks of a text; each is visited a bounded number of times."""

    def __init__(self, text: str, paragraphs: Paragraphs, marks: list[Mark]) -> None:
        self.text, self.paragraphs, self.marks = text, paragraphs, marks
        self.starts = [mark.start for mark in marks]
        self.next_double = _next_double(marks)

    def scan(self) -> Iterator[Quotation]:
        """Yield the outermost quotations."""
        index = 0
        while index < len(self.marks):
            mark = self.marks[index]
            close = self._double_close(index) if mark.double else self._single_close(index)
            quotation = self._quotation(mark, close) if close is not None else None
            if quotation is not None:
                yield quotation
            index = close.following if close is not None and close.following > index else index + 1

    def _quotation(self, mark: Mark, close: _Close) -> Quotation | None:
        """Return the quotation without white space at its ends, None if it has no word."""
        inner = self.text[mark.end : close.end]
        if not any(c.isalnum() for c in inner):
            return None
        start = mark.end + len(inner) - len(inner.lstrip())
        return Quotation(
            start, mark.end + len(inner.rstrip()), mark.start, close.outer_end, close.end != close.outer_end
        )

    # ---- double marks ------------------------------------------------------------------------------------------
    def _double_close(self, index: int) -> _Close | None:
        """Return where the speech opened by a double mark ends, None if the mark does not open."""
        opening = self.marks[index]
        if not (_opens(self.text, opening) or self._opens_without_space(index)):
            return None
        paragraph, depth, at = self.paragraphs.at(opening.start), 1, index + 1
        stray: int | None = None  # a single mark that may close what a double one opened: “I like him,’ he said
        inner = False  # whether a single mark has opened within
        while True:
            mark = self.marks[at] if at < len(self.marks) else None
            end = self.paragraphs[paragraph].end
            if mark is None or mark.start >= end:
                beyond = self._continued(paragraph, at, opening)
                if beyond is None:
                    return self._unclosed(end, at, stray)
                paragraph, depth, stray, inner = beyond, 1, None, False
                at += at < len(self.marks) and self.paragraphs.begins(self.marks[at].start)
                continue
            if not mark.double:
                inner = inner or mark.context == "open"
                if stray is None and not inner and mark.context == "close" and self.text[mark.start - 1] in ",.!?":
                    stray = at
            elif _looks_open(mark):
                depth += not _reopens(self.text, mark)
            else:
                depth -= 2 if mark.glyph == "either" and mark.end - mark.start == 2 else 1
                if depth <= 0:
                    return _Close(mark.start, mark.end, at + 1)
            at += 1

    def _unclosed(self, end: int, at: int, stray: int | None) -> _Close:
        if stray is not None:
            return _Close(self.marks[stray].start, self.marks[stray].end, stray + 1)
        return _Close(end, end, at)

    def _opens_without_space(self, index: int) -> bool:
        """Return whether a straight mark directly after a sentence opens (`coach ." It was him ,"he said`)."""
        mark, following = self.marks[index], self.next_double[index]
        if mark.glyph != "either" or following is None or self.text[mark.start - 1 : mark.start] not in (".", "!", "?"):
            return False
        partner = self.marks[following]
        same = self.paragraphs.at(mark.start) == self.paragraphs.at(partner.start)
        return same and not _looks_open(partner) and self.text[mark.end : mark.end + 2].strip()[:1].isupper()

    def _continued(self, paragraph: int, at: int, opening: Mark) -> int | None:
        """Return the paragraph that continues open speech, the next one or one after boilerplate; None if none does."""
        following = at
        if opening.double and at < len(self.marks) and not self.marks[at].double:
            double = self.next_double[at]
            following = len(self.marks) if double is None else double
        mark = self.marks[following] if following < len(self.marks) else None
        if mark is None or mark.start - opening.start > LONGEST_SPEECH:
            return None
        for index in range(paragraph + 1, min(paragraph + 2 + BOILERPLATE_PARAGRAPHS, len(self.paragraphs))):
            start, end = self.paragraphs[index]
            if mark.start == start:
                return index if mark.double == opening.double and _looks_open(mark, at_start=True) else None
            if mark.start < end:
                closes = mark.context == "close" or mark.glyph == "close"
                return index if closes and self._may_continue(paragraph, index) else None
            if not self.paragraphs.is_boilerplate(paragraph, index):
                return None
        return None

    def _may_continue(self, paragraph: int, index: int) -> bool:
        """Return whether a paragraph without an opening mark can be the rest of a speech."""
        lower = self.text[self.paragraphs[index].start].islower()
        return index == paragraph + 1 or lower or self.paragraphs.breaks_off(paragraph)

    # ---- single marks ------------------------------------------------------------------------------------------
    def _single_close(self, index: int) -> _Close | None:
        """Return where the speech opened by a single mark ends, None if the mark is an apostrophe."""
        opening = self.marks[index]
        if opening.context != "open" or ELISION.match(self.text, opening.end):
            return None
        speech = self._may_begin_speech(opening)
        paragraph, at = self.paragraphs.at(opening.start), index
        while True:
            end = self.paragraphs[paragraph].end
            found = self._close_within(at, end, speech)
            if found is not None:
                return _Close(self.marks[found].start, self.marks[found].end, found + 1)
            beyond = bisect_left(self.starts, end)
            following = self._continued(paragraph, beyond, opening) if speech else None
            if following is None:
                return _Close(end, end, beyond) if speech and self._may_stay_open(opening, end) else None
            paragraph, at = following, beyond

    def _may_begin_speech(self, mark: Mark) -> bool:
        """Return whether a mark begins a paragraph or follows a colon, a comma or a sentence."""
        if self.paragraphs.begins(mark.start):
            return True
        before = self.text[max(0, mark.start - 3) : mark.start].rstrip()
        return before[-1:] in set(":,.!?–-”") and before != "" and self.text[mark.end : mark.end + 1].isupper()

    def _may_stay_open(self, opening: Mark, end: int) -> bool:
        """Return whether an unclosed single mark begins a paragraph or follows a colon, with enough text after it."""
        before = self.text[max(0, opening.start - 3) : opening.start].rstrip()
        return end - opening.end > SHORTEST_UNCLOSED and (before.endswith(":") or self.paragraphs.begins(opening.start))

    def _close_within(self, index: int, end: int, speech: bool) -> int | None:
        """Return the mark that closes single-marked speech before `end`."""
        weak: int | None = None  # `lads' club`: perhaps a possessive; the last one before the next quotation closes
        doubles = 0
        for at in range(index + 1, min(index + 1 + LOOKAHEAD, len(self.marks))):
            mark = self.marks[at]
            if mark.start >= end:
                break
            strength = _closing_strength(self.text, mark)
            if mark.double:
                if strength and not doubles:  # opened single, closed double
                    return weak if weak is not None else at
                doubles += 1 if not strength else -1
            elif mark.context == "open" and weak is not None and not ELISION.match(self.text, mark.end):
                return weak
            elif strength == 2 or (strength and not speech):
                return at
            elif strength:
                weak = at
        return weak


def _next_double(marks: list[Mark]) -> list[int | None]:
    """Return for each mark the index of the next double one."""
    following: list[int | None] = [None] * len(marks)
    upcoming: int | None = None
    for index in range(len(marks) - 1, -1, -1):
        following[index] = upcoming
        if marks[index].double:
            upcoming = index
    return following
