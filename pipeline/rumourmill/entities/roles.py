"""Extract role, position, age, nationality and club from the words beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.nlp.tokens import cached, lower_words, spaces, written_words
from rumourmill.resources import gazetteer

__all__ = ["OLDEST_PLAYER", "YOUNGEST_COACH", "DocTraits", "MentionContext", "TraitMatcher", "Traits"]

OLDEST_PLAYER = 38  # years of age; somebody older is rarely a player
YOUNGEST_COACH = 42  # years of age; somebody younger is rarely a manager
WINDOW = 9  # tokens on either side of a mention
APPOSING = frozenset({",", "(", "-", "–", "—"})
AGE = re.compile(r"(1[4-9]|[2-7]\d)(?:-?year-?olds?)?$")
FORMER = frozenset("former ex ex- one-time onetime retired late old".split())
FILLERS = frozenset("the a an 's ’s ' ’ - – new young star big-money wantaway his their its and".split())
STOPS = frozenset(
    "for from with to in on at by that who which whose when where as but after before while into over of against is"
    " was has had have be been said says told will would could sign join want wants met sold bought beat took saw got"
    " made left lost won gave let hit put brought lent paid".split()
)
CACHE_KEY = "rumourmill.roles"  # in `Doc.user_data`
AMOUNT = re.compile(r"[£€$]|\d")


class MentionContext(NamedTuple):
    """Traits of a person that stand beside one mention."""

    role: str | None = None  # of roles.csv: player, manager, agent ...
    position: str | None = None
    former: bool = False
    age: int | None = None
    nationality: str | None = None
    club: str | None = None


class Traits(NamedTuple):
    """Traits expressed by one word or phrase; `end` is the index of the token after it."""

    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    club: str | None = None
    end: int = 0


class DocTraits(NamedTuple):
    """The traits in a Doc by token index.

    Args:
        by_start: first token of a word or phrase -> its traits.
        start_of: last token of a word or phrase -> first token.
    """

    by_start: Mapping[int, Traits]
    start_of: Mapping[int, int]


class TraitMatcher:
    """Matches role words and demonyms, and extracts the context of each mention of a person.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.roles: dict[str, Traits] = {}
        for line in gazetteer.roles():
            self.roles[line["word"].lower()] = Traits(line["role"], line["position"] or None)
        self.demonyms = {line["demonym"].lower(): line["country"] for line in gazetteer.demonyms()}
        phrases = {"ROLE": sorted(self.roles), "NATION": sorted(self.demonyms)}
        self.matcher = LazyPhraseMatcher(nlp, "LOWER", phrases)

    def traits(self, doc: Doc) -> DocTraits:
        """Return the role words, demonyms and clubs of a Doc; of two that overlap, the longer one."""
        found: dict[int, Traits] = {}
        for span in doc.spans.get("clubs", ()):
            found[span.start] = Traits(club=span.kb_id_, end=span.end)
        taken = {i for start, traits in found.items() for i in range(start, traits.end)}
        for start, values in cached(doc, CACHE_KEY, lambda: self._match(doc)):
            traits = Traits(*values)
            tokens = range(start, traits.end)
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                found[start] = traits
        return DocTraits(found, {traits.end - 1: start for start, traits in found.items()})

    def _match(self, doc: Doc) -> list[tuple[int, Traits]]:
        """Return all role words and demonyms with their first token, the longest first."""
        spans = sorted(self.matcher(doc), key=lambda s: (-len(s), s.start))
        return [(span.start, self._traits_of(span)) for span in spans if _is_trait(span)]

    def _traits_of(self, span: Span) -> Traits:
        key = span.text.lower()
        if span.label_ == "NATION":
            return Traits(nationality=self.demonyms[key], end=span.end)
        return Traits(self.roles[key].role, self.roles[key].position, end=span.end)

    @staticmethod
    def context_of(span: Span, traits: DocTraits) -> MentionContext:
        """Return the traits directly before a mention ("Roma defender X") and in apposition after it ("X, 24, the")."""
        before, after = _before(span, traits), _after(span, traits.by_start)
        return MentionContext(
            role=before.role or after.role,
            position=before.position or after.position,
            former=before.former if before.role else after.former,
            age=after.age or before.age,
            nationality=before.nationality or after.nationality,
            club=before.club or after.club,
        )


def _is_trait(span: Span) -> bool:
    """Return whether a match is a trait: demonyms must be capitalised."""
    return span.label_ != "NATION" or span.text[0].isupper()


def _before(span: Span, traits: DocTraits) -> MentionContext:
    """Return the traits in the noun phrase that ends with the name."""
    written, lower = written_words(span.doc), lower_words(span.doc)
    parts: list[Traits] = []
    former, age, role = False, None, None
    at = span.start - 1
    if at >= 0 and written[at] == ",":  # "their captain, X,"
        start = traits.start_of.get(at - 1)
        if start is None or traits.by_start[start].role is None:
            return MentionContext()
        at -= 1
    limit = max(span.start - WINDOW, span.sent.start)
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
        elif not _within_phrase(span.doc, at) or (written[at].isalpha() and not role and lower[at] not in FILLERS):
            break
        at -= 1
    return _context(parts, former, age)


def _after(span: Span, traits: Mapping[int, Traits]) -> MentionContext:
    """Return the traits in the apposition after a comma, a dash or an opening bracket."""
    written, lower, at = written_words(span.doc), lower_words(span.doc), span.end
    if at == len(written) or written[at] not in APPOSING:
        return MentionContext()
    limit = min(at + WINDOW + 3, span.sent.end)
    if at >= limit:
        return MentionContext()
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
                return MentionContext()  # "X (chairman Y": the role is Y's
            break
        at += 1
    head = [p for p in parts if p.role]
    return _context([*head[-1:], *(p for p in parts if not p.role)], former, age)


def _within_phrase(doc: Doc, at: int) -> bool:
    """Return whether a token can stand within the noun phrase of a name."""
    written, lower = written_words(doc)[at], lower_words(doc)[at]
    if written.isspace() or lower in STOPS:
        return False
    if lower in FILLERS or AMOUNT.match(written) or "-" in written or _is_compound(doc, at):
        return True
    return written.isalpha() and written.islower() and not written.endswith(("ing", "ed"))


def _is_compound(doc: Doc, at: int) -> bool:
    """Return whether a token is the second half of a compound such as `6m-rated`."""
    return at > 0 and written_words(doc)[at - 1] == "-" and not spaces(doc)[at - 1]


def _context(parts: Iterable[Traits], former: bool, age: int | None) -> MentionContext:
    parts = list(parts)
    role = next((p for p in parts if p.role), Traits())
    position = next((p.position for p in parts if p.position), None)
    nationality = next((p.nationality for p in parts if p.nationality), None)
    club = next((p.club for p in parts if p.club), None)
    return MentionContext(role.role, position if role.role == "player" else None, former, age, nationality, club)
