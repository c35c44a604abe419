"""Quotation marks and apostrophes: what the shape of each and the characters beside it say it does."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

__all__ = ["MARK", "Mark", "closing_strength", "looks_open", "marks", "opens", "reopens"]

Side = Literal["open", "close", "either"]

# â€œ and its kin are UTF-8 marks that were read as cp1252; \x91-\x94 are cp1252 marks that were read as Latin-1.
MARK = re.compile(
    r"(?P<double>&(?:quot|ldquo|rdquo|laquo|raquo|\#34|\#8220|\#8221);|â€œ|â€(?:\x9d|�|(?=[\s.,;:!?)—-]|\Z))"
    r"|''|‘‘|’’|``|´´|(?<!\d'\d)(?<!\d'\d\d)\"\"?|““|””|[“”„‟«»＂\x93\x94])"
    r"|(?P<single>&(?:lsquo|rsquo|apos|\#39|\#8216|\#8217);|â€™|â€˜|['‘’‚‛`´‹›\x91\x92])"
)
FIRST = re.compile("[&â\"'“”„‟«»＂‘’‚‛`´‹›\x91\x92\x93\x94]")  # what a mark begins with: found fast
OPENERS = frozenset("“ „ ‟ « ‘‘ `` ““ &ldquo; &laquo; &#8220; â€œ \x93 ‘ ‚ ‛ ` ‹ &lsquo; &#8216; â€˜ \x91".split(" "))
CLOSERS = frozenset("” » ’’ ´´ ”” &rdquo; &raquo; &#8221; \x94 ’ ´ › &rsquo; &#8217; â€™ \x92".split(" "))
CHARACTERS = frozenset("\"'“”„‟«»＂‘’‚‛`´‹›\x91\x92\x93\x94")
BEFORE_OPENING = frozenset("([{—–-/:*•|>")
AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/")
SENTENCE_END = frozenset(".!?…")
# Words that begin with an apostrophe; after them no quotation opens.
ELISION = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|ere|round|n|ave|im|er|\d\ds?)\b", re.IGNORECASE)
REACH = 4  # marks in a row that are looked through for the character beside them


class Mark(NamedTuple):
    """One quotation mark or apostrophe.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        double: whether it is a double mark, two single ones included.
        glyph: what its shape says.
        place: what the characters beside it say.
    """

    start: int
    end: int
    double: bool
    glyph: Side
    place: Side


def marks(text: str) -> list[Mark]:
    """Every mark of a text, in order."""
    found: list[Mark] = []
    for first in FIRST.finditer(text):
        at = first.start()
        if (not found or at >= found[-1].end) and (mark := MARK.match(text, at)) is not None:
            found.append(_mark(text, mark))
    return found


def opens(text: str, mark: Mark) -> bool:
    """Whether a double mark opens speech when none is open."""
    if mark.glyph == "open":
        return mark.place != "close" or text[mark.start - 1] in ",:"
    return mark.place == "open" or (mark.glyph == "either" and mark.place == "either")


def looks_open(mark: Mark, at_start: bool = False) -> bool:
    """Whether a double mark opens, by shape and place, when speech is open already.

    Args:
        mark: the mark.
        at_start: whether it begins a paragraph, where even a closing shape opens.
    """
    if mark.glyph == "open":
        return mark.place != "close"
    return mark.place == "open" and (mark.glyph == "either" or at_start)


def reopens(text: str, mark: Mark) -> bool:
    """Whether a mark opens open speech again: it stands after a full sentence."""
    return looks_open(mark) and text[max(0, mark.start - 3) : mark.start].rstrip()[-1:] in SENTENCE_END


def closing_strength(text: str, mark: Mark) -> int:
    """2 for a mark that surely closes, 1 for one that may be an apostrophe (`lads'`, `doin'`), 0 for none."""
    if mark.place != "close" or mark.glyph == "open":
        return 0
    return 1 if not mark.double and text[mark.start - 1 : mark.start] in ("s", "S", "n", "z", "x") else 2


def _mark(text: str, found: re.Match[str]) -> Mark:
    shape = found[0]
    closing = shape in CLOSERS or (shape.startswith("â€") and shape not in OPENERS)
    glyph: Side = "open" if shape in OPENERS else "close" if closing else "either"
    place = _place(text, found.start(), found.end())
    return Mark(found.start(), found.end(), found["double"] is not None, glyph, place)


def _place(text: str, start: int, end: int) -> Side:
    """What the nearest characters that are no marks say: a space before opens, a space or a stop after closes."""
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
