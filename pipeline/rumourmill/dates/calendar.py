"""Football's calendar: seasons, quarters of the year, transfer deadline days and holidays.

The conventions are those of the table `dates`: a season is from 1 July to 30 June, summer from 1 June to 31 August,
winter from 1 December to the end of February, a week from Monday to Sunday. Deadline days are data
(models/gazetteer/windows.csv); those after the last known one are computed by a rule (`regular_deadline`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from rumourmill.resources import gazetteer

__all__ = [
    "Period",
    "deadline_days",
    "holiday",
    "month",
    "quarter",
    "regular_deadline",
    "season",
    "season_of",
    "shift_month",
    "week_of",
    "weekend_of",
    "year",
]

SEASON_START = 7  # July
BRITISH = frozenset({"England", "Scotland", "Wales", "Northern Ireland"})
DEADLINES = {"winter": (1, 31), "summer": (8, 31)}  # window -> month and day of its regular last day
SATURDAY = 5
EUROPE = "Europe"  # in windows.csv: leagues outside of the United Kingdom without a line of their own
QUARTERS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # name -> first month
FIXED_HOLIDAYS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
}
EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}  # days from Easter Sunday


class Period(NamedTuple):
    """A period of time.

    Args:
        first: its first day.
        last: its last day, included.
    """

    first: date
    last: date


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def month(year_number: int, number: int) -> Period:
    """Return a calendar month."""
    return Period(date(year_number, number, 1), date(year_number, number, monthrange(year_number, number)[1]))


def shift_month(day: date, months: int) -> Period:
    """Return the month that is `months` after (negative: before) that of a day."""
    years, index = divmod(day.month - 1 + months, 12)
    return month(day.year + years, index + 1)


def week_of(day: date) -> Period:
    """Return Monday to Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Period:
    """Return Saturday and Sunday of the week of a day."""
    sunday = week_of(day).last
    return Period(sunday - timedelta(days=1), sunday)


def season(start_year: int) -> Period:
    """Return the season that starts in July of a year."""
    return Period(date(start_year, SEASON_START, 1), date(start_year + 1, 6, 30))


def season_of(day: date) -> int:
    """Return the year in which the season of a day starts."""
    return day.year if day.month >= SEASON_START else day.year - 1


def quarter(name: str, start_year: int) -> Period:
    """Return the spring, summer, autumn or winter that starts in a year.

    Args:
        name: `spring`, `summer`, `autumn`, `fall` or `winter`.
        start_year: 2018 for the winter that starts in December 2018.
    """
    first = date(start_year, QUARTERS[name], 1)
    return Period(first, shift_month(first, 2).last)


def holiday(name: str, year_number: int) -> Period:
    """Return a holiday of a year; `new year` is the whole year.

    Args:
        name: key of FIXED_HOLIDAYS or EASTER, or `new year`.
        year_number: the year in which the holiday falls.

    Raises:
        KeyError: the name is none of these.
    """
    if name == "new year":
        return year(year_number)
    if name in FIXED_HOLIDAYS:
        day = date(year_number, *FIXED_HOLIDAYS[name])
    else:
        day = easter_sunday(year_number) + timedelta(days=EASTER[name])
    return Period(day, day)


def easter_sunday(year_number: int) -> date:
    """Return Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    golden, (century, rest) = year_number % 19, divmod(year_number, 100)
    leaps, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    number, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year_number, number, day + 1)


def deadline_days(country: str, window: str | None = None, until: int | None = None) -> list[Period]:
    """Return the last days of the transfer windows, each as a period of one day.

    Args:
        country: of the league; one without a line in windows.csv has the days of Europe, else of England.
        window: `summer`, `winter`, or None for both.
        until: the last year of which days are computed where windows.csv ends earlier; by default none are.

    Returns:
        One per window, in no order.
    """
    fallbacks = (country, "England") if country in BRITISH else (country, EUROPE, "England")
    days = [
        next(closes[name] for name in fallbacks if name in closes)
        for (name_of_window, _), closes in _windows().items()
        if window in (None, name_of_window)
    ]
    if until is not None:
        for name in DEADLINES if window is None else (window,):
            last_known = max((year for of_window, year in _windows() if of_window == name), default=until)
            days += [regular_deadline(country, name, year) for year in range(last_known + 1, until + 1)]
    return [Period(day, day) for day in days]


def regular_deadline(country: str, window: str, year_number: int) -> date:
    """Return the last day of a transfer window by the rule that windows.csv follows where no other day was announced.

    It is 31 January or 31 August, or else the first working day after it. In the United Kingdom 31 August, when it is
    a Monday, is the summer bank holiday.

    Args:
        country: of the league.
        window: `summer` or `winter`.
        year_number: the year in which the window closes.
    """
    day = date(year_number, *DEADLINES[window])
    if window == "summer" and country in BRITISH and day.weekday() == 0:
        return day + timedelta(days=1)
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


@cache
def _windows() -> dict[tuple[str, int], dict[str, date]]:
    """Return (window, year) -> country -> last day, as in windows.csv.

    Raises:
        GazetteerError: a day is not valid, a window is neither summer nor winter, or England's day is missing.
    """
    days: dict[tuple[str, int], dict[str, date]] = {}
    for row in gazetteer.rows("windows.csv", ("country", "window", "closes")):
        try:
            closes = date.fromisoformat(row["closes"])
        except ValueError as error:
            raise gazetteer.GazetteerError(f"{row.location}: {error}") from error
        days.setdefault((row["window"], closes.year), {})[row["country"]] = closes
    for (window, year_number), countries in days.items():
        if "England" not in countries or window not in ("summer", "winter"):
            raise gazetteer.GazetteerError(
                f"windows.csv: {window} {year_number}: the window must be summer or winter, with a line for England"
            )
    return days
