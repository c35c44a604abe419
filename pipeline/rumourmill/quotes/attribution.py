"""Attribute quotations to speakers by the words before them, after them or within them, else by context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rumourmill.quotes.dialogue import FOLLOWING, RUN, Turn, infer_speaker
from rumourmill.quotes.discourse import Attribution, Discourse
from rumourmill.quotes.indirect import ReportedClause, find_reported_clause
from rumourmill.quotes.narrative import ADVERBS, DASHES, CueMatch, Segment
from rumourmill.quotes.noun_phrases import Reference
from rumourmill.quotes.spans import Quotation
from rumourmill.quotes.words import STOPS, Cue, Words

__all__ = ["AttributionTags", "ReportedSpeech", "SpeakerAttributor", "find_reference"]

LEADING = ADVERBS | frozenset(", : - – — … ... ) ( . so as and but or while".split())
BE = frozenset("was were is are".split())
NAMING = DASHES | {":"}
TIMES = frozenset("on after at in last yesterday this earlier before during later today tonight afterwards . ,".split())
ENDINGS = frozenset(".!?…")
CLOSE_BY = 4  # words between a cue and a quotation for the attribution to be certain
OBJECT = 8  # words of an object before the speaker: "has told Sky Sports the director X"
NEAR = 8  # words of a phrase before the name: "said club director X"


class ReportedSpeech(NamedTuple):
    """A reported clause and its speaker."""

    clause: ReportedClause
    attribution: Attribution


class SpeakerAttributor:
    """Attributes the quotations and reported clauses of an article.

    Args:
        discourse: the discourse at the start of the article; it is updated with each segment.
        quotations: the quoted spans, in order.
    """

    def __init__(self, discourse: Discourse, quotations: Sequence[Quotation]) -> None:
        self.discourse, self.narrative, self.words = discourse, discourse.narrative, discourse.words
        self.tags = AttributionTags(discourse)
        self.turns = [Turn(q, self.narrative.paragraphs.at(q.start)) for q in quotations]

    def attribute(self) -> tuple[list[Attribution], list[ReportedSpeech]]:
        """Return one attribution per quotation, and the reported clauses with their speakers."""
        starts = [0, *(t.quotation.outer_end for t in self.turns)]
        ends = [t.quotation.outer_start for t in self.turns]
        gaps = [list(self.narrative.segments(start, end)) for start, end in zip(starts, ends, strict=False)]
        gaps.append(self._last_segments(starts[-1]))
        reported: list[ReportedSpeech] = []
        for index, turn in enumerate(self.turns):
            turn.segments, following = gaps[index], gaps[index + 1]
            turn.excluded = self._people_named_in(turn.quotation)
            reported += self._process(turn.segments, turn.quotation)
            turn.attribution = self._attribute_turn(index, following)
            self.discourse.resolver.add_subject(turn.attribution.name)
        reported += self._process(gaps[-1], None)
        return [turn.attribution for turn in self.turns], reported

    def _last_segments(self, start: int) -> list[Segment]:
        """Return the segments after the last quotation, up to the last one that can contain a reported clause."""
        found: list[Segment] = []
        for segment in self.narrative.segments(start, len(self.words.text)):
            if len(found) >= FOLLOWING and segment.first > self.narrative.last_cue:
                break
            found.append(segment)
        return found

    def _process(self, segments: Sequence[Segment], until: Quotation | None) -> Iterator[ReportedSpeech]:
        """Update the discourse with the segments before a quotation, or after the last; yield the reported clauses."""
        for index, segment in enumerate(segments):
            self.discourse.update(segment)
            introduces = (
                until is not None
                and index == len(segments) - 1
                and self.narrative.in_paragraph_of(segment, until.outer_start)
            )
            broken = introduces and self.words.word(segment.last - 1) not in ENDINGS
            clause = None if broken or segment.tags_previous else find_reported_clause(self.narrative, segment)
            if clause is not None:
                speaker = self.discourse.attribute(clause.speaker, clause.cue, (), certain=True, segment=segment)
                yield ReportedSpeech(clause, speaker)

    def _people_named_in(self, quotation: Quotation) -> set[str]:
        """Return the people whom a quotation names; none of them is its speaker."""
        first, last = self.words.at(quotation.start), self.words.at(quotation.end)
        return {person.name for i in range(first, last) if (person := self.words.person(i)) is not None}

    def _attribute_turn(self, index: int, following: Sequence[Segment]) -> Attribution:
        turn = self.turns[index]
        if not turn.quotation.closed and (inside := self.tags.inside(turn)) is not None:
            return inside
        before = self.tags.before(turn, following)
        if before is not None and before.certain and before.cue is not None:
            return before
        after = self.tags.after(turn, following)
        return after or before or infer_speaker(self.turns[max(0, index - RUN) : index + 1], following, self.discourse)


class AttributionTags:
    """Attributes quotations by tags: the words beside a quotation that identify its speaker.

    Args:
        discourse: the state of the discourse.
    """

    def __init__(self, discourse: Discourse) -> None:
        self.discourse, self.narrative, self.words = discourse, discourse.narrative, discourse.words

    # ---- before ----------------------------------------------------------------------------------------------------
    def before(self, turn: Turn, following: Sequence[Segment]) -> Attribution | None:
        """Return the attribution by the words that introduce a quotation: `X told Sky: "..."`."""
        segment = turn.segments[-1] if turn.segments else None
        if segment is None or not self.narrative.in_paragraph_of(segment, turn.quotation.outer_start):
            return None
        ending = self.words.word(segment.last - 1)
        if segment.topic or ending in ENDINGS:
            return None
        cue = self.narrative.leading_cue(segment)
        if cue is None and segment.cues and self.narrative.is_passive(segment, segment.cues[-1]) and ending != ":":
            return self._by_agent(turn, following, segment.cues[-1])
        if segment.tags_previous and (cue is None or segment.cues[0] == cue):
            return None
        if cue is None:
            return self._by_label(turn, segment) if ending in NAMING else self._by_subject(turn, segment)
        certain = ending in (":", ",") or cue.end >= segment.last - CLOSE_BY
        subject = self.narrative.subject(segment, cue)
        return self._opening_club(turn, subject, cue) or self.discourse.attribute(
            subject, cue, turn.excluded, certain=certain, segment=segment
        )

    def _by_subject(self, turn: Turn, segment: Segment) -> Attribution | None:
        """Attribute part of a sentence in quotation marks, without a cue, to its subject."""
        subject = self.narrative.main_subject(segment)
        return self.discourse.attribute(subject, None, turn.excluded, certain=False) if subject is not None else None

    def _by_label(self, turn: Turn, segment: Segment) -> Attribution | None:
        """Attribute a quotation after a label: `Presenter X: "..."`, `Email from X: "..."`."""
        leading = [
            r for r in segment.references if self._may_be_label(r) and (r.kind != "body" or r.first == segment.first)
        ]
        nearest = next((r for r in reversed(leading) if r.last == segment.last - 1), next(iter(leading), None))
        if nearest is None:
            return None
        return self._opening_club(turn, nearest, None) or self.discourse.attribute(
            nearest, None, turn.excluded, certain=True
        )

    def _may_be_label(self, reference: Reference) -> bool:
        return not reference.governed or self.words.word(reference.first - 1) in ("from", "by")

    def _by_agent(self, turn: Turn, following: Sequence[Segment], cue: CueMatch) -> Attribution:
        """Attribute `was dismissed as "..." by X` to the agent of the passive, or to nobody."""
        segment, agent = next(iter(following), None), None
        if (
            segment is not None
            and self.narrative.in_paragraph_of(segment, turn.quotation.outer_end)
            and self.words.word(segment.first) == "by"
        ):
            agent = next((r for r in segment.references if r.first == segment.first + 1), None)
        return self.discourse.attribute(agent, cue, turn.excluded, certain=False)

    def _opening_club(self, turn: Turn, reference: Reference | None, cue: CueMatch | None) -> Attribution | None:
        """Attribute a statement to the club that its first words name ("Derby County can confirm ...")."""
        if reference is None or reference.kind != "document" or reference.club or reference.owner:
            return None
        first = self.words.at(turn.quotation.start)
        club = self.words.club(first) or self.words.club(first + 1)
        statement = self.discourse.attribute(reference, cue, turn.excluded, certain=True)
        return statement._replace(name=club.name) if club is not None else statement

    # ---- after -----------------------------------------------------------------------------------------------------
    def after(self, turn: Turn, following: Sequence[Segment]) -> Attribution | None:
        """Return the attribution by the words that follow a quotation: `"...," said X`."""
        segment = next(iter(following), None)
        if segment is None or not self.narrative.in_paragraph_of(segment, turn.quotation.outer_end):
            return None
        words, at = self.words, segment.first
        ended = self._ends_sentence(turn.quotation, segment)
        while at < segment.last and words.word(at) in LEADING and words.word(at) not in BE:
            at += 1
        new_sentence = ended and words.capitalised(at)
        if new_sentence and words.word(segment.last - 1) == ":":
            return None  # the segment introduces the next quotation
        cue = next((c for c in segment.cues if c.at == at), None)
        if cue is not None and (speaker := self._subject_after(segment, cue)) is None and self._continues(segment, cue):
            return None
        if cue is not None:
            segment.tags_previous = True
            return self._opening_club(turn, speaker, cue) or self.discourse.attribute(
                speaker, cue, turn.excluded, certain=True, segment=segment
            )
        if self._ends_in_comma(turn.quotation) and words.word(at).endswith("ed") and not words.capitalised(at):
            reference = find_reference(self.words, segment, at + 1, lenient=True)
            if reference is not None:
                segment.tags_previous = True
                verb = CueMatch(at, at + 1, Cue((words.word(at),), "verb", indirect=False))
                return self.discourse.attribute(reference, verb, turn.excluded, certain=True, segment=segment)
        return self._subject_first(turn, segment, at, new_sentence=new_sentence, lenient=not ended)

    def _subject_first(
        self, turn: Turn, segment: Segment, at: int, *, new_sentence: bool, lenient: bool
    ) -> Attribution | None:
        """Attribute `"...," X said`, and without a cue `"..." - X`."""
        reference = find_reference(self.words, segment, at, lenient=lenient)
        if reference is None:
            return None
        cue = next((c for c in segment.cues if c.at >= reference.last), None)
        if cue is not None and new_sentence and not self._is_tag(turn.quotation, reference, cue):
            cue = None
        has_cue = (
            cue is not None
            and self.narrative.subject(segment, cue) is reference
            and not self.narrative.is_passive(segment, cue)
        )
        continues = self._ends_in_comma(turn.quotation) and reference.personal and reference.first == at
        if not has_cue and not continues and not any(self.words.word(i) in NAMING for i in range(segment.first, at)):
            return None
        segment.tags_previous = True
        found = cue if has_cue else None
        return self._opening_club(turn, reference, found) or self.discourse.attribute(
            reference, found, turn.excluded, certain=True, segment=segment
        )

    def _ends_sentence(self, quotation: Quotation, segment: Segment) -> bool:
        """Return whether a sentence ends with the quotation, so that the words after it begin another."""
        text = self.words.text
        last, beyond = text[quotation.end - 1], text[quotation.outer_end : quotation.outer_end + 1]
        return last in ".…" or beyond == "." or (last in "!?" and self.words.capitalised(segment.first))

    def _subject_after(self, segment: Segment, cue: CueMatch) -> Reference | None:
        """Return the subject after a cue: `said X`, `as X put it`, `according to X`; else None."""
        at = cue.end
        while at < segment.last and self.words.word(at) in ADVERBS | {"from", "by", "of"}:
            at += 1
        if cue.cue.kind == "after":
            named = find_reference(self.words, segment, at, lenient=False)
            return named if named is not None and named.kind != "unnamed" else None
        if self.words.word(cue.end) == "that":
            return None
        beyond = (r for r in segment.references if at <= r.first < at + OBJECT and not r.governed and r.kind == "name")
        return find_reference(self.words, segment, at, lenient=True) or next(beyond, None)

    def _continues(self, segment: Segment, cue: CueMatch) -> bool:
        """Return whether a cue without a subject is no tag: `"..." and claimed that he`, `"...". That is all.`."""
        return cue.cue.kind == "after" or self.words.word(segment.first) in ("and", "but")

    def _ends_in_comma(self, quotation: Quotation) -> bool:
        """Return whether the quotation ends in a comma, after which any verb can be a tag: `"We won," trilled X`."""
        text = self.words.text
        return text[quotation.end - 1] == "," or text[quotation.outer_end : quotation.outer_end + 1] == ","

    def _is_tag(self, quotation: Quotation, reference: Reference, cue: CueMatch) -> bool:
        """Return whether a sentence after a full stop is a tag: `"We won." Keane said on Friday.`."""
        at = reference.last
        if self.words.text[quotation.end - 1] != "." and self.words.word(at) == ",":
            at = cue.at  # "Really?" X, the captain, told reporters.
        while self.words.word(at) in ADVERBS:
            at += 1
        after = self.words.word(cue.end)
        return at == cue.at and cue.cue.kind == "verb" and (after in TIMES or not after or cue.cue.words[0] == "told")

    # ---- inside ----------------------------------------------------------------------------------------------------
    def inside(self, turn: Turn) -> Attribution | None:
        """Return the attribution by a tag within a quotation without a closing mark: `"We won, said X.`."""
        first, last = self.words.at(turn.quotation.start), self.words.at(turn.quotation.end)
        for segment in self.narrative.segments(turn.quotation.start, turn.quotation.end) if first < last else ():
            for cue in segment.cues:
                adjacent = next(
                    (r for r in segment.references if r.first in (cue.at, cue.end) or r.last == cue.at), None
                )
                if adjacent is None or cue.cue.kind == "source":
                    continue
                if self.words.word(min(cue.at, adjacent.first) - 1) in (",", "?", "!"):
                    return self.discourse.attribute(adjacent, cue, turn.excluded - {adjacent.name or ""}, certain=True)
        return None


def find_reference(words: Words, segment: Segment, at: int, *, lenient: bool) -> Reference | None:
    """Return the reference that begins at a word, also a name that the recogniser missed; else None.

    Args:
        words: the words of the article.
        segment: the segment that contains the word.
        at: index of the word.
        lenient: whether unlisted words may precede a name ("said club director X"), and whether "the" with unlisted
            words is a description ("said the Londoner").
    """
    stop = min(at + NEAR, segment.last)
    for index in range(at, stop if lenient else min(at + 1, stop)):
        found = next((r for r in segment.references if r.first <= index < r.last), None)
        if found is not None and (found.first == at or found.kind == "name"):
            beyond = found.last
            while beyond < stop and "-" in (words.word(beyond), words.word(beyond - 1)):  # "my brother-in-law Martin"
                beyond += 1
            return (_unknown_name(words, beyond, stop) if lenient and found.relative else None) or found
        if lenient and found is None and (unknown := _unknown_name(words, index, stop)) is not None:
            return unknown
        ends = words.word(index) in STOPS or not words.word(index)[0].isalnum() or words.cue(index) is not None
        if ends or found is not None:
            stop = index if found is None else stop
            break
    if lenient and words.word(at) == "the" and stop > at + 1 and words.word(stop) not in ("'s", "’s", "of"):
        return Reference(at, stop, words.starts[at], words.ends[stop - 1], "description")
    return None


def _unknown_name(words: Words, first: int, stop: int) -> Reference | None:
    """Return a name that the recogniser missed: "says my brother-in-law Martin"; else None."""
    last = first
    while last < stop and words.may_be_name(last):
        last += 1
    after = words.word(last)
    if last == first or words.word(first - 1) in ("the", "a", "an") or not (after in STOPS or not after.isalnum()):
        return None  # "said the Londoner", "said Anfield legend X"
    span = words.starts[first], words.ends[last - 1]
    return Reference(first, last, *span, "name", words.slice(first, last))
