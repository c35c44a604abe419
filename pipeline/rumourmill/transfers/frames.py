"""Matches the frames of move_frames.csv on noun chunks: which club a player leaves and which one he joins.

The comment at the top of move_frames.csv documents the syntax. A frame is compiled to a regular expression over the
symbols of the chunks; it is tried only on sentences that have a word of each of its steps.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumourmill.resources import gazetteer
from rumourmill.transfers.noun_chunks import NounChunk

__all__ = ["FrameMatch", "FrameMatcher"]

ROLES = {"TO": "to", "FROM": "from", "OTHER": "other"}
NEAR, FAR = "..", "~"  # gaps of a frame
NAME = r"[CcPp](?!\S)"


@dataclass(frozen=True)
class FrameMatch:
    """One player and one club in one frame.

    Args:
        frame: name of the frame.
        role: of the club: to, from or other.
        player: index of the player's chunk.
        club: index of the club's chunk.
    """

    frame: str
    role: str
    player: int
    club: int


class FrameMatcher:
    """Matches all frames; they are compiled once."""

    def __init__(self) -> None:
        lines = gazetteer.rows("move_frames.csv", ("kind", "name", "pattern"))
        self.sets = {line["name"]: line["pattern"] for line in lines if line["kind"] == "set"}
        turning = "|".join(map(re.escape, self.sets["turning"].split()))
        self.near = rf"(?:(?!{NAME})(?!(?:{turning}) )\S+ ){{0,5}}?"
        self.far = rf"(?:(?!{NAME})\S+ ){{0,6}}?"
        frames = [line for line in lines if line["kind"] == "frame"]
        self.patterns = [(f["name"], re.compile(f"(?<!\\S)(?={self._compile(f['pattern'])})")) for f in frames]
        self.required = [self._required_words(frame["pattern"]) for frame in frames]
        self.frames_with: dict[str, list[int]] = defaultdict(list)  # word of a frame's most specific step -> frames
        for n, required in enumerate(self.required):
            for word in min(required, key=len, default=frozenset("CcPp")):
                self.frames_with[word].append(n)

    def match(self, chunks: Sequence[NounChunk]) -> Iterator[FrameMatch]:
        """Yield the matches of every frame on the noun chunks of a sentence."""
        symbols = {chunk.symbol for chunk in chunks}
        if symbols.isdisjoint("Pp") or symbols.isdisjoint("Cc"):
            return
        text, index_at = "", {}
        for index, chunk in enumerate(chunks):
            index_at[len(text)] = index
            text += chunk.symbol + " "
        candidates = {n for symbol in symbols if symbol in self.frames_with for n in self.frames_with[symbol]}
        for n in sorted(candidates):
            if any(words.isdisjoint(symbols) for words in self.required[n]):
                continue
            name, pattern = self.patterns[n]
            for found in pattern.finditer(text):
                player = index_at[found.start("who")]
                for role in pattern.groupindex:
                    if role != "who":
                        yield FrameMatch(name, role, player, index_at[found.start(role)])

    def _required_words(self, pattern: str) -> list[frozenset[str]]:
        """Return for each step that is a word its alternatives, of which a sentence must have one."""
        steps = [step for step in pattern.split() if step not in (NEAR, FAR, "WHO", *ROLES)]
        return [frozenset(self._alternatives(step)) for step in steps]

    def _compile(self, pattern: str) -> str:
        return "".join(self._compile_step(step) for step in pattern.split())

    def _compile_step(self, step: str) -> str:
        if step == NEAR:
            return self.near
        if step == FAR:
            return self.far
        if step == "WHO":
            return r"(?P<who>[Pp]) "
        if step in ROLES:
            return rf"(?P<{ROLES[step]}>[Cc]) "
        return "(?:" + "|".join(map(re.escape, self._alternatives(step))) + ") "

    def _alternatives(self, step: str) -> list[str]:
        words = (self.sets.get(word[1:], "") if word.startswith("$") else word for word in step.split("|"))
        return "|".join(words).split("|")
