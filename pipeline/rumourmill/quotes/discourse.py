"""What is known while an article is read from its start: whom each sentence is about, and what it tells of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rumourmill.quotes.coreference import Cast
from rumourmill.quotes.narrative import Chunk, FoundCue, Narrative
from rumourmill.quotes.reference import Reference
from rumourmill.quotes.words import nouns

__all__ = ["UNTOLD", "Attribution", "Scene"]


STRANGERS = frozenset({"unnamed", "spokesman"})
GENDERED = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}


class Attribution(NamedTuple):
    """Who said it and which words told so.

    Args:
        name: canonical name of a person or club; None when the text does not tell.
        role: as quotes.speaker_role in the contract.
        start: offset of the name, pronoun or description; None when there is none.
        end: offset after it.
        cue: the reporting phrase as written, or None.
        sure: whether a phrase beside the quotation told it.
    """

    name: str | None = None
    role: str = "unknown"
    start: int | None = None
    end: int | None = None
    cue: str | None = None
    sure: bool = False


UNTOLD = Attribution()


class Scene:
    """Reads chunks in order and tells whom a reference means at that point.

    Args:
        narrative: the text between quotations.
        cast: the people of the article.
    """

    def __init__(self, narrative: Narrative, cast: Cast) -> None:
        self.narrative, self.words, self.cast = narrative, narrative.words, cast

    def note(self, chunk: Chunk) -> None:
        """Remember whom a chunk is about, unless it only told who spoke before."""
        if chunk.tags_before and len(chunk.cues) < 2:
            return
        people = [r for r in chunk.references if r.personal and not r.plural]
        if chunk.topic:
            return
        self.cast.note_named(r.name for r in people if r.name is not None)
        for reference in people:
            self._learn(chunk, reference)
        free = [r for r in people if not r.governed]
        if free and free[0].kind == "pronoun" and people[0] is not free[0]:
            free = people  # "When that was put to the Roma boss, he smiled"
        chunk.subject = next((n for r in free or people if (n := self.cast.resolve(r)) is not None), None)
        self._learn_gender(chunk, people)
        self.cast.note(next((r.name for r in chunk.references if r.kind == "club" and not r.governed), None))
        self.cast.note(chunk.subject)
        self._note_teller(chunk)

    def _learn_gender(self, chunk: Chunk, people: Sequence[Reference]) -> None:
        """`X has 23 goals and her mother is French`: of the only person named in a sentence, a pronoun tells."""
        names = {r.name for r in people if r.kind == "name"}
        if len(names) != 1 or people[0].kind != "name" or people[0].governed:
            return
        owned = [GENDERED[w] for w in self.words.lower[people[0].last : chunk.last] if w in GENDERED]
        if len(set(owned)) == 1:
            self.cast.learn_gender(people[0].name, owned[0])

    def _note_teller(self, chunk: Chunk) -> None:
        """Remember who reports something in a chunk: he is likelier than its subject to speak next."""
        told = [self.narrative.subject(chunk, cue) for cue in self.narrative.main_cues(chunk)]
        teller = told[-1] if told else None
        if teller is None or not (teller.personal or nouns().get(teller.head) in STRANGERS):
            return
        name = self.cast.resolve(teller)
        if name is None:
            self.cast.note_stranger()
        chunk.subject = name or chunk.subject
        self.cast.note(name)

    def _learn(self, chunk: Chunk, reference: Reference) -> None:
        """Keep what a name, or a description with a sure bearer, tells of him."""
        if reference.kind == "name":
            self.cast.learn(reference.name, reference)
        elif reference.kind == "description" and not reference.relative:
            self.cast.learn(self.cast.resolve(reference, self._beside(chunk, reference)), reference)

    def _beside(self, chunk: Chunk, reference: Reference) -> set[str]:
        """Names in the same sentence that a description cannot mean.

        A subject is none of those behind prepositions before it ("Asked about X, the Swede said"), an object is not
        the subject ("X surprised us by selling the Swede").
        """
        before = self.words.word(reference.first - 1)
        is_object = reference.governed or before.endswith(("ing", "ed"))
        names = (r for r in chunk.references if r.kind == "name" and r.first < reference.first)
        return {r.name for r in names if r.name and r.governed is not is_object}

    def attribute(
        self,
        reference: Reference | None,
        cue: FoundCue | None,
        excluded: Collection[str],
        *,
        sure: bool,
        chunk: Chunk | None = None,
    ) -> Attribution:
        """An attribution to whomever a reference means here.

        Args:
            reference: the noun phrase; None where a cue has no speaker that we can read.
            cue: the cue beside it.
            excluded: people of whom the quotation speaks.
            sure: whether these words stand beside the quotation.
            chunk: the sentence, where a description in it should not mean another name in it.
        """
        written = self.words.slice(cue.at, cue.end) if cue is not None else None
        if reference is None:
            return Attribution(cue=written, sure=sure)
        barred = {*excluded, *self._beside(chunk, reference)} if chunk and reference.kind == "description" else excluded
        name = self.cast.resolve(reference, barred)
        nameless = reference.kind in ("club", "document", "unnamed", "body")
        role = self.cast.role(name) or ("other" if nameless else reference.role) or "unknown"
        return Attribution(name, role, reference.start, reference.end, written, sure)

    def named(self, name: str) -> Attribution:
        """An attribution to a person whom no words beside the quotation tell."""
        return Attribution(name, self.cast.role(name) or "unknown")

    def latest(self, excluded: Collection[str]) -> Attribution:
        """An attribution to the person whom the text was with last; to nobody where a stranger was."""
        name = self.cast.latest(excluded)
        return self.named(name) if name else UNTOLD
