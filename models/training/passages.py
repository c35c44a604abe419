"""Read the annotated corpus (corpus/*.txt; format: README.md) as passages and gold Docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from rumourmill.sources.article import find_title

CORPUS = Path(__file__).parent / "corpus"
# Files for the models of transfers only. Most of their people are players: trained on f1 to f6 as well, recogniser and
# person classifier took more of the other people in tests/gold for players (players .934 instead of .942, speakers .929
# instead of .938). n1 to n5 are similar.
FOR_MOVES_ALONE = frozenset("f1 f2 f3 f4 f5 f6 m1 n1 n2 n3 n4 n5".split())
PLAIN = Path(__file__).parent / "plain_moves.txt"
MARK = re.compile(r"\{([^{}|]+)\|([A-Z_]+)\}")
PLACE = re.compile(r"\b(WHO|TO|OWN|C|P|H)\b")
PLAYERS = (
    "Zico Amaral",
    "Lewis Padgate",
    "Mateo Irizar",
    "Owen Thrale",
    "Jonas Velling",
    "Petar Zlatkov",
    "Callum Brisk",
)
CLUBS = (
    "Everton",
    "Roma",
    "Lille",
    "Burnley",
    "Celtic",
    "Valencia",
    "Fulham",
    "Ajax",
    "Leeds United",
    "Porto",
    "Lazio",
)
MOVE = re.compile(r"(.+?) > (.+?) < (.+?) : (\w+)( \(historic\))?(?: \| (.+?) \| (.+))?")


@dataclass(frozen=True)
class Move:
    """One annotated move; a club is None if the text does not name it."""

    player: str
    to_club: str | None
    from_club: str | None
    status: str
    historic: bool
    fee_text: str | None = None  # its price as written
    credited_to: str | None = None  # outlet or journalist


@dataclass(frozen=True)
class Amount:
    """One annotated amount of money of a passage."""

    start: int
    end: int
    kind: str  # as fees.kind


@dataclass(frozen=True)
class Passage:
    """One annotated passage."""

    id: str
    style: str
    published_on: str | None
    text: str
    entities: tuple[tuple[int, int, str], ...]  # start, end, label
    speakers: tuple[str | None, ...]  # of the direct quotations of four words or more, in order
    moves: tuple[Move, ...]
    amounts: tuple[Amount, ...] = ()  # in order

    @property
    def file(self) -> str:
        """Stem of the file of the passage."""
        return self.id.partition("-")[0]


def files() -> list[Path]:
    """Return the files of the corpus: invented passages, then the reworded pages of corpus/real."""
    return [*sorted(CORPUS.glob("*.txt")), *sorted((CORPUS / "real").glob("*.txt"), key=_number)]


def path_of(stem: str) -> Path:
    """Return the path of a file of the corpus.

    Raises:
        FileNotFoundError: there is no such file.
    """
    found = next((path for path in files() if path.stem == stem), None)
    if found is None:
        raise FileNotFoundError(f"{CORPUS} has no file {stem}.txt")
    return found


def _number(path: Path) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, path.stem)) or 0), path.stem


def read(*paths: Path) -> Iterator[Passage]:
    """Yield the passages of files, by default of the whole corpus."""
    for path in paths or files():
        for block in re.split(r"(?m)^### ", path.read_text(encoding="utf8"))[1:]:
            yield parse(block)


def for_names() -> list[Path]:
    """Return the files that train the recogniser and the person classifier."""
    return [path for path in files() if path.stem not in FOR_MOVES_ALONE]


def parse(block: str) -> Passage:
    """Parse one passage, without the `### ` of its header."""
    head, _, body = block.partition("\n")
    name, style, date = (part.strip() for part in head.split("|"))
    extra = dict(re.findall(r"(?m)^@(\w+): *(.*)$", body))
    marked = re.sub(r"(?m)^@\w+:.*$\n?", "", body).strip()
    text, entities = unmarked(marked)
    speakers = tuple(None if s == "?" else s for s in _items(extra.get("quotes", "")))
    moves = tuple(_move(m) for m in _items(extra.get("moves", "")))
    amounts = tuple(_amounts(extra.get("amounts", ""), text, name))
    return Passage(name, style, None if date == "-" else date, text, tuple(entities), speakers, moves, amounts)


def plain(path: Path = PLAIN) -> Iterator[Passage]:
    """Yield the sentences of plain_moves.txt as passages with one move; names are inserted in rotation."""
    lines = [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    for n, line in enumerate(lines):
        status, _, words = line.partition(" | ")
        who, other = (PLAYERS[(n + k) % len(PLAYERS)] for k in (0, 3))
        to, own, third = (CLUBS[(n + k) % len(CLUBS)] for k in (0, 5, 7))
        marks = {"WHO": (who, "PLAYER"), "P": (other, "PLAYER"), "TO": (to, "CLUB"), "OWN": (own, "CLUB")}
        marks |= {"C": (third, "CLUB"), "H": ("Neil Ashby", "PERSON")}
        marked = "".join(f"{{{'|'.join(marks[part])}}}" if part in marks else part for part in PLACE.split(words))
        text, entities = unmarked(marked)
        yield Passage(f"plain-{n}", "plain", None, text, tuple(entities), (), (Move(who, to, own, status, False),))


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the plain text and start, end and label of each annotation."""
    text, entities, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        entities.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], entities


def gold_doc(nlp: Language, passage: Passage) -> Doc:
    """Return a Doc with the annotations as `doc.ents`, the day of publication and the end of the headline."""
    doc = nlp.make_doc(passage.text)
    spans = [doc.char_span(s, e, label=label, alignment_mode="contract") for s, e, label in passage.entities]
    doc.set_ents([s for s in spans if s is not None])
    if Doc.has_extension("published_on"):
        doc._.published_on = passage.published_on
        doc._.title_end = len(find_title(passage.text) or "")
    return doc


def _items(line: str) -> list[str]:
    return [item.strip() for item in line.split(" ; ") if item.strip()]


def _move(item: str) -> Move:
    found = MOVE.fullmatch(item)
    if found is None:
        raise ValueError(f"not a move: {item!r}")
    player, to_club, from_club, status, historic, fee, credit = found.groups()
    return Move(player, _known(to_club), _known(from_club), status, bool(historic), _known(fee), _known(credit))


def _amounts(line: str, text: str, passage: str) -> Iterator[Amount]:
    """Yield the items of an @amounts line, each searched after the one before it."""
    at = 0
    for item in _items(line):
        words, _, kind = item.rpartition(" = ")
        start = text.find(words, at)
        if start < 0:
            raise ValueError(f"{passage}: the amount {words!r} is not in the text after the one before it")
        at = start + len(words)
        yield Amount(start, at, kind)


def _known(value: str | None) -> str | None:
    """Return None for a club (`?`), price or source (`-`) that the text does not give."""
    return None if value in ("?", "-") else value
