"""Whose move an amount is about: the player named beside it, or before it, or the article's main one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rumourmill.money.amount import Place

__all__ = ["Mention", "Players"]

CLAUSE = re.compile(r"[);\n]|\b(?:while|but|whereas)\b")
# "£5m plus Ned Stroud": a player thrown in, unless "for" tells whom the sum buys.
THROWN_IN = re.compile(r"\W{0,3}(?:in cash\W{1,3})?(?:(?:plus|and|with)\b|\+)(?:\s(?!for\b)[a-z-]+){0,5}\s")
ADDED = re.compile(
    r"[\s,(–—-]*(?:plus|rising|with|which|potentially|to|\+|(?:and )?(?:a further|another))\b", re.IGNORECASE
)
CLAUSE_TOLL, COMMA_TOLL, THROWN_IN_TOLL = 60, 25, 150  # characters that a boundary counts for
CONTEXT = 900  # characters on either side that can tell whose the money is
JUST_BEFORE = 100
SAME_BREATH = 30  # a second sum so near the first, added to it, is for the same player


class Mention(NamedTuple):
    """A player's mention: its extent and the player's name."""

    start: int
    end: int
    name: str


class Players:
    """The players of an article, in the order in which they are mentioned."""

    def __init__(self, text: str, mentions: Iterable[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions)
        self.starts = [mention.start for mention in self.mentions]
        counts = Counter(mention.name for mention in self.mentions)
        self.main = counts.most_common(1)[0][0] if counts else None

    def nearest(self, place: Place) -> str | None:
        """The player nearest in the sentence, else the last one named before, else the article's main one."""
        after = bisect_right(self.starts, place.start)
        if inside := self._inside(place):
            return min(inside, key=lambda mention: self._distance(mention, place)).name
        reach = max(0, place.sentence_start - CONTEXT)
        if after and self.starts[after - 1] >= reach and self._is_same_paragraph(self.starts[after - 1], place):
            return self.mentions[after - 1].name
        return self.main

    def goes_on(self, before: Place, place: Place) -> bool:
        """Whether a sum is for the player of the one before: "£3.5m rising to £5m, and Ned Stroud"."""
        nobody = bisect_right(self.starts, before.end) == bisect_right(self.starts, place.start)
        gap = self.text[before.end : place.start]
        together = before.sentence_start == place.sentence_start and len(gap) < SAME_BREATH
        return nobody and together and ADDED.match(gap) is not None

    def are_near(self, place: Place) -> bool:
        """Whether a player is named in the sentence, or just before it in the paragraph."""
        before = bisect_right(self.starts, place.start) - 1
        close = before >= 0 and place.start - self.starts[before] < JUST_BEFORE
        return bool(self._inside(place)) or (close and self._is_same_paragraph(self.starts[before], place))

    def _inside(self, place: Place) -> list[Mention]:
        """The mentions nearest on either side that stand in the sentence."""
        after = bisect_right(self.starts, place.start)
        near = self.mentions[max(0, after - 3) : after + 3]
        first, last = max(place.sentence_start, place.start - CONTEXT), min(place.sentence_end, place.end + CONTEXT)
        return [mention for mention in near if first <= mention.start < last]

    def _is_same_paragraph(self, start: int, place: Place) -> bool:
        return "\n" not in self.text[start : place.sentence_start].rstrip()

    def _distance(self, mention: Mention, place: Place) -> float:
        """Characters between, and a toll for what separates clauses or makes the player part of the price."""
        toll = 0
        if mention.start >= place.end:
            gap = self.text[place.end : mention.start]
            toll = THROWN_IN_TOLL if THROWN_IN.fullmatch(gap) else 0
        else:
            gap = self.text[mention.end : place.start]
        return len(gap) + toll + CLAUSE_TOLL * len(CLAUSE.findall(gap)) + COMMA_TOLL * gap.count(",")
