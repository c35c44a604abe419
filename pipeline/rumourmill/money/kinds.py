"""Tells what an amount is: a bid, a fee, a wage ... from the words that govern it.

Cue phrases stand in money_cues.csv with a side, a reach and a weight. Each cue near an amount speaks for its kind, the
less the more words, commas, conjunctions or other amounts lie between; the strongest kind wins. What the amounts around
it tell is in `neighbours`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rumourmill.money.amount import Place
from rumourmill.money.neighbours import (
    BEFORE,
    BREAK,
    OPEN,
    STRONG,
    goes_on,
    inherited,
    is_allowed,
    is_part,
    is_second,
    is_wage_like,
    loaned,
    theme,
    weak,
)
from rumourmill.money.triggers import WORD, Hit, hits_in

__all__ = ["kinds"]

AFTER = 160  # characters of the sentence that are read after an amount
CLOSE = 60  # characters from a plan to the deal that it is about
FAINT = 4.5  # a bid or fee below this weight yields to the amount before it
MODEST = 7.0  # a verb of paying alone weighs less
HARD, SOFT, STEP, CROSSING = 3.0, 1.2, 0.3, 3.0  # what a boundary, a word and another amount take off a cue's weight
FOR = re.compile(r"\bfor(?:\s[\w-]+){0,4}\s$", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(?:has|have|had|is|was|were|will|would)\b", re.IGNORECASE)
PREPOSITION = re.compile(r"\b(?:for|from|to|on|in|at|by)\b", re.IGNORECASE)
PHRASE = 3  # reach of the cues that make one phrase with an amount before them
JOINED = re.compile(r"\b(?:plus|and|with)\b|\+", re.IGNORECASE)
TOTAL = re.compile(r"\b(?:ris\w+|rose|increas\w+|climb\w*|go(?:ing)? up|reach\w*|total\w*)(?:\sto)?\s$", re.IGNORECASE)
FURTHER = re.compile(r"\b(?:another|a further|an extra|an additional)\s$", re.IGNORECASE)
ON_SOMEBODY = re.compile(
    r"\s(?:on|for|in)\s(?!(?:\w+ )?(?:players|signings|recruits|transfers|wages|agents|squad|team|stadium))",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\s*(?:The|It|Its|It['’]s|This|Those|These)\b")  # the head of a sentence about the one before
SPONSOR = 80  # characters before it that tell whose terms they are
PERIOD_WEIGHT = 8.5
MOVE_BONUS = 3.5
FURTHER_BONUS = 3.0
OTHER_AFTER = 6  # words


def kinds(text: str, places: Sequence[Place]) -> list[str]:
    """The kind of every amount.

    Args:
        text: the article.
        places: its amounts in text order.

    Returns:
        One of schema's fee kinds for each.
    """
    default = theme(text)
    found: list[str] = []
    for place in places:
        kind = _kind(text, places, found, default)
        found.append("loan_fee" if kind == "fee" and loaned(text, place) else kind)
    for position in range(len(places) - 2, -1, -1):
        if is_part(text, places[position], places[position + 1]):
            found[position] = found[position + 1]
    return found


def _kind(text: str, places: Sequence[Place], found: Sequence[str], default: str) -> str:
    """The kind of the first amount that has none yet."""
    position = len(found)
    if position and goes_on(text, places[position - 1], places[position]):
        return found[-1]
    if is_allowed(text, places, position):
        return "release_clause"
    scores = _scores(text, places[position], places, position)
    kind = max(scores, key=lambda k: scores[k], default="")
    if scores.get(kind, 0.0) <= 0:
        return inherited(text, places, found, default)
    salaries = default == "wage" and kind == "fee" and scores[kind] < MODEST  # "he receives £5m", in a list of them
    answers = kind in ("bid", "fee", "asking_price") and scores[kind] <= STRONG and is_wage_like(text, places, found)
    if salaries or answers:
        return "wage"
    if kind == "add_ons" and is_second(places, position) and found[-1] == "other":
        return "other"  # "owe £2.7m, and a further £3.7m"
    faint = kind in ("fee", "bid") and scores[kind] < FAINT and position
    return weak(text, places, found, kind) if faint else kind


def _scores(text: str, place: Place, places: Sequence[Place], position: int) -> dict[str, float]:
    start = max(place.sentence_start, place.start - BEFORE)
    end = min(place.sentence_end, place.end + AFTER)
    hits = hits_in(text, start, place.start) + hits_in(text, place.end, end, "after")
    if place.periodic and is_second(places, position):  # "a budget of £6m, with nobody on more than £5,000 a week"
        hits = [h for h in hits if h.start >= places[position - 1].end]
    further = FURTHER.search(text, max(start, place.start - 30), place.start) is not None
    total = TOTAL.search(text, max(start, place.start - 30), place.start) is not None
    second = (further or is_second(places, position)) and not total
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
        if scores["wage"] + scores["other"] <= 0 and GOES_ON.match(
            text, place.sentence_start
        ):  # "The terms are worth £2m a season", of a sponsor
            before = hits_in(text, max(0, start - SPONSOR), start)
            scores["other"] = max((h.cue.weight for h in before if h.cue.kind == "other"), default=0.0)
        return {"wage": PERIOD_WEIGHT, "other": scores["other"]}
    return scores


def _settled(text: str, kind: str, hit: Hit, place: Place, hits: Sequence[Hit]) -> str:
    """What a cue of an open kind means, by the cues that stand before the amount."""
    told = [h.cue.kind for h in hits if h.end <= place.start and h is not hit and h.cue.weight >= STRONG]
    if kind == "soft":
        done = (h for h in hits if h.cue.kind in ("done", "fee") and h.end <= min(hit.start, place.start))
        return (
            "fee"
            if any(text[h.start - 3 : h.start] != "to " for h in done if h.cue.kind == "done" or h.cue.weight > STRONG)
            else "bid"
        )
    if kind == "outlay":
        return "fee" if ON_SOMEBODY.match(text, place.end) else "other"
    if kind == "deal":
        before = [h for h in hits if h.end <= place.start and h.cue.kind in ("bid", "done", "move")]
        return "bid" if before and before[-1].cue.kind == "bid" and place.start - before[-1].end < CLOSE else "fee"
    if kind == "value":
        return next((k for k in reversed(told) if k in ("bid", "fee")), "asking_price")
    return "bid" if "bid" in told else "fee"


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
