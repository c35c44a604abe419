"""Matches the phrases of tellings.csv on a sentence as seen from a player and a club: what it tells of their move."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rumourmill.resources import gazetteer

__all__ = ["Telling", "Tellings"]

GAPS = {
    "_": r"(?:\S+ ){0,2}?",
    "..": r"(?:(?!(?:WHO|TO) )\S+ ){0,6}?",
    "...": r"(?:\S+ ){0,8}?",
}
MOST_SEEN = 1 << 10  # lines of which is remembered what holds on them: those of some fifty articles
MOST_WORDS = 1 << 14  # words of which is remembered which phrases have them
DENIALS = frozenset({"rejected", "collapsed"})  # statuses whose phrases deny by themselves
BEFORE = 4  # words before a phrase that turn it into a denial or a condition
NOT = frozenset("not n't never no nobody without denied deny denies neither nor hardly unlikely".split())
IF = frozenset("if unless could may might would should whether can cannot until".split())
HOPE = frozenset("hope hopes hoping hoped want wants wanted wanting expect expects expected trying try".split())


@dataclass(frozen=True, slots=True)
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
        self.needing = _Index(family.needed for family in self.families)
        self.beginning = _Index(family.first for family in self.families)
        self.seen: dict[str, list[Telling]] = {}  # a line is asked about for each of the pairs that see it alike

    def match(self, words: Sequence[str]) -> list[Telling]:
        """Every family that holds on a line of words, at every place where it begins."""
        text = "".join(f"{word} " for word in words)
        found = self.seen.get(text)
        if found is None:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
            starts = self._starts(words)
            found = self.seen[text] = [t for n in sorted(starts) for t in self.families[n].match(text, starts[n])]
        return found

    def _starts(self, words: Sequence[str]) -> dict[int, list[int]]:
        """Where in the line phrases may begin, for each family of which it has a word that they need."""
        likely = frozenset().union(*map(self.needing.of, words))
        starts: dict[int, list[int]] = {}
        at = 0
        for word in words:
            for n in likely & self.beginning.of(word):
                starts.setdefault(n, []).append(at)
            at += len(word) + 1
        return starts


class _Index:
    """Which lists of words have a word.

    Args:
        lists: of words; "sign*" is every word that begins so.
    """

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        self.whole: dict[str, set[int]] = defaultdict(set)
        self.stems: dict[str, set[int]] = defaultdict(set)
        for n, words in enumerate(lists):
            for word in words:
                (self.stems if word.endswith("*") else self.whole)[word.removesuffix("*")].add(n)
        self.longest = max(map(len, self.stems), default=0)
        self.seen: dict[str, frozenset[int]] = {}

    def of(self, word: str) -> frozenset[int]:
        """The numbers of the lists that have the word."""
        found = self.seen.get(word)
        if found is None:
            if len(self.seen) > MOST_WORDS:
                self.seen.clear()
            beginnings = (word[:end] for end in range(min(len(word), self.longest) + 1))
            stems = (self.stems[start] for start in beginnings if start in self.stems)
            found = self.seen[word] = frozenset(self.whole.get(word, ())).union(*stems)
        return found


@dataclass(frozen=True)
class _Family:
    """Phrases that tell the same.

    Args:
        status: what they tell.
        name: of the family.
        pattern: all of them.
        needed: words of which a line must have one, lest no phrase can hold on it; "sign*" is any that begins so.
        first: words with which a phrase begins.
    """

    status: str
    name: str
    pattern: re.Pattern[str]
    needed: tuple[str, ...]
    first: tuple[str, ...]

    @classmethod
    def read(cls, status: str, name: str, patterns: str, sets: Mapping[str, str]) -> _Family:
        ways = [way.split() for way in patterns.split(" / ")]
        compiled = "|".join("".join(_step(step, sets) for step in way) for way in ways)
        first = [word for way in ways for word in _first(way, sets)]
        needed = [word for way in ways for word in _rarest(way, sets)]
        return cls(status, name, re.compile(compiled), tuple(needed), tuple(first))

    def match(self, text: str, starts: Sequence[int]) -> Iterator[Telling]:
        """The phrases that begin at some of these offsets; of two that share words the one that begins first."""
        end = 0
        for start in starts:
            found = self.pattern.match(text, start) if start >= end else None
            if found is None:
                continue
            end = found.end()
            turning = set(text[:start].split()[-BEFORE:])
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


def _first(way: Sequence[str], sets: Mapping[str, str]) -> list[str]:
    """The words of the first step, and of those behind it while they may be left out; a phrase begins with no gap."""
    words: list[str] = []
    for step in way:
        if step in GAPS:
            raise gazetteer.GazetteerError(f"tellings.csv: {' '.join(way)!r} begins with a gap; begin it with a word")
        words += _words(step, sets)
        if not step.endswith("?"):
            return words
    raise gazetteer.GazetteerError(f"tellings.csv: {' '.join(way)!r} has no word that must stand")
