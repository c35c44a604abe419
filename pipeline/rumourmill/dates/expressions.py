"""Finds expressions of calendar time in raw text: one pass of one compiled pattern, no values yet.

Every expression has a kind, and named parts that `date_values` reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rumourmill.dates.patterns import MASTER, MONTHS, PARTS
from rumourmill.nlp.noise import prose

__all__ = ["Expression", "find", "lowered", "range_end"]


class Expression(NamedTuple):
    """One expression: where it stands, what it is and its parts in lower case."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]


# A bare "May" or "March" is a month after one of these; in lower case only after the first few.
MONTH_AFTER = re.compile(
    r"(?:\b(?:in|since|until|till|during|of|by|before|after|from|to|for|late|early|mid|and|or)\s?|[-–,(/]\s?)$"
)
LOWER_MONTH_AFTER = re.compile(r"\b(?:in|since|until|till|during)\s$")
AMBIGUOUS_MONTHS = ("may", "march", "mar")
CERTAIN_DATE = re.compile(r"\d{4}|\d(?:st|nd|rd|th)")
# Spring and fall are verbs and more; a season only after one of these.
QUARTER_AFTER = re.compile(r"\b(?:in|the|since|until|by|of|for|from)\s(?:early\s|late\s)?$")
# A tournament's summer, "a World Cup summer", is a name for no particular one.
TOURNAMENT_BEFORE = re.compile(r"\b(?:world\scup|euros?|olympics?|tournament)\s$")
# "every June", "on a Sunday": no particular one.
HABIT_BEFORE = re.compile(r"\b(?:every|each|most|one)\s$")
A_BEFORE = re.compile(r"\b(?:on|of|for|another|such)\san?\s$")
# Newspapers, broadcasts and clubs that carry a weekday.
NAME_BEFORE = re.compile(r"\b(?:sheffield|super|soccer|black|ruby|ash)\s$")
SUNDAY_AFTER = re.compile(r"\b(?:mail|sun|independent|herald|(?:told|the)\s(?:scotland|wales))\son\s$|\bstar\s$")
SUNDAY_PAPER = re.compile(
    r"\s(?i:times|mirror|people|express|mail|telegraph|post|world|sun|star|herald|independent|tribune|supplement|league)"
    r"(?!\w)"
)
BROADCAST = re.compile(r"\s(?:(?:night\s)?football|nights|evenings|afternoons|mornings)\b")


def lowered(text: str) -> str:
    """The text in lower case with straight apostrophes, every offset as it was.

    Only ASCII letters change, as `bytes.lower` does it: `str.lower` may change the length, and with it every offset.
    """
    return text.encode("utf8", "surrogatepass").lower().decode("utf8", "surrogatepass").replace("’", "'")


def range_end(first: int, last: str) -> int:
    """The year in which a range ends: 2020 for 2019 and `20`, 2000 for 1999 and `00`."""
    if len(last) > 2:
        return int(last)
    return first + (int(last) - first) % 100


def find(text: str) -> Iterator[Expression]:
    """The expressions of a text in order; they never overlap.

    Args:
        text: raw text of any kind.

    Yields:
        Each expression with its kind and parts; whether a name covers it is not known here.
    """
    lower = lowered(text)
    behind = f"\n{lower}"
    for start, end in prose(text):
        yield from _find_between(text, lower, behind, start, end)


def _find_between(text: str, lower: str, behind: str, at: int, stop: int) -> Iterator[Expression]:
    while found := MASTER.search(behind, at, stop + 1):  # it begins with the character before the expression
        kind = found.lastgroup or ""
        start, end = found.start(), found.end() - 1
        guard = GUARDS.get(kind)
        if guard and not guard(text[start:end], lower[max(0, start - 16) : start], text[end : end + 16]):
            at = start + 1
            continue
        again = PARTS[kind].match(lower, start)
        yield Expression(start, end, kind, {k: v for k, v in again.groupdict().items() if v} if again else {})
        at = end


# Guards: the text of a candidate, what stands before it (lower case) and after it -> whether it is a date.


def _is_month(written: str, before: str, _: str) -> bool:
    words = written.split()
    if words[-1].lower() == "window":
        return True
    word = words[-1].lower().rstrip(".")
    if word not in MONTHS:  # an abbreviation alone: "Jan" is a man, "Mar" a sea
        return len(words) == 1 and written[0].isupper() and bool(LOWER_MONTH_AFTER.search(before))
    if word not in AMBIGUOUS_MONTHS:
        return not HABIT_BEFORE.search(before)
    if len(words) > 1:
        return words[-1][0].isupper()
    return bool((MONTH_AFTER if written[0].isupper() else LOWER_MONTH_AFTER).search(before))


def _is_day_of_month(written: str, _: str, __: str) -> bool:
    """Not "only 5 may play"."""
    return not any(word in written.split() for word in AMBIGUOUS_MONTHS) or bool(CERTAIN_DATE.search(written))


def _is_quarter(written: str, before: str, _: str) -> bool:
    if written.lower() in ("spring", "fall"):
        return written.lower() == "spring" and bool(QUARTER_AFTER.search(before))
    return not (HABIT_BEFORE.search(before) or (written.lower() == "summer" and TOURNAMENT_BEFORE.search(before)))


def _is_weekday(written: str, before: str, after: str) -> bool:
    if HABIT_BEFORE.search(before) or A_BEFORE.search(before) or NAME_BEFORE.search(before):
        return False
    if written.lower() == "sunday" and (SUNDAY_AFTER.search(before) or (_capital(after) and SUNDAY_PAPER.match(after))):
        return False
    return not BROADCAST.match(lowered(after))


def _capital(after: str) -> bool:
    return after[1:2].isupper()


def _is_year(_: str, before: str, after: str) -> bool:
    """Not the clock of a live blog: "1930 In comes the left-back"."""
    return not ((not before or before.endswith("\n")) and _capital(after) and after[0] == " ")


def _is_season(written: str, _: str, __: str) -> bool:
    """2019-20 and 2015-2018, not 2020/18."""
    first = int(written[:4])
    return first < range_end(first, written[5:9] if written[7:9].isdigit() else written[5:7]) < first + 60


def _is_near_day(written: str, before: str, _: str) -> bool:
    return not (written.lower() == "today" and before.endswith("usa "))


def _is_unit(_: str, before: str, __: str) -> bool:
    return not HABIT_BEFORE.search(before)


def _is_holiday(written: str, before: str, _: str) -> bool:
    return not (written.lower() == "new year" and before.endswith("happy "))


GUARDS: dict[str, Callable[[str, str, str], bool]] = {
    "month": _is_month,
    "day_month": _is_day_of_month,
    "month_day": _is_day_of_month,
    "month_year": _is_day_of_month,
    "quarter": _is_quarter,
    "weekday": _is_weekday,
    "day": _is_near_day,
    "unit": _is_unit,
    "year": _is_year,
    "season_years": _is_season,
    "holiday": _is_holiday,
}
