"""What the words beside a name say of its bearer: role, position, age, nationality, club."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.nlp.phrase_matcher import LateMatcher
from rumourmill.nlp.tokens import kept, lower_words, spaces, written_words
from rumourmill.resources import gazetteer

__all__ = ["OLDEST_PLAYER", "YOUNGEST_COACH", "Context", "DocTraits", "RoleReader", "Traits"]

OLDEST_PLAYER, YOUNGEST_COACH = 38, 42  # years of age
REACH = 9  # tokens looked at on either side of a mention
APPOSING = frozenset({",", "(", "-", "–", "—"})
AGE = re.compile(r"(1[4-9]|[2-7]\d)(?:-?year-?olds?)?$")
FORMER = frozenset("former ex ex- one-time onetime retired late old".split())
SKIPPED = frozenset("the a an 's ’s ' ’ - – new young star big-money wantaway his their its and".split())
STOPS = frozenset(
    "for from with to in on at by that who which whose when where as but after before while into over of against is"
    " was has had have be been said says told will would could sign join want wants met sold bought beat took saw got"
    " made left lost won gave let hit put brought lent paid".split()
)
WORDS = "rumourmill.roles"  # key of `Doc.user_data`
AMOUNT = re.compile(r"[£€$]|\d")


class Context(NamedTuple):
    """What one mention tells."""

    role: str | None = None  # as the word list has it: player, manager, agent ...
    position: str | None = None
    former: bool = False
    age: int | None = None
    nationality: str | None = None
    club: str | None = None


class Traits(NamedTuple):
    """The traits that one word or phrase stands for."""

    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    club: str | None = None
    end: int = 0


class DocTraits(NamedTuple):
    """The traits of a Doc by the tokens that begin and end them.

    Args:
        by_start: first token -> what the words stand for.
        start_of: last token -> first token.
    """

    by_start: Mapping[int, Traits]
    start_of: Mapping[int, int]


class RoleReader:
    """Finds role words, demonyms and clubs once per Doc, then reads the context of each mention.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.roles: dict[str, Traits] = {}
        for line in gazetteer.roles():
            self.roles[line["word"].lower()] = Traits(line["role"], line["position"] or None)
        self.demonyms = {line["demonym"].lower(): line["country"] for line in gazetteer.demonyms()}
        phrases = {"ROLE": sorted(self.roles), "NATION": sorted(self.demonyms)}
        self.matcher = LateMatcher(nlp, "LOWER", phrases)

    def traits(self, doc: Doc) -> DocTraits:
        """The role words, demonyms and clubs of a Doc; where two overlap, the longer."""
        found: dict[int, Traits] = {}
        for span in doc.spans.get("clubs", ()):
            found[span.start] = Traits(club=span.kb_id_, end=span.end)
        taken = {i for start, traits in found.items() for i in range(start, traits.end)}
        for start, told in kept(doc, WORDS, lambda: self._words(doc)):
            traits = Traits(*told)
            places = range(start, traits.end)
            if taken.isdisjoint(places):
                taken.update(places)
                found[start] = traits
        return DocTraits(found, {traits.end - 1: start for start, traits in found.items()})

    def _words(self, doc: Doc) -> list[tuple[int, Traits]]:
        """The role words and demonyms of a Doc by their first token, overlapping ones too, the longest first."""
        spans = sorted(self.matcher(doc), key=lambda s: (-len(s), s.start))
        return [(span.start, self._trait(span)) for span in spans if _is_trait(span)]

    def _trait(self, span: Span) -> Traits:
        key = span.text.lower()
        if span.label_ == "NATION":
            return Traits(nationality=self.demonyms[key], end=span.end)
        return Traits(self.roles[key].role, self.roles[key].position, end=span.end)

    @staticmethod
    def read(span: Span, traits: DocTraits) -> Context:
        """What stands directly before the mention ("Roma defender X") and in apposition after it ("X, 24, the ...")."""
        before, after = _before(span, traits), _after(span, traits.by_start)
        return Context(
            role=before.role or after.role,
            position=before.position or after.position,
            former=before.former if before.role else after.former,
            age=after.age or before.age,
            nationality=before.nationality or after.nationality,
            club=before.club or after.club,
        )


def _is_trait(span: Span) -> bool:
    """Demonyms are capitalised; `forward` and `star` as verbs or adverbs are left to the reader of the context."""
    return span.label_ != "NATION" or span.text[0].isupper()


def _before(span: Span, traits: DocTraits) -> Context:
    """Reads leftwards, as far as the noun phrase of the name goes."""
    written, lower = written_words(span.doc), lower_words(span.doc)
    parts: list[Traits] = []
    former, age, role = False, None, None
    at = span.start - 1
    if at >= 0 and written[at] == ",":  # "their captain, X,"
        start = traits.start_of.get(at - 1)
        if start is None or traits.by_start[start].role is None:
            return Context()
        at -= 1
    limit = max(span.start - REACH, span.sent.start)
    while at >= limit:
        if at in traits.start_of:
            start = traits.start_of[at]
            trait = traits.by_start[start]
            if trait.role and role and {role.role, trait.role} != {"player"}:
                break
            role = role or (trait if trait.role else None)
            parts.append(trait)
            at = start - 1
            continue
        if lower[at] in FORMER or lower[at].startswith("ex-"):
            former = True
        elif (found := AGE.match(written[at])) and age is None:
            age = int(found[1])
        elif not _within_phrase(span.doc, at) or (written[at].isalpha() and not role and lower[at] not in SKIPPED):
            break
        at -= 1
    return _context(parts, former, age)


def _after(span: Span, traits: Mapping[int, Traits]) -> Context:
    """Reads the apposition behind a comma, a dash or an opening bracket."""
    written, lower, at = written_words(span.doc), lower_words(span.doc), span.end
    if at == len(written) or written[at] not in APPOSING:
        return Context()
    limit = min(at + REACH + 3, span.sent.end)
    if at >= limit:
        return Context()
    at += 1
    parts: list[Traits] = []
    former, age, opened = False, None, False
    while at < limit:
        if at in traits:
            parts.append(traits[at])
            at = max(traits[at].end, at + 1)
            opened = True
            continue
        found = AGE.match(written[at])
        if found and not opened and age is None:
            age = int(found[1])
            if at + 1 < limit and written[at + 1] == ",":
                at += 1  # "X, 24, the winger"
        elif lower[at] in FORMER or lower[at].startswith("ex-"):
            former = True
        elif not (_within_phrase(span.doc, at) or (written[at] in ("(", ")") and not opened)):
            if parts and parts[-1].role and parts[-1].end == at and written[at][0].isupper():
                return Context()  # "X (chairman Y": the word is another's
            break
        at += 1
    head = [p for p in parts if p.role]
    return _context([*head[-1:], *(p for p in parts if not p.role)], former, age)


def _within_phrase(doc: Doc, at: int) -> bool:
    written, lower = written_words(doc)[at], lower_words(doc)[at]
    if written.isspace() or lower in STOPS:
        return False
    if lower in SKIPPED or AMOUNT.match(written) or "-" in written or _is_compound(doc, at):
        return True
    return written.isalpha() and written.islower() and not written.endswith(("ing", "ed"))


def _is_compound(doc: Doc, at: int) -> bool:
    """The second half of `6m-rated`."""
    return at > 0 and written_words(doc)[at - 1] == "-" and not spaces(doc)[at - 1]


def _context(parts: Iterable[Traits], former: bool, age: int | None) -> Context:
    parts = list(parts)
    role = next((p for p in parts if p.role), Traits())
    position = next((p.position for p in parts if p.position), None)
    nationality = next((p.nationality for p in parts if p.nationality), None)
    club = next((p.club for p in parts if p.club), None)
    return Context(role.role, position if role.role == "player" else None, former, age, nationality, club)
