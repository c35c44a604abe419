"""The words of a Doc with what begins at each: name, role word, nationality, club, age or cue of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

from spacy.tokens import Doc

from rumourmill.entities.roles import TraitMatcher, Traits
from rumourmill.nlp.tokens import text_of
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import Gazetteer, fold, ordinary_words

__all__ = ["PREPOSITIONS", "STOPS", "Cue", "Cues", "NameSpan", "Words", "cues_of", "gendered_nouns", "speaker_nouns"]

WORD = re.compile(r"\w+|['’]s\b|\S")
BODIES = frozenset({"ORG", "OUTLET", "COMPETITION"})  # labels of entities that can be speakers without a table
OWNED_WITHIN = 4  # words between a possessive and the role that it owns
LONGEST_TITLE = 7  # words of "chairman of the supporters' assembly, X"
SHORTEST_NAME = 3  # letters
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
AGE = re.compile(r"(1[4-9]|[2-8]\d)[ -]years?[ -]olds?\b", re.IGNORECASE)
PREPOSITIONS = frozenset(
    "about with for to of by from over on against at in than like as into after before between without under around"
    " near beside towards toward despite behind through via regarding concerning per alongside including until since"
    " during inside outside whether".split()
)
# Words that end a noun phrase.
STOPS = PREPOSITIONS | frozenset(
    "and but or that who whom which whose when where while if because so is was are were be been being has have had do"
    " does did will would could should can may might must not n't he she they it we you i there here then said says"
    " told to".split()
)


class Cue(NamedTuple):
    """A phrase that introduces speech.

    Args:
        words: the phrase, in lower case.
        kind: verb, label, manner, source or after, as in cues.csv.
        indirect: whether a clause without quotation marks may follow.
    """

    words: tuple[str, ...]
    kind: str
    indirect: bool


class NameSpan(NamedTuple):
    """A name in the text.

    Args:
        start: offset of its first character.
        end: offset after its last character.
        name: canonical form.
        label: PERSON, PLAYER, CLUB or BODY.
    """

    start: int
    end: int
    name: str
    label: str


Cues: TypeAlias = Mapping[str, tuple[Cue, ...]]
"""Cues by their first word, longest first."""


def cues_of(lists: Gazetteer) -> Cues:
    """Return the cues of a gazetteer, built once per gazetteer."""
    return lists.derive(_build_cues)


def _build_cues(lists: Gazetteer) -> Cues:
    found: dict[str, list[Cue]] = {}
    for line in lists.cues:
        words = tuple(line["phrase"].lower().split())
        found.setdefault(words[0], []).append(Cue(words, line["kind"], line["indirect"] == "that"))
    return {first: tuple(sorted(items, key=lambda c: -len(c.words))) for first, items in found.items()}


@cache
def speaker_nouns() -> Mapping[str, str]:
    """Return the nouns of speaker_nouns.csv: word -> kind."""
    return {line["noun"]: line["kind"] for line in gazetteer.rows("speaker_nouns.csv", ("noun", "kind"))}


@cache
def gendered_nouns() -> Mapping[str, str]:
    """Return the nouns and titles of gendered_nouns.csv: word -> m or f."""
    return {line["noun"]: line["gender"] for line in gazetteer.rows("gendered_nouns.csv", ("noun", "gender"))}


@dataclass(frozen=True)
class Words:
    """The words of a Doc by index; offsets are character offsets.

    Args:
        text: the article.
        starts: offset of each word.
        ends: offset after each word.
        lower: each word in lower case.
        names: names by offset of their first character.
        traits: role words, nationalities and clubs by offset of their first character; `end` is an offset too.
        cues: the cues of speech.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    names: dict[int, NameSpan]
    traits: dict[int, Traits]
    cues: Cues

    @classmethod
    def of(cls, doc: Doc, matcher: TraitMatcher, cues: Cues) -> Words:
        """Index the words of a Doc with clubs and players."""
        text = text_of(doc)
        found = list(WORD.finditer(text))
        return cls(
            text=text,
            starts=[m.start() for m in found],
            ends=[m.end() for m in found],
            lower=[m[0].lower() for m in found],
            names=_name_spans(doc),
            traits=_traits(doc, matcher),
            cues=cues,
        )

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def word(self, index: int) -> str:
        """Return the word at an index in lower case; empty outside the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def slice(self, first: int, last: int) -> str:
        """Return the text from the word at `first` to the word before `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def capitalised(self, index: int) -> bool:
        """Return whether the word at an index begins with a capital letter."""
        return 0 <= index < len(self.starts) and self.text[self.starts[index]].isupper()

    def name_at(self, index: int) -> NameSpan | None:
        """Return the name that begins at an index, else None."""
        return self.names.get(self.starts[index]) if 0 <= index < len(self.starts) else None

    def may_be_name(self, index: int) -> bool:
        """Return whether a word can be a name that the recogniser missed: capitalised, in no list, not ordinary."""
        lower = self.word(index)
        known = self.name_at(index) is not None or self.trait(index) is not None or lower in STOPS
        return (
            self.capitalised(index)
            and lower.isalpha()
            and len(lower) >= SHORTEST_NAME
            and not known
            and fold(lower) not in ordinary_words()
            and lower not in CALENDAR
        )

    def person(self, index: int) -> NameSpan | None:
        """Return the name of a person that begins at an index, else None."""
        name = self.name_at(index)
        return name if name is not None and name.label in ("PERSON", "PLAYER") else None

    def club(self, index: int) -> NameSpan | None:
        """Return the name of a club that begins at an index, else None."""
        name = self.name_at(index)
        return name if name is not None and name.label == "CLUB" else None

    def body(self, index: int) -> NameSpan | None:
        """Return the organisation at an index, after an article and a nationality: "the Dutch FA"; else None."""
        at = index + (self.word(index) in ("the", "a"))
        trait = self.trait(at)
        if trait is not None and trait.nationality and not trait.role:
            at = self.at(trait.end)
        name = self.name_at(at)
        return name if name is not None and name.label == "BODY" else None

    def trait(self, index: int) -> Traits | None:
        """Return the role word, nationality or club that begins at an index, else None."""
        return self.traits.get(self.starts[index]) if 0 <= index < len(self.starts) else None

    def cue(self, index: int) -> Cue | None:
        """Return the longest cue that begins at an index, else None."""
        for cue in self.cues.get(self.word(index), ()):
            if tuple(self.lower[index : index + len(cue.words)]) == cue.words:
                return cue
        return None

    def age(self, index: int) -> re.Match[str] | None:
        """Return the match of an age at an index, such as `49-year-old`, else None."""
        return AGE.match(self.text, self.starts[index]) if self.lower[index].isdigit() else None

    # ---- what follows an index -------------------------------------------------------------------------------------
    def owns(self, at: int) -> bool:
        """Return whether a possessive is followed by a role ("Salah's agent")."""
        return any(self.trait(i) is not None for i in range(at + 1, at + OWNED_WITHIN))

    def club_after(self, at: int) -> int | None:
        """Return the index of the club directly after a preposition, or after `the`; else None."""
        index = at + 1 + (self.word(at + 1) == "the")
        return index if self.club(index) is not None else None

    def name_after(self, at: int) -> bool:
        """Return whether a comma or bracket is followed by the name of a person, after titles."""
        index = at + 1
        while speaker_nouns().get(self.word(index)) == "title" or self.word(index) == ".":
            index += 1
        return self.person(index) is not None

    def name_beyond(self, at: int) -> int | None:
        """Return the comma between a longer title and its bearer, "the chairman of the assembly, X"; else None."""
        for index in range(at + 1, at + LONGEST_TITLE):
            if self.word(index) == ",":
                return index if self.name_after(index) else None
            if self.word(index) in STOPS - {"of", "for"}:
                return None
        return None


def _name_spans(doc: Doc) -> dict[int, NameSpan]:
    bodies = (NameSpan(e.start_char, e.end_char, e.text, "BODY") for e in doc.ents if e.label_ in BODIES)
    found = {body.start: body for body in bodies}
    named = (
        ("CLUB", "club", doc._.clubs),
        ("PERSON", "person", doc._.people),
        ("PLAYER", "player", doc._.players),
    )
    for label, column, rows in named:
        for row in rows:
            for span in row["spans"]:
                found[span["start"]] = NameSpan(span["start"], span["end"], row[column], label)
    return found


def _traits(doc: Doc, matcher: TraitMatcher) -> dict[int, Traits]:
    """Return the traits of a Doc by character offset; `end` is one too."""
    found: dict[int, Traits] = {}
    for start, traits in matcher.traits(doc).by_start.items():
        last = doc[traits.end - 1]
        end = last.idx + len(last)
        found[doc[start].idx] = Traits(traits.role, traits.position, traits.nationality, traits.club, end)
    return found
