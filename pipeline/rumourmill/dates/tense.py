"""Whether a clause looks back or ahead: it decides which Thursday or which January a report means.

Cues are the words of models/gazetteer/tenses.csv and regular past forms in -ed. The nearest cue in the sentence
decides; marks and conjunctions between cue and expression make it more distant, and a past form that stands with
a future word ("will be completed") looks ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from rumourmill.dates.patterns import by_first_letter
from rumourmill.resources import gazetteer

__all__ = ["Tense", "tense_at"]

Tense: TypeAlias = Literal["past", "future"]

BEFORE, AFTER = 160, 100  # characters of the sentence that are looked at on either side
BOUNDARY = re.compile(
    r"[,;:()\"“”]|\s[-–—]\s|\b(?:but|and|who|which|that|as|when|because|while|where|whose|though|although)\b"
)
BOUNDARY_COST = 4  # in words
AHEAD_REACH = 6  # and beyond so many only where none stands before it
AHEAD_COST = 3  # a cue after the expression counts as so many words farther off
FAR = 11  # words: a cue so far off yields to "before" and its like
NOUN_COST = 3  # of what follows an expression: a January move, a summer signing
PARTICIPLE_REACH = 14  # characters from a future word to the participle that it governs
NO_PAST = frozenset(
    "united need indeed aged undisclosed speed exceed feed seed unnamed rated supposed"
    " worried excited concerned interested pleased delighted disappointed tired".split()
)
# "on loan until January" was over only if a stay is told: he was, ran, remained ... until January.
# "should have left" looks back, "would have a medical" ahead.
PERFECT = (
    r"(?:would|could|should|might|may|must|can't)\s(?:have|'ve)\s"
    r"(?:[a-z]{1,12}(?:ed|en|ne)|left|made|sold|bought|paid|sent|put|cut|kept|got|won|lost|met|let|come)(?!\w)"
)
FINITE = frozenset("had was were did has have said told went came saw wasn't weren't hadn't didn't".split())
STAYS = re.compile(
    r"\b(?:was|were|had been|ran|remained|stayed|waited|played|spent|lasted|sat|lived|worked|coached|served|managed"
    r"|captained)\b"
    r"(?![^,;.]*\b(?:ruled|suspended|banned|sidelined|loaned|signed|contracted|given|tied|due|set|told|extended|agreed)\b)"
    r"[^,;.]{0,60}$"
)
UNTIL = re.compile(
    r"\b(?:until|till|til|to|through|beyond)\s(?:(?:\d{1,2}(?:[.:]\d\d)?\s?[ap]m|midnight|noon|midday)\son\s)?(?:at\sleast\s|the\s(?:end\sof\s)?|(?:the\s)?(?:end|start|middle)\sof\s)*$"
)
CONTRACT = re.compile(r"\b(?:contract|deal|runs?|terms|extended|signed|tied)\b[^,;.]{0,40}$")
ALWAYS_PAST = re.compile(
    r"\bsince\s\w+ing\s[^,.;:]{1,30}\son\s$|\b(?:since|as\slong\sago\sas|as\srecently\sas|earlier)\s(?:the\s|last\s|on\s|in\s)?$"
)
ALWAYS_FUTURE = re.compile(
    r"\b(?:ahead\sof|looking\sforward\sto|in\stime\sfor|as\sof|effective\sfrom|build-up\sto|preparations\sfor"
    r"|(?:squad|doubt|doubtful|ready|fit|available|suspended|set|scheduled|due|contract|target|conference)\sfor)\s(?:the\s)?$"
)
WEAKLY_FUTURE = re.compile(r"\b(?:for|by|before|from|next)\s(?:the\s|early\s|late\s|end\sof\s)?$")
FIXTURE = re.compile(
    r"\b(?:tie|match|game|fixture|trip|visit|final|derby|clash|date|appointment|meeting|medical|friendly|unveiling)\b"
    r"(?:\s(?:against|at|to|with|of|from|in)\s[^,.;:]{1,30})?\s(?:on|is on)\s(?:the\s)?$"
)
# "signed by Monday" looks ahead, "had signed by Monday" back; "before Friday's deadline" ahead.
BY = re.compile(r"\S\s+by\s(?:the\send\sof\s|the\s)?$")
HAD = re.compile(r"\bhad\b[^;.]{0,80}$")
BEFORE_EVENT = re.compile(r"\bbefore\s$")
RELATIVE = re.compile(
    r",\s(?:who|which|whose|where)\s[^,;.:]*,\s"
)  # what a clause between commas tells is not the sentence's
RESULT = re.compile(
    r"(?:\snight|\sevening|\safternoon)?'s\s(?:[\w'-]+\s){0,4}?(?:defeat|win|victory|draw|loss|thrashing|rout|stalemate|exit|humiliation"
    r"|collapse|papers|gossip|rumours|headlines|edition|announcement|\d-\d)\b"
)
ARRIVAL = re.compile(r"\s(?:[\w-]+\s)?(?:signings?|arrivals?|recruits?|acquisitions?|captures?|buys?)\b")
PROSPECT = re.compile(
    r"\s(?:[\w-]+\s)?(?:moves?|switch|exit|departure|targets?|clear-out|swoops?|shopping|wish\s?list|plans|overhaul|rebuild)\b"
)


def tense_at(lower: str, start: int, end: int, left: int, right: int) -> Tense | None:
    """The tense that governs an expression.

    Args:
        lower: the text in lower case with straight apostrophes.
        start: offset of the expression's first character.
        end: offset after its last character.
        left: where its sentence begins.
        right: where its sentence ends.

    Returns:
        `past`, `future`, or None when nothing tells.
    """
    before = RELATIVE.sub(", ", lower[max(left, start - BEFORE) : start])
    after = lower[end : min(right, end + AFTER)]
    if before.endswith("(") and after.startswith(")"):  # the date of a headline or a result: the nearest
        return None
    return _by_phrase(before, after) or _by_cues(before, after)


def _by_phrase(before: str, after: str) -> Tense | None:
    """The tense where the words right beside an expression settle it."""
    if ALWAYS_PAST.search(before) or RESULT.match(after):
        return "past"
    is_ahead = (
        ALWAYS_FUTURE.search(before)
        or (UNTIL.search(before) and _is_until(before))
        or (BY.search(before) and not HAD.search(before))
        or (BEFORE_EVENT.search(before) and after.startswith("'s"))
    )
    return "future" if is_ahead else None


def _by_cues(before: str, after: str) -> Tense | None:
    """The tense of the nearest cue; cues that follow count for less."""
    distances = [(_distance(before[at:]), tense) for at, tense in _cues(before)]
    if not distances and FIXTURE.search(before):  # "a tie against Molde on August 5"
        return "future"
    later = [(_distance(after[:at]) + AHEAD_COST, tense) for at, tense in _cues(after, ends=False)]
    distances += [cue for cue in later if not distances or cue[0] <= AHEAD_REACH]
    if ARRIVAL.match(after):
        distances.append((NOUN_COST, "past"))
    elif PROSPECT.match(after):
        distances.append((NOUN_COST, "future"))
    nearest = min(distances, default=None)
    if WEAKLY_FUTURE.search(before) and (nearest is None or nearest[0] > FAR):
        return "future"
    return nearest[1] if nearest else None


def _is_until(before: str) -> bool:
    """Whether "until", "to" and their like look ahead: not in "moved to" or "was there until"."""
    if before.strip() in ("until", "till"):  # "Until May there was": what follows tells
        return False
    if before.rstrip().endswith((" to", " through")):
        return bool(CONTRACT.search(before))
    return not STAYS.search(before)


def _cues(clause: str, *, ends: bool = True) -> Iterator[tuple[int, Tense]]:
    """Where each cue ends (or begins) and its tense, in order."""
    future_end = -1
    tenses = _tenses()
    for found in _pattern().finditer(clause):
        word = found[0]
        if word in NO_PAST:
            continue
        tense = tenses.get(word, "past")
        gap = found.start() - future_end
        participle = tense == "past" and not _is_finite(word) and gap <= PARTICIPLE_REACH
        if participle and future_end >= 0 and not BOUNDARY.search(clause, future_end, found.start()):
            tense = "future"
        if tense == "future":
            future_end = found.end()
        elif _is_finite(word):
            future_end = -1
        yield (found.end() if ends else found.start()), tense


def _is_finite(word: str) -> bool:
    """Whether a past form stands by itself: no future word before it governs it."""
    return word in FINITE or " have " in word


def _distance(between: str) -> int:
    """Words between a cue and the expression; a boundary counts for several."""
    return len(between.split()) + BOUNDARY_COST * len(BOUNDARY.findall(between))


@cache
def _tenses() -> dict[str, Tense]:
    tenses: dict[str, Tense] = {}
    for row in gazetteer.rows("tenses.csv", ("word", "tense")):
        if row["tense"] not in ("past", "future"):
            raise gazetteer.GazetteerError(f"tenses.csv: {row['word']}: the tense is past or future")
        tenses[row["word"]] = "past" if row["tense"] == "past" else "future"
    return tenses


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_tenses(), key=lambda word: (-len(word), word))
    known = by_first_letter(words).replace(r"\ ", r"\s")
    return re.compile(rf"(?<![\w'-])(?:{PERFECT}|{known})(?![\w-])|(?:'ll|'ve)(?!\w)|(?<!\w)[a-z]{{2,14}}ed(?!\w)")
