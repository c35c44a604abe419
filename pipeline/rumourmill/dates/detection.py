"""Detects expressions of calendar time in raw text, in one pass of one compiled pattern.

Each expression has a kind and named parts, which `values` resolves to days. Guards reject matches that are no dates
("only 5 may play", "Sunday Times").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rumourmill.dates.patterns import KIND_PATTERNS, MASTER, MONTHS
from rumourmill.nlp.noise import prose

__all__ = ["DateExpression", "find_expressions", "lowercase_ascii", "range_end"]


class DateExpression(NamedTuple):
    """An expression of calendar time.

    Args:
        start: offset of the first character.
        end: offset after the last character.
        kind: key of `patterns.PATTERNS`.
        parts: the named groups of its pattern that matched, in lower case.
    """

    start: int
    end: int
    kind: str
    parts: dict[str, str]


# "May" or "March" without a day or year is a month after these words; in lower case only after the first few.
MONTH_AFTER = re.compile(
    r"(?:\b(?:in|since|until|till|during|of|by|before|after|from|to|for|late|early|mid|and|or)\s?|[-–,(/]\s?)$"
)
LOWER_MONTH_AFTER = re.compile(r"\b(?:in|since|until|till|during)\s$")
AMBIGUOUS_MONTHS = ("may", "march", "mar")
CERTAIN_DATE = re.compile(r"\d{4}|\d(?:st|nd|rd|th)")
# Spring, which may be a verb, is a season only after one of these.
SPRING_AFTER = re.compile(r"\b(?:in|the|since|until|by|of|for|from)\s(?:early\s|late\s)?$")
# "a World Cup summer" is no particular one.
TOURNAMENT_BEFORE = re.compile(r"\b(?:world\scup|euros?|olympics?|tournament)\s$")
# "every June", "on a Sunday" are no particular ones.
HABIT_BEFORE = re.compile(r"\b(?:every|each|most|one)\s$")
INDEFINITE_BEFORE = re.compile(r"\b(?:on|of|for|another|such)\san?\s$")
# Names of newspapers, broadcasts and clubs that contain a weekday.
NAME_BEFORE = re.compile(r"\b(?:sheffield|super|soccer|black|ruby|ash)\s$")
SUNDAY_AFTER = re.compile(r"\b(?:mail|sun|independent|herald|(?:told|the)\s(?:scotland|wales))\son\s$|\bstar\s$")
SUNDAY_PAPER = re.compile(
    r"\s(?i:times|mirror|people|express|mail|telegraph|post|world|sun|star|herald|independent|tribune|supplement|league)"
    r"(?!\w)"
)
BROADCAST = re.compile(r"\s(?:(?:night\s)?football|nights|evenings|afternoons|mornings)\b")


def lowercase_ascii(text: str) -> str:
    """Return the text in lower case with straight apostrophes and the same offsets.

    Only ASCII letters change, as in `bytes.lower`: `str.lower` may change the length of the text.
    """
    return text.encode("utf8", "surrogatepass").lower().decode("utf8", "surrogatepass").replace("’", "'")


def range_end(first: int, last: str) -> int:
    """Return the last year of a range: 2020 for 2019 and `20`, 2000 for 1999 and `00`."""
    if len(last) > 2:
        return int(last)
    return first + (int(last) - first) % 100


def find_expressions(text: str) -> Iterator[DateExpression]:
    """Yield the expressions of a text in order; they never overlap.

    Expressions that are part of a name ("Euro 2020") are included: names are not known here.

    Args:
        text: raw text of any length.
    """
    lower = lowercase_ascii(text)
    shifted = f"\n{lower}"  # MASTER matches the character before an expression too
    for start, end in prose(text):
        yield from _find_in_stretch(text, lower, shifted, start, end)


def _find_in_stretch(text: str, lower: str, shifted: str, at: int, stop: int) -> Iterator[DateExpression]:
    """Yield the expressions between two offsets."""
    while found := MASTER.search(shifted, at, stop + 1):
        kind = found.lastgroup or ""
        start, end = found.start(), found.end() - 1
        guard = GUARDS.get(kind)
        if guard and not guard(text[start:end], lower[max(0, start - 16) : start], text[end : end + 16]):
            at = start + 1
            continue
        match = KIND_PATTERNS[kind].match(lower, start)
        parts = {name: part for name, part in match.groupdict().items() if part} if match else {}
        yield DateExpression(start, end, kind, parts)
        at = end


# Guards: whether a match is a date, given its text, the text before it (in lower case) and the text after it.


def _is_month(written: str, before: str, _: str) -> bool:
    words = written.split()
    if words[-1].lower() == "window":
        return True
    word = words[-1].lower().rstrip(".")
    if word not in MONTHS:  # an abbreviation alone; "Jan" may be a man, "Mar" a sea
        return len(words) == 1 and written[0].isupper() and bool(LOWER_MONTH_AFTER.search(before))
    if word not in AMBIGUOUS_MONTHS:
        return not HABIT_BEFORE.search(before)
    if len(words) > 1:
        return words[-1][0].isupper()
    return bool((MONTH_AFTER if written[0].isupper() else LOWER_MONTH_AFTER).search(before))


def _is_day_of_month(written: str, _: str, __: str) -> bool:
    """Reject "only 5 may play"."""
    return not any(word in written.split() for word in AMBIGUOUS_MONTHS) or bool(CERTAIN_DATE.search(written))


def _is_quarter(written: str, before: str, _: str) -> bool:
    if written.lower() in ("spring", "fall"):
        return written.lower() == "spring" and bool(SPRING_AFTER.search(before))
    return not (HABIT_BEFORE.search(before) or (written.lower() == "summer" and TOURNAMENT_BEFORE.search(before)))


def _is_weekday(written: str, before: str, after: str) -> bool:
    if HABIT_BEFORE.search(before) or INDEFINITE_BEFORE.search(before) or NAME_BEFORE.search(before):
        return False
    if written.lower() == "sunday" and (
        SUNDAY_AFTER.search(before) or (_is_capitalised(after) and SUNDAY_PAPER.match(after))
    ):
        return False
    return not BROADCAST.match(lowercase_ascii(after))


def _is_capitalised(after: str) -> bool:
    return after[1:2].isupper()


def _is_year(_: str, before: str, after: str) -> bool:
    """Reject the time in a live blog: "1930 In comes the left-back"."""
    return not ((not before or before.endswith("\n")) and _is_capitalised(after) and after[0] == " ")


def _is_season(written: str, _: str, __: str) -> bool:
    """Accept 2019-20 and 2015-2018, reject 2020/18."""
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
