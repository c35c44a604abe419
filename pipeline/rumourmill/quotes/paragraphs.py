"""Split a text into paragraphs, and detect boilerplate between the paragraphs of a story."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

__all__ = ["Paragraph", "Paragraphs"]

BREAK = re.compile(r"\n\s*")
BOILERPLATE = re.compile(
    r"(?:read more|read also|more on|hide ad|advertisement|ad$|related|image|picture|pic|photo|video|watch|listen"
    r"|scroll|sign up|see also|also read|click|share|follow|caption|getty|loading|recommended|promoted|continue"
    r"|story continues|subscribe|newsletter|join|download|play |live|gallery|in pictures|embed|tweet|enlarge"
    r"|[A-Z][A-Z' ]{3,40}:)",
    re.IGNORECASE,
)
LONGEST_BOILERPLATE = 200  # characters
# Before the first word of a line: the time of a live blog, a bullet, a number.
LEAD = re.compile(
    r"(?:(?:[\[(]?\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?[\])]?|[-–—*•●■▪◦·>↪]|\d{1,2}[.)/]\d?(?=\s))"
    r"\s*[-–—:|]?\s+)+",
    re.IGNORECASE,
)
SENTENCE_END = frozenset(".!?…")


class Paragraph(NamedTuple):
    """Offsets of a paragraph, without white space at its ends."""

    start: int
    end: int


class Paragraphs:
    """The paragraphs of a text.

    Args:
        text: the article.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraphs = _split(text)
        self._starts = [p.start for p in self._paragraphs]
        self._start_set = frozenset(self._starts)

    def __len__(self) -> int:
        return len(self._paragraphs)

    def __getitem__(self, index: int) -> Paragraph:
        return self._paragraphs[index]

    def at(self, offset: int) -> int:
        """Return the index of the paragraph at an offset; between two paragraphs, of the first."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def begins(self, offset: int) -> bool:
        """Return whether a paragraph begins at an offset."""
        return offset in self._start_set

    def lead_end(self, offset: int) -> int:
        """Return the offset after a bullet, time or number that begins a paragraph; any other offset as it is."""
        lead = LEAD.match(self.text, offset) if self.begins(offset) else None
        return lead.end() if lead is not None else offset

    def breaks_off(self, index: int) -> bool:
        """Return whether a paragraph ends in the middle of a sentence."""
        return self.text[self._paragraphs[index].end - 1] not in SENTENCE_END

    def is_boilerplate(self, previous: int, index: int) -> bool:
        """Return whether a paragraph is a caption, an advertisement or a link between two parts of a speech.

        Args:
            previous: the paragraph with the speech before it.
            index: the paragraph; boilerplate is short, and no sentence unless the speech was broken off.
        """
        start, end = self._paragraphs[index]
        if end - start > LONGEST_BOILERPLATE:
            return False
        return (
            self.breaks_off(previous) or self.breaks_off(index) or BOILERPLATE.match(self.text, start, end) is not None
        )


def _split(text: str) -> list[Paragraph]:
    """Split a text at line breaks, except single ones within a sentence, between lower-case letters."""
    found: list[Paragraph] = []
    at = len(text) - len(text.lstrip())
    for gap in BREAK.finditer(text, at):
        end = gap.start()
        while end > at and text[end - 1].isspace():
            end -= 1
        wrapped = gap[0].count("\n") == 1 and text[end - 1 : end].islower()
        if gap.end() == len(text) or (wrapped and text[gap.end()].islower()):
            continue
        if end > at:
            found.append(Paragraph(at, end))
        at = gap.end()
    end = len(text.rstrip())
    return [*found, Paragraph(at, end)] if end > at else found
