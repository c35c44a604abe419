"""Formatting of values for pages: money, dates, counts, and truncation of long texts."""

from __future__ import annotations

import datetime as dt

__all__ = ["format_money", "format_pounds", "format_short_pounds", "iso_date", "long_date", "pluralize", "truncate"]

CURRENCY_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
MAX_CELL = 280  # characters
UNITS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def truncate(text: str | None, length: int = MAX_CELL) -> str:
    """Return a text on one line, cut to a number of characters."""
    line = " ".join((text or "")[: length * 4].split())
    return line if len(line) <= length and len(text or "") <= length * 4 else line[: length - 1] + "…"


def pluralize(number: int, noun: str) -> str:
    """Return a number with its noun: "1 article", "2 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def iso_date(value: dt.date | None) -> str:
    """Return a date in ISO 8601, or an empty string."""
    return value.isoformat() if value else ""


def long_date(value: dt.date | None) -> str:
    """Return a date for running text: "3 September 2020"."""
    return f"{value.day} {value:%B} {value.year}" if value else "unknown day"


def format_money(amount: float | None, currency: str | None, amount_max: float | None = None) -> str:
    """Return an amount or a range in whole units of its currency, or an empty string."""
    if amount is None:
        return ""
    if amount_max is not None:
        return f"{format_money(amount, currency)} to {format_money(amount_max, currency)}"
    sign = CURRENCY_SIGNS.get(currency or "")
    return f"{sign}{amount:,.0f}" if sign else f"{amount:,.0f} {currency or ''}".strip()


def format_pounds(amount: float | None, amount_max: float | None = None) -> str:
    """Return an amount or a range in whole pounds, or an empty string."""
    return format_money(amount, "GBP", amount_max)


def format_short_pounds(amount: float) -> str:
    """Return an amount in pounds with three digits: "£11.5m"."""
    for size, letter in UNITS:
        if amount >= size:
            shown = f"{float(f'{amount / size:.3g}'):,.2f}".rstrip("0").removesuffix(".")
            return f"£{shown}{letter}"
    return f"£{amount:,.0f}"
