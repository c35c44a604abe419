from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.dates import calendar

DAYS = st.dates(date(1900, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("spring", 2019, "2019-03-01", "2019-05-31"),
        ("summer", 2019, "2019-06-01", "2019-08-31"),
        ("autumn", 2019, "2019-09-01", "2019-11-30"),
        ("winter", 2018, "2018-12-01", "2019-02-28"),
        ("winter", 2019, "2019-12-01", "2020-02-29"),
    ],
)
def test_quarters_of_the_year(name, year, first, last):
    assert calendar.quarter(name, year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("christmas", 2019, "2019-12-25"),
        ("christmas eve", 2019, "2019-12-24"),
        ("boxing day", 2019, "2019-12-26"),
        ("new year's day", 2020, "2020-01-01"),
        ("new year's eve", 2020, "2020-12-31"),
        ("easter", 2008, "2008-03-23"),
        ("easter", 2011, "2011-04-24"),
        ("easter sunday", 2024, "2024-03-31"),
        ("easter monday", 2019, "2019-04-22"),
        ("good friday", 2025, "2025-04-18"),
    ],
)
def test_holidays(name, year, day):
    assert calendar.holiday(name, year) == (date.fromisoformat(day), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("country", "window", "day"),
    [
        ("England", "summer", "2003-09-01"),
        ("England", "summer", "2008-09-01"),
        ("England", "winter", "2009-02-02"),
        ("England", "summer", "2018-08-09"),
        ("England", "summer", "2019-08-08"),
        ("England", "summer", "2020-10-05"),
        ("England", "winter", "2025-02-03"),
        ("England", "summer", "2025-09-01"),
        ("Italy", "summer", "2018-08-17"),
        ("Spain", "summer", "2017-09-01"),
        ("Germany", "summer", "2019-09-02"),
        ("Scotland", "winter", "2013-01-31"),
        ("Wales", "summer", "2018-08-09"),
        ("Scotland", "summer", "2018-08-31"),
        ("Belgium", "summer", "2018-08-31"),
        ("France", "summer", "2015-08-31"),
        ("France", "summer", "2016-08-31"),
        ("Portugal", "summer", "2017-09-22"),
        ("Turkey", "winter", "2025-02-11"),
        ("Saudi Arabia", "winter", "2025-01-30"),
        ("Germany", "winter", "2025-02-03"),
        ("Russia", "summer", "2020-10-17"),
    ],
)
def test_deadline_days_by_country(country, window, day):
    assert calendar.Period(date.fromisoformat(day), date.fromisoformat(day)) in calendar.deadline_days(country, window)


def test_every_window_from_2003_to_2027_closes_once_and_on_a_weekday():
    days = sorted(period.first for period in calendar.deadline_days("England"))
    assert [(day.year, day.month < 6) for day in days] == [
        (year, winter) for year in range(2003, 2028) for winter in (True, False)
    ]
    assert max(day.weekday() for day in days) < 5


@pytest.mark.parametrize(
    ("country", "window", "day"),
    [
        ("England", "winter", "2028-01-31"),
        ("England", "summer", "2028-08-31"),
        ("England", "winter", "2032-02-02"),  # 31 January is a Saturday
        ("Italy", "winter", "2032-02-02"),
        ("England", "summer", "2031-09-01"),  # 31 August is a Sunday
        ("England", "summer", "2037-09-01"),  # 31 August is a Monday and the bank holiday
        ("Wales", "summer", "2037-09-01"),
        ("Italy", "summer", "2037-08-31"),
    ],
)
def test_deadline_days_after_the_last_known_one_follow_the_rule(country, window, day):
    days = calendar.deadline_days(country, window, until=2040)
    assert calendar.Period(date.fromisoformat(day), date.fromisoformat(day)) in days
    assert sorted(period.first.year for period in days) == list(range(2003, 2041))


@pytest.mark.parametrize("window", ["winter", "summer"])
def test_the_rule_gives_the_known_deadline_days_of_most_years(window):
    exceptions = {2018, 2019, 2020, 2022, 2023, 2024} if window == "summer" else {2024, 2025}
    for period in calendar.deadline_days("England", window):
        regular = calendar.regular_deadline("England", window, period.first.year)
        assert (regular == period.first) == (period.first.year not in exceptions)


@given(DAYS)
def test_a_day_lies_in_its_week_month_and_season(day):
    monday, sunday = calendar.week_of(day)
    assert monday <= day <= sunday
    assert (monday.weekday(), (sunday - monday).days) == (0, 6)
    assert calendar.weekend_of(day)[1] == sunday
    first, last = calendar.season(calendar.season_of(day))
    assert first <= day <= last
    first, last = calendar.shift_month(day, 0)
    assert first <= day <= last


@given(DAYS, st.integers(-24, 24))
def test_months_are_shifted_forward_and_back(day, months):
    there = calendar.shift_month(day, months)
    assert calendar.shift_month(there.first, -months) == calendar.month(day.year, day.month)
    assert (there.first.year - day.year) * 12 + there.first.month - day.month == months


@given(st.integers(1900, 2049))
def test_easter_is_a_sunday_of_spring(year):
    day = calendar.easter_sunday(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)
