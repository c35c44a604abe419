"""Paragraphs, and the lines that sites put between the paragraphs of a story."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

__all__ = ["Layout", "Paragraph"]

BREAK = re.compile(r"\n\s*")
DEBRIS = re.compile(
    r"(?:read more|read also|more on|hide ad|advertisement|ad$|related|image|picture|pic|photo|video|watch|listen"
    r"|scroll|sign up|see also|also read|click|share|follow|caption|getty|loading|recommended|promoted|continue"
    r"|story continues|subscribe|newsletter|join|download|play |live|gallery|in pictures|embed|tweet|enlarge"
    r"|[A-Z][A-Z' ]{3,40}:)",
    re.IGNORECASE,
)
LONGEST_DEBRIS = 200  # characters
# What stands before the first word of a line: the time of a live blog, a bullet, a number.
LEAD = re.compile(
    r"(?:(?:[\[(]?\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?[\])]?|[-–—*•●■▪◦·>↪]|\d{1,2}[.)/]\d?(?=\s))"
    r"\s*[-–—:|]?\s+)+",
    re.IGNORECASE,
)
SENTENCE_END = frozenset(".!?…")


class Paragraph(NamedTuple):
    """A paragraph's offsets, white space at its edges left out."""

    start: int
    end: int


class Layout:
    """The paragraphs of one text.

    Args:
        text: the article.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = _paragraphs(text)
        self.starts = [p.start for p in self.paragraphs]
        self._openings = frozenset(self.starts)

    def __len__(self) -> int:
        return len(self.paragraphs)

    def __getitem__(self, index: int) -> Paragraph:
        return self.paragraphs[index]

    def at(self, offset: int) -> int:
        """The index of the paragraph that holds an offset (the last one before it between paragraphs)."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def begins(self, offset: int) -> bool:
        """Whether a paragraph begins at an offset."""
        return offset in self._openings

    def lead_end(self, offset: int) -> int:
        """Where the words of a paragraph begin that begins at an offset: behind a bullet or a time; else the offset."""
        lead = LEAD.match(self.text, offset) if self.begins(offset) else None
        return lead.end() if lead is not None else offset

    def breaks_off(self, index: int) -> bool:
        """Whether a paragraph ends in the middle of a sentence."""
        return self.text[self.paragraphs[index].end - 1] not in SENTENCE_END

    def is_debris(self, broken: int, index: int) -> bool:
        """Whether a paragraph is a caption, an advertisement or a link between two parts of a speech.

        Args:
            broken: the paragraph in which the speech stands before it.
            index: the paragraph in question; short, and no sentence unless the speech was broken off.
        """
        start, end = self.paragraphs[index]
        if end - start > LONGEST_DEBRIS:
            return False
        return self.breaks_off(broken) or self.breaks_off(index) or DEBRIS.match(self.text, start, end) is not None


def _paragraphs(text: str) -> list[Paragraph]:
    """A line break ends a paragraph unless a sentence runs on over it in lower case."""
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
