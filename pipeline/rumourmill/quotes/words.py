"""An article as words with what each begins: a name, a role word, a nationality, a club, an age, a cue of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from rumourmill.entities.roles import RoleReader, Traits
from rumourmill.nlp.tokens import text_of
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import fold
from rumourmill.resources.lists import remembered

__all__ = ["PREPOSITIONS", "STOPS", "Cue", "Mention", "Words", "cues", "gendered", "nouns"]

WORD = re.compile(r"\w+|['’]s\b|\S")
BODIES = frozenset({"ORG", "OUTLET", "COMPETITION"})  # they speak too, though no table lists them
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
# Words that end a noun phrase; what stands beyond them is no part of it.
STOPS = PREPOSITIONS | frozenset(
    "and but or that who whom which whose when where while if because so is was are were be been being has have had do"
    " does did will would could should can may might must not n't he she they it we you i there here then said says"
    " told to".split()
)


class Cue(NamedTuple):
    """A phrase that tells that somebody speaks.

    Args:
        words: the phrase, in lower case.
        kind: verb, label, manner, source or after, as cues.csv explains.
        indirect: whether a clause without quotation marks may follow.
    """

    words: tuple[str, ...]
    kind: str
    indirect: bool


class Mention(NamedTuple):
    """A name: offsets, canonical form, and PERSON, PLAYER, CLUB or BODY."""

    start: int
    end: int
    name: str
    label: str


@remembered
def cues() -> Mapping[str, tuple[Cue, ...]]:
    """The cues of cues.csv by their first word, longest first."""
    found: dict[str, list[Cue]] = {}
    for line in gazetteer.cues():
        words = tuple(line["phrase"].lower().split())
        found.setdefault(words[0], []).append(Cue(words, line["kind"], line["indirect"] == "that"))
    return {first: tuple(sorted(items, key=lambda c: -len(c.words))) for first, items in found.items()}


@cache
def nouns() -> Mapping[str, str]:
    """The nouns of speaker_nouns.csv: word -> kind."""
    return {line["noun"]: line["kind"] for line in gazetteer.rows("speaker_nouns.csv", ("noun", "kind"))}


@cache
def gendered() -> Mapping[str, str]:
    """The nouns and titles of gendered_nouns.csv: word -> m or f."""
    return {line["noun"]: line["gender"] for line in gazetteer.rows("gendered_nouns.csv", ("noun", "gender"))}


@dataclass(frozen=True)
class Words:
    """The words of one Doc, by index; offsets are those of the text.

    Args:
        text: the article.
        starts: offset of each word.
        ends: offset after each word.
        lower: each word in lower case.
        mentions: names by offset of their first character.
        traits: role words, nationalities and clubs by offset of their first character; `end` is an offset too.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    mentions: dict[int, Mention]
    traits: dict[int, Traits]

    @classmethod
    def of(cls, doc: Doc, reader: RoleReader) -> Words:
        """Read a Doc on which clubs and players are marked."""
        text = text_of(doc)
        found = list(WORD.finditer(text))
        return cls(
            text=text,
            starts=[m.start() for m in found],
            ends=[m.end() for m in found],
            lower=[m[0].lower() for m in found],
            mentions=_mentions(doc),
            traits=_traits(doc, reader),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def word(self, index: int) -> str:
        """The word at an index, in lower case; empty outside the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def slice(self, first: int, last: int) -> str:
        """The text from the word at `first` up to the word before `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def capitalised(self, index: int) -> bool:
        """Whether the word at an index begins with a capital."""
        return 0 <= index < len(self.starts) and self.text[self.starts[index]].isupper()

    def mention(self, index: int) -> Mention | None:
        """The name that begins at an index, else None."""
        return self.mentions.get(self.starts[index]) if 0 <= index < len(self.starts) else None

    def may_be_name(self, index: int) -> bool:
        """Whether a word is no known name, role or people and news does not write it in lower case."""
        lower = self.word(index)
        known = self.mention(index) is not None or self.trait(index) is not None or lower in STOPS
        return (
            self.capitalised(index)
            and lower.isalpha()
            and len(lower) >= SHORTEST_NAME
            and not known
            and fold(lower) not in gazetteer.ordinary_words()
            and lower not in CALENDAR
        )

    def person(self, index: int) -> Mention | None:
        """The name of a person that begins at an index, else None."""
        mention = self.mention(index)
        return mention if mention is not None and mention.label in ("PERSON", "PLAYER") else None

    def club(self, index: int) -> Mention | None:
        """The name of a club that begins at an index, else None."""
        mention = self.mention(index)
        return mention if mention is not None and mention.label == "CLUB" else None

    def body(self, index: int) -> Mention | None:
        """The organisation that begins at an index, an article and a nationality before it left out: "the Dutch FA"."""
        at = index + (self.word(index) in ("the", "a"))
        trait = self.trait(at)
        if trait is not None and trait.nationality and not trait.role:
            at = self.at(trait.end)
        mention = self.mention(at)
        return mention if mention is not None and mention.label == "BODY" else None

    def trait(self, index: int) -> Traits | None:
        """The role word, nationality or club that begins at an index, else None."""
        return self.traits.get(self.starts[index]) if 0 <= index < len(self.starts) else None

    def cue(self, index: int) -> Cue | None:
        """The longest cue that begins at an index."""
        for cue in cues().get(self.word(index), ()):
            if tuple(self.lower[index : index + len(cue.words)]) == cue.words:
                return cue
        return None

    def age(self, index: int) -> re.Match[str] | None:
        """`49-year-old` at an index, else None."""
        return AGE.match(self.text, self.starts[index]) if self.lower[index].isdigit() else None

    # ---- what follows an index -------------------------------------------------------------------------------------
    def owns(self, at: int) -> bool:
        """Whether a possessive is followed by a role ("Salah's agent")."""
        return any(self.trait(i) is not None for i in range(at + 1, at + OWNED_WITHIN))

    def club_after(self, at: int) -> int | None:
        """The index of the club after a preposition, `the` or not."""
        index = at + 1 + (self.word(at + 1) == "the")
        return index if self.club(index) is not None else None

    def name_after(self, at: int) -> bool:
        """Whether a comma or bracket after a role is followed by the name of its bearer."""
        index = at + 1
        while nouns().get(self.word(index)) == "title" or self.word(index) == ".":
            index += 1
        return self.person(index) is not None

    def name_beyond(self, at: int) -> int | None:
        """The comma before a name that ends a longer title: "the chairman of the assembly, X"."""
        for index in range(at + 1, at + LONGEST_TITLE):
            if self.word(index) == ",":
                return index if self.name_after(index) else None
            if self.word(index) in STOPS - {"of", "for"}:
                return None
        return None


def _mentions(doc: Doc) -> dict[int, Mention]:
    bodies = (Mention(e.start_char, e.end_char, e.text, "BODY") for e in doc.ents if e.label_ in BODIES)
    found = {mention.start: mention for mention in bodies}
    named = (
        ("CLUB", "club", doc._.clubs),
        ("PERSON", "person", doc._.people),
        ("PLAYER", "player", doc._.players),
    )
    for label, column, rows in named:
        for row in rows:
            for span in row["spans"]:
                found[span["start"]] = Mention(span["start"], span["end"], row[column], label)
    return found


def _traits(doc: Doc, reader: RoleReader) -> dict[int, Traits]:
    found: dict[int, Traits] = {}
    for start, traits in reader.traits(doc).by_start.items():
        last = doc[traits.end - 1]
        end = last.idx + len(last)
        found[doc[start].idx] = Traits(traits.role, traits.position, traits.nationality, traits.club, end)
    return found
