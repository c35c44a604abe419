"""An article as words with what each begins: a name, a role word, a nationality, a club, an age, a cue of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline import gazetteer
from pipeline.roles import RoleReader, Traits

__all__ = ["Cue", "Mention", "Words", "cues"]

WORD = re.compile(r"\w+|['’]s\b|\S")
BODIES = frozenset({"ORG", "OUTLET", "COMPETITION"})  # they speak too, though no table lists them
AGE = re.compile(r"(1[4-9]|[2-8]\d)[ -]years?[ -]olds?\b", re.IGNORECASE)


class Cue(NamedTuple):
    """A phrase that tells that somebody speaks.

    Args:
        words: the phrase, in lower case.
        kind: verb, label, manner or source, as cues.csv explains.
        indirect: whether a clause without quotation marks may follow.
    """

    words: tuple[str, ...]
    kind: str
    indirect: bool


class Mention(NamedTuple):
    """A name: offsets, canonical form, and PERSON, PLAYER, CLUB or ORG."""

    start: int
    end: int
    name: str
    label: str


@cache
def cues() -> Mapping[str, tuple[Cue, ...]]:
    """The cues of cues.csv by their first word, longest first."""
    found: dict[str, list[Cue]] = {}
    for line in gazetteer.rows("cues.csv", ("phrase", "kind", "indirect"), ("indirect",)):
        words = tuple(line["phrase"].lower().split())
        found.setdefault(words[0], []).append(Cue(words, line["kind"], line["indirect"] == "that"))
    return {first: tuple(sorted(items, key=lambda c: -len(c.words))) for first, items in found.items()}


@dataclass
class Words:
    """The words of one Doc, by index; offsets are those of the text.

    Args:
        text: the article.
        starts, ends: offsets of each word.
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
        found = list(WORD.finditer(doc.text))
        return cls(
            text=doc.text,
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

    def capitalised(self, index: int) -> bool:
        """Whether the word at an index begins with a capital."""
        return 0 <= index < len(self.starts) and self.text[self.starts[index]].isupper()

    def cue(self, index: int) -> Cue | None:
        """The longest cue that begins at an index."""
        for cue in cues().get(self.word(index), ()):
            if tuple(self.lower[index : index + len(cue.words)]) == cue.words:
                return cue
        return None

    def person(self, index: int) -> Mention | None:
        """The name of a person that begins at an index, else None."""
        mention = self.mentions.get(self.starts[index]) if 0 <= index < len(self.starts) else None
        return mention if mention is not None and mention.label in ("PERSON", "PLAYER") else None

    def age(self, index: int) -> re.Match[str] | None:
        """`49-year-old` at an index, else None."""
        if not self.lower[index].isdigit():
            return None
        return AGE.match(self.text, self.starts[index])


def _mentions(doc: Doc) -> dict[int, Mention]:
    found = {
        ent.start_char: Mention(ent.start_char, ent.end_char, ent.text, "ORG")
        for ent in doc.ents
        if ent.label_ in BODIES
    }
    for key in ("clubs", "people", "players"):
        for span in doc.spans[key] if key in doc.spans else ():
            found[span.start_char] = Mention(span.start_char, span.end_char, span.kb_id_, span.label_)
    return found


def _traits(doc: Doc, reader: RoleReader) -> dict[int, Traits]:
    found: dict[int, Traits] = {}
    for start, traits in reader.traits(doc).items():
        end = doc[traits.end - 1]
        found[doc[start].idx] = Traits(
            traits.role, traits.position, traits.nationality, traits.club, end.idx + len(end)
        )
    return found
