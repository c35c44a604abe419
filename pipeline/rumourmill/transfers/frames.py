"""Matches the frames of move_frames.csv on the parts of a sentence: which club a player comes from and goes to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumourmill.resources import gazetteer
from rumourmill.transfers.noun_chunks import Part

__all__ = ["Frames", "Match"]

ROLES = {"TO": "to", "FROM": "from", "OTHER": "other"}
NAME = r"[CcPp](?!\S)"


@dataclass(frozen=True)
class Match:
    """One player and one club in one frame.

    Args:
        frame: name of the frame.
        role: of the club: to, from or other.
        player: index of the player's part.
        club: index of the club's part.
    """

    frame: str
    role: str
    player: int
    club: int


class Frames:
    """The frames, compiled once."""

    def __init__(self) -> None:
        lines = gazetteer.rows("move_frames.csv", ("kind", "name", "pattern"))
        self.sets = {line["name"]: line["pattern"] for line in lines if line["kind"] == "set"}
        turning = "|".join(map(re.escape, self.sets["turning"].split()))
        self.near = rf"(?:(?!{NAME})(?!(?:{turning}) )\S+ ){{0,5}}?"
        self.far = rf"(?:(?!{NAME})\S+ ){{0,6}}?"
        frames = [line for line in lines if line["kind"] == "frame"]
        self.patterns = [(f["name"], re.compile(f"(?<!\\S)(?={self._compiled(f['pattern'])})")) for f in frames]
        self.needs = [self._needs(frame["pattern"]) for frame in frames]
        self.with_word: dict[str, list[int]] = defaultdict(list)  # word -> frames of which it meets the rarest need
        for n, needs in enumerate(self.needs):
            for word in min(needs, key=len, default=frozenset("CcPp")):
                self.with_word[word].append(n)

    def _needs(self, pattern: str) -> list[frozenset[str]]:
        """The steps of a pattern that are words: of each set one word must stand in the sentence."""
        steps = [step for step in pattern.split() if step not in ("..", "~", "WHO", *ROLES)]
        return [frozenset(self._words(step)) for step in steps]

    def _compiled(self, pattern: str) -> str:
        return "".join(self._step(step) for step in pattern.split())

    def _step(self, step: str) -> str:
        if step == "..":
            return self.near
        if step == "~":
            return self.far
        if step == "WHO":
            return r"(?P<who>[Pp]) "
        if step in ROLES:
            return rf"(?P<{ROLES[step]}>[Cc]) "
        return "(?:" + "|".join(map(re.escape, self._words(step))) + ") "

    def _words(self, step: str) -> list[str]:
        words = (self.sets.get(word[1:], "") if word.startswith("$") else word for word in step.split("|"))
        return "|".join(words).split("|")

    def match(self, line: Sequence[Part]) -> Iterator[Match]:
        """Every frame that holds on a sentence's parts, at every place where it holds."""
        symbols = {part.symbol for part in line}
        if symbols.isdisjoint("Pp") or symbols.isdisjoint("Cc"):
            return
        text, at, index = "", {}, 0
        for index, part in enumerate(line):
            at[len(text)] = index
            text += part.symbol + " "
        likely = {n for symbol in symbols if symbol in self.with_word for n in self.with_word[symbol]}
        for n in sorted(likely):
            if any(need.isdisjoint(symbols) for need in self.needs[n]):
                continue
            name, pattern = self.patterns[n]
            for found in pattern.finditer(text):
                who = at[found.start("who")]
                for role in pattern.groupindex:
                    if role != "who":
                        yield Match(name, role, who, at[found.start(role)])
