from __future__ import annotations

from datetime import date

import pytest
from currency_converter import CurrencyConverter, RateNotFoundError
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.money.exchange_rates import pounds_per_unit


@pytest.mark.parametrize(
    ("currency", "day", "known"),
    [
        ("GBP", None, True),
        ("EUR", None, False),
        ("EUR", "2020-09-25", True),
        ("EUR", "1998-01-05", False),
        ("SAR", "2020-09-25", False),
        ("RUB", "2020-09-25", True),
        ("RUB", "2024-09-25", False),
        ("EUR", "2099-01-01", True),
        ("EUR", "no day", False),
        ("EUR", "", False),
    ],
)
def test_rates_of_the_european_central_bank(currency: str, day: str | None, known: bool) -> None:
    assert (pounds_per_unit(currency, day) is not None) == known


@pytest.mark.parametrize("day", ["20100615", "2010-W24-2"])
def test_a_day_may_have_any_form_of_iso_8601(day: str) -> None:
    assert pounds_per_unit("EUR", day) == pounds_per_unit("EUR", "2010-06-15")


def test_a_weekend_has_the_rate_of_the_friday_before() -> None:
    friday, sunday = date(2020, 9, 25).isoformat(), date(2020, 9, 27).isoformat()
    assert pounds_per_unit("EUR", friday) == pounds_per_unit("EUR", sunday) == pytest.approx(0.9134, abs=1e-3)


@pytest.fixture(scope="module")
def bank() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")


@given(
    st.sampled_from(["EUR", "USD", "TRY", "BRL", "ISK", "RUB", "ROL"]), st.dates(date(1999, 1, 4), date(2015, 12, 31))
)
def test_rates_are_those_of_currency_converter(bank: CurrencyConverter, currency: str, day: date) -> None:
    try:
        expected = bank.convert(1, currency, "GBP", date=day)
    except RateNotFoundError:
        expected = None
    assert pounds_per_unit(currency, day.isoformat()) == expected
