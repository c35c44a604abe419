"""Matches the phrases of tellings.csv on a sentence as seen from a player and a club: what it tells of their move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import gazetteer

__all__ = ["Telling", "Tellings"]

GAPS = {
    "_": r"(?:\S+ ){0,2}?",
    "..": r"(?:(?!(?:WHO|TO) )\S+ ){0,6}?",
    "...": r"(?:\S+ ){0,8}?",
}
MOST_SEEN = 1 << 12  # lines of which is remembered what holds on them
DENIALS = frozenset({"rejected", "collapsed"})  # statuses whose phrases deny by themselves
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
        mood: "not", "if" or "hope" when the words before or within it turn it so, else "plain".
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
            _Family.read(line["status"], line["name"], line["patterns"], sets)
            for line in lines
            if not line["name"].startswith("$")
        ]
        self.families_of: dict[str, list[int]] = {}  # word -> the families that it may belong to
        self.seen: dict[str, list[Telling]] = {}  # a line is asked about for each of the pairs that see it alike

    def match(self, words: Sequence[str]) -> list[Telling]:
        """Every family that holds on a line of words, at every place where it begins."""
        text = "".join(f"{word} " for word in words)
        found = self.seen.get(text)
        if found is None:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
                self.families_of.clear()
            found = self.seen[text] = [t for n in sorted(self._likely(words)) for t in self.families[n].match(text)]
        return found

    def _likely(self, words: Sequence[str]) -> set[int]:
        """The families of which the line has a word that they need."""
        likely: set[int] = set()
        for word in words:
            families = self.families_of.get(word)
            if families is None:
                families = [n for n, family in enumerate(self.families) if family.needs(word)]
                self.families_of[word] = families
            likely.update(families)
        return likely


@dataclass(frozen=True)
class _Family:
    """Phrases that tell the same.

    Args:
        status: what they tell.
        name: of the family.
        pattern: all of them.
        needed: words of which a line must have one, lest no phrase can hold on it,
        stems: or beginnings of such words.
    """

    status: str
    name: str
    pattern: re.Pattern[str]
    needed: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def read(cls, status: str, name: str, patterns: str, sets: Mapping[str, str]) -> _Family:
        ways = [way.split() for way in patterns.split(" / ")]
        compiled = "|".join("".join(_step(step, sets) for step in way) for way in ways)
        needed = [word for way in ways for word in _rarest(way, sets)]
        stems = tuple(word.removesuffix("*") for word in needed if word.endswith("*"))
        return cls(status, name, re.compile(rf"(?<!\S)(?:{compiled})"), frozenset(needed), stems)

    def needs(self, word: str) -> bool:
        return word in self.needed or word.startswith(self.stems)

    def match(self, text: str) -> Iterator[Telling]:
        for found in self.pattern.finditer(text):
            turning = set(text[: found.start()].split()[-BEFORE:])
            if self.status not in DENIALS:
                turning.update(found[0].split())  # "TO have not signed WHO"
            yield Telling(self.status, self.name, _mood(turning), found[0].strip())


def _mood(turning: set[str]) -> str:
    if not NOT.isdisjoint(turning):
        return "not"
    if not IF.isdisjoint(turning):
        return "if"
    return "plain" if HOPE.isdisjoint(turning) else "hope"


def _step(step: str, sets: Mapping[str, str]) -> str:
    if step in GAPS:
        return GAPS[step]
    optional = step.endswith("?")
    ways = "|".join(
        re.escape(word.removesuffix("*")) + (r"\S*" if word.endswith("*") else "") for word in _words(step, sets)
    )
    return f"(?:(?:{ways}) ){'?' if optional else ''}"


def _words(step: str, sets: Mapping[str, str]) -> list[str]:
    return "|".join(sets.get(word, word) for word in step.removesuffix("?").split("|")).split("|")


def _rarest(way: Sequence[str], sets: Mapping[str, str]) -> list[str]:
    """The words of the step that a line is least likely to have: long words are rarer than short ones."""
    steps = [_words(step, sets) for step in way if step not in GAPS and not step.endswith("?")]
    return max(steps, key=lambda words: min(map(len, words)))
