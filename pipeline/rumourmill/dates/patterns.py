"""Regular expressions for dates, matched on lower-case text with straight apostrophes.

Each kind of expression has one pattern with named groups. All quantifiers are bounded, so that the time is linear in
the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["DECADES", "KIND_PATTERNS", "MASTER", "MONTHS", "NUMBERS", "OPENING", "WEEKDAYS", "alternation"]


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, grouped by their first letters, which is faster than `a|b|c`."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()) + ")"


MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

S = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?)"  # a space or a single line break, but no paragraph break
ALONE = r"(?<![\d][-–.,:/])(?<![£$€#@/])(?<![£$€]\ )"  # the number is not the end of a larger number or of an amount
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
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
NUMBER = "(?:" + "|".join(sorted(NUMBERS, reverse=True)) + ")"  # sixteen before six
COUNT = rf"(?:\d{{1,2}}|an?|{NUMBER}|(?:a{S})?couple{S}of|(?:a{S})?few|several)"
DECADES = ("fifties", "sixties", "seventies", "eighties", "nineties")
UNIT = "(?:day|week|fortnight|month|year|season|summer|winter|weekend|window|decade)"
CAMPAIGN = "(?:season|campaign)"
LEAGUE = rf"(?:(?:premier{S}league|league|domestic|top-flight){S})?"
# "the last year of his contract" is part of a duration.
NOT_OF_CONTRACT = (
    rf"(?!\w|{S}of{S}(?:his|her|their|my|your|our|its|the|a|that){S}[\w-]*{S}?"
    r"(?:contract|deal|loan|agreement|terms|season|campaign))"
)
NOT_QUANTITY = (
    rf"(?![%°]|[.,:/]\d|[-–]\d|[mk]\b|{S}?(?:%|per{S}cent|percent|million|billion|m\b|bn\b|gmt|bst|cet|cest|utc|hours|hrs"
    rf"|euros?\b|pounds\b|dollars\b|fans|supporters|people|seats|spectators|minutes|goals|games|matches|metres|yards"
    rf"|miles|appearances|members|tickets|words|players|(?:fifa{S})?(?:women's{S})?(?:under-\d\d{S})?world{S}cups?\b|euros\b"
    rf"|european{S}championship|olympic|africa{S}cup|african{S}cup|copa{S}am|asian{S}cup|gold{S}cup|confederations{S}cup))"
)
NOT_IN_NAME = (
    r"(?<!euro\ )(?<!euros\ )(?<!euro-)(?<!cup\ )(?<!fifa\ )(?<!italia\ )(?<!rio\ )(?<!schalke\ )(?<!class\ of\ )"
    r"(?<!kick-off\ )(?<!kick\ off\ )(?<!copyright\ )(?<!©\ )"
)

# Order matters: of the patterns that match at a place the first is used.
PATTERNS: dict[str, str] = {
    "iso": rf"{ALONE}(?P<iso>{YEAR}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?![\d/])(?!-\d)",
    "numeric": rf"{ALONE}(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?P<m1>[0-3]?\d)/|\.(?P<m2>[0-3]?\d)\.|-(?P<m3>[0-3]?\d)-)"
    rf"(?P<year>{YEAR}|\d\d)(?![\d/%])(?![-.]\d)",
    "day_month": rf"{LEAD}{ALONE}(?P<day>{DAY})(?:{S}?[-–]{S}?(?P<last_day>{DAY}))?(?:{S}of)?[-.]?{S}?"
    rf"(?P<month>{ANY_MONTH})(?:(?:,?{S}|-)(?P<year>{YEAR})(?![-/]\d)|{S}{WHICH_YEAR}(?!\w))?",
    "month_day": rf"{LEAD}(?P<month>{ANY_MONTH}){S}?(?P<day>{DAY})(?:[-–](?P<last_day>{DAY}))?(?!\w){NOT_QUANTITY}"
    rf"(?:,?{S}(?P<year>{YEAR})(?!\w|[-/]\d)|,?{S}{WHICH_YEAR}(?!\w))?",
    "month_year": rf"(?P<month>{ANY_MONTH})(?:{S}of|,)?{S}(?:(?P<year>{YEAR}){NOT_QUANTITY}(?!\w)|{WHICH_YEAR}(?!\w))"
    rf"{WINDOW}?",
    "window_year": rf"(?P<month>{MONTH}){WINDOW}{S}(?:of{S}|in{S})?(?P<year>{YEAR})(?!\w)",
    "year_month": rf"{ALONE}(?P<year>{YEAR}){S}(?P<month>{MONTH}){WINDOW}?",
    "ordinal": r"(?:(?<=on\ the\ )|(?<=until\ the\ )|(?<=till\ the\ )|(?<=by\ the\ )|(?<=before\ the\ )"
    r"|(?<=from\ the\ )|(?<=after\ the\ )|(?<=now\ the\ )|(?<=since\ the\ ))"
    r"(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))"
    r"(?=[.,;:!?)\"'”’]|$|\s(?:and|but|when|if|at|to|or|it|he|she|they|we)(?!\w))",
    "deadline": rf"(?:(?P<window>january|winter|summer){S})?(?:transfer{S})?deadline(?:-|{S})day(?!\w)"
    rf"|(?:last|final){S}day{S}of{S}the{S}(?:(?P<window2>january|winter|summer){S})?(?:transfer{S})?window",
    "end_of": rf"(?:end|close|(?:last|final){S}day){S}of{S}(?:the{S})?(?:(?:current|present|calendar){S})?"
    rf"(?P<unit>season|campaign|term|month|year|week|decade)(?!\w)|(?P<unit2>season|year)'s{S}end(?!\w)",
    "start_of": rf"(?:start|beginning|turn){S}of{S}(?:the{S})(?P<unit>month|year|week)(?!\w)",
    "ago": rf"(?P<count>{COUNT}){S}(?P<unit>{UNIT})s?{S}ago(?!\w)",
    "ahead": rf"(?P<count>{COUNT}){S}(?P<unit>{UNIT})(?:s'?|'s)?(?:{S}time|{S}from{S}now)(?!\w)",
    "vague": rf"(?:next|last|past|coming|previous|recent){S}(?:{COUNT}|number{S}of|(?:{COUNT}{S})?(?:or{S}so{S})?)"
    rf"{S}(?:transfer{S})?{UNIT}s{NOT_OF_CONTRACT}"
    rf"|(?:coming|recent|past){S}(?:days|weeks|weekends|months|years|seasons|summers|windows)(?!\w)"
    rf"|(?:coming|past){S}(?:week|fortnight|month|year|decade){NOT_OF_CONTRACT}",
    "season_years": rf"{ALONE}(?P<year>{YEAR})[-–\u2011/](?P<next>\d\d(?:\d\d)?)(?![\d/%])(?![-–]\d)"
    rf"(?:{S}{CAMPAIGN}(?!\w))?",
    "short_season": rf"{ALONE}(?P<year>\d\d)[-–\u2011/](?P<next>\d\d){S}{CAMPAIGN}(?!\w)",
    "year_quarter": rf"{ALONE}(?P<year>{YEAR}){S}(?P<quarter>summer|winter|autumn|spring)(?!\w){WINDOW}?",
    "season": rf"(?P<which>last|this|next|new|current|coming|upcoming|forthcoming|previous|present|past){S}{LEAGUE}"
    rf"(?:{CAMPAIGN}{NOT_OF_CONTRACT}(?P<more>{S}but{S}one)?)|(?P<which2>last|this|next){S}term(?!\w|{S}of)"
    rf"|{CAMPAIGN}{S}(?P<before>before{S}last)(?!\w)",
    "quarter": rf"(?:(?P<which>last|this|next|previous|coming|past|that){S})?"
    rf"(?P<quarter>summer|winter|autumn|spring|fall)(?!\w)"
    rf"(?P<window>{WINDOW})?(?:(?:{S}of|,)?{S}"
    rf"(?:(?P<year>{YEAR})(?:[-/]\d\d)?(?!\w)|'(?P<short>\d\d)(?!\w)|{WHICH_YEAR}(?!\w)))?",
    "month": rf"(?:(?P<which>last|this|next|previous|coming|that|following){S})?"
    rf"(?P<month>{MONTH}|{ABBREVIATED}){WINDOW}?",
    "weekday": rf"(?:(?P<which>last|this|next|coming){S}|(?P<hence>a{S}week{S}on{S}))?(?P<weekday>{WEEKDAY})"
    rf"(?:{S}(?:of{S})?(?P<week>last|this|next){S}week(?!\w)|{S}(?P<on>week)(?!\w))?",
    "day": rf"(?P<word>day{S}before{S}yesterday|day{S}after{S}tomorrow|yesterday|today|tomorrow|tonight|last{S}night"
    rf"|this{S}(?:morning|afternoon|evening|lunchtime))(?!\w)",
    "unit": rf"(?P<which>last|this|next|current|present|previous|coming){S}"
    rf"(?P<unit>weekend|week|fortnight|month|year|decade)(?!\w|-old|-long){NOT_OF_CONTRACT}|(?P<unit2>weekend)(?!\w)",
    "holiday": rf"(?:(?P<which>last|this|next){S})?(?P<holiday>christmas(?:{S}(?:day|eve)(?!\w))?|boxing{S}day"
    rf"|new{S}year(?:'?s{S}(?:day|eve))?|easter(?:{S}(?:sunday|monday)(?!\w))?(?!{S}road)|good{S}friday)(?!\w)(?:,?{S}(?P<year>{YEAR}))?",
    "decade": rf"{ALONE}(?P<decade>(?:1[89]|20)\d0)s(?!\w)|'(?P<short>[5-9]0)s(?!\w)"
    rf"|(?:(?<=the\ )|(?<=early\ )|(?<=late\ )|(?<=mid-))(?P<name>{'|'.join(DECADES)})(?!\w)",
    "year": rf"{ALONE}(?<!\d\s){NOT_IN_NAME}(?P<year>{YEAR})(?![a-z]|\s\d{{3}}){NOT_QUANTITY}(?:{S}{CAMPAIGN}(?!\w))?",
    "short_year": r"(?:(?<=in\ )|(?<=since\ )|(?<=from\ )|(?<=until\ )|(?<=of\ ))'(?P<short>\d\d)(?!\w)",
}

# The beginnings of all expressions. Most words fail here, before the long alternation is tried.
FIRST_WORDS = (
    "apr aug beginning boxing campaign christmas close coming couple current day dec deadline easter end fall"
    " feb few final following forthcoming good jan jul jun last mar new next nov oct past present previous recent"
    " season sept several spring start summer autumn term that this today tomorrow tonight transfer turn upcoming"
    " week weekend winter year yesterday"
).split()
STEMS = sorted({word[:3] for word in (*MONTHS, *WEEKDAYS, *NUMBERS, *DECADES, *FIRST_WORDS)})
OPENING = (
    r"(?:(?<![£€$#@/])(?<!\d[-–.,:/])\d(?!\s\d)|'\d|an?\s{1,3}(?:day|wee|for|mon|yea|sea|sum|win|dec|cou|few)|"
    + alternation(STEMS)
    + ")"
)

GROUP_NAME = re.compile(r"\(\?P<\w+>")
MASTER = re.compile(
    rf"\W(?={OPENING})(?:"  # searching for the character before a word is fast
    + "|".join(f"(?P<{kind}>{GROUP_NAME.sub('(?:', pattern)})" for kind, pattern in PATTERNS.items())
    + ")"
)
KIND_PATTERNS = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}
