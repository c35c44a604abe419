"""Values of rows in words: money, days, and texts that are too long to be shown whole."""

from __future__ import annotations

import datetime as dt

__all__ = ["clip", "counted", "day", "money", "pounds", "short_pounds", "spelt_day"]

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
WIDEST = 280  # characters of a cell


def clip(text: str | None, widest: int = WIDEST) -> str:
    """A text on one line, cut where it is too long."""
    line = " ".join((text or "")[: widest * 4].split())
    return line if len(line) <= widest and len(text or "") <= widest * 4 else line[: widest - 1] + "…"


def counted(number: int, what: str) -> str:
    """A number of things: `1 article`, `2 articles`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def day(value: dt.date | None) -> str:
    """A day as tables show it."""
    return value.isoformat() if value else ""


def spelt_day(value: dt.date | None) -> str:
    """A day as a sentence says it."""
    return f"{value.day} {value:%B} {value.year}" if value else "unknown day"


def money(amount: float | None, currency: str | None, amount_max: float | None = None) -> str:
    """An amount or a range, in whole units of its currency."""
    if amount is None:
        return ""
    if amount_max is not None:
        return f"{money(amount, currency)} to {money(amount_max, currency)}"
    sign = SIGNS.get(currency or "")
    return f"{sign}{amount:,.0f}" if sign else f"{amount:,.0f} {currency or ''}".strip()


def pounds(amount: float | None, amount_max: float | None = None) -> str:
    """An amount or a range in whole pounds."""
    return money(amount, "GBP", amount_max)


def short_pounds(amount: float) -> str:
    """An amount as a headline has it: £11.5m."""
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if amount >= size:
            shown = f"{float(f'{amount / size:.3g}'):,.2f}".rstrip("0").removesuffix(".")
            return f"£{shown}{letter}"
    return f"£{amount:,.0f}"
