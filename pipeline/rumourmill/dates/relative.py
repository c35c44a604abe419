"""Resolves what counts from the day of publication: weekdays, this week, two summers ago, the end of the season."""

from __future__ import annotations

from datetime import date, timedelta

from rumourmill.dates import calendar
from rumourmill.dates.calendar import Period
from rumourmill.dates.candidates import WHICH, Reading, Value, choose, counted, nearest, one
from rumourmill.dates.patterns import WEEKDAYS

__all__ = ["ago", "ahead", "deadline", "end_of", "near_day", "start_of", "unit", "vague", "weekday"]


def weekday(found: Reading) -> Value:
    """Thursday, last Friday, Monday of next week: the one that the words or the tense point to."""
    day = found.published
    if day is None:
        return Value(None, "day", True)
    index = WEEKDAYS.index(found.parts["weekday"])
    monday, back, which = calendar.week_of(day).first, (day.weekday() - index) % 7, found.parts.get("which")
    if "week" in found.parts:
        moved = monday + timedelta(days=7 * WHICH.get(found.parts["week"], 0) + index)
    elif which == "last":
        moved = day - timedelta(days=back or 7)
    elif which == "next":  # on a Wednesday, "next Thursday" is not tomorrow
        moved = monday + timedelta(days=7 + index)
    elif which == "coming":
        moved = day + timedelta(days=7 - back)
    elif "on" in found.parts or "hence" in found.parts:
        moved = day + timedelta(days=-back % 7 + 7)
    elif found.tense() == "future" or (which == "this" and found.tense() is None):
        moved = day + timedelta(days=-back % 7)
    else:
        moved = day - timedelta(days=back)
    return one(moved, True)


MIDWEEK = 2  # Wednesday
DEADLINE_REACH = 366  # days from publication: beyond, the calendar has gaps
DAYS = {"day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "day after tomorrow": 2}


def near_day(found: Reading) -> Value:
    """Yesterday, today, tonight, the day after tomorrow."""
    if found.published is None:
        return Value(None, "day", True)
    return one(found.published + timedelta(days=DAYS.get(" ".join(found.parts["word"].split()), 0)), True)


def unit(found: Reading) -> Value:
    """This week, last month, next year, the weekend."""
    unit = found.parts.get("unit") or found.parts["unit2"]
    granularity = {"weekend": "other", "fortnight": "other", "decade": "other"}.get(unit, unit)
    if found.published is None or unit in ("fortnight", "decade"):
        return Value(None, granularity, True)
    over = unit == "weekend" and found.published.weekday() < MIDWEEK and found.parts.get("which") == "this"
    if over and found.tense() == "past":  # said on a Monday, "this weekend" is the one just over
        return Value(_shifted(unit, -1, found.published), granularity, True)
    if "which" in found.parts:
        return Value(_shifted(unit, WHICH.get(found.parts["which"], 0), found.published), granularity, True)
    weekends = [_shifted("weekend", shift, found.published) for shift in (-1, 0, 1)]
    return Value(choose(weekends, found), granularity, True)


def ago(found: Reading) -> Value:
    """Two weeks ago is the week, a year ago the year, two summers ago the summer."""
    return _counted(found, -1)


def ahead(found: Reading) -> Value:
    """In two weeks' time."""
    return _counted(found, 1)


def _counted(found: Reading, sign: int) -> Value:
    unit, count = found.parts["unit"], counted(found.parts["count"])
    granularity = unit if unit in ("day", "week", "month", "season", "year", "window") else "other"
    if found.published is None or count is None or unit in ("window", "weekend"):
        return Value(None, granularity, True)
    if unit == "fortnight":
        unit, count, granularity = "week", count * 2, "week"
    if unit in ("summer", "winter"):
        return Value(_quarter_ago(unit, count, found.published) if sign < 0 else None, "season", True)
    return Value(_shifted(unit, sign * count, found.published), granularity, True)


def _quarter_ago(name: str, count: int, day: date) -> Period:
    """The summer or winter that was over `count` times by a day: one summer ago is the last one."""
    last = next(year for year in range(day.year, 0, -1) if calendar.quarter(name, year).last < day)
    return calendar.quarter(name, last - count + 1)


def _shifted(unit: str, count: int, day: date) -> Period:
    """The day, week, weekend, month, season, year or decade that lies `count` units from the one of a day."""
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


def end_of(found: Reading) -> Value:
    """The last day: of the season 30 June, of the month its last."""
    unit = found.parts.get("unit") or found.parts["unit2"]
    if found.published is None or unit == "decade":
        return Value(None, "day", True)
    return one(_shifted("season" if unit in ("campaign", "term") else unit, 0, found.published).last, True)


def start_of(found: Reading) -> Value:
    """The first day of the month, the year or the week: the next one's where the tense looks ahead."""
    if found.published is None:
        return Value(None, "day", True)
    ahead = found.tense() == "future" and found.published != _shifted(found.parts["unit"], 0, found.published).first
    return one(_shifted(found.parts["unit"], 1 if ahead else 0, found.published).first, True)


def vague(_: Reading) -> Value:
    """The next few days: time that no calendar bounds."""
    return Value(None, "other", True)


def deadline(found: Reading) -> Value:
    """The day on which a transfer window closes: the nearest, or the one that tense and a named window point to."""
    window = found.parts.get("window") or found.parts.get("window2")
    day = found.published
    if day is None:
        return Value(None, "day", True)
    days = calendar.deadline_days(found.country, "winter" if window == "january" else window)
    nearby = [period for period in days if abs((period.first - day).days) <= DEADLINE_REACH]
    return Value(choose(nearby, found) if window else nearest(nearby, day), "day", True)
