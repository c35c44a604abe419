"""Mentions of moves: every player and club that stand together, and how the text puts them together.

A link is one player and one club in one sentence. What stands before, between and behind them is written down as
short features ("path<:sign", "prep:from"), whose weights a table holds (ranking.py): for the club as destination,
as seller, for the state of the move, for its being told as background.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.facts import add_facts
from pipeline.frames import Frames
from pipeline.link_features import View, alone, together
from pipeline.listings import listed
from pipeline.pairs import FORMER, OWNER, Key, Link, Pair
from pipeline.phrases import Part, parts
from pipeline.scenes import Scene
from pipeline.signs import SignReader

__all__ = ["MoveReader"]

MOST_CLUBS = 8  # clubs on either side of a player that are looked at: keeps long lists linear
MOST_BETWEEN = 40  # signs between the two at most
FURTHEST = 4  # sentences back that are told apart
LONGEST_LIST = 20  # names of one list that a frame is read for


class MoveReader:
    """Reads the pairs of a Doc.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.signs = SignReader(nlp)
        self.frames = Frames()

    def read(self, doc: Doc) -> tuple[list[Scene], dict[Key, Pair]]:
        """The sentences of a Doc, and the pairs of player and club that it links."""
        scenes = self.signs.read(doc)
        lines = [parts(scene.signs) for scene in scenes]
        focus = _Focus(doc, scenes, lines)
        pairs: dict[Key, Pair] = {}

        def add(player: str, club: str, link: Link) -> None:
            pair = pairs.get((player, club)) or pairs.setdefault(
                (player, club), Pair(player, club, focus.own.get(player))
            )
            pair.links.append(link)

        for index, scene in enumerate(scenes):
            for player, club, link in _links(doc, index, scene, focus):
                add(player, club, link)
            for player, club, link in self._framed(index, lines[index]):
                add(player, club, link)
        for item in listed(doc, scenes):
            features = frozenset({f"list:{item.style}:{item.role}"})
            link = Link(item.scene, True, features, item.player.start, item.player.end)
            add(item.player.name, item.club, link)
        add_facts(doc, pairs)
        return scenes, pairs

    def _framed(self, index: int, line: Sequence[Part]) -> Iterator[tuple[str, str, Link]]:
        """What the frames and descriptions of one sentence say, list items each for itself."""
        for part in line:
            for player, owner in zip(part.names, part.owners, strict=True):
                if owner and part.symbol == "P":
                    described = frozenset({FORMER if part.former else OWNER})
                    yield player, owner, Link(index, True, described, part.start, part.end)
        for match in self.frames.match(line):
            who, club = line[match.player], line[match.club]
            how = "named" if who.symbol == "P" and club.symbol == "C" else "meant"
            features = frozenset({f"frame:{match.frame}:{match.role}:{how}", f"role:{match.role}:{how}"})
            start, end = min(who.start, club.start), max(who.end, club.end)
            for player in who.names[:LONGEST_LIST]:
                for name in club.names[:LONGEST_LIST]:
                    yield player, name, Link(index, how == "named", features, start, end)


def _links(doc: Doc, index: int, scene: Scene, focus: _Focus) -> Iterator[tuple[str, str, Link]]:
    """Every player and club that a sentence puts together, and those that it means without naming them."""
    signs = scene.signs
    players = [i for i, s in enumerate(signs) if s.kind == "P"]
    clubs = [i for i, s in enumerate(signs) if s.kind == "C"]
    for p in players:
        for c in [c for c in clubs if c < p][-MOST_CLUBS:] + [c for c in clubs if c > p][:MOST_CLUBS]:
            if abs(c - p) <= MOST_BETWEEN:
                first, last = signs[min(p, c)], signs[max(p, c)]
                direct = signs[p].how == signs[c].how == "named"
                features = together(doc, scene, p, c, focus.own)
                yield signs[p].name, signs[c].name, Link(index, direct, features, first.start, last.end)
    for at, player, club, how in _meant(scene, players, clubs, focus.player) if scene.cues else ():
        sign = signs[at]
        gap = focus.gap(index, player if sign.kind == "C" else club)
        features = alone(scene, at, how, View(player, club, focus.own.get(player)))
        features |= {f"{how}{sign.kind} gap {gap}"}
        yield player, club, Link(index, False, features, sign.start, sign.end)


def _meant(
    scene: Scene, players: Sequence[int], clubs: Sequence[int], subject: str | None
) -> Iterator[tuple[int, str, str, str]]:
    """What stands in a sentence with the club or player that it may be about: where, the two, and how they are meant.

    m: the club that the article tells most of; c: who was spoken of last; f: the player that it tells most of.
    """
    signs = scene.signs
    there = {signs[i].name for i in (*players, *clubs)}
    if scene.main and scene.main not in there:
        yield from ((p, signs[p].name, scene.main, "m") for p in players)
    if scene.player and not players:
        yield from ((c, scene.player, signs[c].name, "c") for c in clubs)
    if scene.club and not clubs:
        yield from ((p, signs[p].name, scene.club, "c") for p in players)
    if subject and subject not in there and (players or scene.player != subject):
        yield from ((c, subject, signs[c].name, "f") for c in clubs[:MOST_CLUBS])


class _Focus:
    """Whom an article is about, whose each player is known to be, and where everybody was last named.

    Args:
        doc: the article, its players on it.
        scenes: its sentences.
        lines: the same, their noun phrases joined.
    """

    def __init__(self, doc: Doc, scenes: Sequence[Scene], lines: Sequence[Sequence[Part]]) -> None:
        rows = doc._.players
        self.player: str | None = max(rows, key=lambda r: r["mentions"], default={"player": None})["player"]
        self.own: dict[str, str] = {row["player"]: row["club"] for row in rows if row["club"]}
        for part in (part for line in lines for part in line if part.symbol == "P" and not part.former):
            for player, owner in zip(part.names, part.owners, strict=True):
                if owner:
                    self.own.setdefault(player, owner)
        self.named: dict[str, list[int]] = {}
        for index, scene in enumerate(scenes):
            for sign in scene.signs:
                if sign.kind in "PC" and sign.how == "named":
                    self.named.setdefault(sign.name, []).append(index)

    def gap(self, index: int, name: str) -> str:
        """How many sentences back a name stands, or that it is still to come."""
        stands = self.named.get(name, [])
        before = bisect_left(stands, index)
        return str(min(index - stands[before - 1], FURTHEST)) if before else "ahead"
