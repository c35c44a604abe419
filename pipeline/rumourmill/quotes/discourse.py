"""Track the subjects of an article segment by segment, and attribute quotations to references at that point."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rumourmill.quotes.coreference import CoreferenceResolver
from rumourmill.quotes.narrative import CueMatch, Narrative, Segment
from rumourmill.quotes.noun_phrases import Reference
from rumourmill.quotes.words import speaker_nouns

__all__ = ["UNATTRIBUTED", "Attribution", "Discourse"]

UNNAMED_KINDS = frozenset({"unnamed", "spokesman"})
GENDERED = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}


class Attribution(NamedTuple):
    """The speaker of a quotation and the words that identify the speaker.

    Args:
        name: canonical name of a person or club; None if it is unknown.
        role: as quotes.speaker_role.
        start: offset of the name, pronoun or description; None if there is none.
        end: offset after it.
        cue: the reporting phrase as written, or None.
        certain: whether a phrase beside the quotation identifies the speaker.
    """

    name: str | None = None
    role: str = "unknown"
    start: int | None = None
    end: int | None = None
    cue: str | None = None
    certain: bool = False


UNATTRIBUTED = Attribution()


class Discourse:
    """The state of the discourse, updated with each segment in order.

    Args:
        narrative: the text outside quotations.
        resolver: the people of the article.
    """

    def __init__(self, narrative: Narrative, resolver: CoreferenceResolver) -> None:
        self.narrative, self.words, self.resolver = narrative, narrative.words, resolver

    def update(self, segment: Segment) -> None:
        """Set the subject of a segment and add its people, unless it only names the speaker of the quotation before."""
        if segment.tags_previous and len(segment.cues) < 2:
            return
        people = [r for r in segment.references if r.personal and not r.plural]
        if segment.topic:
            return
        self.resolver.add_named(r.name for r in people if r.name is not None)
        for reference in people:
            self._update_profile(segment, reference)
        free = [r for r in people if not r.governed]
        if free and free[0].kind == "pronoun" and people[0] is not free[0]:
            free = people  # "When that was put to the Roma boss, he smiled"
        segment.subject = next((n for r in free or people if (n := self.resolver.resolve(r)) is not None), None)
        self._update_gender(segment, people)
        self.resolver.add_subject(
            next((r.name for r in segment.references if r.kind == "club" and not r.governed), None)
        )
        self.resolver.add_subject(segment.subject)
        self._add_reporter(segment)

    def _update_gender(self, segment: Segment, people: Sequence[Reference]) -> None:
        """Infer the gender of the only person named in a segment from a pronoun: `X has 23 goals and her mother`."""
        names = {r.name for r in people if r.kind == "name"}
        if len(names) != 1 or people[0].kind != "name" or people[0].governed:
            return
        genders = [GENDERED[w] for w in self.words.lower[people[0].last : segment.last] if w in GENDERED]
        if len(set(genders)) == 1:
            self.resolver.update_gender(people[0].name, genders[0])

    def _add_reporter(self, segment: Segment) -> None:
        """Make the subject of the last reporting verb the subject of a segment: it is likely to speak next."""
        reporters = [self.narrative.subject(segment, cue) for cue in self.narrative.main_cues(segment)]
        reporter = reporters[-1] if reporters else None
        if reporter is None or not (reporter.personal or speaker_nouns().get(reporter.head) in UNNAMED_KINDS):
            return
        name = self.resolver.resolve(reporter)
        if name is None:
            self.resolver.add_unnamed_subject()
        segment.subject = name or segment.subject
        self.resolver.add_subject(name)

    def _update_profile(self, segment: Segment, reference: Reference) -> None:
        """Update the profile of the referent of a name, or of a description that can be resolved."""
        if reference.kind == "name":
            self.resolver.update_profile(reference.name, reference)
        elif reference.kind == "description" and not reference.relative:
            self.resolver.update_profile(
                self.resolver.resolve(reference, self._ruled_out(segment, reference)), reference
            )

    def _ruled_out(self, segment: Segment, reference: Reference) -> set[str]:
        """Return the names in a segment that a description cannot refer to.

        A subject is not a name after a preposition ("Asked about X, the Swede said"), an object is not the subject ("X
        surprised us by selling the Swede").
        """
        before = self.words.word(reference.first - 1)
        is_object = reference.governed or before.endswith(("ing", "ed"))
        names = (r for r in segment.references if r.kind == "name" and r.first < reference.first)
        return {r.name for r in names if r.name and r.governed is not is_object}

    def attribute(
        self,
        reference: Reference | None,
        cue: CueMatch | None,
        excluded: Collection[str],
        *,
        certain: bool,
        segment: Segment | None = None,
    ) -> Attribution:
        """Return the attribution to the referent of a noun phrase.

        Args:
            reference: the noun phrase; None if a cue has no subject.
            cue: the cue beside it.
            excluded: people whom the quotation names.
            certain: whether these words are beside the quotation.
            segment: if given, a description cannot refer to names that `_ruled_out` returns for it.
        """
        written = self.words.slice(cue.at, cue.end) if cue is not None else None
        if reference is None:
            return Attribution(cue=written, certain=certain)
        ruled_out = (
            {*excluded, *self._ruled_out(segment, reference)}
            if segment and reference.kind == "description"
            else excluded
        )
        name = self.resolver.resolve(reference, ruled_out)
        nameless = reference.kind in ("club", "document", "unnamed", "body")
        role = self.resolver.role(name) or ("other" if nameless else reference.role) or "unknown"
        return Attribution(name, role, reference.start, reference.end, written, certain)

    def named(self, name: str) -> Attribution:
        """Return the attribution to a person who is not mentioned beside the quotation."""
        return Attribution(name, self.resolver.role(name) or "unknown")

    def last_subject(self, excluded: Collection[str]) -> Attribution:
        """Return the attribution to the last subject that is not excluded; `UNATTRIBUTED` if it has no name."""
        name = self.resolver.last_subject(excluded)
        return self.named(name) if name else UNATTRIBUTED
