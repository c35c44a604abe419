"""The amount of money, as the modules of this package hand it on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Amount"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount, or range of amounts, of money in a text.

    `amount` and `amount_max` (None unless a range) are in whole currency units, `currency` is an ISO 4217 code.
    """

    start: int
    end: int
    amount: float
    amount_max: float | None
    currency: str
