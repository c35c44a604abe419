"""Reads how a text refers to somebody: by name, pronoun or description ("the Roma boss", "a club insider")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rumourmill.quotes.reference import Reference
from rumourmill.quotes.words import PREPOSITIONS, STOPS, Words, gendered, nouns

__all__ = ["beginnings", "references"]

GENDERS = {"he": "m", "himself": "m", "she": "f", "herself": "f", "they": None}
POSSESSIVES = frozenset("his her their its our my".split())
INDEFINITE = frozenset("a an one another".split())
ARTICLES = INDEFINITE | POSSESSIVES | frozenset({"the", "this", "that"})
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
OPENING = ARTICLES | GENDERS.keys() | {"."}  # a full stop may belong to a title before the name
AGES = frozenset(map(str, range(14, 90)))
LONGEST, LONGEST_UNKNOWN = 16, 3  # words


def beginnings(words: Words) -> list[int]:
    """Where a reference may begin: at a word or name that we know, or at the word before a name."""
    worth = OPENING | AGES | nouns().keys()
    names = words.mentions.keys() | words.traits.keys()
    places = {at for at, word in enumerate(words.lower) if word in worth or not at}
    for start in names:
        at = words.at(start)
        places.update((at, max(at - 1, 0)))
    return sorted(places)


def references(words: Words, places: Sequence[int], last: int) -> list[Reference]:
    """The references up to a word index, left to right, none within another.

    Args:
        words: the words of the article.
        places: those of its `beginnings` that are looked at.
        last: the index after the last word.
    """
    found: list[Reference] = []
    free = 0
    for at in places:
        reference = read(words, at, last) if at >= free else None
        if reference is not None:
            found.append(reference)
            free = reference.last
    return found


def read(words: Words, first: int, last: int) -> Reference | None:
    """The reference that begins at a word index, at most up to `last`; None when there is none."""
    if first >= last or not _may_begin(words, first):
        return None
    governed = words.word(first - 1) in PREPOSITIONS
    lower = words.lower[first]
    if lower in GENDERS:
        span = words.starts[first], words.ends[first]
        return Reference(first, first + 1, *span, "pronoun", gender=GENDERS[lower], governed=governed)
    found = _Phrase(words, first, min(last, first + LONGEST), governed).read()
    body = words.body(first)
    if body is not None and words.at(body.start) < last and (found is None or found.kind in ("unnamed", "description")):
        after = words.at(body.end)
        return Reference(first, after, body.start, body.end, "body", body.name, governed=governed)
    return found


def _may_begin(words: Words, at: int) -> bool:
    """Whether a word is worth a closer look: a stop of a title, a number that is an age, a capital before a name."""
    lower, start = words.lower[at], words.starts[at]
    if lower == ".":
        return nouns().get(words.word(at - 1)) == "title"
    if lower in OPENING or lower in nouns() or start in words.mentions or start in words.traits or not at:
        return True
    return words.age(at) is not None or _is_adjectival(words, at)


def _is_adjectival(words: Words, at: int) -> bool:
    """Whether a word may open a phrase without an article: "Sporting director X", "Delighted Jones"."""
    following = words.trait(at + 1) is not None or words.mention(at + 1) is not None
    return following and words.capitalised(at)


@dataclass(slots=True)
class _Phrase:
    """A noun phrase while it is read, word by word."""

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
    end: int = 0  # index after the head noun; 0 while there is none
    read_words: list[str] = field(default_factory=list)

    def read(self) -> Reference | None:
        """The reference, or None where no noun phrase begins."""
        at = self.first
        while at < self.last:
            mention = self.words.person(at)
            if mention is not None:
                after = self.words.at(mention.end)
                if not (self.words.word(after) in APOSTROPHES and self.words.owns(after)):
                    return self._named(at, after)
                self.owner, at = mention.name, after + 1
                continue
            following = self._take(at)
            if not following:
                break
            at = following
        return self._described(at) if at > self.first else None

    # ---- one word or trait at a time: the index after it, 0 where the phrase ends -----------------------------------
    def _take(self, at: int) -> int:
        if self.words.club(at) is None:
            self.gender = gendered().get(self.words.lower[at]) or self.gender
        return self._trait(at) or self._noun(at) or self._opening(at) or self._link(at) or self._unknown(at)

    def _trait(self, at: int) -> int:
        """A role word, nationality, club or age."""
        if (age := self.words.age(at)) is not None:
            self.age, self.end = int(age[1]), self.words.at(age.end())
            return self.end
        if (trait := self.words.trait(at)) is None:
            return 0
        after = self.words.at(trait.end)
        if trait.role:
            self.role, self.position, self.end = trait.role, trait.position or self.position, after
            self.read_words.append(self.words.text[self.words.starts[at] : trait.end].lower())
        elif trait.nationality:
            self.nationality = trait.nationality
            self.end = after if self.read_words[:1] == ["the"] else self.end
        else:
            self.club = trait.club
        return after

    def _noun(self, at: int) -> int:
        """`insider`, `statement`, `club`, `man`."""
        lower, kind = self.words.lower[at], nouns().get(self.words.lower[at], "")
        plain = kind == "person" and (self.club or self.nationality) and not self.end
        side = kind == "side" and self.read_words and not self.end
        if not (plain or side or kind in ("unnamed", "spokesman", "document")):
            return 0
        self.read_words.append(lower)
        if lower == "club" and self._heads(at + 1):
            return at + 1  # "a club insider": the insider speaks
        self.end = at + 1
        if not plain:
            self.role = "other"
        return at + 1

    def _heads(self, at: int) -> bool:
        return (
            nouns().get(self.words.word(at)) in ("unnamed", "spokesman", "document") or self.words.trait(at) is not None
        )

    def _opening(self, at: int) -> int:
        """An article, a title, `former`."""
        lower = self.words.lower[at]
        kind = nouns().get(lower, "")
        if lower in ARTICLES and at == self.first:
            self.read_words.append(lower)
            return at + 1
        if kind == "former":
            self.former = True
            return at + 1
        title = kind == "title" or (lower == "." and nouns().get(self.words.word(at - 1)) == "title")
        return at + 1 if title or (lower == "-" and at > self.first) else 0

    def _link(self, at: int) -> int:
        """What joins two parts of one phrase: `'s`, `of`, `and`, a comma before the name."""
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
        """`the player's agent`: what stands before it is not the bearer; `Roma's boss`: it is his club."""
        if self.end == at and self.words.owns(at):
            self.role = self.position = self.nationality = self.age = self.gender = None
            self.relative, self.end = True, 0
            return at + 1
        return at + 1 if self.club else 0

    def _unknown(self, at: int) -> int:
        """An adjective, or any word within a phrase that has begun."""
        lower = self.words.lower[at]
        known = lower in STOPS or lower in ARTICLES or not lower[0].isalnum() or self.words.cue(at) is not None
        unknown = sum(w not in ARTICLES for w in self.read_words)
        if known or self.end or unknown >= LONGEST_UNKNOWN or (at == self.first and not _is_adjectival(self.words, at)):
            return 0
        self.read_words.append(lower)
        return at + 1

    # ---- the whole ---------------------------------------------------------------------------------------------
    def _named(self, at: int, after: int) -> Reference:
        mention = self.words.mentions[self.words.starts[at]]
        club = self.words.club_after(after) if self.words.word(after) in ("of", "at", "from") else None
        last = after if club is None else self.words.at(self.words.mentions[self.words.starts[club]].end)
        return self._reference(last, mention.start, mention.end, "name", mention.name)

    def _described(self, at: int) -> Reference | None:
        words = self.words
        if not self.end:
            return self._headless(at)
        kind, last = self._kind(), max(at, self.end)
        return self._reference(last, words.starts[self.first], words.ends[last - 1], kind) if kind else None

    def _headless(self, at: int) -> Reference | None:
        """A phrase without a noun that we know: a club, or "a pal"."""
        words, opening = self.words, self.words.lower[self.first]
        if self.club is None:
            indefinite = opening in INDEFINITE and any(w not in ARTICLES for w in self.read_words)
            start, end = words.starts[self.first], words.ends[at - 1]
            return self._reference(at, start, end, "unnamed") if indefinite else None
        club = next((m for i in range(self.first, at) if (m := words.club(i)) is not None), None)
        if club is None or words.word(at - 1) in APOSTROPHES:
            return None
        return self._reference(words.at(club.end), club.start, club.end, "club", club.name)

    def _kind(self) -> str | None:
        opening, noun = self.words.lower[self.first], nouns().get(self._head, "")
        if noun == "side":
            return "club"
        if noun == "document" and self._from_person():
            return None  # "Email from X": X speaks
        if noun in ("document", "spokesman"):
            preposition = self.words.word(self.end) in ("from", "by", "on", "for")
            club = self.words.club_after(self.end) if preposition and self.club is None else None
            self.club = self.words.mentions[self.words.starts[club]].name if club is not None else self.club
            known = noun == "document" or self.club or "club" in self.read_words
            return "document" if known else "unnamed"
        if noun == "unnamed" or opening in INDEFINITE or (self.role == "other" and opening != "the"):
            return "unnamed"
        known = opening in ARTICLES or self.club or self.owner or self.words.capitalised(self.first)
        return "description" if known else None

    def _from_person(self) -> bool:
        return self.words.word(self.end) in ("from", "by") and self.words.person(self.end + 1) is not None

    @property
    def _head(self) -> str:
        return self.read_words[-1] if self.read_words and self.read_words[-1] not in ARTICLES else ""

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
