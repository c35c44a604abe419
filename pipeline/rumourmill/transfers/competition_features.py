"""Each player and club seen against the player's other clubs and the club's other players."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rumourmill.transfers.pairs import Key

__all__ = ["CHOICE", "PARTS", "standings"]

Floats = NDArray[np.float64]
PARTS = ("to", "from", "past")  # what a club can be to a player, beside none
SURE = 1e-4  # no probability counts as nearer to 0 or 1 than this
NEUTRAL = 0.2  # of a club that no other player is linked with
CHOICE = (
    "to",
    "from",
    "past",
    "best other from",
    "from lead",
    "best other to",
    "to lead",
    "others to",
    "others from",
    "owned",
    "rival owned",
)


def standings(pairs: Sequence[Key], chances: Floats, owned: Sequence[bool]) -> Floats:
    """The values that the model `choice` decides on.

    Args:
        pairs: player and club, each once.
        chances: floats (pairs, PARTS), the probabilities that the model `club` gives them.
        owned: for each pair whether a description of the player names the club ("Roma defender X").

    Returns:
        Floats (pairs, CHOICE).
    """
    players, clubs = _numbers([player for player, _ in pairs]), _numbers([club for _, club in pairs])
    to, leaves, past = np.asarray(chances, dtype=float).T
    rival_to, rival_leaves = _rivals(to, players), _rivals(leaves, players)
    own = np.array(owned, dtype=float)
    columns = (
        *map(_logit, (to, leaves, past)),
        rival_leaves,
        leaves - rival_leaves,
        rival_to,
        to - rival_to,
        _others(to, clubs),
        _others(leaves, clubs),
        own,
        (np.bincount(players, own)[players] > own).astype(float),
    )
    return np.stack(columns, axis=1)


def _numbers(names: Sequence[str]) -> NDArray[np.int_]:
    """A number for each name, the same for the same."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=int)


def _rivals(values: Floats, groups: NDArray[np.int_]) -> Floats:
    """For each value the highest other one of its group; 0 when it is alone."""
    order = np.lexsort((-values, groups))
    first = np.flatnonzero(np.diff(groups[order], prepend=-1))
    highest = order[first]
    second = np.append(first[1:], len(order)) - first > 1  # whether the group has two
    rivals = values[highest][groups]
    rivals[highest] = 0.0
    rivals[highest[second]] = values[order[first[second] + 1]]
    return rivals


def _others(values: Floats, groups: NDArray[np.int_]) -> Floats:
    """For each value the mean of the others of its group."""
    others = np.bincount(groups)[groups] - 1
    sums = np.bincount(groups, values)[groups] - values
    return np.where(others > 0, sums / np.maximum(others, 1), NEUTRAL)


def _logit(chances: Floats) -> Floats:
    kept = np.clip(chances, SURE, 1 - SURE)
    return np.log(kept / (1 - kept))
