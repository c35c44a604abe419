"""Links an amount with the player whose move or pay it is.

The player is the one named nearest to the amount in its sentence; else the last one named before it in the paragraph;
else the one whom the article mentions most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rumourmill.money.detection import AmountContext

__all__ = ["CONTEXT", "PlayerLinker", "PlayerMention"]

CLAUSE_BREAK = re.compile(r"[);\n]|\b(?:while|but|whereas)\b")
# "£5m plus Ned Stroud": a player as part of the price, unless "for" names the player whom the sum buys.
PART_OF_PRICE = re.compile(r"\W{0,3}(?:in cash\W{1,3})?(?:(?:plus|and|with)\b|\+)(?:\s(?!for\b)[a-z-]+){0,5}\s")
ADDITION = re.compile(
    r"[\s,(–—-]*(?:plus|rising|with|which|potentially|to|\+|(?:and )?(?:a further|another))\b", re.IGNORECASE
)
CLAUSE_PENALTY, COMMA_PENALTY, PART_OF_PRICE_PENALTY = 60, 25, 150  # characters that a boundary counts for
CONTEXT = 900  # characters on either side of an amount in which a player is searched for
SHORTLY_BEFORE = 100
ADDITION_REACH = 30  # characters between two amounts for the same player


class PlayerMention(NamedTuple):
    """A mention of a player.

    Args:
        start: offset of the first character.
        end: offset after the last character.
        name: canonical name of the player.
    """

    start: int
    end: int
    name: str


class PlayerLinker:
    """Finds the player of an amount among the mentions of an article.

    Args:
        text: the article.
        mentions: its mentions of players, in any order.
    """

    def __init__(self, text: str, mentions: Iterable[PlayerMention]) -> None:
        self.text = text
        self.mentions = sorted(mentions)
        self.starts = [mention.start for mention in self.mentions]
        counts = Counter(mention.name for mention in self.mentions)
        self.main = counts.most_common(1)[0][0] if counts else None

    def find_player(self, amount: AmountContext) -> str | None:
        """Return the canonical name of the player of an amount, or None in an article without players."""
        after = bisect_right(self.starts, amount.start)
        if inside := self._mentions_in_sentence(amount):
            return min(inside, key=lambda mention: self._distance(mention, amount)).name
        reach = max(0, amount.sentence_start - CONTEXT)
        if after and self.starts[after - 1] >= reach and self._is_same_paragraph(self.starts[after - 1], amount):
            return self.mentions[after - 1].name
        return self.main

    def is_addition(self, previous: AmountContext, amount: AmountContext) -> bool:
        """Return whether an amount adds to the previous one and so has its player: "£3.5m rising to £5m"."""
        no_mention = bisect_right(self.starts, previous.end) == bisect_right(self.starts, amount.start)
        gap = self.text[previous.end : amount.start]
        near = previous.sentence_start == amount.sentence_start and len(gap) < ADDITION_REACH
        return no_mention and near and ADDITION.match(gap) is not None

    def has_player_near(self, amount: AmountContext) -> bool:
        """Return whether a player is named in the sentence, or shortly before the amount in the paragraph."""
        before = bisect_right(self.starts, amount.start) - 1
        close = before >= 0 and amount.start - self.starts[before] < SHORTLY_BEFORE
        return bool(self._mentions_in_sentence(amount)) or (
            close and self._is_same_paragraph(self.starts[before], amount)
        )

    def _mentions_in_sentence(self, amount: AmountContext) -> list[PlayerMention]:
        """Return the mentions nearest to an amount on either side that are in its sentence."""
        after = bisect_right(self.starts, amount.start)
        near = self.mentions[max(0, after - 3) : after + 3]
        first = max(amount.sentence_start, amount.start - CONTEXT)
        last = min(amount.sentence_end, amount.end + CONTEXT)
        return [mention for mention in near if first <= mention.start < last]

    def _is_same_paragraph(self, start: int, amount: AmountContext) -> bool:
        return "\n" not in self.text[start : amount.sentence_start].rstrip()

    def _distance(self, mention: PlayerMention, amount: AmountContext) -> float:
        """Return the characters between mention and amount, plus penalties for clause breaks and part payments."""
        penalty = 0
        if mention.start >= amount.end:
            gap = self.text[amount.end : mention.start]
            penalty = PART_OF_PRICE_PENALTY if PART_OF_PRICE.fullmatch(gap) else 0
        else:
            gap = self.text[mention.end : amount.start]
        clauses, commas = len(CLAUSE_BREAK.findall(gap)), gap.count(",")
        return len(gap) + penalty + CLAUSE_PENALTY * clauses + COMMA_PENALTY * commas
