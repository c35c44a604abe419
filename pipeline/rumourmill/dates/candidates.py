"""What the rules for dates share: an expression as it is read, its value, and the choice between candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from rumourmill.dates import calendar
from rumourmill.dates.calendar import Period
from rumourmill.dates.patterns import MONTHS, NUMBERS
from rumourmill.dates.tense import Tense

__all__ = [
    "WHICH",
    "Reading",
    "Value",
    "century",
    "choose",
    "counted",
    "exists",
    "month_number",
    "nearest",
    "number",
    "one",
    "stated_year",
    "years_around",
]

WHICH = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1, "forthcoming": 1}

YEARS = range(1850, 2050)  # those that a football text can mean


class Value(NamedTuple):
    """What an expression denotes: its days (None when they cannot be told), and whether publication decides them."""

    period: Period | None
    granularity: str
    relative: bool


class Reading(NamedTuple):
    """An expression and what it is read against."""

    parts: dict[str, str]
    text: str
    published: date | None
    tense: Callable[[], Tense | None]
    country: str = "England"
    before: Period | None = None  # what the expression before it in the paragraph denotes


def one(day: date, relative: bool) -> Value:
    """A single day."""
    return Value(Period(day, day), "day", relative)


def choose(periods: Iterable[Period], found: Reading, which: str | None = None) -> Period | None:
    """The period that `last` or `next`, or else the tense, points to; the nearest one when nothing does."""
    day = found.published or date.min
    known = list(periods)
    step = WHICH.get(which or "", 0)
    tense = None if which else found.tense()
    if step < 0:
        return max((p for p in known if p.last < day), default=None)
    if step > 0:
        return min((p for p in known if p.first > day), default=None)
    if tense == "past":
        return max((p for p in known if p.first <= day), default=None)
    if tense == "future":
        return min((p for p in known if p.last >= day), default=None)
    return nearest(known, day)


def nearest(periods: Iterable[Period], day: date) -> Period | None:
    """The period that holds a day or lies nearest to it."""
    return min(periods, key=lambda p: max((p.first - day).days, (day - p.last).days, 0), default=None)


def years_around(found: Reading, reach: int = 2) -> range:
    """The years from which a month or a day without a year is chosen."""
    year = found.published.year if found.published else YEARS.start
    return range(max(year - reach, YEARS.start), min(year + reach, YEARS.stop) + 1)


def stated_year(found: Reading) -> int | None:
    """The year that stands with a day or month, as a number or as `next year`; None when there is none."""
    if "year" in found.parts:
        return int(found.parts["year"])
    if "which_year" in found.parts and found.published:
        return found.published.year + WHICH.get(found.parts["which_year"], 0)
    return None


def century(number: str) -> int:
    """A year of two digits is the nearest one in the past century: '98 is 1998, '12 is 2012."""
    value = int(number)
    return value if len(number) > 2 else value + (2000 if value < 50 else 1900)


def month_number(name: str) -> int:
    """1 for `january`, `jan` and `jan.`."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def number(text: str) -> int:
    """23 for `23rd`."""
    return int(text.rstrip("stndrh"))


def exists(year: int, month: int, day: int) -> bool:
    """Whether a month has such a day."""
    return day <= calendar.month(year, month).last.day


def counted(text: str) -> int | None:
    """`two` and `12` as numbers; None for `few` and `several`."""
    if text.isdigit():
        return int(text)
    if text in ("a", "an"):
        return 1
    return NUMBERS.index(text) + 1 if text in NUMBERS else None
