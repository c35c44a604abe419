"""Parse references to people and clubs: names, pronouns, descriptions ("the Roma boss", "a club insider")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rumourmill.quotes.words import PREPOSITIONS, STOPS, Words, gendered_nouns, speaker_nouns

__all__ = ["Reference", "candidate_starts", "find_references", "parse_reference"]

GENDERS = {"he": "m", "himself": "m", "she": "f", "herself": "f", "they": None}
POSSESSIVES = frozenset("his her their its our my".split())
INDEFINITE = frozenset("a an one another".split())
ARTICLES = INDEFINITE | POSSESSIVES | frozenset({"the", "this", "that"})
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
OPENING = ARTICLES | GENDERS.keys() | {"."}  # a full stop may belong to a title before the name
AGES = frozenset(map(str, range(14, 90)))
LONGEST = 16  # words of a noun phrase
LONGEST_UNKNOWN = 3  # words of it that are in no list


class Reference(NamedTuple):
    """A noun phrase that can be a speaker.

    Args:
        first: index of its first word.
        last: index after its last word.
        start: offset of the words that identify the speaker.
        end: offset after them.
        kind: name, club, body (FIFA, a newspaper), pronoun, description, document (a statement, a club's spokesman)
            or unnamed (an insider).
        name: canonical name of a person, club or body, else None.
        gender: m or f.
        role: as in roles.csv.
        position: as in roles.csv.
        nationality: a country.
        age: in years.
        club: canonical name.
        owner: canonical name of Salah in "Salah's agent".
        head: its last word ("father", "winger"), "" if it has none.
        relative: whether it is possessive ("his agent", "Salah's agent").
        former: whether it contains "former".
        governed: whether a preposition precedes it.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    name: str | None = None
    gender: str | None = None
    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    age: int | None = None
    club: str | None = None
    owner: str | None = None
    head: str = ""
    relative: bool = False
    former: bool = False
    governed: bool = False

    @property
    def plural(self) -> bool:
        """Whether it is "they", which can be anybody."""
        return self.kind == "pronoun" and self.gender is None

    @property
    def personal(self) -> bool:
        """Whether it refers to a person of the article."""
        return self.kind in ("name", "pronoun", "description")


def candidate_starts(words: Words) -> list[int]:
    """Return the word indices where a reference may begin: listed words, names, and words before a name."""
    listed = OPENING | AGES | speaker_nouns().keys()
    starts = {at for at, word in enumerate(words.lower) if word in listed or not at}
    for offset in words.names.keys() | words.traits.keys():
        at = words.at(offset)
        starts.update((at, max(at - 1, 0)))
    return sorted(starts)


def find_references(words: Words, starts: Sequence[int], last: int) -> list[Reference]:
    """Return the references that begin at some word indices, in order; they do not overlap.

    Args:
        words: the words of the article.
        starts: indices from `candidate_starts`.
        last: the index after the last word of the segment.
    """
    found: list[Reference] = []
    free = 0
    for at in starts:
        reference = parse_reference(words, at, last) if at >= free else None
        if reference is not None:
            found.append(reference)
            free = reference.last
    return found


def parse_reference(words: Words, first: int, last: int) -> Reference | None:
    """Return the reference that begins at a word index and ends before `last`, else None."""
    if first >= last or not _may_begin(words, first):
        return None
    governed = words.word(first - 1) in PREPOSITIONS
    lower = words.lower[first]
    if lower in GENDERS:
        span = words.starts[first], words.ends[first]
        return Reference(first, first + 1, *span, "pronoun", gender=GENDERS[lower], governed=governed)
    found = _Phrase(words, first, min(last, first + LONGEST), governed).parse()
    body = words.body(first)
    if body is not None and words.at(body.start) < last and (found is None or found.kind in ("unnamed", "description")):
        after = words.at(body.end)
        return Reference(first, after, body.start, body.end, "body", body.name, governed=governed)
    return found


def _may_begin(words: Words, at: int) -> bool:
    """Return whether a reference may begin at a word: also at the stop of a title, an age, a capital before a name."""
    lower, start = words.lower[at], words.starts[at]
    if lower == ".":
        return speaker_nouns().get(words.word(at - 1)) == "title"
    if lower in OPENING or lower in speaker_nouns() or start in words.names or start in words.traits or not at:
        return True
    return words.age(at) is not None or _is_adjectival(words, at)


def _is_adjectival(words: Words, at: int) -> bool:
    """Return whether a word may begin a phrase without an article: "Sporting director X", "Delighted Jones"."""
    following = words.trait(at + 1) is not None or words.name_at(at + 1) is not None
    return following and words.capitalised(at)


@dataclass(slots=True)
class _Phrase:
    """Parser state of one noun phrase.

    Args:
        words: the words of the article.
        first: index of the first word of the phrase.
        last: index before which the phrase must end.
        governed: whether a preposition precedes it.
    """

    words: Words
    first: int
    last: int
    governed: bool
    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    club: str | None = None
    owner: str | None = None
    age: int | None = None
    gender: str | None = None
    former: bool = False
    relative: bool = False
    end: int = 0  # index after the head noun; 0 if there is none yet
    consumed: list[str] = field(default_factory=list)

    def parse(self) -> Reference | None:
        """Return the reference, or None if no noun phrase begins here."""
        at = self.first
        while at < self.last:
            person = self.words.person(at)
            if person is not None:
                after = self.words.at(person.end)
                if not (self.words.word(after) in APOSTROPHES and self.words.owns(after)):
                    return self._named(at, after)
                self.owner, at = person.name, after + 1
                continue
            following = self._consume(at)
            if not following:
                break
            at = following
        return self._described(at) if at > self.first else None

    # ---- consume one word or trait: return the index after it, 0 if the phrase ends ---------------------------------
    def _consume(self, at: int) -> int:
        if self.words.club(at) is None:
            self.gender = gendered_nouns().get(self.words.lower[at]) or self.gender
        return self._trait(at) or self._noun(at) or self._opening(at) or self._link(at) or self._unknown(at)

    def _trait(self, at: int) -> int:
        """Consume a role word, nationality, club or age."""
        if (age := self.words.age(at)) is not None:
            self.age, self.end = int(age[1]), self.words.at(age.end())
            return self.end
        if (trait := self.words.trait(at)) is None:
            return 0
        after = self.words.at(trait.end)
        if trait.role:
            self.role, self.position, self.end = trait.role, trait.position or self.position, after
            self.consumed.append(self.words.text[self.words.starts[at] : trait.end].lower())
        elif trait.nationality:
            self.nationality = trait.nationality
            self.end = after if self.consumed[:1] == ["the"] else self.end
        else:
            self.club = trait.club
        return after

    def _noun(self, at: int) -> int:
        """Consume a noun of speaker_nouns.csv: `insider`, `statement`, `club`, `man`."""
        lower, kind = self.words.lower[at], speaker_nouns().get(self.words.lower[at], "")
        plain = kind == "person" and (self.club or self.nationality) and not self.end
        side = kind == "side" and self.consumed and not self.end
        if not (plain or side or kind in ("unnamed", "spokesman", "document")):
            return 0
        self.consumed.append(lower)
        if lower == "club" and self._is_head(at + 1):
            return at + 1  # "a club insider": the head is the insider
        self.end = at + 1
        if not plain:
            self.role = "other"
        return at + 1

    def _is_head(self, at: int) -> bool:
        return (
            speaker_nouns().get(self.words.word(at)) in ("unnamed", "spokesman", "document")
            or self.words.trait(at) is not None
        )

    def _opening(self, at: int) -> int:
        """Consume an article, a title or `former`."""
        lower = self.words.lower[at]
        kind = speaker_nouns().get(lower, "")
        if lower in ARTICLES and at == self.first:
            self.consumed.append(lower)
            return at + 1
        if kind == "former":
            self.former = True
            return at + 1
        title = kind == "title" or (lower == "." and speaker_nouns().get(self.words.word(at - 1)) == "title")
        return at + 1 if title or (lower == "-" and at > self.first) else 0

    def _link(self, at: int) -> int:
        """Consume a word between two parts of a phrase: `'s`, `of`, `and`, a comma before the name."""
        lower, ends_here = self.words.lower[at], self.end == at
        if lower in APOSTROPHES:
            return self._possessive(at)
        if lower in ("and", "&"):
            return at + 1 if self.words.trait(at + 1) is not None and (ends_here or self.club) else 0
        if lower in ("of", "at", "for", "from") and ends_here and self.words.club_after(at) is not None:
            return at + 1
        if lower in ("of", "at", "for") and ends_here:
            self.end = self.words.name_beyond(at) or self.end
            return self.end if self.end != at else 0
        return at + 1 if lower in (",", "(") and ends_here and self.words.name_after(at) else 0

    def _possessive(self, at: int) -> int:
        """Consume a possessive; a role before it is dropped (`the player's agent`), a club is kept (`Roma's boss`)."""
        if self.end == at and self.words.owns(at):
            self.role = self.position = self.nationality = self.age = self.gender = None
            self.relative, self.end = True, 0
            return at + 1
        return at + 1 if self.club else 0

    def _unknown(self, at: int) -> int:
        """Consume an adjective, or any other word within a phrase."""
        lower = self.words.lower[at]
        known = lower in STOPS or lower in ARTICLES or not lower[0].isalnum() or self.words.cue(at) is not None
        unknown = sum(w not in ARTICLES for w in self.consumed)
        if known or self.end or unknown >= LONGEST_UNKNOWN or (at == self.first and not _is_adjectival(self.words, at)):
            return 0
        self.consumed.append(lower)
        return at + 1

    # ---- build the reference -----------------------------------------------------------------------------------------
    def _named(self, at: int, after: int) -> Reference:
        person = self.words.names[self.words.starts[at]]
        club = self.words.club_after(after) if self.words.word(after) in ("of", "at", "from") else None
        last = after if club is None else self.words.at(self.words.names[self.words.starts[club]].end)
        return self._reference(last, person.start, person.end, "name", person.name)

    def _described(self, at: int) -> Reference | None:
        words = self.words
        if not self.end:
            return self._headless(at)
        kind, last = self._kind(), max(at, self.end)
        return self._reference(last, words.starts[self.first], words.ends[last - 1], kind) if kind else None

    def _headless(self, at: int) -> Reference | None:
        """Return the reference of a phrase without a listed noun: a club, or "a pal"."""
        words, opening = self.words, self.words.lower[self.first]
        if self.club is None:
            indefinite = opening in INDEFINITE and any(w not in ARTICLES for w in self.consumed)
            start, end = words.starts[self.first], words.ends[at - 1]
            return self._reference(at, start, end, "unnamed") if indefinite else None
        club = next((m for i in range(self.first, at) if (m := words.club(i)) is not None), None)
        if club is None or words.word(at - 1) in APOSTROPHES:
            return None
        return self._reference(words.at(club.end), club.start, club.end, "club", club.name)

    def _kind(self) -> str | None:
        """Return the kind of a phrase with a head noun, None if it is no reference."""
        opening, noun = self.words.lower[self.first], speaker_nouns().get(self._head, "")
        if noun == "side":
            return "club"
        if noun == "document" and self._from_person():
            return None  # "Email from X": the speaker is X
        if noun in ("document", "spokesman"):
            preposition = self.words.word(self.end) in ("from", "by", "on", "for")
            club = self.words.club_after(self.end) if preposition and self.club is None else None
            self.club = self.words.names[self.words.starts[club]].name if club is not None else self.club
            known = noun == "document" or self.club or "club" in self.consumed
            return "document" if known else "unnamed"
        if noun == "unnamed" or opening in INDEFINITE or (self.role == "other" and opening != "the"):
            return "unnamed"
        known = opening in ARTICLES or self.club or self.owner or self.words.capitalised(self.first)
        return "description" if known else None

    def _from_person(self) -> bool:
        return self.words.word(self.end) in ("from", "by") and self.words.person(self.end + 1) is not None

    @property
    def _head(self) -> str:
        return self.consumed[-1] if self.consumed and self.consumed[-1] not in ARTICLES else ""

    def _reference(self, last: int, start: int, end: int, kind: str, name: str | None = None) -> Reference:
        return Reference(
            first=self.first,
            last=last,
            start=start,
            end=end,
            kind=kind,
            name=name,
            gender=self.gender,
            role=self.role or ("other" if kind == "unnamed" else None),
            position=self.position,
            nationality=self.nationality,
            age=self.age,
            club=self.club,
            owner=self.owner,
            head=self._head if self.role or kind != "name" else "",
            relative=self.relative or self.owner is not None or self.words.lower[self.first] in POSSESSIVES,
            former=self.former,
            governed=self.governed,
        )
