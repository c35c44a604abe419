"""The amount of money and the place where it stands, as the modules of this package hand them on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Amount", "Place"]


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands: its extent with an equivalent in brackets, its sentence; a period or none; its size."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    periodic: bool
    amount: float = 0.0
