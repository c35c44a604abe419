"""Matches trigger phrases in text: the phrases of money_cues.csv, which indicate the kind of an amount.

Each phrase is a small pattern; the comment at the top of money_cues.csv documents the syntax. Phrases are indexed by
their first word, so that a text is matched against a few of them only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from rumourmill.resources import gazetteer

__all__ = ["WORD", "Trigger", "TriggerMatch", "match_triggers"]

WORD = re.compile(r"[\w’'&]+|\+")
NON_WORD = re.compile(r"\W")
WHOLE_WORD = re.compile(r"\w+(?=$| |-(?!\?)|['’])")  # the first word of a phrase, where nothing can be joined to it
GAP = r"\.?[\s-]{1,2}"  # between the words of a phrase
STEM = 3  # letters of a first word that may have other endings


@dataclass(frozen=True, slots=True)
class Trigger:
    """One line of money_cues.csv without its phrase.

    Args:
        kind: the kind of amount that the phrase indicates.
        side: `before` or `after` the amount, or `both`.
        reach: words between phrase and amount at most.
        weight: score of the phrase right beside the amount.
    """

    kind: str
    side: str
    reach: int
    weight: float


TriggerEntry: TypeAlias = tuple[re.Pattern[str], tuple[Trigger, ...]]  # a phrase and its lines


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A trigger and the offsets of its phrase in the text."""

    start: int
    end: int
    trigger: Trigger


def match_triggers(text: str, start: int, end: int, side: str = "before") -> list[TriggerMatch]:
    """Match trigger phrases between two offsets; at each place the longest, and none inside another.

    Args:
        text: the article.
        start: offset from which to search.
        end: offset at which to stop; a phrase with "@" must end there.
        side: `before` for triggers that may precede an amount, `after` for those that may follow it.

    Returns:
        Matches in text order, one for each line of the file that has the phrase.
    """
    index = _index(side)
    found: list[TriggerMatch] = []
    at = start
    for word in WORD.finditer(text, start, end):
        if word.start() < at:
            continue
        lower = word[0].lower()
        key = lower if lower.isalnum() else NON_WORD.split(lower)[0]
        entries = index.get(key) or index.get(f"{lower[:STEM]}*", ())
        matches = ((pattern.match(text, word.start(), end), triggers) for pattern, triggers in entries)
        ends = [(match.end(), triggers) for match, triggers in matches if match is not None]
        if ends:
            at = max(stop for stop, _ in ends)
            found += [TriggerMatch(word.start(), at, t) for stop, triggers in ends if stop == at for t in triggers]
    return found


@cache
def _index(side: str) -> Mapping[str, Sequence[TriggerEntry]]:
    """Return the first word of phrases, or its first three letters and "*" -> the phrases that begin so."""
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    for row in gazetteer.rows("money_cues.csv", ("kind", "side", "reach", "weight", "phrase")):
        if row["side"] in (side, "both"):
            trigger = Trigger(row["kind"], row["side"], int(row["reach"]), float(row["weight"]))
            triggers[row["phrase"]].append(trigger)
    keys = {phrase: _first_words(phrase) for phrase in triggers}
    words = {key for of_phrase in keys.values() for key in of_phrase if not key.endswith("*")}
    index: dict[str, list[TriggerEntry]] = {word: [] for word in words}
    for phrase, rows in triggers.items():
        entry = (_compile(phrase), tuple(rows))
        stems = {key for key in keys[phrase] if key.endswith("*")}
        for key in keys[phrase] | {word for word in words if stems and f"{word[:STEM]}*" in stems}:
            index.setdefault(key, []).append(entry)
    return index


def _first_words(phrase: str) -> set[str]:
    """Return each alternative of the first word of a phrase; three letters and "*" where its ending is open."""
    found = set()
    for alternative in _split(phrase)[0].strip("()").split("|"):
        first = WHOLE_WORD.match(alternative)
        found.add(first[0] if first else re.split(r"[\s*-]", alternative)[0][:STEM] + "*")
    return found


def _split(phrase: str) -> list[str]:
    """Split a phrase at spaces outside of brackets."""
    pieces, depth = [""], 0
    for letter in phrase:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == " " and not depth:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces


def _compile(phrase: str) -> re.Pattern[str]:
    """Compile a phrase to a regular expression."""
    pattern = ""
    for piece in _split(phrase):
        gap = GAP if pattern else ""
        if piece == "@":
            pattern += r"\W*$"
            continue
        if piece == "_":
            pattern += rf"(?:{gap}[\w'’.&-]+){{0,4}}?"
            continue
        optional = piece.endswith(")?")
        words = re.sub(r"([+.])", r"\\\1", piece.removesuffix("?")).replace("-?", r"[\s-]?").replace("*", r"[\w'’]*")
        words = gap + words.replace("(", "(?:").replace(" ", r"[\s-]")
        pattern += f"(?:{words})?" if optional else words
    return re.compile(pattern + r"(?!\w)", re.IGNORECASE)
