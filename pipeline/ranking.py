"""Linear models read from a plain table: which club a player goes to, and how far the move is.

models/gazetteer/move_weights.csv holds a line for each feature: its weight for every label of its model. It is written
by models/training/moves.py from the annotated corpus; nothing else is learnt. A score is the sum of the weights of the
features that hold, so that each decision can be told in the words that made it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from pipeline import gazetteer
from pipeline.pairs import NAMED, Pair

__all__ = ["CHOICE", "Model", "models", "read", "standings"]

COLUMNS = ("model", "feature", "weights")
BIAS, LABELS = "*bias", "*labels"
PARTS = 100  # of a weight: the table has two decimals
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


@dataclass(frozen=True)
class Model:
    """One linear model.

    Args:
        labels: what it decides between.
        bias: the score of each label before any feature.
        weights: for each feature the weight of each label.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def of_features(self, features: Set[str]) -> dict[str, float]:
        """Probabilities of the labels, given the features that hold; their weights count by 1/sqrt(how many)."""
        return self._of_lines(self._known(features))

    def of_pair(self, pair: Pair) -> dict[str, float]:
        """The same, given the features of a pair."""
        named = map(self.named_index.__getitem__, self.named_index.keys() & pair.named)
        return self._of_lines([*self._known(pair.every), *named])

    def _of_lines(self, known: list[int]) -> dict[str, float]:
        if not known:
            return _softmax(self.labels, self.bias)
        scale = 1 / (PARTS * math.sqrt(len(known)))
        sums = self.table.take(known, axis=0).sum(axis=0).tolist()
        return _softmax(self.labels, [b + scale * total for b, total in zip(self.bias, sums, strict=True)])

    def of_values(self, values: Mapping[str, float]) -> dict[str, float]:
        """Probabilities of the labels, given values of the features."""
        weighed = [(self.weights[name], value) for name, value in values.items()]
        scores = [b + math.fsum(w[n] * v for w, v in weighed) for n, b in enumerate(self.bias)]
        return _softmax(self.labels, scores)

    def lead(self, features: Set[str], label: str) -> float:
        """How much the features speak for a label, against the first one."""
        sums = self.table[self._known(features)].sum(axis=0)
        return float(sums[self.labels.index(label)] - sums[0]) / PARTS

    def reasons(self, features: Set[str], label: str, most: int = 5) -> list[str]:
        """The features that speak loudest for a label."""
        known = np.array(sorted(self._known(features)), dtype=int)
        weights = self.table[known, self.labels.index(label)]
        loudest = np.argsort(-weights, kind="stable")[:most]
        return [self.names[n] for n in known[loudest[weights[loudest] > 0]]]

    def _known(self, features: Set[str]) -> list[int]:
        """The lines of the table that hold the features that the model has."""
        return list(map(self.index.__getitem__, self.index.keys() & features))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The features, in the order of `table`."""
        return tuple(self.weights)

    @cached_property
    def index(self) -> dict[str, int]:
        """Feature -> its line in `table`."""
        return {feature: n for n, feature in enumerate(self.names)}

    @cached_property
    def named_index(self) -> dict[str, int]:
        """Feature -> the line of what counts where a sentence names both."""
        return {feature.removeprefix(NAMED): n for feature, n in self.index.items() if feature.startswith(NAMED)}

    @cached_property
    def table(self) -> Any:
        """The weights of each feature in hundredths: whole numbers, whose sum is the same in whatever order."""
        cells = np.array(list(self.weights.values())).reshape(len(self.weights), len(self.labels))
        return np.rint(cells * PARTS).astype(np.int64)


def _softmax(labels: Sequence[str], scores: Sequence[float]) -> dict[str, float]:
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = math.fsum(shares)
    return {label: share / total for label, share in zip(labels, shares, strict=True)}


@cache
def models() -> Mapping[str, Model]:
    """The models of move_weights.csv, by name."""
    return read((row["model"], row["feature"], row["weights"]) for row in gazetteer.rows("move_weights.csv", COLUMNS))


def read(lines: Iterable[Sequence[str]]) -> dict[str, Model]:
    """Models from lines of the table.

    Args:
        lines: name of the model, feature, weights parted by spaces.

    Returns:
        Each model by its name.

    Raises:
        GazetteerError: naming the model whose line cannot be used.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, feature, weights in lines:
        found[name][feature] = weights
    return {name: _read(name, dict(rows)) for name, rows in found.items()}


def _read(name: str, rows: dict[str, str]) -> Model:
    try:
        labels = tuple(rows.pop(LABELS).split())
        weights = {feature: tuple(map(float, cells.split())) for feature, cells in rows.items()}
        bias = weights.pop(BIAS)
    except (KeyError, ValueError) as error:
        raise gazetteer.GazetteerError(f"move_weights.csv: {name}: {error}") from error
    if any(len(cells) != len(labels) for cells in (bias, *weights.values())):
        raise gazetteer.GazetteerError(f"move_weights.csv: {name}: a line has not a weight for each label")
    return Model(labels, bias, weights)


def standings(
    chances: Mapping[tuple[str, str], Mapping[str, float]], owned: Set[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, float]]:
    """Each pair of player and club seen against the player's other clubs and the club's other players.

    Args:
        chances: for each pair the probabilities that the model `club` gives it.
        owned: the pairs whose club a description of the player names ("Roma defender X").

    Returns:
        For each pair the values that the model `choice` decides on, named as in CHOICE.
    """
    of_player: dict[str, list[tuple[str, str]]] = defaultdict(list)
    of_club: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in chances:
        of_player[pair[0]].append(pair)
        of_club[pair[1]].append(pair)
    best = {player: _best(chances, pairs) for player, pairs in of_player.items()}
    sums = {club: [math.fsum(chances[p][k] for p in pairs) for k in ("to", "from")] for club, pairs in of_club.items()}
    found = {}
    for pair, chance in chances.items():
        rival = {key: _rival(best[pair[0]][key], pair) for key in ("to", "from")}
        others = len(of_club[pair[1]]) - 1
        share = [
            (s - chance[k]) / others if others else NEUTRAL for s, k in zip(sums[pair[1]], ("to", "from"), strict=True)
        ]
        values = (
            *(_logit(chance[key]) for key in ("to", "from", "past")),
            rival["from"],
            chance["from"] - rival["from"],
            rival["to"],
            chance["to"] - rival["to"],
            *share,
            float(pair in owned),
            float(any(other in owned for other in of_player[pair[0]] if other != pair)),
        )
        found[pair] = dict(zip(CHOICE, values, strict=True))
    return found


def _best(
    chances: Mapping[tuple[str, str], Mapping[str, float]], pairs: Sequence[tuple[str, str]]
) -> dict[str, list[tuple[float, tuple[str, str]]]]:
    """The two best clubs of a player in each part."""
    return {
        key: sorted(((chances[p][key], p) for p in pairs), key=lambda item: (-item[0], item[1]))[:2]
        for key in ("to", "from")
    }


def _rival(best: Sequence[tuple[float, tuple[str, str]]], pair: tuple[str, str]) -> float:
    return next((chance for chance, other in best if other != pair), 0.0)


def _logit(chance: float) -> float:
    kept = min(max(chance, SURE), 1 - SURE)
    return math.log(kept / (1 - kept))
