"""Detects the day of publication in a date header, a file name or a dateline near the top of the text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

__all__ = ["from_dateline", "from_filename", "is_dateline", "split_header"]

DayAndNotes = tuple[dt.date | None, list[str]]  # the day, and why other dates were skipped

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
TOP = 1000  # characters in which a dateline is searched
MAX_DATELINE = 120  # characters of a line that consists of a dateline

HEADER = re.compile(
    r"\s*date\s*:?\s*(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.I,
)
# Year, month and day without a separator or with the same one twice, also as folders: 2020-09-23, 20200923, 2020/09/23.
IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_./]?)(\d{2})\2(\d{2})(?!\d)")
MONTH = (
    r"(?P<month%s>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = (
    rf"(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTH % 1},?[ -](?P<year1>(?:19|20)\d{{2}})"  # 23 Sep 2020
    rf"|{MONTH % 2} (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>(?:19|20)\d{{2}})"  # September 23, 2020
    r"|(?P<year3>(?:19|20)\d{2})-(?P<month3>\d{2})-(?P<day3>\d{2})"  # 2020-09-23
    r"|(?P<day4>\d{1,2})[/.](?P<month4>\d{1,2})[/.](?P<year4>(?:19|20)\d{2}))(?!\d)"  # 23/09/2020, days first
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?,?\s+"
BYLINE = r"\bby (?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})"
LABEL = r"(?:first |last )?(?:published|posted|updated|modified|created|filed|date)(?: (?:on|at))?\s*[:\-–]?\s*"
CLOCK = r"(?:(?:at )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|T\d{2}:\d{2}\S*)[,\s]*(?:[a-z]{3,4}\b,?\s*)?"
# A label may follow the headline without a space. A date without a label must be alone on its line, except for a
# byline, a time and separators; that of a news agency begins the story: "SEVILLE, Spain, Jan 14, 2011 (AFP) -".
LABELLED = re.compile(
    rf"(?:(?m:^)[ \t]*|(?<=[|•·–—-] )|(?-i:(?=[PLFU])))(?P<label>{LABEL})(?:{CLOCK}(?:on )?)?(?:{WEEKDAY})?{DAY}",
    re.I,
)
ALONE = re.compile(
    rf"[ \t]*(?:[^\n.!?\d]{{2,60}}?[ \t]*[|•·,:–—-][ \t]*)?(?:{CLOCK})?(?:{WEEKDAY})?{DAY}"
    rf"(?:[ \t,|•·–—-]|{BYLINE}"
    rf"|\b(?:at|by|gmt|bst|utc|cet|cest|est|edt|uk|time)\b|{CLOCK}|[|•·][^\n.!?]{{1,60}})*[ \t]*",
    re.I,
)
STARTING = re.compile(rf"[ \t]*(?:{CLOCK})?(?:{WEEKDAY})?{DAY}", re.I)
LEADING = re.compile(rf"[ \t]*(?:{WEEKDAY})?{DAY}[ \t]*(?:[-–—:|][ \t]|\()", re.I)
WIRE = re.compile(rf"[ \t]*[A-Z][A-Z .'’/-]+(?:,[^\n,()]{{2,40}})?, (?i:{DAY})[ \t]*(?:\([^()\n]{{2,30}}\)|[-–—])")


def split_header(raw: str) -> tuple[str, dt.date | None, list[str]]:
    """Split a ` date YYYY-MM-DD ` header from a text.

    Args:
        raw: the text of a file; the headline may follow the header without a space.

    Returns:
        The text after the header, the day or None, and why an invalid date was skipped.
    """
    header = HEADER.match(raw)
    if header is None:
        return raw, None, []
    day, notes = _first([(header[1], header[2], header[3])], "date header")
    return raw[header.end() :], day, notes


def from_filename(source_path: str) -> DayAndNotes:
    """Detect the day in the name of a file or of its folders; the one nearest to the end counts.

    Args:
        source_path: path below IN.
    """
    found = [(m[1], m[3], m[4]) for m in IN_PATH.finditer(source_path)]
    return _first(reversed(found), "file name")


def from_dateline(text: str) -> DayAndNotes:
    """Detect the day of a dateline near the top: "Published 23 September 2020", "23 Sep 2020, 17:17".

    A date without a year ("MADRID, June 3 (Reuters)") is skipped, and so is one in the middle of a sentence.
    The day of publication is preferred to that of an update.
    """
    top = text[:TOP]
    labelled = sorted(LABELLED.finditer(top), key=lambda m: "dated" in m["label"].lower().replace("mod", "d"))
    plain = (match for line in top.split("\n") if (match := _dateline(line)))
    matches = [*labelled, *plain]
    return _first((_parts(match) for match in matches), "dateline")


def is_dateline(line: str) -> bool:
    """Return whether a line begins like a dateline."""
    return bool(STARTING.match(line) or WIRE.match(line) or LABELLED.match(line))


def _dateline(line: str) -> re.Match[str] | None:
    if len(line) <= MAX_DATELINE and (match := ALONE.fullmatch(line)):
        return match
    return LEADING.match(line) or WIRE.match(line)


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    form = next(i for i in "1234" if match[f"year{i}"])
    month = match[f"month{form}"]
    if not month.isdigit():
        month = str(MONTHS.index(month[:3].lower()) + 1)
    return match[f"year{form}"], month, match[f"day{form}"]


def _first(candidates: Iterator[tuple[str, str, str]] | list[tuple[str, str, str]], where: str) -> DayAndNotes:
    """Return the first candidate that is a valid date, and a note about each invalid one before it."""
    notes: list[str] = []
    for year, month, day in candidates:
        try:
            return dt.date(int(year), int(month), int(day)), notes
        except ValueError as error:
            notes.append(f"{where}: {year}-{month}-{day} is not a valid date ({error})")
    return None, notes
