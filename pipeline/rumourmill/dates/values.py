"""Resolves expressions of calendar time to their first and last day.

Dates written out in full are parsed by dateparser, the day before the month. Months, seasons, summers and holidays are
resolved by football's calendar (`calendar`), the day of publication and the tense of the clause; weekdays, "this week"
and "two summers ago" are counted from the day of publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import dateparser

from rumourmill.dates import calendar
from rumourmill.dates.calendar import Period
from rumourmill.dates.detection import range_end
from rumourmill.dates.patterns import DECADES, MONTHS, NUMBERS, WEEKDAYS
from rumourmill.dates.tense import Tense

__all__ = ["DateContext", "DateValue", "resolve_expression"]

STEPS = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1, "forthcoming": 1}
DAYS = {"day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "day after tomorrow": 2}
YEARS = range(1850, 2050)  # years that an expression can denote
SEASON_END = 6  # June
WEDNESDAY = 2
MONTH_LENGTH = timedelta(days=30)
PLAN_REACH = timedelta(days=92)  # from publication to the day of an earlier plan at most
DEADLINE_REACH = 366  # days from publication to a deadline day at most


class DateValue(NamedTuple):
    """The value of an expression.

    Args:
        period: its first and last day; None where they cannot be determined.
        granularity: a value of the column `granularity`.
        relative: whether it depends on the day of publication.
    """

    period: Period | None
    granularity: str
    relative: bool


class DateContext(NamedTuple):
    """An expression with what is needed to resolve it.

    Args:
        parts: the named parts of the expression.
        text: the expression as written.
        published: day of publication, if known.
        tense: returns the tense of the clause; called only where it is needed.
        country: the country whose deadline days count.
        previous: the value of the expression before it in the paragraph.
    """

    parts: dict[str, str]
    text: str
    published: date | None
    tense: Callable[[], Tense | None]
    country: str = "England"
    previous: Period | None = None


def resolve_expression(kind: str, context: DateContext) -> DateValue:
    """Resolve an expression.

    Args:
        kind: of the expression, as `detection.find_expressions` gives it.
        context: the expression with its context.

    Returns:
        Its value, without a period where it needs a day of publication and there is none.
    """
    try:
        return RESOLVERS[kind](context)
    except (ValueError, OverflowError):  # 31 June, or a year that no calendar has
        return DateValue(None, "other", False)


def _single_day(day: date, relative: bool) -> DateValue:
    """Return the value of a single day."""
    return DateValue(Period(day, day), "day", relative)


def _choose(periods: Iterable[Period], context: DateContext, which: str | None = None) -> Period | None:
    """Choose the period that an expression denotes.

    Args:
        periods: candidates, such as the same month of several years.
        context: the expression.
        which: `last` or `next` or one of their synonyms, if it has one; else the tense decides.

    Returns:
        The last candidate before, or the next after the day of publication; without tense the nearest one.
    """
    day = context.published or date.min
    known = list(periods)
    step = STEPS.get(which or "", 0)
    tense = None if which else context.tense()
    if step < 0:
        return max((p for p in known if p.last < day), default=None)
    if step > 0:
        return min((p for p in known if p.first > day), default=None)
    if tense in ("past", "planned"):
        return max((p for p in known if p.first <= day), default=None)
    if tense == "future":
        return min((p for p in known if p.last >= day), default=None)
    return _nearest(known, day)


def _nearest(periods: Iterable[Period], day: date) -> Period | None:
    """Return the period that contains a day or is nearest to it."""
    return min(periods, key=lambda p: max((p.first - day).days, (day - p.last).days, 0), default=None)


def _years_around(context: DateContext, reach: int = 2) -> range:
    """Return the candidate years of a month or a day without a year."""
    year = context.published.year if context.published else YEARS.start
    return range(max(year - reach, YEARS.start), min(year + reach, YEARS.stop) + 1)


def _explicit_year(context: DateContext) -> int | None:
    """Return the year of a day or month, given as a number or as `next year`, or None."""
    if "year" in context.parts:
        return int(context.parts["year"])
    if "which_year" in context.parts and context.published:
        return context.published.year + STEPS.get(context.parts["which_year"], 0)
    return None


def _expand_year(number: str) -> int:
    """Return a year of two digits with its century: 1998 for '98, 2012 for '12."""
    value = int(number)
    return value if len(number) > 2 else value + (2000 if value < 50 else 1900)


def _month_number(name: str) -> int:
    """Return 1 for `january`, `jan` and `jan.`."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def _day_number(text: str) -> int:
    """Return 23 for `23rd`."""
    return int(text.rstrip("stndrh"))


def _exists(year: int, month: int, day: int) -> bool:
    """Return whether the month has this day."""
    return day <= calendar.month(year, month).last.day


def _count(text: str) -> int | None:
    """Return the number of `two` or `12`; None for `few` and `several`."""
    if text.isdigit():
        return int(text)
    if text in ("a", "an"):
        return 1
    return NUMBERS.index(text) + 1 if text in NUMBERS else None


# Dates, months, seasons and years.


def _resolve_full_date(context: DateContext) -> DateValue:
    """Resolve 03/09/2020 and 3.9.20, the day before the month."""
    day = _parse_full_date(context.text)
    return DateValue(Period(day, day) if day else None, "day", False)


@lru_cache(maxsize=4096)
def _parse_full_date(text: str) -> date | None:
    """Return the day of a date with day, month and year, or None where there is no such day."""
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    parsed = dateparser.parse(text, languages=["en"], settings=settings)
    return parsed.date() if parsed else None


def _resolve_iso(context: DateContext) -> DateValue:
    """Resolve 2020-09-03."""
    year, month, day = (int(number) for number in context.text.replace("/", "-").replace(".", "-").split("-"))
    return _single_day(date(year, month, day), False)


def _resolve_day_of_month(context: DateContext) -> DateValue:
    """Resolve 3 September, September 3 2020, 3-5 September."""
    month, first = _month_number(context.parts["month"]), _day_number(context.parts["day"])
    last = _day_number(context.parts.get("last_day", context.parts["day"]))
    year = _explicit_year(context)
    if year is None and context.published is None:
        return DateValue(None, "day", True)
    if year is not None and "year" in context.parts and first == last:
        day = _parse_full_date(f"{first} {MONTHS[month - 1]} {year}")
        return DateValue(Period(day, day) if day else None, "day", False)
    years = [year] if year is not None else _years_around(context)
    periods = [
        Period(date(y, month, first), date(y, month, last)) for y in years if _exists(y, month, max(first, last))
    ]
    period = _planned_day(periods, context) or _choose(periods, context)
    return DateValue(period, "day" if first == last else "other", "year" not in context.parts)


def _planned_day(periods: Iterable[Period], context: DateContext) -> Period | None:
    """Return the day of an earlier plan ("had targeted a return on 23 February") that is shortly after publication."""
    if context.published is None or context.tense() != "planned":
        return None
    nearest = _nearest(periods, context.published)
    is_ahead = nearest is not None and timedelta(0) < nearest.first - context.published <= PLAN_REACH
    return nearest if is_ahead else None


def _resolve_month_of_year(context: DateContext) -> DateValue:
    """Resolve January 2019, January next year."""
    year = _explicit_year(context)
    granularity = "window" if "window" in context.text.lower() else "month"
    period = calendar.month(year, _month_number(context.parts["month"])) if year is not None else None
    return DateValue(period, granularity, "year" not in context.parts)


def _resolve_month(context: DateContext) -> DateValue:
    """Resolve January, last January, that January."""
    granularity = "window" if "window" in context.text.lower() else "month"
    month, day = _month_number(context.parts["month"]), context.published
    if context.parts.get("which") == "that" and context.previous is not None:
        return DateValue(calendar.month(context.previous.first.year, month), granularity, True)
    if day is None or context.parts.get("which") in ("that", "following"):
        return DateValue(None, granularity, True)
    periods = [calendar.month(year, month) for year in _years_around(context)]
    if context.parts.get("which") == "last":  # the previous month is "last month", not "last January"
        periods = [p for p in periods if p != calendar.shift_month(day, -1)]
    return DateValue(_choose(periods, context, context.parts.get("which")), granularity, True)


def _resolve_season_years(context: DateContext) -> DateValue:
    """Resolve 2019/20, and 2015-2018 as a range of years."""
    first = _expand_year(context.parts["year"])
    last = range_end(first, context.parts["next"])
    if last == first + 1:
        return DateValue(calendar.season(first), "season", False)
    return DateValue(Period(date(first, 1, 1), date(last, 12, 31)), "other", False)


def _resolve_season(context: DateContext) -> DateValue:
    """Resolve this season, last season, the season before last."""
    day = context.published
    if day is None:
        return DateValue(None, "season", True)
    which = context.parts.get("which") or context.parts.get("which2") or "last"
    start = calendar.season_of(day)
    if which == "new":  # from April on, the new season is the next one
        start += 1 if day.month in (4, 5, 6) else 0
    elif which in ("coming", "upcoming", "forthcoming"):
        start += 0 if day.month in (7, 8) else 1
    else:
        steps = STEPS.get(which, 0) * (2 if context.parts.keys() & {"more", "before"} else 1)
        start += steps + (1 if steps < 0 and day.month == SEASON_END else 0)  # in June the last one ends
    return DateValue(calendar.season(start), "season", True)


def _resolve_quarter(context: DateContext) -> DateValue:
    """Resolve summer, last summer, the summer of 2018, the winter window."""
    name = context.parts["quarter"]
    granularity = "window" if "window" in context.text.lower() else "season"
    if "year" in context.parts or "short" in context.parts:
        return DateValue(
            calendar.quarter(name, _expand_year(context.parts.get("year") or context.parts["short"])),
            granularity,
            False,
        )
    year = _explicit_year(context)
    if year is not None:
        return DateValue(calendar.quarter(name, year), granularity, True)
    which = context.parts.get("which")
    if which == "that" and context.previous is not None:
        return DateValue(calendar.quarter(name, context.previous.first.year), granularity, True)
    if context.published is None or which == "that":
        return DateValue(None, granularity, True)
    if which == "this":
        return DateValue(_this_quarter(name, context), granularity, True)
    periods = [calendar.quarter(name, y) for y in _years_around(context)]
    if which is None and context.tense() == "future":  # late in August a future summer is the next one
        periods = [p for p in periods if p.last - context.published > MONTH_LENGTH]
    return DateValue(_choose(periods, context, which), granularity, True)


def _this_quarter(name: str, context: DateContext) -> Period:
    """Return the quarter of this calendar year; until June the winter that began last year."""
    day = context.published or date.min
    if name == "winter" and day.month < 7:
        return calendar.quarter(name, day.year - 1)
    return calendar.quarter(name, day.year)


def _resolve_holiday(context: DateContext) -> DateValue:
    """Resolve Christmas, Boxing Day 2019, the new year."""
    name = " ".join(context.parts["holiday"].split())
    granularity = "year" if name == "new year" else "day"
    if "year" in context.parts:
        return DateValue(calendar.holiday(name, int(context.parts["year"])), granularity, False)
    if context.published is None:
        return DateValue(None, granularity, True)
    if name == "new year":  # from July on the next one
        return DateValue(calendar.year(context.published.year + (context.published.month > 6)), granularity, True)
    periods = [calendar.holiday(name, year) for year in _years_around(context)]
    return DateValue(_choose(periods, context, context.parts.get("which")), granularity, True)


def _resolve_decade(context: DateContext) -> DateValue:
    """Resolve the 1990s, the '90s, the nineties."""
    name, number = context.parts.get("name"), context.parts.get("decade") or context.parts.get("short", "")
    year = 1950 + 10 * DECADES.index(name) if name else _expand_year(number)
    return DateValue(Period(date(year, 1, 1), date(year + 9, 12, 31)), "other", False)


def _resolve_year_alone(context: DateContext) -> DateValue:
    """Resolve 2017 and '17."""
    return DateValue(calendar.year(_expand_year(context.parts.get("year") or context.parts["short"])), "year", False)


def _resolve_ordinal(context: DateContext) -> DateValue:
    """Resolve the 31st: of the month of publication, or of the one before or after it."""
    day, number_of_day = context.published, _day_number(context.parts["day"])
    if day is None:
        return DateValue(None, "day", True)
    months = [calendar.shift_month(day, shift).first for shift in (-1, 0, 1)]
    days = [month.replace(day=number_of_day) for month in months if _exists(month.year, month.month, number_of_day)]
    return DateValue(_choose([Period(d, d) for d in days], context), "day", True)


# Expressions that are counted from the day of publication.


def _resolve_weekday(context: DateContext) -> DateValue:
    """Resolve Thursday, last Friday, Monday of next week, by these words or else by the tense."""
    day = context.published
    if day is None:
        return DateValue(None, "day", True)
    index = WEEKDAYS.index(context.parts["weekday"])
    monday, back, which = calendar.week_of(day).first, (day.weekday() - index) % 7, context.parts.get("which")
    if "week" in context.parts:
        moved = monday + timedelta(days=7 * STEPS.get(context.parts["week"], 0) + index)
    elif which == "last":
        moved = day - timedelta(days=back or 7)
    elif which == "next":  # on a Wednesday, "next Thursday" is not tomorrow
        moved = monday + timedelta(days=7 + index)
    elif which == "coming":
        moved = day + timedelta(days=7 - back)
    elif "on" in context.parts or "hence" in context.parts:
        moved = day + timedelta(days=-back % 7 + 7)
    elif context.tense() == "future" or (which == "this" and context.tense() is None):
        moved = day + timedelta(days=-back % 7)
    else:
        moved = day - timedelta(days=back)
    return _single_day(moved, True)


def _resolve_near_day(context: DateContext) -> DateValue:
    """Resolve yesterday, today, tonight, the day after tomorrow."""
    if context.published is None:
        return DateValue(None, "day", True)
    return _single_day(context.published + timedelta(days=DAYS.get(" ".join(context.parts["word"].split()), 0)), True)


def _resolve_unit(context: DateContext) -> DateValue:
    """Resolve this week, last month, next year, the weekend."""
    unit = context.parts.get("unit") or context.parts["unit2"]
    granularity = {"weekend": "other", "fortnight": "other", "decade": "other"}.get(unit, unit)
    if context.published is None or unit in ("fortnight", "decade"):
        return DateValue(None, granularity, True)
    is_over = unit == "weekend" and context.published.weekday() < WEDNESDAY and context.parts.get("which") == "this"
    if is_over and context.tense() in ("past", "planned"):  # on a Monday, "this weekend" may be the last one
        return DateValue(_shift(unit, -1, context.published), granularity, True)
    if "which" in context.parts:
        return DateValue(_shift(unit, STEPS.get(context.parts["which"], 0), context.published), granularity, True)
    weekends = [_shift("weekend", shift, context.published) for shift in (-1, 0, 1)]
    return DateValue(_choose(weekends, context), granularity, True)


def _resolve_ago(context: DateContext) -> DateValue:
    """Resolve two weeks ago to a week, a year ago to a year, two summers ago to a summer."""
    return _shift_by_count(context, -1)


def _resolve_ahead(context: DateContext) -> DateValue:
    """Resolve in two weeks' time."""
    return _shift_by_count(context, 1)


def _shift_by_count(context: DateContext, sign: int) -> DateValue:
    """Return the unit that is the counted number of units before (sign -1) or after (1) publication."""
    unit, count = context.parts["unit"], _count(context.parts["count"])
    granularity = unit if unit in ("day", "week", "month", "season", "year", "window") else "other"
    if context.published is None or count is None or unit in ("window", "weekend"):
        return DateValue(None, granularity, True)
    if unit == "fortnight":
        unit, count, granularity = "week", count * 2, "week"
    if unit in ("summer", "winter"):
        return DateValue(_quarter_ago(unit, count, context.published) if sign < 0 else None, "season", True)
    return DateValue(_shift(unit, sign * count, context.published), granularity, True)


def _quarter_ago(name: str, count: int, day: date) -> Period:
    """Return the summer or winter `count` times ago; one summer ago is the last that was over by the day."""
    last = next(year for year in range(day.year, 0, -1) if calendar.quarter(name, year).last < day)
    return calendar.quarter(name, last - count + 1)


def _shift(unit: str, count: int, day: date) -> Period:
    """Return the day, week, weekend, month, season, year or decade `count` units from that of a day."""
    if unit == "day":
        moved = day + timedelta(days=count)
        return Period(moved, moved)
    if unit == "week":
        return calendar.week_of(day + timedelta(weeks=count))
    if unit == "weekend":
        return calendar.weekend_of(day + timedelta(weeks=count))
    if unit == "month":
        return calendar.shift_month(day, count)
    if unit == "season":
        return calendar.season(calendar.season_of(day) + count)
    return calendar.year(day.year + count * (10 if unit == "decade" else 1))


def _resolve_end_of(context: DateContext) -> DateValue:
    """Resolve the end of the season (30 June), of the month, of the year."""
    unit = context.parts.get("unit") or context.parts["unit2"]
    if context.published is None or unit == "decade":
        return DateValue(None, "day", True)
    return _single_day(_shift("season" if unit in ("campaign", "term") else unit, 0, context.published).last, True)


def _resolve_start_of(context: DateContext) -> DateValue:
    """Resolve the start of the month, the year or the week; in the future tense that of the next one."""
    day, unit = context.published, context.parts["unit"]
    if day is None:
        return DateValue(None, "day", True)
    is_next = context.tense() == "future" and day != _shift(unit, 0, day).first
    return _single_day(_shift(unit, 1 if is_next else 0, day).first, True)


def _resolve_vague(_: DateContext) -> DateValue:
    """Resolve the next few days, which have no definite bounds."""
    return DateValue(None, "other", True)


def _resolve_deadline(context: DateContext) -> DateValue:
    """Resolve deadline day: the nearest one; of a named window ("January deadline day") by the tense."""
    window = context.parts.get("window") or context.parts.get("window2")
    day = context.published
    if day is None:
        return DateValue(None, "day", True)
    days = calendar.deadline_days(context.country, "winter" if window == "january" else window, until=day.year + 1)
    nearby = [period for period in days if abs((period.first - day).days) <= DEADLINE_REACH]
    return DateValue(_choose(nearby, context) if window else _nearest(nearby, day), "day", True)


RESOLVERS: dict[str, Callable[[DateContext], DateValue]] = {
    "iso": _resolve_iso,
    "numeric": _resolve_full_date,
    "day_month": _resolve_day_of_month,
    "month_day": _resolve_day_of_month,
    "month_year": _resolve_month_of_year,
    "window_year": _resolve_month_of_year,
    "year_month": _resolve_month_of_year,
    "ordinal": _resolve_ordinal,
    "deadline": _resolve_deadline,
    "end_of": _resolve_end_of,
    "start_of": _resolve_start_of,
    "ago": _resolve_ago,
    "ahead": _resolve_ahead,
    "vague": _resolve_vague,
    "season_years": _resolve_season_years,
    "short_season": _resolve_season_years,
    "year_quarter": _resolve_quarter,
    "season": _resolve_season,
    "quarter": _resolve_quarter,
    "month": _resolve_month,
    "weekday": _resolve_weekday,
    "day": _resolve_near_day,
    "unit": _resolve_unit,
    "holiday": _resolve_holiday,
    "decade": _resolve_decade,
    "year": _resolve_year_alone,
    "short_year": _resolve_year_alone,
}
