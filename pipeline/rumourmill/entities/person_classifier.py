"""Player or not: the votes of the recogniser, the words around a person, role words and lists of names, weighed."""

from __future__ import annotations

from collections.abc import Iterable

from rumourmill.entities.known_people import Known
from rumourmill.entities.roles import OLDEST_PLAYER, YOUNGEST_COACH, Context

__all__ = ["score"]

# What the scorer leaves of the recogniser's votes and of role words; measured on the held-out files c6 and c16.
VOTE_SHARE = 0.75
ROLE_WEIGHT = 1.5
FORMER_WEIGHT = -1.0  # "former Everton winger X" is a pundit more often than a player
OTHER_WEIGHT = 0.5  # a brother, a fan
AGE_WEIGHT = 2.0
FIGURE_WEIGHT, FOOTBALLER_WEIGHT, LIKELY_WEIGHT = 3.0, 1.5, 0.75  # the name is on a list


def score(votes: float, surroundings: float, contexts: Iterable[Context], listed: Known | None) -> float:
    """The evidence that a person of the article is a player: above zero, he is.

    Args:
        votes: the recogniser's votes over all mentions, each one for a player and minus one for somebody else.
        surroundings: the log-odds of the context scorer.
        contexts: what stands beside each mention.
        listed: what the lists know of the name.
    """
    return VOTE_SHARE * votes + surroundings + sum(map(_weight, contexts)) + _prior(listed)


def _weight(context: Context) -> float:
    """What a context says for (positive) or against its person being a player."""
    weight = 0.0
    if context.role == "player":
        weight += FORMER_WEIGHT if context.former else ROLE_WEIGHT
    elif context.role:
        weight -= OTHER_WEIGHT if context.role == "other" else ROLE_WEIGHT
    if context.age is not None:
        weight += AGE_WEIGHT if context.age <= OLDEST_PLAYER else -AGE_WEIGHT * (context.age >= YOUNGEST_COACH)
    return weight


def _prior(listed: Known | None) -> float:
    """What the lists say for (positive) or against a name's bearer being a player."""
    if listed is None:
        return 0.0
    if not listed.sure:
        return LIKELY_WEIGHT
    if listed.role == "player":
        return FOOTBALLER_WEIGHT
    return -FOOTBALLER_WEIGHT if listed.role == "other" else -FIGURE_WEIGHT
