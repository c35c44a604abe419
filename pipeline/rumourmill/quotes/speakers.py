"""Who said each quotation of an article: by the words beside it, else by whom the text is with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rumourmill.quotes.attribution_tags import ENDINGS, Tags
from rumourmill.quotes.dialogue import FOLLOWING, RUN, Turn, implied
from rumourmill.quotes.discourse import Attribution, Scene
from rumourmill.quotes.indirect import Clause, reported
from rumourmill.quotes.narrative import Chunk
from rumourmill.quotes.spans import Quotation

__all__ = ["Reported", "Speakers"]


class Reported(NamedTuple):
    """Indirect speech: a clause, and who said it."""

    clause: Clause
    said: Attribution


class Speakers:
    """Attributes the quotations of one article, in order.

    Args:
        scene: the text between quotations and the people of the article.
        quotations: its quoted stretches.
    """

    def __init__(self, scene: Scene, quotations: Sequence[Quotation]) -> None:
        self.scene, self.narrative, self.words = scene, scene.narrative, scene.words
        self.tags = Tags(scene)
        self.turns = [Turn(q, self.narrative.layout.at(q.start)) for q in quotations]
        self.reported: list[Reported] = []

    def attribute(self) -> list[Attribution]:
        """One attribution per quotation; clauses of indirect speech are kept in `reported`."""
        starts = [0, *(t.quotation.outer_end for t in self.turns)]
        ends = [t.quotation.outer_start for t in self.turns]
        gaps = [list(self.narrative.chunks(start, end)) for start, end in zip(starts, ends, strict=False)]
        gaps.append(self._last(starts[-1]))
        for index, turn in enumerate(self.turns):
            turn.chunks, following = gaps[index], gaps[index + 1]
            turn.excluded = self._spoken_of(turn.quotation)
            self._read(turn.chunks, turn.quotation)
            turn.attribution = self._said(index, following)
            self.scene.cast.note(turn.attribution.name)
        self._read(gaps[-1], None)
        return [turn.attribution for turn in self.turns]

    def _last(self, start: int) -> list[Chunk]:
        """The sentences after the last quotation, as far as any of them can tell who speaks."""
        found: list[Chunk] = []
        for chunk in self.narrative.chunks(start, len(self.words.text)):
            if len(found) >= FOLLOWING and chunk.first > self.narrative.last_cue:
                break
            found.append(chunk)
        return found

    def _read(self, chunks: Sequence[Chunk], until: Quotation | None) -> None:
        """Read the chunks before a quotation, or those after the last one."""
        for index, chunk in enumerate(chunks):
            self.scene.note(chunk)
            leads = until is not None and index == len(chunks) - 1 and self.narrative.touches(chunk, until.outer_start)
            broken = leads and self.words.word(chunk.last - 1) not in ENDINGS
            clause = None if broken or chunk.tags_before else reported(self.narrative, chunk)
            if clause is not None:
                said = self.scene.attribute(clause.speaker, clause.cue, (), sure=True, chunk=chunk)
                self.reported.append(Reported(clause, said))

    def _spoken_of(self, quotation: Quotation) -> set[str]:
        """People whom a quotation names: whoever speaks, it is none of them."""
        first, last = self.words.at(quotation.start), self.words.at(quotation.end)
        return {m.name for i in range(first, last) if (m := self.words.person(i)) is not None}

    def _said(self, index: int, following: Sequence[Chunk]) -> Attribution:
        turn = self.turns[index]
        if not turn.quotation.closed and (inside := self.tags.inside(turn)) is not None:
            return inside
        before = self.tags.before(turn, following)
        if before is not None and before.sure and before.cue is not None:
            return before
        after = self.tags.after(turn, following)
        return after or before or implied(self.turns[max(0, index - RUN) : index + 1], following, self.scene)
