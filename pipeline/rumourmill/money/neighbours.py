"""What an amount is by the amounts and headings around it, where its own words tell little or nothing.

"£6m, up from £5m" is two bids; "he wanted £45k a week; they stopped at £30k" two wages; what stands in the brackets of
a list's loan is a loan fee; an item of a list is what its heading says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumourmill.money.amount import Place
from rumourmill.money.triggers import hits_in

__all__ = [
    "BEFORE",
    "BREAK",
    "OPEN",
    "STRONG",
    "goes_on",
    "inherited",
    "is_allowed",
    "is_part",
    "is_second",
    "is_wage_like",
    "loaned",
    "theme",
    "weak",
]

BEFORE = 260  # characters of the sentence that are read before an amount
LIST_ITEM = 80  # characters of a line that can only be an item of a list
NEAR = 300  # an amount inherits its kind from one at most so many characters before it
STRONG = 8.0  # the weight of a cue that speaks for itself
HEADLINE = 160  # characters
ALIKE = 4.0  # how many times as large an amount may be as the wage that it answers
BREAK = re.compile(
    r"(?P<hard>[;:()\[\]\n•|“”\"]|\s[-–—]\s|—)|(?P<soft>,|\b(?:and|but|while|whereas|who|whose|which|after|when|as|if"
    r"|although|though|before|until|having|since|because|than|despite|with)\b)",
    re.IGNORECASE,
)
PARTITIVE = re.compile(r"\s+of\s+(?:his|her|their|its|the|that|a)\s+")  # "£25,000 of his £60,000 wage"
FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
TO = re.compile(r"(?:\s[\w'’]+){0,4}\sto\s(?:[\w'’]+\s){0,2}", re.IGNORECASE)
# "a clause, insisted upon by his agent, that lets him talk to any club that pays £5m"
ALLOWED = re.compile(r"\bclause\b[^.;]{0,140}\b(?:allow|let|permit|enabl|entitl|free)\w*\b[^.;]{0,90}$", re.IGNORECASE)
THE_FEE = re.compile(r"\s*(?:The|A|That)\s(?:fee|cost|price|sum)\b")
ON_LOAN = re.compile(r"\bon loan\b(?![^\n]*\b(?:option|obligation|permanent)\b)", re.IGNORECASE)
COMPARED = re.compile(r",?\s(?:up|down|rather than|instead of|not)(?:\sfrom)?\s(?:the\s)?$", re.IGNORECASE)
BECOMES = re.compile(
    r"\b(?:it|which|that)(?:['’]ll| will| would| could|['’]d)?(?: then)? (?:have )?"
    r"(?:drop|fall|fell|ris|rose|go|gone|went|increas|climb|reduc)\w*(?: up| down)?(?: to)?\s$",
    re.IGNORECASE,
)
LISTED = re.compile(r"\([^()\n]{0,80}$")  # "Name (Club, £5m)"
# A list's loan tells its end; what follows "option" is a price.
LOAN = re.compile(
    r"\b(?:loan|option|until|till|to (?:january|may|june|summer|the end)|remainder|rest of|season-long"
    r"|(?:one|two|three) months?)\b",
    re.IGNORECASE,
)
OPTION = re.compile(r"\b(?:option|obligation|opt|permanent)\b", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:for|fee|bid|offer|sold|bought|sign\w*|cost|transfer|clause|release|clubs?|option|obligation|loan)\b",
    re.IGNORECASE,
)
OPEN = frozenset({"price", "soft", "value", "outlay", "deal"})  # kinds of cue that the cues before them settle
PRICES = frozenset({"bid", "fee", "asking_price", "release_clause", "loan_fee", "other", "move", "done", *OPEN})
THEMES = frozenset({"wage", "release_clause"})
INHERITED = frozenset({"bid", "fee", "asking_price", "release_clause", "wage", "other"})


def is_second(places: Sequence[Place], position: int) -> bool:
    """Whether the amount follows another in its sentence."""
    return position > 0 and places[position].sentence_start == places[position - 1].sentence_start


def theme(text: str) -> str:
    """What an amount without any cue is: pay or release clauses where the headline speaks of them alone, else a fee."""
    told = {h.cue.kind for h in hits_in(text, 0, text.find("\n", 0, HEADLINE) % HEADLINE)} & (PRICES | THEMES)
    return told.pop() if len(told) == 1 and told <= THEMES else "fee"


def goes_on(text: str, before: Place, place: Place) -> bool:
    """Whether an amount is of the kind of the one before: "£6m, up from £5m", "£5m, and it drops to £3m"."""
    if COMPARED.match(text, before.end, place.start) or (before.periodic and _is_change(text, before, place)):
        return True
    return place.start - before.end < NEAR and BECOMES.search(text, before.end, place.start) is not None


def is_allowed(text: str, places: Sequence[Place], position: int) -> bool:
    """Whether a clause earlier in the sentence lets the player go for an amount."""
    place = places[position]
    first = max(place.sentence_start, place.start - BEFORE, places[position - 1].end if position else 0)
    return ALLOWED.search(text, first, place.start) is not None


def is_part(text: str, place: Place, following: Place) -> bool:
    """Whether the amount after it tells what an amount is: "£25,000 of his £60,000 wage", "from £15,000 to £20,000"."""
    return PARTITIVE.fullmatch(text, place.end, following.start) is not None or _is_change(text, place, following)


def _is_change(text: str, place: Place, following: Place) -> bool:
    """Whether two amounts are the ends of a change: "from £15,000 a week to £20,000"."""
    told_from = FROM.search(text, max(0, place.start - len(" from ")), place.start)
    return told_from is not None and TO.fullmatch(text, place.end, following.start) is not None


def is_wage_like(text: str, places: Sequence[Place], found: Sequence[str]) -> bool:
    """Whether an amount of a wage's size answers the wage before it."""
    if not found or found[-1] != "wage":
        return False
    place, before = places[len(found)], places[len(found) - 1]
    gap = text[before.end : place.start]
    alike = 1 / ALIKE < place.amount / before.amount < ALIKE
    return alike and len(gap) <= NEAR and "\n" not in gap and not MOVED.search(gap)


def loaned(text: str, place: Place) -> bool:
    """Whether a price is a loan's: "Name (Club, to summer 2020; £200,000)", "He is on loan. The fee is £200,000."."""
    paragraph = max(text.rfind("\n", 0, place.sentence_start) + 1, place.sentence_start - BEFORE)
    if THE_FEE.match(text, place.sentence_start) and ON_LOAN.search(text, paragraph, place.sentence_start):
        return True
    opened = LISTED.search(text, max(place.sentence_start, place.start - LIST_ITEM), place.start)
    if opened is None or OPTION.search(text, opened.start(), place.start):
        return False
    closed = max(place.end, text.find(")", place.end, place.end + LIST_ITEM))
    return LOAN.search(text, opened.start(), closed) is not None


def weak(text: str, places: Sequence[Place], found: Sequence[str], kind: str) -> str:
    """A faint "for" or "of" yields to the amount that this one is coordinated with."""
    before, place = places[len(found) - 1], places[len(found)]
    gap = text[before.end : place.start]
    same = before.sentence_start == place.sentence_start and len(gap) < 60 and not BREAK.search(gap)
    return found[-1] if same and found[-1] in INHERITED else kind


def inherited(text: str, places: Sequence[Place], found: Sequence[str], default: str) -> str:
    """The kind of an amount without a cue: that of an amount before it, or of what heads it, or the article's."""
    place = places[len(found)]
    if default == "fee" and LISTED.search(text, max(place.sentence_start, place.start - BEFORE), place.start):
        return "fee"
    for earlier in range(len(found) - 1, max(-1, len(found) - 4), -1):
        gap = text[places[earlier].end : place.start]
        if len(gap) > NEAR or ("\n" in gap and len(gap) > LIST_ITEM):
            break
        if found[earlier] in INHERITED:
            return found[earlier]
    return default if default != "fee" else _from_sentence_before(text, place)


def _from_sentence_before(text: str, place: Place) -> str:
    start = max(0, place.sentence_start - BEFORE)
    block = text[start : place.sentence_start].rstrip()
    if place.sentence_end - place.sentence_start > LIST_ITEM:  # what heads a list speaks for its items
        start += block.rfind("\n\n") + 1
    told = INHERITED if block.endswith(":") else INHERITED - {"other", "wage"}
    hits = hits_in(text, start, place.sentence_start)
    strong = [h for h in hits if h.cue.reach >= 5 and h.cue.weight >= 6 and h.cue.kind in told]
    return strong[-1].cue.kind if strong else "fee"
