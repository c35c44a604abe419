"""What the words beside a quotation tell of its speaker: before it, after it and, where a mark is lost, within it."""

from __future__ import annotations

from collections.abc import Sequence

from rumourmill.quotes.dialogue import Turn
from rumourmill.quotes.discourse import Attribution, Scene
from rumourmill.quotes.narrative import ADVERBS, DASHES, Chunk, FoundCue
from rumourmill.quotes.nearby import near
from rumourmill.quotes.reference import Reference
from rumourmill.quotes.spans import Quotation
from rumourmill.quotes.words import Cue

__all__ = ["ENDINGS", "Tags"]

LEADING = ADVERBS | frozenset(", : - – — … ... ) ( . so as and but or while".split())
BE = frozenset("was were is are".split())
NAMING = DASHES | {":"}
TIMES = frozenset("on after at in last yesterday this earlier before during later today tonight afterwards . ,".split())
ENDINGS = frozenset(".!?…")
CLOSE_BY = 4  # words between a cue and the quotation that it surely introduces
OBJECT = 8  # words of an object before the speaker: "has told Sky Sports the director X"


class Tags:
    """Reads what stands beside quotations.

    Args:
        scene: the text between quotations and the people of the article.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene, self.narrative, self.words = scene, scene.narrative, scene.words

    # ---- before ----------------------------------------------------------------------------------------------------
    def before(self, turn: Turn, following: Sequence[Chunk]) -> Attribution | None:
        """Who speaks by the words that lead into a quotation: `X told Sky: "..."`."""
        chunk = turn.chunks[-1] if turn.chunks else None
        if chunk is None or not self.narrative.touches(chunk, turn.quotation.outer_start):
            return None
        ending = self.words.word(chunk.last - 1)
        if chunk.topic or ending in ENDINGS:
            return None
        cue = self.narrative.leading_cue(chunk)
        if cue is None and chunk.cues and self.narrative.passive(chunk, chunk.cues[-1]) and ending != ":":
            return self._by_agent(turn, following, chunk.cues[-1])
        if chunk.tags_before and (cue is None or chunk.cues[0] == cue):
            return None
        if cue is None:
            return self._heading(turn, chunk) if ending in NAMING else self._unsure(turn, chunk)
        sure = ending in (":", ",") or cue.end >= chunk.last - CLOSE_BY
        subject = self.narrative.subject(chunk, cue)
        return self._opening_club(turn, subject, cue) or self.scene.attribute(
            subject, cue, turn.excluded, sure=sure, chunk=chunk
        )

    def _unsure(self, turn: Turn, chunk: Chunk) -> Attribution | None:
        """Part of a sentence in marks, without a cue: the words of its subject."""
        subject = self.narrative.main_subject(chunk)
        return self.scene.attribute(subject, None, turn.excluded, sure=False) if subject is not None else None

    def _heading(self, turn: Turn, chunk: Chunk) -> Attribution | None:
        """`Presenter X: "..."`, `Email from X: "..."`."""
        leading = [r for r in chunk.references if self._may_lead(r) and (r.kind != "body" or r.first == chunk.first)]
        nearest = next((r for r in reversed(leading) if r.last == chunk.last - 1), next(iter(leading), None))
        if nearest is None:
            return None
        return self._opening_club(turn, nearest, None) or self.scene.attribute(nearest, None, turn.excluded, sure=True)

    def _may_lead(self, reference: Reference) -> bool:
        return not reference.governed or self.words.word(reference.first - 1) in ("from", "by")

    def _by_agent(self, turn: Turn, following: Sequence[Chunk], cue: FoundCue) -> Attribution:
        """`was dismissed as "..." by X`: the agent of a passive, or nobody."""
        chunk, agent = next(iter(following), None), None
        if (
            chunk is not None
            and self.narrative.touches(chunk, turn.quotation.outer_end)
            and self.words.word(chunk.first) == "by"
        ):
            agent = next((r for r in chunk.references if r.first == chunk.first + 1), None)
        return self.scene.attribute(agent, cue, turn.excluded, sure=False)

    def _opening_club(self, turn: Turn, reference: Reference | None, cue: FoundCue | None) -> Attribution | None:
        """A statement by a club that it names only in its first words ("Derby County can confirm ...")."""
        if reference is None or reference.kind != "document" or reference.club or reference.owner:
            return None
        first = self.words.at(turn.quotation.start)
        club = self.words.club(first) or self.words.club(first + 1)
        said = self.scene.attribute(reference, cue, turn.excluded, sure=True)
        return said._replace(name=club.name) if club is not None else said

    # ---- after -----------------------------------------------------------------------------------------------------
    def after(self, turn: Turn, following: Sequence[Chunk]) -> Attribution | None:
        """Who speaks by the words that follow a quotation: `"...," said X`."""
        chunk = next(iter(following), None)
        if chunk is None or not self.narrative.touches(chunk, turn.quotation.outer_end):
            return None
        words, at = self.words, chunk.first
        ended = self._ended(turn.quotation, chunk)
        while at < chunk.last and words.word(at) in LEADING and words.word(at) not in BE:
            at += 1
        new_sentence = ended and words.capitalised(at)
        if new_sentence and words.word(chunk.last - 1) == ":":
            return None  # it introduces the next quotation
        cue = next((c for c in chunk.cues if c.at == at), None)
        if cue is not None and (speaker := self._inverted(chunk, cue)) is None and self._goes_on(chunk, cue):
            return None
        if cue is not None:
            chunk.tags_before = True
            return self._opening_club(turn, speaker, cue) or self.scene.attribute(
                speaker, cue, turn.excluded, sure=True, chunk=chunk
            )
        if self._ends_in_comma(turn.quotation) and words.word(at).endswith("ed") and not words.capitalised(at):
            reference = near(self.words, chunk, at + 1, lenient=True)
            if reference is not None:
                chunk.tags_before = True
                verb = FoundCue(at, at + 1, Cue((words.word(at),), "verb", indirect=False))
                return self.scene.attribute(reference, verb, turn.excluded, sure=True, chunk=chunk)
        return self._subject_first(turn, chunk, at, new_sentence=new_sentence, lenient=not ended)

    def _subject_first(
        self, turn: Turn, chunk: Chunk, at: int, *, new_sentence: bool, lenient: bool
    ) -> Attribution | None:
        """`"...," X said`; `"..." - X` without a cue."""
        reference = near(self.words, chunk, at, lenient=lenient)
        if reference is None:
            return None
        cue = next((c for c in chunk.cues if c.at >= reference.last), None)
        if cue is not None and new_sentence and not self._is_tag(turn.quotation, reference, cue):
            cue = None
        tells = (
            cue is not None
            and self.narrative.subject(chunk, cue) is reference
            and not self.narrative.passive(chunk, cue)
        )
        goes_on = self._ends_in_comma(turn.quotation) and reference.personal and reference.first == at
        if not tells and not goes_on and not any(self.words.word(i) in NAMING for i in range(chunk.first, at)):
            return None
        chunk.tags_before = True
        found = cue if tells else None
        return self._opening_club(turn, reference, found) or self.scene.attribute(
            reference, found, turn.excluded, sure=True, chunk=chunk
        )

    def _ended(self, quotation: Quotation, chunk: Chunk) -> bool:
        """Whether a sentence ends with the quotation, so that the words after it begin another."""
        text = self.words.text
        last, beyond = text[quotation.end - 1], text[quotation.outer_end : quotation.outer_end + 1]
        return last in ".…" or beyond == "." or (last in "!?" and self.words.capitalised(chunk.first))

    def _inverted(self, chunk: Chunk, cue: FoundCue) -> Reference | None:
        """`said X`, `as X put it`, `according to X`."""
        at = cue.end
        while at < chunk.last and self.words.word(at) in ADVERBS | {"from", "by", "of"}:
            at += 1
        if cue.cue.kind == "after":
            named = near(self.words, chunk, at, lenient=False)
            return named if named is not None and named.kind != "unnamed" else None
        if self.words.word(cue.end) == "that":
            return None
        beyond = (r for r in chunk.references if at <= r.first < at + OBJECT and not r.governed and r.kind == "name")
        return near(self.words, chunk, at, lenient=True) or next(beyond, None)

    def _goes_on(self, chunk: Chunk, cue: FoundCue) -> bool:
        """Whether a cue without a speaker is no tag: `"..." and claimed that he`, `"...". That is all.`."""
        return cue.cue.kind == "after" or self.words.word(chunk.first) in ("and", "but")

    def _ends_in_comma(self, quotation: Quotation) -> bool:
        """Whether a comma says that the sentence goes on with its tag, whatever the verb: `"We won," trilled X`."""
        text = self.words.text
        return text[quotation.end - 1] == "," or text[quotation.outer_end : quotation.outer_end + 1] == ","

    def _is_tag(self, quotation: Quotation, reference: Reference, cue: FoundCue) -> bool:
        """Whether a sentence after a full stop can be a tag: `"We won." Keane said on Friday.`."""
        at = reference.last
        if self.words.text[quotation.end - 1] != "." and self.words.word(at) == ",":
            at = cue.at  # "Really?" X, the captain, told reporters.
        while self.words.word(at) in ADVERBS:
            at += 1
        after = self.words.word(cue.end)
        return at == cue.at and cue.cue.kind == "verb" and (after in TIMES or not after or cue.cue.words[0] == "told")

    # ---- inside ----------------------------------------------------------------------------------------------------
    def inside(self, turn: Turn) -> Attribution | None:
        """The tag that a lost closing mark has left within a quotation: `"We won, said X.`."""
        first, last = self.words.at(turn.quotation.start), self.words.at(turn.quotation.end)
        for chunk in self.narrative.chunks(turn.quotation.start, turn.quotation.end) if first < last else ():
            for cue in chunk.cues:
                beside = next((r for r in chunk.references if r.first in (cue.at, cue.end) or r.last == cue.at), None)
                if beside is None or cue.cue.kind == "source":
                    continue
                if self.words.word(min(cue.at, beside.first) - 1) in (",", "?", "!"):
                    return self.scene.attribute(beside, cue, turn.excluded - {beside.name or ""}, sure=True)
        return None
