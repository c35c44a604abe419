"""Parses the words beside an amount: its qualifier ("up to", "-plus") and its period ("a week")."""

from __future__ import annotations

import re
from functools import cache

from rumourmill.money.numbers import lowercase
from rumourmill.resources import gazetteer

__all__ = ["find_period", "find_qualifier"]

REACH = 48  # characters that are examined on either side
PERIODS = {"week": "week", "weekly": "week", "month": "month", "monthly": "month", "year": "year", "yearly": "year",
           "annum": "year", "annual": "year", "annually": "year", "season": "year", "p.a": "year", "pa": "year",
           "p/w": "week", "pw": "week", "p.w": "week", "wk": "week", "yr": "year", "mth": "month"}  # fmt: skip
PERIOD_UNIT = "week|wk|month|mth|year|yr|annum|season"
PERIOD_AFTER = re.compile(
    rf"[-\s]{{0,2}}(?:(?:a|per|each|every|the)[-\s]{{1,2}}|/\s?|p/)({PERIOD_UNIT})\b(?!\s(?:ago|later|earlier|early|before|after"
    r"|younger|older|from now|out|long|and a half (?:ago|later)))"
    r"|[-\s]{1,2}(weekly|monthly|annual|yearly|annually|p/w|p\.?w|p\.?a)\b",
    re.IGNORECASE,
)
PERIOD_BEFORE = re.compile(
    r"\b(weekly|monthly|annual|yearly)\s(?:[\w-]+\s){0,3}?(?:wages?|salary|pay|earnings|income|sum|terms|pay-?packet)\b"
    r"(?:\s[\w-]+){0,6}\s$",
    re.IGNORECASE,
)
# "will not sell for less than £15m" sets a lower bound, "do not want to go above five million" an upper one.
NEGATION = re.compile(
    r"\b(?:not|never|no|nothing|neither|nor|none|unwilling|reluctant|\w+n['’]t|refus\w+)\b[^.;]{0,60}$", re.IGNORECASE
)
OPPOSITE = {"at_most": "at_least", "at_least": "at_most"}
LIMITS = frozenset(
    {"less than", "under", "below", "above", "over", "more than", "exceeding", "exceed", "exceeds", "exceeded"}
)


@cache
def _qualifier_patterns() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return side and phrase -> qualifier, and the patterns of phrases before and after an amount."""
    rows = gazetteer.rows("money_qualifiers.csv", ("qualifier", "side", "phrase"))
    by_phrase = {f"{row['side']} {row['phrase'].lower()}": row["qualifier"] for row in rows}
    before, after = (
        "|".join(
            re.escape(r["phrase"].lower()) for r in sorted(rows, key=lambda r: -len(r["phrase"])) if r["side"] == side
        )
        for side in ("before", "after")
    )
    return (
        by_phrase,
        re.compile(rf"(?<!\w)({before})\s?(?:an?\s|the\s|just\s)?$"),  # matched on lower-case text
        re.compile(rf"[-\s]?({after})(?![\w£€$])(?!\s[\d£€$])", re.IGNORECASE),
    )


def find_qualifier(text: str, start: int, end: int) -> str:
    """Return the qualifier of the amount at start..end: exact, about, at_least or at_most."""
    by_phrase, before, after = _qualifier_patterns()
    for side, match in (
        ("after", after.match(text, end, end + REACH)),
        ("before", before.search(text[max(0, start - REACH) : start].lower())),
    ):
        if match is None:
            continue
        phrase, words = match[1].lower(), match[0].lower().split()
        is_topic = phrase == "over" and words[1:] in (["a"], ["an"], ["the"])  # "a row over a £5m fee"
        is_sum = phrase == "plus" and match[0][0] != "-"  # "£6m plus the loan of a player", unlike "£30m-plus"
        if not is_topic and not is_sum:
            found = by_phrase[f"{side} {phrase}"]
            negated = phrase in LIMITS and NEGATION.search(text[max(0, start - 2 * REACH) : start])
            return OPPOSITE[found] if negated else found
    return "exact"


def find_period(text: str, start: int, end: int) -> str | None:
    """Return the period that the amount at start..end is paid for: week, month, year, or None."""
    before = text[max(0, start - 2 * REACH) : start]
    match = PERIOD_AFTER.match(text, end, end + REACH) or PERIOD_BEFORE.search(before)
    return PERIODS[lowercase(next(g for g in match.groups() if g))] if match else None
