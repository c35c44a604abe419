"""Detects the tense of the clause around a date: it decides which Thursday or which January is meant.

Tense markers are the words of models/gazetteer/tenses.csv and regular past forms in -ed. The marker nearest to the date
in its sentence decides. Punctuation and conjunctions between the two count as distance, and a past form that is
governed by a future marker ("will be completed") is future.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from rumourmill.dates.patterns import alternation
from rumourmill.resources import gazetteer

__all__ = ["Tense", "detect_tense"]

Tense: TypeAlias = Literal["past", "future", "planned"]
"""`planned`: a plan in the past perfect ("had targeted a return on"), whose day may be before or after publication."""

BEFORE, AFTER = 160, 100  # characters of the sentence that are examined on either side
BOUNDARY = re.compile(
    r"[,;:()\"“”]|\s[-–—]\s|\b(?:but|and|who|which|that|as|when|because|while|where|whose|though|although)\b"
)
BOUNDARY_COST = 4  # words that a boundary counts for
AFTER_REACH = 6  # words to a marker after the date, where another precedes it
AFTER_COST = 3  # words that are added to the distance of a marker after the date
FAR = 11  # words to a marker from which WEAKLY_FUTURE overrides it
NOUN_DISTANCE = 3  # words that a noun after the date counts for: a January move, a summer signing
PARTICIPLE_REACH = 14  # characters from a future marker to the participle that it governs
NOT_PAST = frozenset(
    "united need indeed aged undisclosed speed exceed feed seed unnamed rated supposed"
    " worried excited concerned interested pleased delighted disappointed tired".split()
)
# "should have left" is past, "would have a medical" future.
PERFECT = (
    r"(?:would|could|should|might|may|must|can't)\s(?:have|'ve)\s"
    r"(?:[a-z]{1,12}(?:ed|en|ne)|left|made|sold|bought|paid|sent|put|cut|kept|got|won|lost|met|let|come)(?!\w)"
)
FINITE = frozenset("had was were did has have said told went came saw wasn't weren't hadn't didn't".split())
# A stay until January is past ("he remained there until January"), other uses of "until" are future.
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
# "signed by Monday" and "before Friday's deadline" are future, "had signed by Monday" is past.
BY = re.compile(r"\S\s+by\s(?:the\send\sof\s|the\s)?$")
HAD = re.compile(r"\bhad\b[^;.]{0,80}$")
# "had targeted a return on": a plan, unless another clause follows. Other verbs of planning are future in tenses.csv.
PAST_PLAN = re.compile(
    rf"\bhad\s(?:\w+\s){{0,2}}?(?:targeted|hoped|aimed|intended|wanted|earmarked|pencilled\sin)\b"
    rf"(?:(?!\bhad\b|{BOUNDARY.pattern})[^.;]){{0,80}}$"
)
BEFORE_EVENT = re.compile(r"\bbefore\s$")
# The tense of a relative clause between commas is not that of the sentence.
RELATIVE_CLAUSE = re.compile(r",\s(?:who|which|whose|where)\s[^,;.:]*,\s")
RESULT = re.compile(
    r"(?:\snight|\sevening|\safternoon)?'s\s(?:[\w'-]+\s){0,4}?(?:defeat|win|victory|draw|loss|thrashing|rout|stalemate|exit|humiliation"
    r"|collapse|papers|gossip|rumours|headlines|edition|announcement|\d-\d)\b"
)
ARRIVAL = re.compile(r"\s(?:[\w-]+\s)?(?:signings?|arrivals?|recruits?|acquisitions?|captures?|buys?)\b")
PROSPECT = re.compile(
    r"\s(?:[\w-]+\s)?(?:moves?|switch|exit|departure|targets?|clear-out|swoops?|shopping|wish\s?list|plans|overhaul|rebuild)\b"
)


def detect_tense(lower: str, start: int, end: int, left: int, right: int) -> Tense | None:
    """Return the tense of the clause around a date.

    Args:
        lower: the text in lower case with straight apostrophes.
        start: offset of the first character of the date.
        end: offset after its last character.
        left: offset of the first character of its sentence.
        right: offset after the last character of its sentence.

    Returns:
        The tense, or None where nothing indicates one.
    """
    before = RELATIVE_CLAUSE.sub(", ", lower[max(left, start - BEFORE) : start])
    after = lower[end : min(right, end + AFTER)]
    if before.endswith("(") and after.startswith(")"):  # the date of a headline or a result
        return None
    tense = _by_phrase(before, after)
    if tense is None and (tense := _by_markers(before, after)) == "past" and PAST_PLAN.search(before):
        return "planned"
    return tense


def _by_phrase(before: str, after: str) -> Tense | None:
    """Return the tense where the words right beside the date determine it."""
    if ALWAYS_PAST.search(before) or RESULT.match(after):
        return "past"
    is_future = (
        ALWAYS_FUTURE.search(before)
        or (UNTIL.search(before) and _is_open_until(before))
        or (BY.search(before) and not HAD.search(before))
        or (BEFORE_EVENT.search(before) and after.startswith("'s"))
    )
    return "future" if is_future else None


def _by_markers(before: str, after: str) -> Tense | None:
    """Return the tense of the nearest marker."""
    distances = [(_distance(before[at:]), tense) for at, tense in _find_markers(before)]
    if not distances and FIXTURE.search(before):  # "a tie against Molde on August 5"
        return "future"
    later = [(_distance(after[:at]) + AFTER_COST, tense) for at, tense in _find_markers(after, ends=False)]
    distances += [marker for marker in later if not distances or marker[0] <= AFTER_REACH]
    if ARRIVAL.match(after):
        distances.append((NOUN_DISTANCE, "past"))
    elif PROSPECT.match(after):
        distances.append((NOUN_DISTANCE, "future"))
    nearest = min(distances, default=None)
    if WEAKLY_FUTURE.search(before) and (nearest is None or nearest[0] > FAR):
        return "future"
    return nearest[1] if nearest else None


def _is_open_until(before: str) -> bool:
    """Return whether "until", "to" or a synonym is future, unlike "moved to" and "was there until"."""
    if before.strip() in ("until", "till"):  # "Until May there was": the words after it decide
        return False
    if before.rstrip().endswith((" to", " through")):
        return bool(CONTRACT.search(before))
    return not STAYS.search(before)


def _find_markers(clause: str, *, ends: bool = True) -> Iterator[tuple[int, Tense]]:
    """Yield the end (or the start, unless `ends`) of each marker and its tense, in text order."""
    future_end = -1
    tenses = _tenses()
    for found in _marker_pattern().finditer(clause):
        word = found[0]
        if word in NOT_PAST:
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
    """Return whether a past form is finite, so that no future marker governs it."""
    return word in FINITE or " have " in word


def _distance(between: str) -> int:
    """Return the words between a marker and the date, with boundaries counted as BOUNDARY_COST words each."""
    return len(between.split()) + BOUNDARY_COST * len(BOUNDARY.findall(between))


@cache
def _tenses() -> dict[str, Tense]:
    """Return word or phrase -> tense, as in tenses.csv.

    Raises:
        GazetteerError: a tense is neither past nor future.
    """
    tenses: dict[str, Tense] = {}
    for row in gazetteer.rows("tenses.csv", ("word", "tense")):
        if row["tense"] not in ("past", "future"):
            raise gazetteer.GazetteerError(f"{row.location}: the tense must be past or future, not {row['tense']}")
        tenses[row["word"]] = "past" if row["tense"] == "past" else "future"
    return tenses


@cache
def _marker_pattern() -> re.Pattern[str]:
    """Return the pattern of all tense markers."""
    words = sorted(_tenses(), key=lambda word: (-len(word), word))
    known = alternation(words).replace(r"\ ", r"\s")
    return re.compile(rf"(?<![\w'-])(?:{PERFECT}|{known})(?![\w-])|(?:'ll|'ve)(?!\w)|(?<!\w)[a-z]{{2,14}}ed(?!\w)")
