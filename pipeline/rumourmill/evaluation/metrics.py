"""Counts per article, and the rates computed from them: precision, recall, F1, accuracy and their intervals.

Intervals are bootstrap intervals over articles: errors within one article are not independent (a missed player is a
missed move, too), so whole articles are resampled with replacement.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from rumourmill.evaluation.annotations import Item
from rumourmill.evaluation.matching import Pairing

__all__ = ["LEVEL", "Accuracy", "Error", "F1Score", "Figure", "Report", "bootstrap_interval"]

RESAMPLINGS = 2000
SEED = 20200923  # fixed, so that equal counts give equal intervals
LEVEL = 95  # per cent
TAIL = (100 - LEVEL) / 2

Numbers = NDArray[np.float64]
Rate = Callable[..., Numbers]  # of the counts, in their order


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Numbers:
    """Return part / whole; not a number where `whole` is 0."""
    with np.errstate(invalid="ignore"):
        ratios: Numbers = np.true_divide(part, whole)
    return ratios


def bootstrap_interval(counts: NDArray[np.int64], rate: Rate) -> tuple[float, float] | None:
    """Return the 95% bootstrap interval of a rate.

    Args:
        counts: shape (articles, counts).
        rate: computes the rate from the sums of the columns.

    Returns:
        Lower and upper end; None for fewer than two articles, or if all counts are 0.
    """
    articles = len(counts)
    if articles < 2 or not counts.any():
        return None
    weights = np.random.default_rng(SEED).multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLINGS)
    rates = rate(*(weights @ counts).T)
    low, high = np.nanpercentile(rates, (TAIL, 100 - TAIL))
    return float(low), float(high)


@dataclass(frozen=True)
class Error:
    """One error behind a figure; `str()` is its line in the list of errors."""

    article: str
    kind: str  # missed, spurious, wrong
    what: str

    def __str__(self) -> str:
        return " ".join(f"{self.article}: {self.kind}: {self.what}".split())


class Figure:
    """The counts of one figure for each article, and its errors."""

    counted: ClassVar[tuple[str, ...]]  # names of the counts
    rates: ClassVar[Mapping[str, Rate]]
    main_rate: ClassVar[str]  # the rate whose interval is reported

    def __init__(self) -> None:
        self.errors: list[Error] = []
        self._counts: dict[str, list[int]] = {}

    def numbers(self, articles: Sequence[str]) -> dict[str, Any]:
        """Return micro-averaged rates over some articles, the `interval` of the main rate (or None), and the counts."""
        none = [0] * len(self.counted)
        counts = np.array([self._counts.get(article, none) for article in articles]).reshape(-1, len(none))
        total = counts.sum(axis=0)
        return {
            **{name: float(np.nan_to_num(rate(*total))) for name, rate in self.rates.items()},
            "interval": bootstrap_interval(counts, self.rates[self.main_rate]),
            **dict(zip(self.counted, total.tolist(), strict=True)),
        }

    def _add(self, article: str, *counts: int) -> None:
        before = self._counts.get(article, [0] * len(counts))
        self._counts[article] = [a + b for a, b in zip(before, counts, strict=True)]


class F1Score(Figure):
    """Counts of found, spurious and missed items."""

    counted = ("found", "spurious", "missed")
    rates: ClassVar[Mapping[str, Rate]] = {
        "precision": lambda found, spurious, _missed: _ratio(found, found + spurious),
        "recall": lambda found, _spurious, missed: _ratio(found, found + missed),
        "f1": lambda found, spurious, missed: _ratio(2 * found, 2 * found + spurious + missed),
    }
    main_rate = "f1"

    def add(self, article: str, pairing: Pairing[Any]) -> None:
        """Count the items of one article; pairs with an optional gold item are not counted."""
        found = sum(not gold.optional for gold, _ in pairing.pairs)
        self._add(article, found, len(pairing.spurious), len(pairing.missed))
        self.errors += [Error(article, "missed", str(item)) for item in pairing.missed]
        self.errors += [Error(article, "spurious", str(item)) for item in pairing.spurious]


class Accuracy(Figure):
    """Counts of right values among those compared (`asked`)."""

    counted = ("right", "asked")
    rates: ClassVar[Mapping[str, Rate]] = {"accuracy": _ratio}
    main_rate = "accuracy"

    def add(self, article: str, is_right: bool, predicted: Item | str | None, gold: Item | str) -> None:
        """Count one value."""
        self._add(article, int(is_right), 1)
        if not is_right:
            self.errors.append(Error(article, "wrong", f"{predicted or 'nothing'} for {gold}"))


class Report:
    """All figures of one evaluation."""

    def __init__(self, f1_scores: Iterable[str], accuracies: Iterable[str], articles: Iterable[str]) -> None:
        self.f1_scores = {name: F1Score() for name in f1_scores}
        self.accuracies = {name: Accuracy() for name in accuracies}
        self.articles = tuple(articles)

    def figures(self, articles: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
        """Return the numbers of every figure by name, over all articles or over those given."""
        chosen = self.articles if articles is None else articles
        return {name: figure.numbers(chosen) for name, figure in self._all().items()}

    def errors(self, figure: str) -> list[Error]:
        """Return the errors behind one figure."""
        return self._all()[figure].errors

    def to_json(self, figure: str | None = None) -> str:
        """Return all figures as JSON, or the errors behind one of them."""
        if figure is not None:
            return json.dumps([asdict(error) for error in self.errors(figure)], ensure_ascii=False)
        return json.dumps({"articles": len(self.articles), "figures": self.figures()})

    def _all(self) -> dict[str, Figure]:
        return {**self.f1_scores, **self.accuracies}
