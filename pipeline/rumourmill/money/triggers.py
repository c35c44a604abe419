"""Finds the cue phrases of money_cues.csv in text: words that tell what an amount is.

A phrase is a small pattern of its own, which the head of the file explains.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from rumourmill.resources import gazetteer

__all__ = ["WORD", "Cue", "Hit", "hits_in"]

WORD = re.compile(r"[\w’'&]+|\+")
APART = re.compile(r"\W")
WHOLE = re.compile(r"\w+(?=$| |-(?!\?)|['’])")  # what a phrase begins with, where nothing can be glued to it
GAP = r"\.?[\s-]{1,2}"  # between the words of a cue


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of money_cues.csv less its phrase."""

    kind: str
    side: str
    reach: int
    weight: float


Entry: TypeAlias = tuple[re.Pattern[str], tuple[Cue, ...]]  # a phrase and its lines


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue and where its phrase stands."""

    start: int
    end: int
    cue: Cue


def hits_in(text: str, start: int, end: int, side: str = "before") -> list[Hit]:
    """The cues between two offsets; the longest at a place, and none inside another.

    Args:
        text: the article.
        start: where to begin.
        end: where to stop; a phrase with "@" ends there.
        side: `before` for the cues that can stand before an amount, `after` for those after it.

    Returns:
        Hits in text order, one for each line of the file that has the phrase.
    """
    index = _index(side)
    found: list[Hit] = []
    at = start
    for word in WORD.finditer(text, start, end):
        if word.start() < at:
            continue
        lower = word[0].lower()
        known = index.get(lower if lower.isalnum() else APART.split(lower)[0]) or index.get(f"{lower[:3]}*", ())
        matches = ((p.match(text, word.start(), end), cues) for p, cues in known)
        ends = [(match.end(), cues) for match, cues in matches if match is not None]
        if ends:
            at = max(stop for stop, _ in ends)
            found += [Hit(word.start(), at, cue) for stop, cues in ends if stop == at for cue in cues]
    return found


@cache
def _index(side: str) -> Mapping[str, Sequence[Entry]]:
    """What a cue may begin with, a whole word or the first three letters and "*", to the cues that do."""
    cues: dict[str, list[Cue]] = defaultdict(list)
    for row in gazetteer.rows("money_cues.csv", ("kind", "side", "reach", "weight", "phrase")):
        if row["side"] in (side, "both"):
            cues[row["phrase"]].append(Cue(row["kind"], row["side"], int(row["reach"]), float(row["weight"])))
    begun = {phrase: _beginnings(phrase) for phrase in cues}
    words = {beginning for of_phrase in begun.values() for beginning in of_phrase if not beginning.endswith("*")}
    index: dict[str, list[Entry]] = {word: [] for word in words}
    for phrase, rows in cues.items():
        entry = (_compiled(phrase), tuple(rows))
        stems = {beginning for beginning in begun[phrase] if beginning.endswith("*")}
        for key in begun[phrase] | {word for word in words if stems and f"{word[:3]}*" in stems}:
            index.setdefault(key, []).append(entry)
    return index


def _beginnings(phrase: str) -> set[str]:
    """The first word of a phrase, each of several; three letters and "*" where it may go on."""
    found = set()
    for alternative in _pieces(phrase)[0].strip("()").split("|"):
        first = WHOLE.match(alternative)
        found.add(first[0] if first else re.split(r"[\s*-]", alternative)[0][:3] + "*")
    return found


def _pieces(phrase: str) -> list[str]:
    """The phrase cut at its spaces, but not at those within brackets."""
    pieces, depth = [""], 0
    for letter in phrase:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == " " and not depth:
            pieces.append("")
        else:
            pieces[-1] += letter
    return pieces


def _compiled(phrase: str) -> re.Pattern[str]:
    pattern = ""
    for piece in _pieces(phrase):
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
