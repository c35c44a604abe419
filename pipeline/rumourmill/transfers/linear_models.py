"""Linear models read from a plain table: which club a player goes to, and how far the move is.

models/gazetteer/move_weights.csv holds a line for each feature: its weight for every label of its model. It is written
by models/training/moves.py from the annotated corpus; nothing else is learnt. A score is the sum of the weights of the
features that hold, so that each decision can be told in the words that made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

import numpy as np

from rumourmill.resources import gazetteer
from rumourmill.transfers.competition_features import CHOICE
from rumourmill.transfers.pairs import NAMED, Pair

__all__ = ["Model", "models", "read"]

COLUMNS = ("model", "feature", "weights")
BIAS, LABELS = "*bias", "*labels"
HUNDREDTHS = 100  # of a weight: the table has two decimals


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

    def of_features(self, sets: Iterable[Set[str]]) -> list[dict[str, float]]:
        """Probabilities of the labels for each set of features; their weights count by 1/sqrt(how many hold)."""
        chances = self._of_lines([self._known(features) for features in sets])
        return [dict(zip(self.labels, row, strict=True)) for row in chances.tolist()]

    def of_pairs(self, pairs: Iterable[Pair]) -> Any:
        """The same for the features of pairs, floats (pairs, labels)."""
        line = self.direct.get
        return self._of_lines([[*self._known(pair.others), *filter(None, map(line, pair.named))] for pair in pairs])

    def of_values(self, values: Any) -> Any:
        """Probabilities of the labels, given values of all features in their order: floats (rows, features)."""
        weighed = values[:, :, None] * self.cells  # summed in one order on every machine, as BLAS does not
        return _softmax(weighed.sum(axis=1) + self.bias)

    def _of_lines(self, lists: Sequence[Sequence[int]]) -> Any:
        """Probabilities of the labels for each list of lines of the table."""
        if not lists:
            return np.zeros((0, len(self.labels)))
        sizes = list(map(len, lists))
        lines = np.fromiter(chain.from_iterable(lists), np.int64, sum(sizes))
        sums = np.add.reduceat(self.table.take(lines, axis=0), np.cumsum([0, *sizes[:-1]]), axis=0)
        counts = np.maximum(sums[:, -1:], 1)
        return _softmax(sums[:, :-1] / (HUNDREDTHS * np.sqrt(counts)) + self.bias)

    def lead(self, features: Set[str], label: str) -> float:
        """How much the features speak for a label, against the first one."""
        sums = self.table[self._known(features)].sum(axis=0)
        return float(sums[self.labels.index(label)] - sums[0]) / HUNDREDTHS

    def reasons(self, features: Set[str], label: str, most: int = 5) -> list[str]:
        """The features that speak loudest for a label."""
        known = np.array(sorted(self._known(features)), dtype=int)
        weights = self.table[known, self.labels.index(label)]
        loudest = np.argsort(-weights, kind="stable")[:most]
        return [self.names[n] for n in known[loudest[weights[loudest] > 0]]]

    def _known(self, features: Set[str]) -> list[int]:
        """The lines of the table that hold the features that the model has, and its first, so that no list is empty."""
        return [0, *filter(None, map(self.index.get, features))]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The features, in the order of `table`, whose first line is of none."""
        return ("", *self.weights)

    @cached_property
    def index(self) -> dict[str, int]:
        """Feature -> its line in `table`."""
        return {feature: n for n, feature in enumerate(self.names) if n}

    @cached_property
    def direct(self) -> dict[str, int]:
        """Feature -> the line in `table` of what it counts in a sentence that names both."""
        return {feature: len(self.names) + n for n, feature in enumerate(self._bare)}

    @cached_property
    def cells(self) -> Any:
        """The weights as floats (features, labels)."""
        return np.array(list(self.weights.values())).reshape(len(self.weights), len(self.labels))

    @cached_property
    def table(self) -> Any:
        """The weights of each feature in hundredths and how many features a line holds.

        They are whole numbers, whose sum is the same in whatever order. Behind the features stand those of `direct`.
        """
        cells = np.rint(np.vstack([np.zeros(len(self.labels)), self.cells]) * HUNDREDTHS).astype(np.int64)
        single = np.column_stack([cells, np.arange(len(cells)) > 0])
        twice = [[self.index.get(name, 0), self.index.get(f"{NAMED}{name}", 0)] for name in self._bare]
        return np.concatenate([single, single[twice].sum(axis=1)]) if twice else single

    @cached_property
    def _bare(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.removeprefix(NAMED) for name in self.weights))


def _softmax(scores: Any) -> Any:
    """Shares that add up to one, from scores (rows, labels)."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


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
    if name == "choice" and tuple(weights) != CHOICE:
        raise gazetteer.GazetteerError(f"move_weights.csv: choice: its features are not {', '.join(CHOICE)}")
    return Model(labels, bias, weights)
