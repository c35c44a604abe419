"""The sentences between quotations: who is referred to in each, which cues of speech it has, whose they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rumourmill.quotes.noun_phrases import beginnings, references
from rumourmill.quotes.paragraphs import Layout
from rumourmill.quotes.reference import Reference
from rumourmill.quotes.words import Cue, Words, cues

__all__ = ["ADVERBS", "DASHES", "Chunk", "FoundCue", "Narrative"]

ADVERBS = frozenset(
    "also then later simply once again even still only just first never duly promptly quickly finally always now"
    " already soon earlier previously since recently swiftly immediately defiantly has had have was were is are would"
    " will could did does reportedly famously further all nevertheless therefore however".split()
)
DASHES = frozenset({"-", "–", "—"})
CLAUSE_BREAKS = DASHES | {",", ";", ":", "and", "but", "while"}
TOPICAL = frozenset({"on", "about", "regarding", "asked"})
WHAT = frozenset("what whether how why if when where who reports claims suggestions rumours talk".split())
DETERMINERS = frozenset("the a an his her their its my our your no any some of".split())  # "his reply" is no cue
# Prepositions that open clauses too: what follows is the subject of the verb after it.
CLAUSAL = frozenset("with after before as until since than like whether".split())
BE = frozenset("was were been be being is are got".split())
PASSIVE = frozenset(
    "told asked informed quoted called described labelled branded dubbed criticised accused dismissed hailed".split()
)
LONGEST = 120  # words of a chunk; a longer sentence is cut
MANNER_REACH = 3  # words between `smiled` and the quotation that it introduces


class FoundCue(NamedTuple):
    """A cue and the indices of its first word and of the word after it."""

    at: int
    end: int
    cue: Cue


@dataclass
class Chunk:
    """A sentence, or what quotations leave of it.

    Args:
        first: index of its first word.
        last: index after its last word.
        paragraph: index of its paragraph.
        references: the noun phrases in it that can be speakers.
        cues: the cues of speech in it.
        topic: whether it heads somebody's words with what they are about: `On the bids:`, `Asked about X:`.
        tags_before: whether it told who said the quotation before it.
        subject: the person that it is about, once that is known.
    """

    first: int
    last: int
    paragraph: int
    references: list[Reference]
    cues: list[FoundCue]
    topic: bool = False
    tags_before: bool = False
    subject: str | None = None


class Narrative:
    """Cuts the text between quotations into chunks and reads them.

    Args:
        words: the words of the article.
        layout: its paragraphs.
        sentence_starts: offsets at which its sentences begin, in order.

    `last_cue` is the index of the last word that may begin a cue of indirect speech, -1 when there is none.
    """

    def __init__(self, words: Words, layout: Layout, sentence_starts: Sequence[int]) -> None:
        self.words, self.layout, self.sentence_starts = words, layout, sentence_starts
        self.beginnings = beginnings(words)
        known = cues()
        places = [at for at, word in enumerate(words.lower) if word in known]
        self.last_cue = next((at for at in reversed(places) if any(c.indirect for c in known[words.lower[at]])), -1)
        self.cue_places = sorted({*places, *map(words.at, words.mentions)})  # a name may hold a cue

    def chunks(self, start: int, end: int) -> Iterator[Chunk]:
        """The sentences between two offsets, those without a word left out."""
        cuts = self.sentence_starts[bisect_right(self.sentence_starts, start) : bisect_left(self.sentence_starts, end)]
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            first, last = self._past_lead(self.words.at(left)), self.words.at(right)
            for at in range(first, last, LONGEST):
                piece = at, min(at + LONGEST, last)
                if any(self.words.lower[i][0].isalnum() for i in range(*piece)):
                    yield self.chunk(*piece)

    def touches(self, chunk: Chunk, offset: int) -> bool:
        """Whether an offset lies in the paragraph of a chunk."""
        return chunk.paragraph == self.layout.at(offset)

    def _past_lead(self, first: int) -> int:
        """The first word of a sentence, without the bullet or time before it."""
        if first >= len(self.words):
            return first
        start = self.words.starts[first]
        beyond = self.layout.lead_end(start)
        return self.words.at(beyond) if beyond > start else first

    def chunk(self, first: int, last: int) -> Chunk:
        """The words from one index up to another."""
        paragraph = self.layout.at(self.words.starts[first])
        found = references(self.words, _between(self.beginnings, first, last), last)
        chunk = Chunk(first, last, paragraph, found, list(self._cues(first, last)))
        chunk.topic = self._is_topic(chunk)
        return chunk

    def _is_topic(self, chunk: Chunk) -> bool:
        """Whether a chunk begins with a preposition or `asked`, breaks off, and names nobody who answers."""
        words, first, last = self.words, chunk.first, chunk.last
        breaks_off = words.word(last - 1) in (":", "…") or words.lower[last - 2 : last] == [".", "."]
        if words.word(first) not in TOPICAL or not breaks_off:
            return False
        answers = any(r.personal and not r.governed and words.word(r.first - 1) == "," for r in chunk.references)
        comma = next((i for i in range(first, last) if words.word(i) == ","), last)
        behind = comma if words.word(first + 1) in WHAT else first + 1  # "Asked what X said, he replied:"
        said = any(c.at > behind and c.cue.kind == "verb" and not self.passive(chunk, c) for c in chunk.cues)
        return not answers and not said

    def _cues(self, first: int, last: int) -> Iterator[FoundCue]:
        free = first
        for at in _between(self.cue_places, first, last):
            if at < free:
                continue
            if (person := self.words.person(at)) is not None:
                free = self.words.at(person.end)
                continue
            cue = self.words.cue(at) if self.words.word(at - 1) not in DETERMINERS else None
            if cue is not None:
                free = at + len(cue.words)
                if free <= last:
                    yield FoundCue(at, free, cue)

    # ---- cues ----------------------------------------------------------------------------------------------------
    def passive(self, chunk: Chunk, found: FoundCue) -> bool:
        """Whether somebody is told, asked or described and does not speak: `X was told`, `Asked about X`."""
        verb = found.cue.words[0]
        if found.at == chunk.first and verb in ("asked", "told", "quoted"):
            return True
        return verb in PASSIVE and self.words.word(found.at - 1) in BE

    def leading_cue(self, chunk: Chunk) -> FoundCue | None:
        """The last cue of a chunk that can introduce the quotation after it."""
        for found in reversed(chunk.cues):
            if self.passive(chunk, found) and found.at > chunk.first:
                return None  # "Reports claiming it were dismissed as"
            if found.cue.kind == "after":
                continue
            far = found.cue.kind == "manner" and found.end < chunk.last - MANNER_REACH
            if not far and not self.passive(chunk, found):
                return found
        return None

    def main_cues(self, chunk: Chunk) -> list[FoundCue]:
        """The reporting verbs of a chunk that stand in no clause reported by another."""
        kept: list[FoundCue] = []
        for found in chunk.cues:
            if found.cue.kind != "verb" or self.passive(chunk, found):
                continue
            between = self.words.lower[kept[-1].at : found.at] if kept else [","]
            if not CLAUSE_BREAKS.isdisjoint(between):
                kept.append(found)
        return kept

    # ---- subjects ------------------------------------------------------------------------------------------------
    def main_subject(self, chunk: Chunk) -> Reference | None:
        """The first person of a chunk that stands behind no preposition, or else the first."""
        people = [r for r in chunk.references if r.personal]
        return next((r for r in people if not r.governed), next(iter(people), None))

    def subject(self, chunk: Chunk, found: FoundCue) -> Reference | None:
        """The subject of a cue within its chunk."""
        if found.cue.kind in ("source", "after"):
            return next((r for r in chunk.references if r.first >= found.at), None)
        previous = next((c for c in reversed(chunk.cues) if c.at < found.at and c.cue.kind == "verb"), None)
        if found.cue.words[0].endswith("ing") and previous is not None and not self.passive(chunk, previous):
            return self.subject(chunk, previous)  # "..., X said, calling it"
        earlier = [r for r in chunk.references if r.last <= found.at]
        if not earlier:
            return next((r for r in chunk.references if found.at <= r.first <= found.end + 1), None)
        stop = found.at
        while stop > chunk.first and self.words.word(stop - 1) in ADVERBS:
            stop -= 1
        nearest = earlier[-1]
        if nearest.last == stop and (not nearest.governed or self.words.word(nearest.first - 1) in CLAUSAL):
            return nearest
        if self.words.word(stop - 1) == "who":
            return self._antecedent(earlier, stop - 1) or self._distant_subject(earlier, stop)
        return self._distant_subject(earlier, stop)

    def _antecedent(self, earlier: Sequence[Reference], who: int) -> Reference | None:
        """Of whom `who` tells: the reference before it, or the name to which that is an apposition."""
        nearest = earlier[-1]
        if nearest.last != who - (self.words.word(who - 1) in (",", "-", "–", "—")):
            return None
        name = earlier[-2] if len(earlier) > 1 and nearest.kind != "name" else None
        apposed = name is not None and name.kind == "name" and name.last == nearest.first - 1
        return name if apposed and self.words.word(nearest.first - 1) == "," else nearest

    def _distant_subject(self, earlier: Sequence[Reference], stop: int) -> Reference | None:
        """The subject where a clause or an object stands between it and its verb."""
        free = [r for r in earlier if not r.governed]
        if self.words.word(stop - 1) not in DASHES | {",", ")"}:
            return next(iter(free or earlier), None)
        if free and free[-1].kind == "name" and free[-1].last == stop - 1 and self._apposed(free[-1]):
            return free[-1]
        opened = [r for r in free if self.words.word(r.last) in DASHES | {",", "(", "who"}]
        return next(iter(opened or free or earlier), None)

    def _apposed(self, reference: Reference) -> bool:
        """Whether a name stands behind a comma or its own role: `his father, X, told`."""
        bare = self.words.person(reference.first) is not None
        return not bare or self.words.word(reference.first - 1) in (",", "whose", "and")


def _between(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Those of some word indices, in order, that lie from one index up to another."""
    return places[bisect_left(places, first) : bisect_left(places, last)]
