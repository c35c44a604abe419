"""How far chance can move a figure: bootstrap intervals over articles.

Mistakes within one article hang together (a player missed is a move missed), so whole articles are drawn again, with
replacement, as many as there are; the interval holds the middle 95 per cent of the figures of such draws.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DRAWS", "LEVEL", "Numbers", "interval", "ratio"]

DRAWS, SEED = 2000, 20200923  # the seed is any number: it only has to stay, so that equal counts have equal intervals
LEVEL = 95  # per cent
TAIL = (100 - LEVEL) / 2

Numbers = NDArray[np.float64]


def ratio(part: NDArray[Any], whole: NDArray[Any]) -> Numbers:
    """The share of a part in a whole; not a number where there is no whole."""
    with np.errstate(invalid="ignore"):
        shares: Numbers = np.true_divide(part, whole)
    return shares


def interval(counts: NDArray[np.int64], rate: Callable[..., Numbers]) -> tuple[float, float] | None:
    """The interval of one rate.

    Args:
        counts: one line per article, one column per count.
        rate: makes the rate from the sums of the columns.

    Returns:
        Lower and upper end; None for fewer than two articles or where nothing was counted.
    """
    articles = len(counts)
    if articles < 2 or not counts.any():
        return None
    draws = np.random.default_rng(SEED).multinomial(articles, np.full(articles, 1 / articles), size=DRAWS)
    rates = rate(*(draws @ counts).T)
    low, high = np.nanpercentile(rates, (TAIL, 100 - TAIL))
    return float(low), float(high)
