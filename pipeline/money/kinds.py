"""Tells what an amount is: a bid, a fee, a wage ... from the words that govern it.

Cue phrases stand in money_cues.csv with a side, a reach and a weight. Each cue near an amount speaks for its kind, the
less the more words, commas, conjunctions or other amounts lie between; the strongest kind wins. An amount without a cue
of its own takes the kind of the amount before it ("£5m, up from £4m"), and failing that is a fee.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.money.cues import WORD, Hit, hits_in

__all__ = ["Place", "kinds"]

BEFORE, AFTER = 260, 160  # characters of the sentence that are read on either side of an amount
LIST_ITEM = 80  # characters of a line that can only be an item of a list
CLOSE = 40  # characters from a plan to the deal that it is about
NEAR = 300  # an amount inherits its kind from one at most so many characters before it
STRONG = 8.0  # a condition below this weight makes an add-on only of a second amount
BREAK = re.compile(
    r"(?P<hard>[;:()\[\]\n•|“”\"]|\s[-–—]\s|—)|(?P<soft>,|\b(?:and|but|while|whereas|who|whose|which|after|when|as|if|although"
    r"|though|before|until|having|since|because|than|despite|with)\b)",
    re.IGNORECASE,
)
HARD, SOFT, STEP, CROSSING = 3.0, 1.2, 0.3, 3.0  # what a boundary, a word and another amount take off a cue's weight
PARTITIVE = re.compile(r"\s+of\s+(?:his|her|their|its|the|that|a)\s+")  # "£25,000 of his £60,000 wage"
LISTED = re.compile(r"\([^()\n]{0,80}$")  # "Name (Club, £5m)"
FOR = re.compile(r"\bfor(?:\s[\w-]+){0,4}\s$", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(?:has|have|had|is|was|were|will|would)\b", re.IGNORECASE)
PREPOSITION = re.compile(r"\b(?:for|from|to|on|in|at|by)\b", re.IGNORECASE)
PHRASE = 3  # reach of the cues that make one phrase with an amount before them
JOINED = re.compile(r"\b(?:plus|and|with)\b|\+", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:ris\w+|rose|increas\w+|climb\w*|go(?:ing)? up|reach\w*|total\w*)(?:\sto)?\s$", re.IGNORECASE)
ON_SOMEBODY = re.compile(
    r"\s(?:on|for|in)\s(?!(?:new |his |their |its |the |a |\w+ )?(?:players|signings|recruits|transfers|wages|agents|squad|team|stadium))",
    re.IGNORECASE,
)
OF_BEFORE = re.compile(r"\s*(?:The|It|Its|It's|It’s|This|Those|These|Its)\b")  # a sentence that goes on about the one before
COMPARED = re.compile(r",?\s(?:up|down|rather than|instead of|not)(?:\sfrom)?\s(?:the\s)?$", re.IGNORECASE)  # "£6m, up from £5m"
BECOMES = re.compile(
    r"\b(?:it|which|that)(?:['’]ll| will| would| could|['’]d)?(?: then)? (?:have )?"
    r"(?:drop|fall|fell|ris|rose|go|gone|went|increas|climb|reduc)\w*(?: up| down)?(?: to)?\s$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
TO = re.compile(r"(?:\s[\w'’]+){0,4}\sto\s", re.IGNORECASE)
FURTHER = re.compile(r"\b(?:another|a further|an extra|an additional)\s$", re.IGNORECASE)
# A list's loan tells its end; what follows "option" is a price.
LOAN = re.compile(
    r"\b(?:loan|option|until|till|to (?:january|may|june|summer|the end)|remainder|rest of|season-long"
    r"|(?:one|two|three) months?)\b",
    re.IGNORECASE,
)
OPTION = re.compile(r"\b(?:option|obligation|opt|permanent)\b", re.IGNORECASE)
MOVED = re.compile(r"\b(?:for|fee|bid|offer|sold|bought|sign\w*|cost|transfer|clause|release|clubs?|option|obligation|loan)\b", re.IGNORECASE)
ALIKE = 4.0  # how many times as large an amount may be as the wage that it answers
HEADLINE = 160  # characters
OPEN = frozenset({"price", "soft", "value", "outlay", "deal"})  # kinds that the cues before them settle
PRICES = frozenset({"bid", "fee", "asking_price", "release_clause", "loan_fee", "other", "move", "done", *OPEN})
INHERITED = frozenset({"bid", "fee", "asking_price", "release_clause", "wage", "other"})
PERIOD_WEIGHT = 8.5
MOVE_BONUS = 3.5
FURTHER_BONUS = 3.0
OTHER_AFTER = 6  # words


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands: its extent with an equivalent in brackets, its sentence; a period or none; its size."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    periodic: bool
    amount: float = 0.0


def kinds(text: str, places: Sequence[Place]) -> list[str]:
    """The kind of every amount.

    Args:
        text: the article.
        places: its amounts in text order.

    Returns:
        One of schema's fee kinds for each.
    """
    default = _theme(text)
    found: list[str] = []
    for position, place in enumerate(places):
        before = places[position - 1] if position else None
        scores = _scores(text, place, places, position)
        kind = max(scores, key=lambda k: scores[k]) if scores else None
        if before is not None and (COMPARED.match(text, before.end, place.start) or _goes_on(text, before, place)):
            kind = found[-1]
        elif kind is None or scores[kind] <= 0:
            kind = _inherited(text, places, found, default)
        elif kind in ("bid", "fee", "asking_price") and scores[kind] <= STRONG and _is_wage_like(text, places, found):
            kind = "wage"
        elif kind in ("fee", "bid") and scores[kind] < 4.5 and before is not None:
            kind = _weak(text, before, place, found, kind)
        elif kind == "add_ons" and _is_second(places, position) and found[-1] == "other":
            kind = "other"  # "owe £2.7m, and a further £3.7m"
        found.append(kind)
        if kind == "fee" and _is_loan(text, place):
            found[-1] = "loan_fee"
    for position in range(len(places) - 2, -1, -1):
        if _is_part(text, places[position], places[position + 1]):
            found[position] = found[position + 1]
    return found


def _goes_on(text: str, before: Place, place: Place) -> bool:
    """Whether the amount is what the one before it becomes: "his clause is £5m, and it drops to £3m"."""
    return place.start - before.end < NEAR and BECOMES.search(text, before.end, place.start) is not None


def _is_part(text: str, place: Place, following: Place) -> bool:
    """Whether the amount after it tells what an amount is: "£25,000 of his £60,000 wage", "from £15,000 to £20,000"."""
    if PARTITIVE.fullmatch(text, place.end, following.start):
        return True
    return FROM.search(text, max(0, place.start - 8), place.start) is not None and TO.fullmatch(
        text, place.end, following.start
    ) is not None


def _theme(text: str) -> str:
    """What an amount without any cue is: a wage where the headline speaks of pay alone, a fee elsewhere."""
    told = {h.cue.kind for h in hits_in(text, 0, text.find("\n", 0, HEADLINE) % HEADLINE)}
    return "wage" if "wage" in told and not told & PRICES else "fee"


def _is_wage_like(text: str, places: Sequence[Place], found: list[str]) -> bool:
    """Whether an amount of a wage's size answers the wage before it: "he wanted £45k a week; they stopped at £30k"."""
    place, before = places[len(found)], places[len(found) - 1]
    if not found or found[-1] != "wage" or place.start - before.end > NEAR:
        return False
    gap = text[before.end : place.start]
    return 1 / ALIKE < place.amount / before.amount < ALIKE and "\n" not in gap and not MOVED.search(gap)


def _is_loan(text: str, place: Place) -> bool:
    """Whether a price stands in the brackets of a list's loan: "Name (Club, to summer 2020; £200,000 fee)"."""
    opened = LISTED.search(text, max(place.sentence_start, place.start - LIST_ITEM), place.start)
    if opened is None or OPTION.search(text, opened.start(), place.start):
        return False
    return (
        LOAN.search(text, opened.start(), max(place.end, text.find(")", place.end, place.end + LIST_ITEM))) is not None
    )


def _inherited(text: str, places: Sequence[Place], found: list[str], default: str) -> str:
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


def _weak(text: str, before: Place, place: Place, found: list[str], kind: str) -> str:
    """A faint "for" or "of" yields to the amount that this one is coordinated with."""
    gap = text[before.end : place.start]
    same = before.sentence_start == place.sentence_start and len(gap) < 60 and not BREAK.search(gap)
    return found[-1] if same and found[-1] in INHERITED else kind


def _from_sentence_before(text: str, place: Place) -> str:
    start = max(0, place.sentence_start - BEFORE)
    block = text[start : place.sentence_start].rstrip()
    if place.sentence_end - place.sentence_start > LIST_ITEM:  # what heads a list speaks for its items
        start += block.rfind("\n\n") + 1
    hits = hits_in(text, start, place.sentence_start)
    told = INHERITED if block.endswith(":") else INHERITED - {"other", "wage"}
    strong = [h for h in hits if h.cue.reach >= 5 and h.cue.weight >= 6 and h.cue.kind in told]
    return strong[-1].cue.kind if strong else "fee"


def _scores(text: str, place: Place, places: Sequence[Place], position: int) -> dict[str, float]:
    start = max(place.sentence_start, place.start - BEFORE)
    end = min(place.sentence_end, place.end + AFTER)
    hits = hits_in(text, start, place.start) + hits_in(text, place.end, end, "after")
    if place.periodic and _is_second(places, position):  # "a budget of £6m, with nobody on more than £5,000 a week"
        hits = [h for h in hits if h.start >= places[position - 1].end]
    further = FURTHER.search(text, max(start, place.start - 30), place.start) is not None
    total = TOTAL.search(text, max(start, place.start - 30), place.start) is not None
    second = (further or _is_second(places, position)) and not total
    scores: dict[str, float] = defaultdict(float)
    for hit in hits:
        score = _score(text, hit, place, places, position)
        kind = hit.cue.kind
        if kind in OPEN:
            kind = _settled(text, kind, hit, place, hits)
        if kind == "move":
            kind = "fee"
            score += MOVE_BONUS if score > 0 and FOR.search(text, max(start, place.start - 40), place.start) else 0.0
        if kind in ("none", "done") or (kind == "add_ons" and hit.cue.weight < STRONG and not second):
            continue
        if kind == "add_ons" and score > 0 and further and hit.start >= place.end:
            score += FURTHER_BONUS
        scores[kind] = max(scores[kind], score)
    if place.periodic:
        if scores["wage"] + scores["other"] <= 0 and OF_BEFORE.match(text, place.sentence_start):  # "The terms are worth £2m a season", of a sponsor
            before = hits_in(text, max(0, start - LIST_ITEM), start)
            scores["other"] = max((h.cue.weight for h in before if h.cue.kind == "other"), default=0.0)
        return {"wage": PERIOD_WEIGHT, "other": scores["other"]}
    return scores


def _settled(text: str, kind: str, hit: Hit, place: Place, hits: Sequence[Hit]) -> str:
    """What a cue of an open kind means, by the cues that stand before the amount."""
    told = {h.cue.kind for h in hits if h.end <= place.start and h is not hit and h.cue.weight >= STRONG}
    if kind == "soft":
        done = (h for h in hits if h.cue.kind == "done" and h.end <= min(hit.start, place.start))
        return "fee" if any(text[h.start - 3 : h.start] != "to " for h in done) else "bid"
    if kind == "outlay":
        return "fee" if ON_SOMEBODY.match(text, place.end) else "other"
    if kind == "deal":
        before = [h for h in hits if h.end <= place.start and h.cue.kind != "none"]
        return "bid" if before and before[-1].cue.kind == "bid" and place.start - before[-1].end < CLOSE else "fee"
    if kind == "value":
        return "bid" if "bid" in told else "fee" if "fee" in told else "asking_price"
    return "bid" if "bid" in told else "fee"


def _is_second(places: Sequence[Place], position: int) -> bool:
    """Whether the amount follows another in its sentence."""
    return position > 0 and places[position].sentence_start == places[position - 1].sentence_start


def _score(text: str, hit: Hit, place: Place, places: Sequence[Place], position: int) -> float:
    """The weight of a cue at its distance; nothing when it stands on the wrong side or too far off."""
    is_before = hit.end <= place.start
    if hit.cue.side not in ("both", "before" if is_before else "after"):
        return 0.0
    gap = text[hit.end : place.start] if is_before else text[place.end : hit.start]
    neighbour = position - 1 if is_before else position + 1
    crossed = False
    if 0 <= neighbour < len(places):
        other = places[neighbour]
        crossed = other.start >= hit.end if is_before else other.end <= hit.start
    if crossed and (not is_before or hit.cue.reach <= 4):
        return 0.0
    if (
        is_before
        and hit.cue.side == "both"
        and neighbour >= 0
        and not text[places[neighbour].end : hit.start].strip(" -")
    ):
        return 0.0  # the "loan fee" of "a £3m loan fee and £18m" is the first one's
    words = len(WORD.findall(gap))
    if place.periodic and not is_before:
        words = max(0, words - len("a week".split()))
    if words > hit.cue.reach + (3 if crossed else 0) or (not is_before and _is_strange(hit, gap, words)):
        return 0.0
    breaks = sum(HARD if b["hard"] else SOFT for b in BREAK.finditer(gap))
    return hit.cue.weight - STEP * words - breaks - (CROSSING if crossed else 0.0)


def _is_strange(hit: Hit, gap: str, words: int) -> bool:
    """Whether a cue after an amount speaks of something else in spite of being near."""
    if hit.cue.kind == "add_ons":  # "£14m plus two in bonuses"
        return JOINED.search(gap) is not None
    if (
        hit.cue.kind != "other" and hit.cue.reach <= PHRASE and PREPOSITION.search(gap)
    ):  # "above €5m for a man who" is no "€5m man"
        return True
    # "for £40,000 has helped to pay a tax bill"
    return hit.cue.kind == "other" and (words > OTHER_AFTER or AUXILIARY.search(gap) is not None)
