"""Matches the phrases of tellings.csv on a sentence as seen from a player and a club: what it tells of their move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import gazetteer

__all__ = ["Telling", "Tellings"]

GAPS = {
    "_": r"(?:\S+ ){0,2}?",
    "..": r"(?:(?!(?:WHO|TO) )\S+ ){0,6}?",
    "...": r"(?:\S+ ){0,8}?",
}
BEFORE = 4  # words before a phrase that turn it into a denial or a condition
NOT = frozenset("not n't never no nobody without denied deny denies neither nor hardly unlikely".split())
IF = frozenset("if unless could may might would should whether can cannot until".split())
HOPE = frozenset("hope hopes hoping hoped want wants wanted wanting expect expects expected trying try".split())


@dataclass(frozen=True)
class Telling:
    """One phrase that holds.

    Args:
        status: what it tells when nothing speaks against it; "past" for what tells of background.
        name: of the phrase's family.
        mood: "not", "if" or "hope" when the words before it turn it so, else "plain".
        words: as they stand.
    """

    status: str
    name: str
    mood: str
    words: str


class Tellings:
    """The phrases, compiled once."""

    def __init__(self) -> None:
        lines = gazetteer.rows("tellings.csv", ("status", "name", "patterns"), ("status",))
        sets = {line["name"]: line["patterns"] for line in lines if line["name"].startswith("$")}
        self.families = [
            (line["status"], line["name"], _compiled(line["patterns"], sets))
            for line in lines
            if not line["name"].startswith("$")
        ]

    def match(self, words: Sequence[str]) -> Iterator[Telling]:
        """Every family that holds on a line of words, at every place where it begins."""
        text = "".join(f"{word} " for word in words)
        for status, name, pattern in self.families:
            for found in pattern.finditer(text):
                before = set(text[: found.start()].split()[-BEFORE:])
                yield Telling(status, name, _mood(before), found[0].strip())


def _mood(before: set[str]) -> str:
    if not NOT.isdisjoint(before):
        return "not"
    if not IF.isdisjoint(before):
        return "if"
    return "plain" if HOPE.isdisjoint(before) else "hope"


def _compiled(patterns: str, sets: dict[str, str]) -> re.Pattern[str]:
    ways = ("".join(_step(step, sets) for step in pattern.split()) for pattern in patterns.split(" / "))
    return re.compile(rf"(?<!\S)(?:{'|'.join(ways)})")


def _step(step: str, sets: dict[str, str]) -> str:
    if step in GAPS:
        return GAPS[step]
    optional = step.endswith("?")
    words = "|".join(sets.get(word, word) for word in step.removesuffix("?").split("|")).split("|")
    ways = "|".join(re.escape(word.removesuffix("*")) + (r"\S*" if word.endswith("*") else "") for word in words)
    return f"(?:(?:{ways}) ){'?' if optional else ''}"
