"""Lists of moves: "In: A (from X, £5m), B (Y, loan)" under a club's heading, "A - X to Y", "X - A (Y)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from rumourmill.nlp.tokens import lower_words
from rumourmill.transfers.sentences import Scene, Sign

__all__ = ["Listed", "listed"]

IN = frozenset("in ins ➕ arrivals arrived signed joined signings joining arrivées altas incomings incoming".split())
OUT = frozenset("out outs ➖ departures departed left sold leaving bajas outgoings outgoing exits".split())
MARKERS = frozenset(": - – — | .".split())
LONGEST_HEADING = 7  # tokens beside the club's name


@dataclass(frozen=True)
class Listed:
    """What a list says of a player and a club.

    Args:
        scene: index of the sentence.
        player: who is listed.
        club: heading club, or the one that stands behind him.
        role: to or from.
        style: how the list tells it.
    """

    scene: int
    player: Sign
    club: str
    role: str
    style: str


def listed(doc: Doc, scenes: Sequence[Scene]) -> Iterator[Listed]:
    """Every pair of player and club that stands in a list."""
    heading: str | None = None
    direction: str | None = None
    for index, scene in enumerate(scenes):
        named = [s for s in scene.signs if s.how == "named" and s.kind in "PC"]
        marks = dict(_marks(doc, scene))
        if not marks and _is_heading(doc, scene, named):
            heading, direction = named[0].name, None
            continue
        if not marks and not _goes_on(doc, scene, named):
            direction = None
        heading = _opened(named, marks) or heading
        for player, club, way in _items(named, marks, direction):
            if heading:
                yield Listed(index, player, heading, "to" if way == "in" else "from", "heading")
            if club:
                yield Listed(index, player, club, "from" if way == "in" else "to", "bracket")
        if marks:
            direction = marks[max(marks)]


def _opened(named: Sequence[Sign], marks: dict[int, str]) -> str | None:
    """The club that stands before the first `In:` of a line: "Bury - In: A, B."."""
    before = [s for s in named if marks and s.start < min(marks)]
    return before[0].name if before and all(s.kind == "C" for s in before) else None


def _goes_on(doc: Doc, scene: Scene, named: Sequence[Sign]) -> bool:
    """Whether a line without `In:` or `Out:` may belong to the list above it."""
    return _is_item(doc, named, scene.start) if named else _length(doc, scene) <= LONGEST_HEADING


def _marks(doc: Doc, scene: Scene) -> Iterator[tuple[int, str]]:
    """Where `In:` and `Out:` stand."""
    words = lower_words(doc)[scene.start : scene.end]
    for i, word in enumerate(words, scene.start):
        way = "in" if word in IN else "out" if word in OUT else None
        if way is None or doc[i].is_lower:
            continue
        alone = i == scene.start and _length(doc, scene) <= 2
        follows = i + 1 < scene.end and doc[i + 1].text in MARKERS - {"."}
        if alone or follows or word in "➕➖":
            yield i, way


def _length(doc: Doc, scene: Scene) -> int:
    return sum(not word.isspace() for word in lower_words(doc)[scene.start : scene.end])


def _is_heading(doc: Doc, scene: Scene, named: Sequence[Sign]) -> bool:
    """A line that is a club's name, give or take a mark."""
    if len(named) != 1 or named[0].kind != "C" or len(scene.of("H")):
        return False
    return _length(doc, scene) - (named[0].end - named[0].start) <= 2


def _is_item(doc: Doc, named: Sequence[Sign], start: int) -> bool:
    """A line that begins with a player, and soon brackets."""
    if not named or named[0].kind != "P" or named[0].start > start + 2:
        return False
    after = doc[named[0].end].text if named[0].end < len(doc) else ""
    return after in ("(", "-", "–", "—", ",", ":", "|", "[")


def _items(
    named: Sequence[Sign], marks: dict[int, str], direction: str | None
) -> Iterator[tuple[Sign, str | None, str]]:
    """Each listed player with the club in his brackets and the way that he goes."""
    for n, sign in enumerate(named):
        if sign.kind != "P":
            continue
        way = next((marks[i] for i in sorted(marks, reverse=True) if i < sign.start), direction)
        if way is None:
            continue
        following = named[n + 1] if n + 1 < len(named) else None
        mark_between = following is not None and any(sign.end <= i < following.start for i in marks)
        club = following.name if following and following.kind == "C" and not mark_between else None
        yield sign, club, way
