"""Data augmentation: copies of passages with other names, clubs and typography, from a seeded generator."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anyascii import anyascii

from passages import Passage

GAZETTEER = Path(__file__).parents[1] / "gazetteer"
PEOPLE = ("PLAYER", "PERSON")
Swap = Callable[[str, str], str]  # mention, label -> replacement


@dataclass(frozen=True)
class Names:
    """Replacements for names."""

    people: Sequence[str]  # full names
    clubs: Sequence[Sequence[str]]  # the forms of each club

    @classmethod
    def load(cls) -> Names:
        """Load the footballers and clubs of the gazetteer."""
        with (GAZETTEER / "footballers.csv").open(encoding="utf8") as file:
            people = [row["name"] for row in csv.DictReader(file) if " " in row["name"]]
        with (GAZETTEER / "clubs.csv").open(encoding="utf8") as file:
            clubs = [[row["club"], *filter(None, row["forms"].split("|"))] for row in csv.DictReader(file)]
        return cls(people, clubs)


def augmented(passage: Passage, names: Names, rng: random.Random) -> Passage:
    """Return a passage with other people, some other clubs and noisy typography."""
    renamed = rename(passage, _swap(passage, names, rng))
    return _typography(renamed, rng)


def rename(passage: Passage, swap: Swap) -> Passage:
    """Return a passage with every mention replaced by `swap(mention, label)`."""
    text, entities, at = "", [], 0
    for start, end, label in passage.entities:
        text += passage.text[at:start]
        new = swap(passage.text[start:end], label)
        entities.append((len(text), len(text) + len(new), label))
        text += new
        at = end
    return replace(passage, text=text + passage.text[at:], entities=tuple(entities))


def _swap(passage: Passage, names: Names, rng: random.Random) -> Swap:
    mentions = {(passage.text[s:e], label) for s, e, label in passage.entities}
    table: dict[str, str] = {}
    people = sorted({m for m, label in mentions if label in PEOPLE}, key=lambda m: (-len(m.split()), m))
    for name in people:
        if name not in table:
            table |= _person(name, [p for p in people if p not in table], rng.choice(names.people))
    known = {form: forms for forms in names.clubs for form in forms}
    for club in sorted({m for m, label in mentions if label == "CLUB"}):
        if club in known and rng.random() < 0.5:
            table[club] = rng.choice(rng.choice(names.clubs))
    return lambda mention, label: table.get(mention, mention) if label in (*PEOPLE, "CLUB") else mention


def _person(name: str, others: Sequence[str], new: str) -> dict[str, str]:
    """Return replacements of a full name and of the mentions that are parts of it."""
    given, _, surname = new.partition(" ")
    first, _, last = _key(name).partition(" ")
    table = {name: _cased(new, name)}
    for other in others:
        key = _key(other)
        if key == first and last:
            table[other] = _cased(given, other)
        elif key == _key(name):
            table[other] = _cased(new, other)
        elif last and (last == key or last.endswith(" " + key)):
            table[other] = _cased(surname, other)
    return table


def _key(name: str) -> str:
    return anyascii(name).casefold()


def _cased(new: str, old: str) -> str:
    return new.upper() if old.isupper() and len(old) > 3 else new


def _typography(passage: Passage, rng: random.Random) -> Passage:
    """Return a passage with straight quotes, no accents, joined paragraphs or a capital headline; offsets are kept."""
    text = passage.text
    if rng.random() < 0.3:
        text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    if rng.random() < 0.2:
        text = "".join(c if len(anyascii(c)) != 1 else anyascii(c) for c in text)
    if rng.random() < 0.25:
        text = re.sub(r"\n", " ", text)
    if rng.random() < 0.15:
        head, mark, rest = text.partition("\n")
        if len(head.upper()) == len(head):
            text = head.upper() + mark + rest
    return replace(passage, text=text)
