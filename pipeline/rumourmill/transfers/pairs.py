"""What is known of a move, from the sentence that links a player with a club to the move that comes of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rumourmill.nlp.extensions import Row

__all__ = ["FORMER", "NAMED", "OWNER", "Key", "Link", "Move", "Pair"]

Key = tuple[str, str]  # player and club
NAMED = "named "  # before a feature of a sentence that names both
OWNER, FORMER = "frame:owner", "frame:former"  # how a description gives a player a club


class Link(NamedTuple):
    """A player and a club in one sentence.

    Args:
        scene: index of the sentence.
        direct: whether both are named in it.
        features: how they stand together.
        start: first token of the stretch that holds both.
        end: the token after its last.
    """

    scene: int
    direct: bool
    features: Set[str]
    start: int
    end: int


@dataclass
class Pair:
    """All links of one player and one club."""

    player: str
    club: str
    own: str | None = None  # the club that the player is known to belong to
    links: list[Link] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)  # features of the article, not of one sentence

    @cached_property
    def named(self) -> Set[str]:
        """What the sentences hold that name both; not to be changed. Read it, as `others`, when all links are there."""
        direct = [link.features for link in self.links if link.direct]
        return direct[0] if len(direct) == 1 else set().union(*direct)

    @cached_property
    def others(self) -> Set[str]:
        """What the rest of the article holds on the two."""
        return self.facts.union(*(link.features for link in self.links if not link.direct)).difference(self.named)

    @property
    def every(self) -> Set[str]:
        """What the article holds on the two."""
        return self.named | self.others

    @property
    def features(self) -> set[str]:
        """The same, each once; what it says of them by name counts by itself too."""
        return {*self.every, *(f"{NAMED}{name}" for name in self.named)}

    @property
    def owned(self) -> bool:
        """Whether a description of the player names the club as his: "Roma defender X", "X of Roma"."""
        return any(OWNER in link.features for link in self.links)


@dataclass
class Move:
    """A move, and what made it.

    Args:
        player: who moves.
        to_club: where.
        from_club: whence, if told.
        status: as in the contract.
        kind: as in the contract.
        historic: told as background.
        chance: how sure it is, 0 to 1.
        evidence: the link that says it loudest.
        tokens: first token of its sentence and the one after the last.
        fee: the row of its price.
    """

    player: str
    to_club: str
    from_club: str | None
    status: str
    kind: str
    historic: bool
    chance: float
    evidence: Link
    tokens: tuple[int, int]
    fee: Row | None = None
