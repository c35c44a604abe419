"""Counts of right and wrong, article by article, and the figures made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from rumourmill.evaluation.intervals import Numbers, interval, ratio
from rumourmill.evaluation.items import Item
from rumourmill.evaluation.matching import Pairing

__all__ = ["Figure", "Mistake", "Report", "Share", "Tally"]

Rates = Mapping[str, Callable[..., Numbers]]  # by name, made from the counts in their order


@dataclass(frozen=True)
class Mistake:
    """One thing that went wrong; `str()` is one line."""

    article: str
    kind: str  # missed, spurious, wrong
    what: str

    def __str__(self) -> str:
        return " ".join(f"{self.article}: {self.kind}: {self.what}".split())


class Figure:
    """One figure: what was counted in each article, and the mistakes behind it."""

    counted: ClassVar[tuple[str, ...]]
    rates: ClassVar[Rates]
    main: ClassVar[str]  # the rate that the figure is known by; the interval is of it

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._counts: dict[str, list[int]] = {}

    def numbers(self, articles: Sequence[str]) -> dict[str, Any]:
        """Its rates over some articles, micro-averaged; `interval`, null where chance cannot be told; its counts."""
        none = [0] * len(self.counted)
        counts = np.array([self._counts.get(article, none) for article in articles]).reshape(-1, len(none))
        total = counts.sum(axis=0)
        return {
            **{name: float(np.nan_to_num(rate(*total))) for name, rate in self.rates.items()},
            "interval": interval(counts, self.rates[self.main]),
            **dict(zip(self.counted, total.tolist(), strict=True)),
        }

    def _add(self, article: str, *counts: int) -> None:
        before = self._counts.get(article, [0] * len(counts))
        self._counts[article] = [a + b for a, b in zip(before, counts, strict=True)]


class Tally(Figure):
    """Found, spurious and missed items."""

    counted = ("found", "spurious", "missed")
    rates: ClassVar[Rates] = {
        "precision": lambda found, spurious, _missed: ratio(found, found + spurious),
        "recall": lambda found, _spurious, missed: ratio(found, found + missed),
        "f1": lambda found, spurious, missed: ratio(2 * found, 2 * found + spurious + missed),
    }
    main = "f1"

    def count(self, article: str, pairing: Pairing[Any]) -> None:
        """Count the items of one article; an optional one that was found is neither right nor wrong."""
        found = sum(not gold.optional for gold, _ in pairing.pairs)
        self._add(article, found, len(pairing.spurious), len(pairing.missed))
        self.mistakes += [Mistake(article, "missed", str(item)) for item in pairing.missed]
        self.mistakes += [Mistake(article, "spurious", str(item)) for item in pairing.spurious]


class Share(Figure):
    """Right answers among those asked for."""

    counted = ("right", "asked")
    rates: ClassVar[Rates] = {"accuracy": ratio}
    main = "accuracy"

    def ask(self, article: str, right: bool, had: Item | str | None, wanted: Item | str) -> None:
        """Count one answer."""
        self._add(article, int(right), 1)
        if not right:
            self.mistakes.append(Mistake(article, "wrong", f"{had or 'nothing'} for {wanted}"))


class Report:
    """All figures of one evaluation."""

    def __init__(self, tallies: Iterable[str], shares: Iterable[str], articles: Iterable[str]) -> None:
        self.tallies = {name: Tally() for name in tallies}
        self.shares = {name: Share() for name in shares}
        self.articles = tuple(articles)

    def figures(self, articles: Sequence[str] | None = None) -> dict[str, dict[str, Any]]:
        """The numbers of every figure by its name, over all articles or over some."""
        chosen = self.articles if articles is None else articles
        return {name: figure.numbers(chosen) for name, figure in self._all().items()}

    def mistakes(self, figure: str) -> list[Mistake]:
        """All that went wrong with one figure."""
        return self._all()[figure].mistakes

    def _all(self) -> dict[str, Figure]:
        return {**self.tallies, **self.shares}
