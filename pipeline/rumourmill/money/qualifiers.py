"""What the words beside an amount say of it: its qualifier ("up to", "-plus") and its period ("a week")."""

from __future__ import annotations

import re
from functools import cache

from rumourmill.money.numbers import lowered
from rumourmill.resources import gazetteer

__all__ = ["period", "qualifier"]

REACH = 48  # characters read on either side
PERIODS = {"week": "week", "weekly": "week", "month": "month", "monthly": "month", "year": "year", "yearly": "year",
           "annum": "year", "annual": "year", "annually": "year", "season": "year", "p.a": "year", "pa": "year",
           "p/w": "week", "pw": "week", "p.w": "week", "wk": "week", "yr": "year", "mth": "month"}  # fmt: skip
UNIT = "week|wk|month|mth|year|yr|annum|season"
AFTER = re.compile(
    rf"[-\s]{{0,2}}(?:(?:a|per|each|every|the)[-\s]{{1,2}}|/\s?|p/)({UNIT})\b(?!\s(?:ago|later|earlier|early|before|after"
    r"|younger|older|from now|out|long|and a half (?:ago|later)))"
    r"|[-\s]{1,2}(weekly|monthly|annual|yearly|annually|p/w|p\.?w|p\.?a)\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
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
def _qualifiers() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Phrase to qualifier, and the patterns of those before and after an amount."""
    rows = gazetteer.rows("money_qualifiers.csv", ("qualifier", "side", "phrase"))
    named = {f"{row['side']} {row['phrase'].lower()}": row["qualifier"] for row in rows}
    before, after = (
        "|".join(
            re.escape(r["phrase"].lower()) for r in sorted(rows, key=lambda r: -len(r["phrase"])) if r["side"] == side
        )
        for side in ("before", "after")
    )
    return (
        named,
        re.compile(rf"(?<!\w)({before})\s?(?:an?\s|the\s|just\s)?$"),  # of text in lower case
        re.compile(rf"[-\s]?({after})(?![\w£€$])(?!\s[\d£€$])", re.IGNORECASE),
    )


def qualifier(text: str, start: int, end: int) -> str:
    """How the text limits the amount at start..end: exact, about, at_least or at_most."""
    named, before, after = _qualifiers()
    for side, match in (
        ("after", after.match(text, end, end + REACH)),
        ("before", before.search(text[max(0, start - REACH) : start].lower())),
    ):
        # "£6m plus the loan of a player" is a sum; "£30m-plus" a lower bound.
        # "A row over a £5m fee" is about it.
        about = match and match[1].lower() == "over" and match[0].lower().split()[1:] in (["a"], ["an"], ["the"])
        if match and not about and not (match[1].lower() == "plus" and match[0][0] != "-"):
            found = named[f"{side} {match[1].lower()}"]
            negated = match[1].lower() in LIMITS and NEGATION.search(text[max(0, start - 2 * REACH) : start])
            return OPPOSITE[found] if negated else found
    return "exact"


def period(text: str, start: int, end: int) -> str | None:
    """What the amount at start..end is paid for: week, month, year, or None."""
    match = AFTER.match(text, end, end + REACH) or BEFORE.search(text[max(0, start - 2 * REACH) : start])
    return PERIODS[lowered(next(g for g in match.groups() if g))] if match else None
