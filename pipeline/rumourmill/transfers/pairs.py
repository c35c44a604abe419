"""The data of a transfer candidate: mentions of an entity pair, the pair of player and club, the move made of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

from rumourmill.nlp.extensions import Row

__all__ = ["FORMER", "NAMED", "OWNER", "EntityPair", "Move", "PairKey", "PairMention"]

PairKey: TypeAlias = tuple[str, str]  # canonical names of player and club
NAMED = "named "  # prefix of a feature from a sentence that names both
OWNER, FORMER = "frame:owner", "frame:former"  # features of a club in the description of a player


class PairMention(NamedTuple):
    """A player and a club in one sentence.

    Args:
        sentence: index of the sentence.
        direct: whether the sentence names both.
        features: how the sentence relates them.
        start: first token of the stretch that has both.
        end: the token after its last.
    """

    sentence: int
    direct: bool
    features: Set[str]
    start: int
    end: int


@dataclass
class EntityPair:
    """A player and a club with all their mentions: a candidate for a transfer.

    Attributes derived from the mentions are cached: read them after all mentions have been added.

    Args:
        player: canonical name.
        club: canonical name.
        own_club: the club that the player is known to belong to, if any.
        mentions: the sentences that relate the two.
        article_features: features of the whole article.
    """

    player: str
    club: str
    own_club: str | None = None
    mentions: list[PairMention] = field(default_factory=list)
    article_features: set[str] = field(default_factory=set)

    @cached_property
    def named_features(self) -> Set[str]:
        """Features of the sentences that name both; not to be changed."""
        direct = [mention.features for mention in self.mentions if mention.direct]
        return direct[0] if len(direct) == 1 else set().union(*direct)

    @cached_property
    def other_features(self) -> Set[str]:
        """Features of the article and of the other sentences that are not in `named_features`."""
        indirect = (mention.features for mention in self.mentions if not mention.direct)
        return self.article_features.union(*indirect).difference(self.named_features)

    @property
    def all_features(self) -> Set[str]:
        """Every feature once."""
        return self.named_features | self.other_features

    @property
    def model_features(self) -> set[str]:
        """The input of the model `club`: every feature, and those of `named_features` once more with a prefix."""
        return {*self.all_features, *(f"{NAMED}{name}" for name in self.named_features)}

    @property
    def is_owned(self) -> bool:
        """Whether a description of the player names the club as his: "Roma defender X", "X of Roma"."""
        return any(OWNER in mention.features for mention in self.mentions)


@dataclass
class Move:
    """A transfer, with what a row of the table `transfers` needs.

    Args:
        player: canonical name.
        to_club: canonical name of the destination.
        from_club: canonical name of the seller, or None.
        status: a value of the column `status`.
        kind: a value of the column `kind`.
        historic: whether it is background.
        probability: that the pair is a transfer, 0 to 1.
        evidence: the mention with the highest score.
        tokens: the first token of its sentence and the one after the last.
        fee: the row of the table `fees` that is its price, or None.
    """

    player: str
    to_club: str
    from_club: str | None
    status: str
    kind: str
    historic: bool
    probability: float
    evidence: PairMention
    tokens: tuple[int, int]
    fee: Row | None = None
