"""Classify a person as player or not, from the recogniser's labels, the context, role words and lists of names."""

from __future__ import annotations

from collections.abc import Iterable

from rumourmill.entities.public_figures import ListedPerson
from rumourmill.entities.roles import OLDEST_PLAYER, YOUNGEST_COACH, MentionContext

__all__ = ["score_player"]

# Weights beside the context scorer; measured on the held-out files c6 and c16.
LABEL_WEIGHT = 0.75
ROLE_WEIGHT = 1.5
FORMER_WEIGHT = -1.0  # "former Everton winger X" is a pundit more often than a player
OTHER_WEIGHT = 0.5  # a brother, a fan
AGE_WEIGHT = 2.0
FIGURE_WEIGHT, FOOTBALLER_WEIGHT, UNCERTAIN_WEIGHT = 3.0, 1.5, 0.75  # for names on a list


def score_player(
    labels: float, context_score: float, contexts: Iterable[MentionContext], listed: ListedPerson | None
) -> float:
    """Return the evidence that a person is a player; above zero the person is classified as one.

    Somebody listed in another role for the year, or as too old to play, is a player only if the article calls him one.

    Args:
        labels: sum of the recogniser's labels over all mentions: 1 for PLAYER, -1 for PERSON.
        context_score: log-odds of the context scorer.
        contexts: what is read beside each mention.
        listed: what the lists say about the name.
    """
    contexts = list(contexts)
    if listed is not None and listed.certain and listed.role != "player" and not any(map(_is_called_player, contexts)):
        return -FIGURE_WEIGHT
    return LABEL_WEIGHT * labels + context_score + sum(map(_score_context, contexts)) + _score_listed(listed)


def _is_called_player(context: MentionContext) -> bool:
    return context.role == "player" and not context.former


def _score_context(context: MentionContext) -> float:
    weight = 0.0
    if context.role == "player":
        weight += FORMER_WEIGHT if context.former else ROLE_WEIGHT
    elif context.role:
        weight -= OTHER_WEIGHT if context.role == "other" else ROLE_WEIGHT
    if context.age is not None:
        weight += AGE_WEIGHT if context.age <= OLDEST_PLAYER else -AGE_WEIGHT * (context.age >= YOUNGEST_COACH)
    return weight


def _score_listed(listed: ListedPerson | None) -> float:
    if listed is None:
        return 0.0
    if not listed.certain:
        return UNCERTAIN_WEIGHT
    if listed.role == "player":
        return FOOTBALLER_WEIGHT
    return -FOOTBALLER_WEIGHT if listed.role == "other" else -FIGURE_WEIGHT
