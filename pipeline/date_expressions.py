"""Finds expressions of calendar time in raw text: one pass of one compiled pattern, no values yet.

Every expression has a kind, and named parts that `date_values` reads. The patterns are bounded (no star, no
nested repetition), so that time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

__all__ = ["MONTHS", "WEEKDAYS", "Expression", "find", "lowered"]

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


class Expression(NamedTuple):
    """One expression: where it stands, what it is and its parts in lower case."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]


# Upper to lower case for ASCII only: `str.lower` may change the length, and with it every offset.
LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)} | {ord("’"): ord("'")}

S = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?)"  # a space or a single line end, never a paragraph break
FREE = r"(?<![\d][-–.,:/])(?<![£$€#@/])(?<![£$€]\ )"  # a number that no larger number or amount goes on into
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[89]\d\d|20[0-4]\d)(?!\d)"
MONTH = "(?:" + "|".join(MONTHS) + r")(?!\w)"
ABBREVIATED = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?!\w)\.?"
ANY_MONTH = rf"(?:{MONTH}|{ABBREVIATED})"
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + r")(?!\w)"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?!\w)\.?)"
LEAD = rf"(?:{ANY_WEEKDAY},?{S}(?:the{S})?)?"
WHICH_YEAR = rf"(?P<which_year>last|this|next){S}year"
WINDOW = rf"(?:{S}(?:transfer{S})?window)"
COUNT = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen"
    r"|(?:a{S})?couple{S}of|(?:a{S})?few|several)"
).replace("{S}", S)
UNIT = "(?:day|week|fortnight|month|year|season|summer|winter|weekend|window|decade)"
CAMPAIGN = "(?:season|campaign)"
LEAGUE = rf"(?:(?:premier{S}league|league|domestic|top-flight){S})?"
# "the last year of his contract" is a duration's part, "9 May leave" is no date.
NOT_OF_DEAL = (
    rf"(?!\w|{S}of{S}(?:his|her|their|my|your|our|its|the|a|that){S}[\w-]*{S}?"
    r"(?:contract|deal|loan|agreement|terms|season|campaign))"
)
NOT_COUNTED = (
    rf"(?![%°]|[.,:/]\d|[-–]\d|[mk]\b|{S}?(?:%|per{S}cent|percent|million|billion|m\b|bn\b|gmt|bst|cet|cest|utc|hours|hrs"
    rf"|euros?\b|pounds\b|dollars\b|fans|supporters|people|seats|spectators|minutes|goals|games|matches|metres|yards"
    rf"|miles|appearances|members|tickets|words|players|(?:fifa{S})?(?:women's{S})?(?:under-\d\d{S})?world{S}cups?\b|euros\b"
    rf"|european{S}championship|olympic|africa{S}cup|african{S}cup|copa{S}am|asian{S}cup|gold{S}cup|confederations{S}cup))"
)
NOT_NAMED = (
    r"(?<!euro\ )(?<!euros\ )(?<!euro-)(?<!cup\ )(?<!fifa\ )(?<!italia\ )(?<!rio\ )(?<!schalke\ )(?<!class\ of\ )"
    r"(?<!kick-off\ )(?<!kick\ off\ )(?<!copyright\ )(?<!©\ )"
)

# Order matters: at one place the first that fits wins.
PATTERNS: dict[str, str] = {
    "iso": rf"{FREE}(?P<iso>{YEAR}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?![\d/])(?!-\d)",
    "numeric": rf"{FREE}(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?P<m1>[0-3]?\d)/|\.(?P<m2>[0-3]?\d)\.|-(?P<m3>[0-3]?\d)-)"
    rf"(?P<year>{YEAR}|\d\d)(?![\d/%])(?![-.]\d)",
    "day_month": rf"{LEAD}{FREE}(?P<day>{DAY})(?:{S}?[-–]{S}?(?P<last_day>{DAY}))?(?:{S}of)?[-.]?{S}?"
    rf"(?P<month>{ANY_MONTH})(?:,?{S}(?P<year>{YEAR})(?![-/]\d)|{S}{WHICH_YEAR}(?!\w))?",
    "month_day": rf"{LEAD}(?P<month>{ANY_MONTH}){S}?(?P<day>{DAY})(?:[-–](?P<last_day>{DAY}))?(?!\w){NOT_COUNTED}"
    rf"(?:,?{S}(?P<year>{YEAR})(?!\w|[-/]\d)|,?{S}{WHICH_YEAR}(?!\w))?",
    "month_year": rf"(?P<month>{ANY_MONTH})(?:{S}of|,)?{S}(?:(?P<year>{YEAR}){NOT_COUNTED}(?!\w)|{WHICH_YEAR}(?!\w))"
    rf"{WINDOW}?",
    "year_month": rf"{FREE}(?P<year>{YEAR}){S}(?P<month>{MONTH}){WINDOW}?",
    "deadline": rf"(?:(?P<window>january|winter|summer){S})?(?:transfer{S})?deadline[\s-]day(?!\w)"
    rf"|(?:last|final){S}day{S}of{S}the{S}(?:(?P<window2>january|winter|summer){S})?(?:transfer{S})?window",
    "end_of": rf"(?:end|close|(?:last|final){S}day){S}of{S}(?:the{S})?(?:(?:current|present|calendar){S})?"
    rf"(?P<unit>season|campaign|term|month|year|week|decade)(?!\w)|(?P<unit2>season|year)'s{S}end(?!\w)",
    "start_of": rf"(?:start|beginning|turn){S}of{S}(?:the{S})(?P<unit>month|year|week)(?!\w)",
    "ago": rf"(?P<count>{COUNT}){S}(?P<unit>{UNIT})s?{S}ago(?!\w)",
    "ahead": rf"(?P<count>{COUNT}){S}(?P<unit>{UNIT})(?:s'?|'s)?(?:{S}time|{S}from{S}now)(?!\w)",
    "vague": rf"(?:next|last|past|coming|previous|recent){S}(?:{COUNT}|number{S}of|(?:{COUNT}{S})?(?:or{S}so{S})?)"
    rf"{S}(?:transfer{S})?{UNIT}s{NOT_OF_DEAL}"
    rf"|(?:coming|recent|past){S}(?:days|weeks|weekends|months|years|seasons|summers|windows)(?!\w)"
    rf"|(?:coming|past){S}(?:week|fortnight|month|year|decade){NOT_OF_DEAL}",
    "season_years": rf"{FREE}(?P<year>{YEAR}){S}?[-–/]{S}?(?P<next>\d\d(?:\d\d)?)(?![\d/%])(?![-–]\d)"
    rf"(?:{S}{CAMPAIGN}(?!\w))?",
    "short_season": rf"{FREE}(?P<year>\d\d)[-–/](?P<next>\d\d){S}{CAMPAIGN}(?!\w)",
    "year_quarter": rf"{FREE}(?P<year>{YEAR}){S}(?P<quarter>summer|winter|autumn|spring)(?!\w){WINDOW}?",
    "season": rf"(?P<which>last|this|next|new|current|coming|upcoming|forthcoming|previous|present|past){S}{LEAGUE}"
    rf"(?:{CAMPAIGN}{NOT_OF_DEAL}(?P<more>{S}but{S}one)?)|(?P<which2>last|this|next){S}term(?!\w|{S}of)"
    rf"|{CAMPAIGN}{S}(?P<before>before{S}last)(?!\w)",
    "quarter": rf"(?:(?P<which>last|this|next|previous|coming|past|that){S})?"
    rf"(?P<quarter>summer|winter|autumn|spring|fall)(?!\w)"
    rf"(?P<window>{WINDOW})?(?:(?:{S}of|,)?{S}"
    rf"(?:(?P<year>{YEAR})(?:[-/]\d\d)?(?!\w)|'(?P<short>\d\d)(?!\w)|{WHICH_YEAR}(?!\w)))?",
    "month": rf"(?:(?P<which>last|this|next|previous|coming|that|following){S})?"
    rf"(?P<month>{MONTH}|{ABBREVIATED}){WINDOW}?",
    "weekday": rf"(?:(?P<which>last|this|next|coming){S})?(?P<weekday>{WEEKDAY})"
    rf"(?:{S}(?:of{S})?(?P<week>last|this|next){S}week(?!\w)|{S}(?P<on>week)(?!\w))?",
    "day": rf"(?P<word>day{S}before{S}yesterday|day{S}after{S}tomorrow|yesterday|today|tomorrow|tonight|last{S}night"
    rf"|this{S}(?:morning|afternoon|evening|lunchtime))(?!\w)",
    "unit": rf"(?P<which>last|this|next|current|present|previous|coming){S}"
    rf"(?P<unit>weekend|week|fortnight|month|year|decade)(?!\w|-old|-long){NOT_OF_DEAL}|(?P<unit2>weekend)(?!\w)",
    "holiday": rf"(?:(?P<which>last|this|next){S})?(?P<holiday>christmas(?:{S}(?:day|eve)(?!\w))?|boxing{S}day"
    rf"|new{S}year(?:'?s{S}(?:day|eve))?|easter(?:{S}(?:sunday|monday)(?!\w))?(?!{S}road)|good{S}friday)(?!\w)(?:,?{S}(?P<year>{YEAR}))?",
    "decade": rf"{FREE}(?P<decade>(?:1[89]|20)\d0)s(?!\w)",
    "year": rf"{FREE}(?<!\d\s){NOT_NAMED}(?P<year>{YEAR})(?![a-z]|\s\d{{3}}){NOT_COUNTED}(?:{S}{CAMPAIGN}(?!\w))?",
    "short_year": r"(?:(?<=in\ )|(?<=since\ )|(?<=from\ )|(?<=until\ )|(?<=of\ ))'(?P<short>\d\d)(?!\w)",
}

NAMES = re.compile(r"\(\?P<\w+>")
MASTER = re.compile(
    r"(?<!\w)(?=['\w])(?:" + "|".join(f"(?P<{k}>{NAMES.sub('(?:', p)})" for k, p in PATTERNS.items()) + ")"
)
PARTS = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}

# A bare "May" or "March" is a month after one of these; in lower case only after the first few.
MONTH_AFTER = re.compile(
    r"(?:\b(?:in|since|until|till|during|of|by|before|after|from|to|for|late|early|mid|and|or)\s?|[-–,(/]\s?)$"
)
LOWER_MONTH_AFTER = re.compile(r"\b(?:in|since|until|till|during)\s$")
AMBIGUOUS_MONTHS = ("may", "march", "mar")
CERTAIN_DATE = re.compile(r"\d{4}|\d(?:st|nd|rd|th)")
# Spring and fall are verbs and more; a season only after one of these.
QUARTER_AFTER = re.compile(r"\b(?:in|the|since|until|by|of|for|from)\s(?:early\s|late\s)?$")
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
BROADCAST = re.compile(r"\s(?:night\s)?football\b")


def lowered(text: str) -> str:
    """The text in lower case with straight apostrophes, every offset as it was."""
    return text.translate(LOWER)


def find(text: str) -> Iterator[Expression]:
    """The expressions of a text in order; they never overlap.

    Args:
        text: raw text of any kind.

    Yields:
        Each expression with its kind and parts; whether a name covers it is not known here.
    """
    lower = lowered(text)
    at = 0
    while found := MASTER.search(lower, at):
        kind = found.lastgroup or ""
        start, end = found.span()
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
    return not HABIT_BEFORE.search(before)


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
    "holiday": _is_holiday,
}
