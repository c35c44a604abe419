"""Linear models of transfers, read from a table of weights.

models/transfer_news/move_weights.csv has a line for each feature with its weight for every label of its model. It is
written by models/training/moves.py from the annotated corpus. A score is the sum of the weights of the features that
hold, so that each decision can be explained by them (`top_features`).

- `club`: the role of a club in a pair (destination, seller, club of an earlier transfer, none).
- `choice`: the same, given the competition features of the pair.
- `story`: whether the article reports or discusses a transfer.
- `status`: how far a transfer is.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

import numpy as np

from rumourmill.errors import ModelError
from rumourmill.resources.lists import models_dir
from rumourmill.transfers.pair_features import COMPETITION_FEATURES
from rumourmill.transfers.pairs import NAMED, EntityPair

__all__ = ["BIAS", "COLUMNS", "LABELS", "WEIGHTS_FILE", "LinearModel", "load_models", "parse_models"]

WEIGHTS_FILE = "transfer_news/move_weights.csv"
"""The table of weights, below the folder of the models."""

COLUMNS = ("model", "feature", "weights")
BIAS, LABELS = "*bias", "*labels"  # lines of a model that are not features
HUNDREDTHS = 100  # the weights in the table have two decimals


@dataclass(frozen=True)
class LinearModel:
    """A linear classifier.

    Args:
        labels: the classes.
        bias: the score of each label without any feature.
        weights: feature -> the weight for each label.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def predict(self, feature_sets: Iterable[Set[str]]) -> list[dict[str, float]]:
        """Return label -> probability for each set of features; weights are scaled by 1/sqrt(number of features)."""
        probabilities = self._predict_lines([self._known_lines(features) for features in feature_sets])
        return [dict(zip(self.labels, row, strict=True)) for row in probabilities.tolist()]

    def predict_pairs(self, pairs: Iterable[EntityPair]) -> Any:
        """Return the probabilities for the `model_features` of pairs: floats (pairs, labels)."""
        line = self._direct_lines.get
        return self._predict_lines(
            [[*self._known_lines(pair.other_features), *filter(None, map(line, pair.named_features))] for pair in pairs]
        )

    def predict_values(self, values: Any) -> Any:
        """Return the probabilities for numeric features: floats (rows, labels).

        Args:
            values: floats (rows, features), the features in the order of `weights`.
        """
        weighed = values[:, :, None] * self._matrix  # summed in one order on every machine, as BLAS does not
        return _softmax(weighed.sum(axis=1) + self.bias)

    def margin(self, features: Set[str], label: str) -> float:
        """Return the score of a label less that of the first label, bias excluded."""
        sums = self._table[self._known_lines(features)].sum(axis=0)
        return float(sums[self.labels.index(label)] - sums[0]) / HUNDREDTHS

    def top_features(self, features: Set[str], label: str, limit: int = 5) -> list[str]:
        """Return the features with the highest positive weights for a label."""
        known = np.array(sorted(self._known_lines(features)), dtype=int)
        weights = self._table[known, self.labels.index(label)]
        highest = np.argsort(-weights, kind="stable")[:limit]
        return [self._names[n] for n in known[highest[weights[highest] > 0]]]

    def _predict_lines(self, lists: Sequence[Sequence[int]]) -> Any:
        """Return the probabilities for lists of lines of `_table`."""
        if not lists:
            return np.zeros((0, len(self.labels)))
        sizes = list(map(len, lists))
        lines = np.fromiter(chain.from_iterable(lists), np.int64, sum(sizes))
        sums = np.add.reduceat(self._table.take(lines, axis=0), np.cumsum([0, *sizes[:-1]]), axis=0)
        counts = np.maximum(sums[:, -1:], 1)
        return _softmax(sums[:, :-1] / (HUNDREDTHS * np.sqrt(counts)) + self.bias)

    def _known_lines(self, features: Set[str]) -> list[int]:
        """Return the lines of `_table` of the features in the model, after line 0, so that no list is empty."""
        return [0, *filter(None, map(self._index.get, features))]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The features in the order of `_table`, whose line 0 has none."""
        return ("", *self.weights)

    @cached_property
    def _index(self) -> dict[str, int]:
        """Feature -> its line in `_table`."""
        return {feature: n for n, feature in enumerate(self._names) if n}

    @cached_property
    def _direct_lines(self) -> dict[str, int]:
        """Feature of a sentence that names both -> the line in `_table` of its sum with and without NAMED."""
        return {feature: len(self._names) + n for n, feature in enumerate(self._unprefixed)}

    @cached_property
    def _matrix(self) -> Any:
        """The weights as floats (features, labels)."""
        return np.array(list(self.weights.values())).reshape(len(self.weights), len(self.labels))

    @cached_property
    def _table(self) -> Any:
        """For each line the weights in hundredths, and in the last column the number of features.

        The sum of whole numbers does not depend on their order. The features are followed by the lines of
        `_direct_lines`.
        """
        cells = np.rint(np.vstack([np.zeros(len(self.labels)), self._matrix]) * HUNDREDTHS).astype(np.int64)
        single = np.column_stack([cells, np.arange(len(cells)) > 0])
        both = [[self._index.get(name, 0), self._index.get(f"{NAMED}{name}", 0)] for name in self._unprefixed]
        return np.concatenate([single, single[both].sum(axis=1)]) if both else single

    @cached_property
    def _unprefixed(self) -> tuple[str, ...]:
        """The features without NAMED, each once."""
        return tuple(dict.fromkeys(name.removeprefix(NAMED) for name in self.weights))


def _softmax(scores: Any) -> Any:
    """Return probabilities from scores: floats (rows, labels)."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@cache
def load_models() -> Mapping[str, LinearModel]:
    """Return the shipped models by name.

    Raises:
        ModelError: the table of weights is missing or damaged.
    """
    path = models_dir() / WEIGHTS_FILE
    try:
        with path.open(encoding="utf8", newline="") as file:
            header, *lines = csv.reader(file, strict=True)
    except (OSError, ValueError, csv.Error) as error:
        raise ModelError(f"{path} cannot be read ({error}): install rumourmill again") from error
    if tuple(header) != COLUMNS or any(len(line) != len(COLUMNS) for line in lines):
        raise ModelError(f"{path}: every line must have the columns {','.join(COLUMNS)}: install rumourmill again")
    return parse_models(lines)


def parse_models(lines: Iterable[Sequence[str]]) -> dict[str, LinearModel]:
    """Return the models of a table of weights by name.

    Args:
        lines: name of the model, feature, weights separated by spaces.

    Raises:
        ModelError: a line cannot be parsed; the message names its model.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, feature, weights in lines:
        found[name][feature] = weights
    return {name: _parse_model(name, dict(rows)) for name, rows in found.items()}


def _parse_model(name: str, rows: dict[str, str]) -> LinearModel:
    try:
        labels = tuple(rows.pop(LABELS).split())
        weights = {feature: tuple(map(float, cells.split())) for feature, cells in rows.items()}
        bias = weights.pop(BIAS)
    except (KeyError, ValueError) as error:
        raise ModelError(f"{WEIGHTS_FILE}: model {name}: {error}") from error
    if any(len(cells) != len(labels) for cells in (bias, *weights.values())):
        raise ModelError(f"{WEIGHTS_FILE}: model {name}: every line must have {len(labels)} weights")
    if name == "choice" and tuple(weights) != COMPETITION_FEATURES:
        raise ModelError(f"{WEIGHTS_FILE}: model choice: its features must be {', '.join(COMPETITION_FEATURES)}")
    return LinearModel(labels, bias, weights)
