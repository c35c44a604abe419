"""Matches the patterns of status_patterns.csv on masked words: what a sentence says about the status of a transfer.

The comment at the top of status_patterns.csv documents the syntax. Patterns are compiled to regular expressions and
indexed by the words with which they begin and by the rarest word that they need, so that a sentence is matched against
a few of them only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rumourmill.resources import gazetteer

__all__ = ["StatusMatch", "StatusPatternMatcher"]

FILE = "status_patterns.csv"
GAPS = {
    "_": r"(?:\S+ ){0,2}?",
    "..": r"(?:(?!(?:WHO|TO) )\S+ ){0,6}?",
    "...": r"(?:\S+ ){0,8}?",
}
MAX_CACHED_TEXTS = 1 << 10  # those of some fifty articles
MAX_CACHED_WORDS = 1 << 14
NEGATIVE_STATUSES = frozenset({"rejected", "collapsed"})  # their patterns contain negations
WORDS_BEFORE = 4  # words before a match that make it negated, conditional or hoped for
NEGATIONS = frozenset("not n't never no nobody without denied deny denies neither nor hardly unlikely".split())
CONDITIONS = frozenset("if unless could may might would should whether can cannot until".split())
HOPES = frozenset("hope hopes hoping hoped want wants wanted wanting expect expects expected trying try".split())


@dataclass(frozen=True, slots=True)
class StatusMatch:
    """A match of a status pattern.

    Args:
        status: the status that it indicates when it is not modified; "past" for background.
        name: of the pattern.
        modality: "not", "if" or "hope" when words before or within the match modify it, else "plain".
        words: the matched words.
    """

    status: str
    name: str
    modality: str
    words: str


class StatusPatternMatcher:
    """Matches all status patterns; they are compiled once."""

    def __init__(self) -> None:
        lines = gazetteer.rows(FILE, ("status", "name", "patterns"), ("status",))
        sets = {line["name"]: line["patterns"] for line in lines if line["name"].startswith("$")}
        self.patterns = [
            _StatusPattern.compile(line["status"], line["name"], line["patterns"], sets)
            for line in lines
            if not line["name"].startswith("$")
        ]
        self.required_index = _WordIndex(pattern.required for pattern in self.patterns)
        self.first_index = _WordIndex(pattern.first for pattern in self.patterns)
        self.cache: dict[str, list[StatusMatch]] = {}  # several pairs often have the same masked words

    def match(self, words: Sequence[str]) -> list[StatusMatch]:
        """Return the matches of every pattern on masked words, at every place where it begins.

        Args:
            words: the result of `PairMask.mask_words`.

        Returns:
            Matches in the order of the patterns in the file, those of one pattern in text order.
        """
        text = "".join(f"{word} " for word in words)
        found = self.cache.get(text)
        if found is None:
            if len(self.cache) > MAX_CACHED_TEXTS:
                self.cache.clear()
            starts = self._find_starts(words)
            found = self.cache[text] = [m for n in sorted(starts) for m in self.patterns[n].match(text, starts[n])]
        return found

    def _find_starts(self, words: Sequence[str]) -> dict[int, list[int]]:
        """Return for each pattern that may match the offsets at which it may begin."""
        candidates = frozenset().union(*map(self.required_index.find, words))
        starts: dict[int, list[int]] = {}
        at = 0
        for word in words:
            for n in candidates & self.first_index.find(word):
                starts.setdefault(n, []).append(at)
            at += len(word) + 1
        return starts


class _WordIndex:
    """Finds the lists that contain a word.

    Args:
        lists: of words; "sign*" matches every word with this prefix.
    """

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        self.words: dict[str, set[int]] = defaultdict(set)
        self.prefixes: dict[str, set[int]] = defaultdict(set)
        for n, words in enumerate(lists):
            for word in words:
                (self.prefixes if word.endswith("*") else self.words)[word.removesuffix("*")].add(n)
        self.longest_prefix = max(map(len, self.prefixes), default=0)
        self.cache: dict[str, frozenset[int]] = {}

    def find(self, word: str) -> frozenset[int]:
        """Return the numbers of the lists that contain the word."""
        found = self.cache.get(word)
        if found is None:
            if len(self.cache) > MAX_CACHED_WORDS:
                self.cache.clear()
            prefixes = (word[:end] for end in range(min(len(word), self.longest_prefix) + 1))
            by_prefix = (self.prefixes[prefix] for prefix in prefixes if prefix in self.prefixes)
            found = self.cache[word] = frozenset(self.words.get(word, ())).union(*by_prefix)
        return found


@dataclass(frozen=True)
class _StatusPattern:
    """The alternative patterns of one line.

    Args:
        status: the status that they indicate.
        name: of the line.
        regex: all alternatives.
        required: words of which a text must contain one for any alternative to match; "sign*" is a prefix.
        first: words with which an alternative begins.
    """

    status: str
    name: str
    regex: re.Pattern[str]
    required: tuple[str, ...]
    first: tuple[str, ...]

    @classmethod
    def compile(cls, status: str, name: str, patterns: str, sets: Mapping[str, str]) -> _StatusPattern:
        """Compile the alternatives of a line, separated by " / "; `sets` are the lines whose name begins with $."""
        alternatives = [alternative.split() for alternative in patterns.split(" / ")]
        regex = "|".join("".join(_compile_step(step, sets) for step in steps) for steps in alternatives)
        first = [word for steps in alternatives for word in _first_words(steps, sets)]
        required = [word for steps in alternatives for word in _rarest_words(steps, sets)]
        return cls(status, name, re.compile(regex), tuple(required), tuple(first))

    def match(self, text: str, starts: Sequence[int]) -> Iterator[StatusMatch]:
        """Yield the matches that begin at one of these offsets; of overlapping ones the first."""
        end = 0
        for start in starts:
            found = self.regex.match(text, start) if start >= end else None
            if found is None:
                continue
            end = found.end()
            modifiers = set(text[:start].split()[-WORDS_BEFORE:])
            if self.status not in NEGATIVE_STATUSES:
                modifiers.update(found[0].split())  # "TO have not signed WHO"
            yield StatusMatch(self.status, self.name, _modality(modifiers), found[0].strip())


def _modality(words: set[str]) -> str:
    if not NEGATIONS.isdisjoint(words):
        return "not"
    if not CONDITIONS.isdisjoint(words):
        return "if"
    return "plain" if HOPES.isdisjoint(words) else "hope"


def _compile_step(step: str, sets: Mapping[str, str]) -> str:
    """Return the regular expression of one step of a pattern."""
    if step in GAPS:
        return GAPS[step]
    optional = step.endswith("?")
    alternatives = "|".join(
        re.escape(word.removesuffix("*")) + (r"\S*" if word.endswith("*") else "") for word in _alternatives(step, sets)
    )
    return f"(?:(?:{alternatives}) ){'?' if optional else ''}"


def _alternatives(step: str, sets: Mapping[str, str]) -> list[str]:
    """Return the words of a step, those of its sets included."""
    return "|".join(sets.get(word, word) for word in step.removesuffix("?").split("|")).split("|")


def _rarest_words(steps: Sequence[str], sets: Mapping[str, str]) -> list[str]:
    """Return the words of the step that a text is least likely to contain: longer words are rarer."""
    required = [_alternatives(step, sets) for step in steps if step not in GAPS and not step.endswith("?")]
    return max(required, key=lambda words: min(map(len, words)))


def _first_words(steps: Sequence[str], sets: Mapping[str, str]) -> list[str]:
    """Return the words of the first step, and of those after it while they are optional.

    Raises:
        GazetteerError: the pattern begins with a gap, or has no word that is required.
    """
    pattern = " ".join(steps)
    words: list[str] = []
    for step in steps:
        if step in GAPS:
            raise gazetteer.GazetteerError(f"{FILE}: {pattern!r} begins with a gap; begin it with a word")
        words += _alternatives(step, sets)
        if not step.endswith("?"):
            return words
    raise gazetteer.GazetteerError(f"{FILE}: {pattern!r} has no required word; remove a trailing ?")
