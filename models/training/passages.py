"""Reads the annotated corpus (corpus/*.txt; its markup is told in README.md) into passages and gold Docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

CORPUS = Path(__file__).parent / "corpus"
MARK = re.compile(r"\{([^{}|]+)\|([A-Z_]+)\}")
MOVE = re.compile(r"(.+?) > (.+?) < (.+?) : (\w+)( \(historic\))?")


@dataclass(frozen=True)
class Move:
    """One move of a passage; clubs are None where the text does not name them."""

    player: str
    to_club: str | None
    from_club: str | None
    status: str
    historic: bool


@dataclass(frozen=True)
class Passage:
    """One annotated passage: its plain text and what stands in it."""

    id: str
    style: str
    published_on: str | None
    text: str
    entities: tuple[tuple[int, int, str], ...]  # start, end, label
    speakers: tuple[str | None, ...]  # of the direct quotations of four words or more, in order
    moves: tuple[Move, ...]


def read(*paths: Path) -> Iterator[Passage]:
    """The passages of the named files, or of the whole corpus."""
    for path in paths or sorted(CORPUS.glob("*.txt")):
        for block in re.split(r"(?m)^### ", path.read_text(encoding="utf8"))[1:]:
            yield parse(block)


def parse(block: str) -> Passage:
    """One passage from its markup, the `### ` before its header taken off."""
    head, _, body = block.partition("\n")
    name, style, date = (part.strip() for part in head.split("|"))
    extra = dict(re.findall(r"(?m)^@(\w+): *(.*)$", body))
    marked = re.sub(r"(?m)^@\w+:.*$\n?", "", body).strip()
    text, entities = unmarked(marked)
    speakers = tuple(None if s == "?" else s for s in _items(extra.get("quotes", "")))
    moves = tuple(_move(m) for m in _items(extra.get("moves", "")))
    return Passage(name, style, None if date == "-" else date, text, tuple(entities), speakers, moves)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and each mark as start, end and label."""
    text, entities, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        entities.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], entities


def gold_doc(nlp: Language, passage: Passage) -> Doc:
    """A tokenised Doc that carries the passage's marks as `doc.ents` and its day of publication."""
    doc = nlp.make_doc(passage.text)
    spans = [doc.char_span(s, e, label=label, alignment_mode="contract") for s, e, label in passage.entities]
    doc.set_ents([s for s in spans if s is not None])
    if Doc.has_extension("published_on"):
        doc._.published_on = passage.published_on
    return doc


def _items(line: str) -> list[str]:
    return [item.strip() for item in line.split(" ; ") if item.strip()]


def _move(item: str) -> Move:
    found = MOVE.fullmatch(item)
    if found is None:
        raise ValueError(f"not a move: {item!r}")
    player, to_club, from_club, status, historic = found.groups()
    return Move(player, _club(to_club), _club(from_club), status, bool(historic))


def _club(name: str) -> str | None:
    return None if name == "?" else name
