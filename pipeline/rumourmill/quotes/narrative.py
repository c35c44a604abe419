"""Split the text outside quotations into segments, with the references, the cues of speech and their subjects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rumourmill.quotes.noun_phrases import Reference, candidate_starts, find_references
from rumourmill.quotes.paragraphs import Paragraphs
from rumourmill.quotes.words import Cue, Words

__all__ = ["ADVERBS", "DASHES", "CueMatch", "Narrative", "Segment"]

ADVERBS = frozenset(
    "also then later simply once again even still only just first never duly promptly quickly finally always now"
    " already soon earlier previously since recently swiftly immediately defiantly has had have was were is are would"
    " will could did does reportedly famously further all nevertheless therefore however".split()
)
DASHES = frozenset({"-", "–", "—"})
CLAUSE_BREAKS = DASHES | {",", ";", ":", "and", "but", "while"}
TOPICAL = frozenset({"on", "about", "regarding", "asked"})
QUESTION_WORDS = frozenset("what whether how why if when where who reports claims suggestions rumours talk".split())
DETERMINERS = frozenset("the a an his her their its my our your no any some of".split())  # "his reply" is no cue
# Prepositions that also introduce clauses: a noun phrase after one can be the subject of the next verb.
CLAUSAL = frozenset("with after before as until since than like whether".split())
BE = frozenset("was were been be being is are got".split())
PASSIVE = frozenset(
    "told asked informed quoted called described labelled branded dubbed criticised accused dismissed hailed".split()
)
LONGEST = 120  # words of a segment; a longer sentence is split
MANNER_REACH = 3  # words between a cue of manner (`smiled`) and the quotation that it introduces


class CueMatch(NamedTuple):
    """A cue in the text.

    Args:
        at: index of its first word.
        end: index after its last word.
        cue: the entry of cues.csv.
    """

    at: int
    end: int
    cue: Cue


@dataclass
class Segment:
    """A sentence outside quotations, or the part of it before, between or after quotations.

    Args:
        first: index of its first word.
        last: index after its last word.
        paragraph: index of its paragraph.
        references: the noun phrases in it that can be speakers.
        cues: the cues of speech in it.
        topic: whether it introduces a quotation with its topic: `On the bids:`, `Asked about X:`.
        tags_previous: whether it names the speaker of the quotation before it; set by `attribution`.
        subject: name of the person that it is about; set by `discourse`.
    """

    first: int
    last: int
    paragraph: int
    references: list[Reference]
    cues: list[CueMatch]
    topic: bool = False
    tags_previous: bool = False
    subject: str | None = None


class Narrative:
    """Splits the text outside quotations into segments.

    Args:
        words: the words of the article.
        paragraphs: its paragraphs.
        sentence_starts: offsets of its sentences, in order.

    Attributes:
        last_cue: index of the last word that may begin a cue of indirect speech, -1 if there is none.
    """

    def __init__(self, words: Words, paragraphs: Paragraphs, sentence_starts: Sequence[int]) -> None:
        self.words, self.paragraphs, self.sentence_starts = words, paragraphs, sentence_starts
        self.reference_starts = candidate_starts(words)
        cues = words.cues
        starts = [at for at, word in enumerate(words.lower) if word in cues]
        self.last_cue = next((at for at in reversed(starts) if any(c.indirect for c in cues[words.lower[at]])), -1)
        self.cue_starts = sorted({*starts, *map(words.at, words.names)})  # a name may contain a cue

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the segments between two offsets; those without a word are skipped."""
        cuts = self.sentence_starts[bisect_right(self.sentence_starts, start) : bisect_left(self.sentence_starts, end)]
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            first, last = self._skip_lead(self.words.at(left)), self.words.at(right)
            for at in range(first, last, LONGEST):
                piece = at, min(at + LONGEST, last)
                if any(self.words.lower[i][0].isalnum() for i in range(*piece)):
                    yield self.segment(*piece)

    def in_paragraph_of(self, segment: Segment, offset: int) -> bool:
        """Return whether an offset is in the paragraph of a segment."""
        return segment.paragraph == self.paragraphs.at(offset)

    def _skip_lead(self, first: int) -> int:
        """Return the first word of a sentence after a bullet or time."""
        if first >= len(self.words):
            return first
        start = self.words.starts[first]
        beyond = self.paragraphs.lead_end(start)
        return self.words.at(beyond) if beyond > start else first

    def segment(self, first: int, last: int) -> Segment:
        """Build the segment from one word index to before another."""
        paragraph = self.paragraphs.at(self.words.starts[first])
        found = find_references(self.words, _between(self.reference_starts, first, last), last)
        segment = Segment(first, last, paragraph, found, list(self._find_cues(first, last)))
        segment.topic = self._is_topic(segment)
        return segment

    def _is_topic(self, segment: Segment) -> bool:
        """Return whether a segment begins with a preposition or `asked`, breaks off, and names no speaker."""
        words, first, last = self.words, segment.first, segment.last
        breaks_off = words.word(last - 1) in (":", "…") or words.lower[last - 2 : last] == [".", "."]
        if words.word(first) not in TOPICAL or not breaks_off:
            return False
        answers = any(r.personal and not r.governed and words.word(r.first - 1) == "," for r in segment.references)
        comma = next((i for i in range(first, last) if words.word(i) == ","), last)
        after = comma if words.word(first + 1) in QUESTION_WORDS else first + 1  # "Asked what X said, he replied:"
        said = any(c.at > after and c.cue.kind == "verb" and not self.is_passive(segment, c) for c in segment.cues)
        return not answers and not said

    def _find_cues(self, first: int, last: int) -> Iterator[CueMatch]:
        free = first
        for at in _between(self.cue_starts, first, last):
            if at < free:
                continue
            if (person := self.words.person(at)) is not None:
                free = self.words.at(person.end)
                continue
            cue = self.words.cue(at) if self.words.word(at - 1) not in DETERMINERS else None
            if cue is not None:
                free = at + len(cue.words)
                if free <= last:
                    yield CueMatch(at, free, cue)

    # ---- cues ----------------------------------------------------------------------------------------------------
    def is_passive(self, segment: Segment, found: CueMatch) -> bool:
        """Return whether a cue is a passive, whose subject does not speak: `X was told`, `Asked about X`."""
        verb = found.cue.words[0]
        if found.at == segment.first and verb in ("asked", "told", "quoted"):
            return True
        return verb in PASSIVE and self.words.word(found.at - 1) in BE

    def leading_cue(self, segment: Segment) -> CueMatch | None:
        """Return the last cue of a segment that can introduce the quotation after it, else None."""
        for found in reversed(segment.cues):
            if self.is_passive(segment, found) and found.at > segment.first:
                return None  # "Reports claiming it were dismissed as"
            if found.cue.kind == "after":
                continue
            far = found.cue.kind == "manner" and found.end < segment.last - MANNER_REACH
            if not far and not self.is_passive(segment, found):
                return found
        return None

    def main_cues(self, segment: Segment) -> list[CueMatch]:
        """Return the reporting verbs of a segment that are not in a clause reported by another."""
        main: list[CueMatch] = []
        for found in segment.cues:
            if found.cue.kind != "verb" or self.is_passive(segment, found):
                continue
            between = self.words.lower[main[-1].at : found.at] if main else [","]
            if not CLAUSE_BREAKS.isdisjoint(between):
                main.append(found)
        return main

    # ---- subjects ------------------------------------------------------------------------------------------------
    def main_subject(self, segment: Segment) -> Reference | None:
        """Return the first person of a segment without a preposition, else the first person."""
        people = [r for r in segment.references if r.personal]
        return next((r for r in people if not r.governed), next(iter(people), None))

    def subject(self, segment: Segment, found: CueMatch) -> Reference | None:
        """Return the subject of a cue within its segment, else None."""
        if found.cue.kind in ("source", "after"):
            return next((r for r in segment.references if r.first >= found.at), None)
        previous = next((c for c in reversed(segment.cues) if c.at < found.at and c.cue.kind == "verb"), None)
        if found.cue.words[0].endswith("ing") and previous is not None and not self.is_passive(segment, previous):
            return self.subject(segment, previous)  # "..., X said, calling it"
        earlier = [r for r in segment.references if r.last <= found.at]
        if not earlier:
            return next((r for r in segment.references if found.at <= r.first <= found.end + 1), None)
        stop = found.at
        while stop > segment.first and self.words.word(stop - 1) in ADVERBS:
            stop -= 1
        nearest = earlier[-1]
        if nearest.last == stop and (not nearest.governed or self.words.word(nearest.first - 1) in CLAUSAL):
            return nearest
        if self.words.word(stop - 1) == "who":
            return self._antecedent(earlier, stop - 1) or self._distant_subject(earlier, stop)
        return self._distant_subject(earlier, stop)

    def _antecedent(self, earlier: Sequence[Reference], who: int) -> Reference | None:
        """Return the antecedent of `who`: the reference before it, or the name that this is an apposition to."""
        nearest = earlier[-1]
        if nearest.last != who - (self.words.word(who - 1) in (",", "-", "–", "—")):
            return None
        name = earlier[-2] if len(earlier) > 1 and nearest.kind != "name" else None
        apposed = name is not None and name.kind == "name" and name.last == nearest.first - 1
        return name if apposed and self.words.word(nearest.first - 1) == "," else nearest

    def _distant_subject(self, earlier: Sequence[Reference], stop: int) -> Reference | None:
        """Return the subject if a clause or an object separates it from its verb."""
        free = [r for r in earlier if not r.governed]
        if self.words.word(stop - 1) not in DASHES | {",", ")"}:
            return next(iter(free or earlier), None)
        if free and free[-1].kind == "name" and free[-1].last == stop - 1 and self._apposed(free[-1]):
            return free[-1]
        opened = [r for r in free if self.words.word(r.last) in DASHES | {",", "(", "who"}]
        return next(iter(opened or free or earlier), None)

    def _apposed(self, reference: Reference) -> bool:
        """Return whether a name follows a comma or its own role: `his father, X, told`."""
        without_role = self.words.person(reference.first) is not None
        return not without_role or self.words.word(reference.first - 1) in (",", "whose", "and")


def _between(indices: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Return the sorted indices that are at least `first` and below `last`."""
    return indices[bisect_left(indices, first) : bisect_left(indices, last)]
