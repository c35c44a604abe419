"""Who said a quotation: reads what stands before, after and between quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.cast import Cast
from pipeline.quotation import Quotation, paragraphs
from pipeline.references import STOPS, Reference, references
from pipeline.words import Cue, Words

__all__ = ["Attribution", "Chunk", "Speakers"]

ADVERBS = frozenset(
    "also then later simply once again even still only just first never duly promptly quickly finally always now already soon earlier"
    " previously since recently swiftly recently immediately defiantly has had have was were is are would will could did does"
    " reportedly famously further all nevertheless therefore however".split()
)
LEADING = frozenset(", : - – — … ... ) ( .".split()) | ADVERBS | frozenset({"so", "as", "and", "but", "or", "while"})
DASHES = frozenset({"-", "–", "—"})
CLAUSE_BREAKS = frozenset({",", ";", ":", "and", "but", "while", "-", "–", "—"})
TIMES = frozenset("on after at in last yesterday this earlier before during when as to later today tonight afterwards . ,".split())
NAMING = DASHES | {":"}
ENDINGS = frozenset(".!?…")
PASSIVE = frozenset("was were been be being is are got".split())
PASSIVE_CUES = frozenset("told asked informed quoted called described labelled branded dubbed criticised accused".split())
REPLY = re.compile(r"repl|repeat|cut in|answer|retort|respon|counter|object|interject|ask|hit back|shot back", re.IGNORECASE)
LONGEST = 60  # words that a tag after or before a quotation may have


class Attribution(NamedTuple):
    """Who said it and which words told so.

    Args:
        name: canonical name of a person or club; None when the text does not tell.
        role: as quotes.speaker_role in the contract.
        start, end: offsets of the name, pronoun or description; None when there is none.
        cue: the reporting phrase as written, or None.
        sure: whether a phrase beside the quotation told it.
    """

    name: str | None = None
    role: str = "unknown"
    start: int | None = None
    end: int | None = None
    cue: str | None = None
    sure: bool = False


@dataclass
class Chunk:
    """A sentence, or what quotations leave of it."""

    first: int
    last: int
    paragraph: int
    references: list[Reference]
    cues: list[tuple[int, Cue]]
    tags_before: bool = False  # it told who said the quotation before it
    subject: str | None = None


@dataclass
class Turn:
    """A quotation with the chunks before it, back to the quotation before."""

    quotation: Quotation
    paragraph: int
    chunks: list[Chunk] = field(default_factory=list)
    attribution: Attribution = Attribution()


class Speakers:
    """Attributes the quotations of one article, in order.

    Args:
        words: the article's words.
        cast: its people.
        quotations: its quoted stretches.
        sentence_starts: offsets at which sentences begin, in order.
    """

    def __init__(self, words: Words, cast: Cast, quotations: Sequence[Quotation], sentence_starts: Sequence[int]) -> None:
        self.words, self.cast = words, cast
        self.sentence_starts = sentence_starts
        self.paragraphs = paragraphs(words.text)
        self.paragraph_starts = [p.start for p in self.paragraphs]
        self.turns = [Turn(q, self._paragraph(q.start)) for q in quotations]
        self.tail: list[Chunk] = []

    def attribute(self) -> list[Attribution]:
        """One attribution per quotation."""
        edges = [0, *(t.quotation.outer_end for t in self.turns)]
        ends = [*(t.quotation.outer_start for t in self.turns), len(self.words.text)]
        gaps = [list(self._chunks(start, end)) for start, end in zip(edges, ends, strict=True)]
        for turn, gap in zip(self.turns, gaps, strict=False):
            turn.chunks = gap
        self.tail = gaps[-1]
        for index, turn in enumerate(self.turns):
            for chunk in turn.chunks:
                self._note(chunk)
            following = self.turns[index + 1].chunks if index + 1 < len(self.turns) else self.tail
            turn.attribution = self._attribution(index, following)
            self.cast.note(turn.attribution.name)
        for chunk in self.tail:
            self._note(chunk)
        return [turn.attribution for turn in self.turns]

    # ---- chunks ------------------------------------------------------------------------------------------------
    def _paragraph(self, offset: int) -> int:
        return max(bisect_right(self.paragraph_starts, offset) - 1, 0)

    def _chunks(self, start: int, end: int) -> Iterator[Chunk]:
        """The sentences between two offsets."""
        cuts = self.sentence_starts[bisect_right(self.sentence_starts, start) : bisect_left(self.sentence_starts, end)]
        edges = sorted({start, *cuts, end})
        for left, right in zip(edges, edges[1:], strict=False):
            first, last = self.words.at(left), self.words.at(right)
            if any(self.words.lower[i][0].isalnum() for i in range(first, last)):
                yield self._chunk(first, last)

    def _chunk(self, first: int, last: int) -> Chunk:
        cues: list[tuple[int, Cue]] = []
        at = first
        while at < last:
            cue = self.words.cue(at) if self.words.person(at) is None else None
            if cue is not None and at + len(cue.words) <= last:
                cues.append((at, cue))
                at += len(cue.words)
            else:
                at += 1
        return Chunk(first, last, self._paragraph(self.words.starts[first]), references(self.words, first, last), cues)

    def _note(self, chunk: Chunk) -> None:
        """Remember the subject of a sentence, unless it only told who spoke before."""
        if chunk.tags_before and len(chunk.cues) < 2:
            return
        people = [r for r in chunk.references if r.personal]
        for reference in people:
            self._learn(chunk, reference)
        free = [r for r in people if not r.governed]
        if free and free[0].kind == "pronoun" and people[0] is not free[0]:
            free = people  # "When that was put to the Roma boss, he smiled"
        chunk.subject = next((n for r in free or people if (n := self.cast.resolve(r)) is not None), None)
        self.cast.note(next((r.name for r in chunk.references if r.kind == "club" and not r.governed), None))
        self.cast.note(chunk.subject)
        told = [self._subject(chunk, c) for c in self._main_cues(chunk)]
        if told and told[-1] is not None and (told[-1].personal or told[-1].kind == "unnamed"):
            name = self.cast.resolve(told[-1])
            if name is None:
                self.cast.note_stranger()
            chunk.subject = name or chunk.subject
            self.cast.note(name)

    def _learn(self, chunk: Chunk, reference: Reference) -> None:
        """Keep what a name or a description with a sure bearer tells of him."""
        if reference.kind == "name":
            self.cast.learn(reference.name, reference)
        elif reference.kind == "description" and not reference.relative:
            self.cast.learn(self.cast.resolve(reference, self._beside(chunk, reference)), reference)

    def _beside(self, chunk: Chunk, reference: Reference) -> set[str]:
        """Names in the same sentence before a description: it means somebody else ("Asked about X, the Swede said")."""
        before = self.words.word(reference.first - 1)
        is_object = reference.governed or before.endswith(("ing", "ed"))
        return {
            r.name
            for r in chunk.references
            if r.kind == "name" and r.name and r.first < reference.first and r.governed is not is_object
        }

    def _main_cues(self, chunk: Chunk) -> list[tuple[int, Cue]]:
        """The reporting verbs of a sentence that stand in no clause reported by another."""
        kept: list[tuple[int, Cue]] = []
        for at, cue in chunk.cues:
            if cue.kind != "verb" or self._passive((at, cue), chunk.first):
                continue
            between = self.words.lower[kept[-1][0] : at] if kept else [","]
            if any(w in CLAUSE_BREAKS for w in between):
                kept.append((at, cue))
        return kept

    def _main_subject(self, chunk: Chunk) -> Reference | None:
        people = [r for r in chunk.references if r.personal]
        free = [r for r in people if not r.governed]
        return next(iter(free or people), None)

    # ---- one quotation -----------------------------------------------------------------------------------------
    def _attribution(self, index: int, following: list[Chunk]) -> Attribution:
        turn = self.turns[index]
        excluded = self._spoken_of(turn.quotation)
        inner = self._inside(turn, excluded) if turn.quotation.end == turn.quotation.outer_end else None
        if inner is not None:
            return inner
        before = self._before(turn, following, excluded)
        if before is not None and before.sure and before.cue is not None:
            return before
        after = self._after(turn, following, excluded)
        if after is not None:
            return after
        if before is not None:
            return before
        return self._implied(index, following, excluded)

    def _spoken_of(self, quotation: Quotation) -> set[str]:
        """People whom the quotation names: whoever speaks, it is none of them."""
        first, last = self.words.at(quotation.start), self.words.at(quotation.end)
        found = (self.words.mentions.get(self.words.starts[i]) for i in range(first, last))
        return {m.name for m in found if m is not None and m.label != "CLUB"}

    def _touches(self, chunk: Chunk, offset: int) -> bool:
        return chunk.paragraph == self._paragraph(offset)

    def _before(self, turn: Turn, following: list[Chunk], excluded: set[str]) -> Attribution | None:
        """Who speaks by the words that lead into the quotation: `X told Sky: "..."`."""
        chunk = turn.chunks[-1] if turn.chunks else None
        if chunk is None or not self._touches(chunk, turn.quotation.outer_start):
            return None
        ending = self.words.word(chunk.last - 1)
        if ending in ENDINGS:
            return None
        cue = self._last_cue(chunk)
        if cue is None and chunk.cues and self._passive(chunk.cues[-1], chunk.first) and ending != ":":
            return self._by_agent(turn, following, chunk.cues[-1], excluded)
        if chunk.tags_before and (cue is None or chunk.cues[0] == cue):
            return None
        sure = ending in (":", ",") or cue is not None and cue[0] + len(cue[1].words) >= chunk.last - 4
        if cue is None:
            if ending == ":" and self.words.word(chunk.first) == "on":
                return None  # "On promotion:" heads the words of the one who is interviewed
            if ending not in (":", *DASHES):
                reference = self._main_subject(chunk)
                return self._made(turn, reference, None, excluded, sure=False) if reference else None
            leading = [r for r in chunk.references if self._may_lead(r) and (r.kind != "body" or r.first == chunk.first)]
            reference = next((r for r in reversed(leading) if r.last == chunk.last - 1), next(iter(leading), None))
            return self._made(turn, reference, None, excluded, sure=True) if reference else None
        return self._made(turn, self._subject(chunk, cue), cue, excluded, sure=sure, chunk=chunk)

    def _by_agent(self, turn: Turn, following: list[Chunk], cue: tuple[int, Cue], excluded: set[str]) -> Attribution:
        """`was dismissed as "..." by X`: the agent of a passive, or nobody."""
        chunk = following[0] if following else None
        agent = None
        if chunk is not None and self.words.word(chunk.first) == "by" and self._touches(chunk, turn.quotation.outer_end):
            agent = next((r for r in chunk.references if r.first == chunk.first + 1), None)
        return self._made(turn, agent, cue, excluded, sure=False)

    def _may_lead(self, reference: Reference) -> bool:
        """Whether a colon after this name can introduce its bearer's words ("Email from X:", not "On X:")."""
        return not reference.governed or self.words.word(reference.first - 1) in ("from", "by")

    def _last_cue(self, chunk: Chunk) -> tuple[int, Cue] | None:
        for at, cue in reversed(chunk.cues):
            if chunk.last - at > LONGEST:
                return None
            if self._passive((at, cue), chunk.first):
                continue
            if cue.kind == "manner" and at + len(cue.words) < chunk.last - 3:
                continue
            return at, cue
        return None

    def _subject(self, chunk: Chunk, cue: tuple[int, Cue]) -> Reference | None:
        """The subject of a reporting verb within its sentence."""
        at, phrase = cue
        if phrase.kind == "source":
            return next((r for r in chunk.references if r.first >= at), None)
        previous = next((c for c in reversed(chunk.cues) if c[0] < at and c[1].kind == "verb"), None)
        if phrase.words[0].endswith("ing") and previous is not None and not self._passive(previous):
            return self._subject(chunk, previous)
        earlier = [r for r in chunk.references if r.last <= at]
        if not earlier:
            return next((r for r in chunk.references if r.first >= at and r.first <= at + len(phrase.words) + 1), None)
        stop = at
        while stop > chunk.first and self.words.word(stop - 1) in ADVERBS:
            stop -= 1
        if earlier[-1].last == stop and (not earlier[-1].governed or self.words.word(earlier[-1].first - 1) == "with"):
            return earlier[-1]
        free = [r for r in earlier if not r.governed]
        if self.words.word(stop - 1) in (",", ")", *DASHES):
            if free and free[-1].kind == "name" and free[-1].last == stop - 1 and self._apposed(free[-1], chunk):
                return free[-1]
            opened = [r for r in free if self.words.word(r.last) in (",", "(", "who", *DASHES)]
            return next(iter(opened or free or earlier), None)
        relative = [r for r in free if self.words.word(r.last) == "," and self.words.word(r.last + 1) == "who" and r.last + 2 >= stop - 1]
        return next(iter(relative or free or earlier), None)

    def _apposed(self, reference: Reference, chunk: Chunk) -> bool:
        """Whether a name stands behind a comma or its own role: `his father, X, told`."""
        return self.words.word(reference.first - 1) in (",", "whose", "and") or self.words.person(reference.first) is None

    def _after(self, turn: Turn, following: list[Chunk], excluded: set[str]) -> Attribution | None:
        """Who speaks by the words that follow the quotation: `"...," said X`."""
        chunk = following[0] if following else None
        quotation = turn.quotation
        if chunk is None or not self._touches(chunk, quotation.outer_end):
            return None
        words, text = self.words, self.words.text
        ended = text[quotation.end - 1] in ".…" or text[quotation.outer_end : quotation.outer_end + 1] == "." or (text[quotation.end - 1] in "!?" and words.capitalised(chunk.first))
        leads_on = words.word(chunk.last - 1) == ":" and chunk.last < len(words)
        at = chunk.first
        while at < chunk.last and words.word(at) in LEADING and words.word(at) not in PASSIVE:
            at += 1
        dashed = any(words.word(i) in NAMING for i in range(chunk.first, at))
        cue = next(((i, c) for i, c in chunk.cues if i == at), None)
        if cue is not None and not (ended and words.capitalised(at) and leads_on):
            return self._inverted(turn, chunk, cue, excluded)
        reference = self._near(chunk, at, lenient=not ended)
        if reference is None or ended and leads_on and words.capitalised(at):
            return None
        cue = next(((i, c) for i, c in chunk.cues if i >= reference.last and i - reference.last < LONGEST), None)
        if ended and words.capitalised(at) and cue is not None and not self._closes_sentence(reference, cue, text[quotation.end - 1] == "."):
            cue = None
        if cue is not None and self._subject(chunk, cue) is reference and not self._passive(cue):
            chunk.tags_before = True
            return self._made(turn, reference, cue, excluded, sure=True)
        if dashed:
            chunk.tags_before = True
            return self._made(turn, reference, None, excluded, sure=True)
        return None

    def _inverted(self, turn: Turn, chunk: Chunk, cue: tuple[int, Cue], excluded: set[str]) -> Attribution:
        """`said X`, `as X put it`, `according to X`."""
        at = cue[0] + len(cue[1].words)
        chunk.tags_before = True
        while at < chunk.last and self.words.word(at) in ADVERBS | {"from", "by", "of"}:
            at += 1
        reference = self._near(chunk, at, lenient=True) or next(
            (r for r in chunk.references if at <= r.first < at + 8 and not r.governed and r.kind == "name"), None
        )
        return self._made(turn, reference, cue, excluded, sure=True)

    def _closes_sentence(self, reference: Reference, cue: tuple[int, Cue], full_stop: bool) -> bool:
        """Whether a sentence after a full stop can be a tag: `"We won." Keane said on Friday.`."""
        at = reference.last
        if self.words.word(reference.first - 1) in ("”", '"', "’", "'") and self.words.word(at) == "," and not full_stop:
            at = cue[0]
        while self.words.word(at) in ADVERBS:
            at += 1
        after = self.words.word(cue[0] + len(cue[1].words))
        return at == cue[0] and cue[1].kind == "verb" and (after in TIMES or not after or cue[1].words[0] == "told")

    def _near(self, chunk: Chunk, at: int, lenient: bool) -> Reference | None:
        """The reference that begins at an index, or a few words of its own phrase later ("said club director X")."""
        words, stop = self.words, min(at + 6, chunk.last)
        for index in range(at, stop if lenient else min(at + 1, stop)):
            found = next((r for r in chunk.references if r.first <= index < r.last), None)
            if found is not None and (found.first == at or found.kind == "name"):
                return found
            if found is not None:
                break
            if words.word(index) in STOPS or not words.word(index)[0].isalnum() or words.cue(index) is not None:
                stop = index
                break
        if lenient and words.word(at) == "the" and stop > at + 1:
            return Reference(at, stop, words.starts[at], words.ends[stop - 1], "description")
        return None

    def _inside(self, turn: Turn, excluded: set[str]) -> Attribution | None:
        """The tag that a lost closing mark has left within the quotation: `"We won, said X.`."""
        quotation = turn.quotation
        chunk = self._chunk(self.words.at(quotation.start), self.words.at(quotation.end))
        for at, cue in chunk.cues:
            after = at + len(cue.words)
            beside = [r for r in chunk.references if r.first in (at, after) or r.last == at]
            if not beside or cue.kind == "source":
                continue
            opens = min(at, beside[0].first) - 1
            if self.words.word(opens) in (",", "?", "!") and beside[0].name not in ({None} if beside[0].kind == "name" else set()):
                excluded = excluded - {beside[0].name}
                return self._made(turn, beside[0], (at, cue), excluded, sure=True)
        return None

    def _passive(self, cue: tuple[int, Cue], first: int = -1) -> bool:
        at, phrase = cue
        if at == first and phrase.words[0] in ("asked", "told", "quoted"):
            return True
        return phrase.words[0] in PASSIVE_CUES and self.words.word(at - 1) in PASSIVE

    # ---- no words beside it ------------------------------------------------------------------------------------
    def _implied(self, index: int, following: list[Chunk], excluded: set[str]) -> Attribution:
        """Who speaks when nothing beside the quotation tells: the speaker before, or whom the text is with."""
        turn = self.turns[index]
        previous = self.turns[index - 1] if index else None
        own = [c for c in turn.chunks if c.paragraph == turn.paragraph]
        if previous is not None and not [c for c in turn.chunks if not c.tags_before]:
            return self._in_dialogue(index, excluded) or self._again(previous, excluded)
        if own and self.words.word(own[-1].last - 1) == "?":
            named = next((r.name for r in own[-1].references if r.kind == "name" and not r.governed), None)
            if named is not None and named not in excluded:
                return self._named(named)
        if own and (self.words.word(own[-1].last - 1) == "?" or self.words.word(own[0].first) == "on"):
            # A question or a topic ("On promotion:"): the one who is interviewed goes on.
            return self._again(previous, excluded) if previous is not None else self._latest(excluded)
        for chunk in reversed(own or turn.chunks[-3:]):
            if chunk.tags_before:
                continue
            if chunk.subject is not None and chunk.subject not in excluded:
                return self._named(chunk.subject)
        if previous is not None and previous.paragraph == turn.paragraph:
            return self._again(previous, excluded)
        if index == 0 and not turn.chunks:
            for chunk in following[:2]:
                name = next((r.name for r in chunk.references if r.kind == "name" and r.name not in excluded), None)
                if name:
                    return self._named(name)
        return Attribution()

    def _in_dialogue(self, index: int, excluded: set[str]) -> Attribution | None:
        """The other of two speakers, where a paragraph answers a question or a retort; None in a run by one speaker."""
        turn, previous = self.turns[index], self.turns[index - 1]
        if previous.paragraph == turn.paragraph or previous.quotation.end == previous.quotation.outer_end:
            return None
        text = self.words.text
        asks = text[turn.quotation.end - 1] == "?"
        asked = text[previous.quotation.end - 1] == "?"
        run = self._run(index)
        if not (asked and not asks or len(run) > 1 and (asks or self._alternates(run))):
            return None
        other = next((t.attribution for t in reversed(run[:-1]) if t.attribution.name != previous.attribution.name), None)
        if other is not None:
            return other._replace(cue=None, sure=False) if other.name not in excluded else Attribution()
        if previous.attribution.name is None or len(run) == 1:
            return self._latest(excluded | {previous.attribution.name or ""})
        return Attribution()

    def _run(self, index: int) -> list[Turn]:
        """The quotations before one that stand in paragraphs directly before it, without narrative between."""
        run: list[Turn] = []
        for turn in reversed(self.turns[max(0, index - 8) : index]):
            run.append(turn)
            if [c for c in turn.chunks if not c.tags_before]:
                break
        return run[::-1]

    def _alternates(self, run: Sequence[Turn]) -> bool:
        """Whether the last two speakers of a run talk with each other."""
        one, two = run[-2], run[-1]
        if one.paragraph == two.paragraph or one.attribution.name == two.attribution.name:
            return False
        return self.words.text[one.quotation.end - 1] == "?" or two.attribution.cue is None or REPLY.search(two.attribution.cue) is not None

    def _latest(self, excluded: set[str]) -> Attribution:
        """The person whom the text was with last, when nobody else can be meant."""
        name = self.cast.latest(excluded)
        return self._named(name) if name else Attribution()

    def _opening_club(self, turn: Turn) -> str | None:
        """The club with which a statement opens ("Derby County can confirm ...")."""
        first = self.words.at(turn.quotation.start)
        for index in range(first, min(first + 2, len(self.words))):
            mention = self.words.mentions.get(self.words.starts[index])
            if mention is not None and mention.label == "CLUB":
                return mention.name
        return None

    def _again(self, previous: Turn, excluded: set[str]) -> Attribution:
        before = previous.attribution
        return before._replace(cue=None, sure=False) if before.name not in excluded else Attribution()

    def _named(self, name: str) -> Attribution:
        return Attribution(name, self.cast.role(name) or "unknown")

    def _made(self, turn: Turn, reference: Reference | None, cue: tuple[int, Cue] | None, excluded: set[str], sure: bool, chunk: Chunk | None = None) -> Attribution:
        written = None
        if cue is not None:
            at, phrase = cue
            written = self.words.text[self.words.starts[at] : self.words.ends[at + len(phrase.words) - 1]]
        if reference is None:
            return Attribution(cue=written, sure=sure)
        barred = excluded | self._beside(chunk, reference) if chunk and reference.kind == "description" else excluded
        name = self.cast.resolve(reference, barred)
        if reference.kind == "document" and reference.club is None and reference.owner is None:
            name = self._opening_club(turn) or name
        role = self.cast.role(name) or ("other" if reference.kind in ("club", "document", "unnamed", "body") else reference.role)
        return Attribution(name, role or "unknown", reference.start, reference.end, written, sure)
