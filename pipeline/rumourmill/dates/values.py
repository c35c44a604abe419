"""Resolves expressions of calendar time to their first and last day.

What stands written out in full is read by dateparser (day before month); months, seasons, summers and holidays
follow football's calendar and the tense of the clause.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import dateparser

from rumourmill.dates import calendar, relative
from rumourmill.dates.calendar import Period
from rumourmill.dates.candidates import (
    WHICH,
    Reading,
    Value,
    century,
    choose,
    exists,
    month_number,
    number,
    one,
    stated_year,
    years_around,
)
from rumourmill.dates.expressions import range_end
from rumourmill.dates.patterns import DECADES, MONTHS

__all__ = ["resolve"]

SEASON_END = 6  # June
MOST_OF_A_QUARTER = timedelta(days=30)


def resolve(kind: str, found: Reading) -> Value:
    """The days that an expression denotes.

    Args:
        kind: as `date_expressions.find` gives it.
        found: the expression, the day of publication, the tense of its clause and the country of the clubs.

    Returns:
        Its period (None without a day of publication where it needs one), granularity, and whether it depends on
        that day.
    """
    try:
        return RESOLVERS[kind](found)
    except (ValueError, OverflowError):  # 31 June, or a year that no calendar has
        return Value(None, "other", False)


def _full_date(found: Reading) -> Value:
    day = _written(found.text)
    return Value(Period(day, day) if day else None, "day", False)


@lru_cache(maxsize=4096)
def _written(text: str) -> date | None:
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    parsed = dateparser.parse(text, languages=["en"], settings=settings)
    return parsed.date() if parsed else None


def _iso(found: Reading) -> Value:
    year, month, day = (int(number) for number in found.text.replace("/", "-").replace(".", "-").split("-"))
    return one(date(year, month, day), False)


def _day_of_month(found: Reading) -> Value:
    month, first, last = (
        month_number(found.parts["month"]),
        number(found.parts["day"]),
        number(found.parts.get("last_day", found.parts["day"])),
    )
    year = stated_year(found)
    if year is None and found.published is None:
        return Value(None, "day", True)
    if year is not None and "year" in found.parts and first == last:
        day = _written(f"{first} {MONTHS[month - 1]} {year}")
        return Value(Period(day, day) if day else None, "day", False)
    years = [year] if year is not None else years_around(found)
    periods = [Period(date(y, month, first), date(y, month, last)) for y in years if exists(y, month, max(first, last))]
    return Value(choose(periods, found), "day" if first == last else "other", "year" not in found.parts)


def _month_of_year(found: Reading) -> Value:
    year = stated_year(found)
    granularity = "window" if "window" in found.text.lower() else "month"
    period = calendar.month(year, month_number(found.parts["month"])) if year is not None else None
    return Value(period, granularity, "year" not in found.parts)


def _month(found: Reading) -> Value:
    granularity = "window" if "window" in found.text.lower() else "month"
    month, day = month_number(found.parts["month"]), found.published
    if found.parts.get("which") == "that" and found.before is not None:
        return Value(calendar.month(found.before.first.year, month), granularity, True)
    if day is None or found.parts.get("which") in ("that", "following"):
        return Value(None, granularity, True)
    periods = [calendar.month(year, month) for year in years_around(found)]
    if found.parts.get("which") == "last":  # the month just over would be "last month"
        periods = [p for p in periods if p != calendar.shift_month(day, -1)]
    return Value(choose(periods, found, found.parts.get("which")), granularity, True)


def _season_years(found: Reading) -> Value:
    first = century(found.parts["year"])
    last = range_end(first, found.parts["next"])
    if last == first + 1:
        return Value(calendar.season(first), "season", False)
    return Value(Period(date(first, 1, 1), date(last, 12, 31)), "other", False)


def _season(found: Reading) -> Value:
    day = found.published
    if day is None:
        return Value(None, "season", True)
    which = found.parts.get("which") or found.parts.get("which2") or "last"
    start = calendar.season_of(day)
    if which == "new":  # from spring on, the new season is the one to come
        start += 1 if day.month in (4, 5, 6) else 0
    elif which in ("coming", "upcoming", "forthcoming"):
        start += 0 if day.month in (7, 8) else 1
    else:
        steps = WHICH.get(which, 0) * (2 if found.parts.keys() & {"more", "before"} else 1)
        start += steps + (1 if steps < 0 and day.month == SEASON_END else 0)  # in June the last is the one ending
    return Value(calendar.season(start), "season", True)


def _quarter(found: Reading) -> Value:
    name = found.parts["quarter"]
    granularity = "window" if "window" in found.text.lower() else "season"
    if "year" in found.parts or "short" in found.parts:
        return Value(
            calendar.quarter(name, century(found.parts.get("year") or found.parts["short"])), granularity, False
        )
    year = stated_year(found)
    if year is not None:
        return Value(calendar.quarter(name, year), granularity, True)
    which = found.parts.get("which")
    if which == "that" and found.before is not None:
        return Value(calendar.quarter(name, found.before.first.year), granularity, True)
    if found.published is None or which == "that":
        return Value(None, granularity, True)
    if which == "this":
        return Value(_this_quarter(name, found), granularity, True)
    periods = [calendar.quarter(name, y) for y in years_around(found)]
    if which is None and found.tense() == "future":  # late in August the summer that lies ahead is the next
        periods = [p for p in periods if p.last - found.published > MOST_OF_A_QUARTER]
    return Value(choose(periods, found, which), granularity, True)


def _this_quarter(name: str, found: Reading) -> Period:
    """The one of this calendar year; a winter is that which lasts or the nearest."""
    day = found.published or date.min
    if name == "winter" and day.month < 7:
        return calendar.quarter(name, day.year - 1)
    return calendar.quarter(name, day.year)


def _holiday(found: Reading) -> Value:
    name = " ".join(found.parts["holiday"].split())
    granularity = "year" if name == "new year" else "day"
    if "year" in found.parts:
        return Value(calendar.holiday(name, int(found.parts["year"])), granularity, False)
    if found.published is None:
        return Value(None, granularity, True)
    if name == "new year":  # in the autumn the one to come
        return Value(calendar.year(found.published.year + (found.published.month > 6)), granularity, True)
    periods = [calendar.holiday(name, year) for year in years_around(found)]
    return Value(choose(periods, found, found.parts.get("which")), granularity, True)


def _decade(found: Reading) -> Value:
    name = found.parts.get("name")
    year = 1950 + 10 * DECADES.index(name) if name else century(found.parts.get("decade") or found.parts["short"])
    return Value(Period(date(year, 1, 1), date(year + 9, 12, 31)), "other", False)


def _year_alone(found: Reading) -> Value:
    return Value(calendar.year(century(found.parts.get("year") or found.parts["short"])), "year", False)


def _ordinal(found: Reading) -> Value:
    """The 31st: of the month of publication, or of the one before or after it."""
    day, number_of_day = found.published, number(found.parts["day"])
    if day is None:
        return Value(None, "day", True)
    months = [calendar.shift_month(day, shift).first for shift in (-1, 0, 1)]
    days = [month.replace(day=number_of_day) for month in months if exists(month.year, month.month, number_of_day)]
    return Value(choose([Period(d, d) for d in days], found), "day", True)


RESOLVERS: dict[str, Callable[[Reading], Value]] = {
    "iso": _iso,
    "numeric": _full_date,
    "day_month": _day_of_month,
    "month_day": _day_of_month,
    "month_year": _month_of_year,
    "window_year": _month_of_year,
    "year_month": _month_of_year,
    "ordinal": _ordinal,
    "deadline": relative.deadline,
    "end_of": relative.end_of,
    "start_of": relative.start_of,
    "ago": relative.ago,
    "ahead": relative.ahead,
    "vague": relative.vague,
    "season_years": _season_years,
    "short_season": _season_years,
    "year_quarter": _quarter,
    "season": _season,
    "quarter": _quarter,
    "month": _month,
    "weekday": relative.weekday,
    "day": relative.near_day,
    "unit": relative.unit,
    "holiday": _holiday,
    "decade": _decade,
    "year": _year_alone,
    "short_year": _year_alone,
}
