"""Mentions of moves: every player and club that stand together, and how the text puts them together.

A link is one player and one club in one sentence. What stands before, between and behind them is written down as
short features ("bare<sign from", "role:to:named"), whose weights a table holds (ranking.py): for the club as
destination, as seller, for the state of the move, for its being told as background.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.transfers.article_features import add_facts
from rumourmill.transfers.frames import Frames
from rumourmill.transfers.listings import listed
from rumourmill.transfers.masked_templates import View
from rumourmill.transfers.noun_chunks import Part, parts
from rumourmill.transfers.pair_features import alone, together
from rumourmill.transfers.pairs import FORMER, OWNER, Key, Link, Pair
from rumourmill.transfers.sentences import Scene
from rumourmill.transfers.tags import SignReader

__all__ = ["MoveReader"]

MOST_CLUBS = 8  # clubs on either side of a player that are looked at: keeps long lists linear
MOST_BETWEEN = 40  # signs between the two at most
FURTHEST = 4  # sentences back that are told apart
LONGEST_LIST = 20  # names of one list that a frame is read for


class MoveReader:
    """Reads the pairs of a Doc.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.signs = SignReader(nlp, lists)
        self.frames = Frames()

    def read(self, doc: Doc) -> tuple[list[Scene], dict[Key, Pair]]:
        """The sentences of a Doc, and the pairs of player and club that it links."""
        scenes = self.signs.read(doc)
        lines = [parts(scene.signs) if scene.players and scene.clubs else [] for scene in scenes]
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
        for index, scene in enumerate(scenes):
            for meant in _faint(scene, focus.player) if scene.cues else ():
                if (meant.player, meant.club) in pairs:
                    add(meant.player, meant.club, _alone(index, scene, meant, focus))
        add_facts(doc, pairs)
        return scenes, pairs

    def _framed(self, index: int, line: Sequence[Part]) -> Iterator[tuple[str, str, Link]]:
        """What the frames and descriptions of one sentence say, list items each for itself."""
        for part in (part for part in line if part.symbol == "P"):
            for player, owner in zip(part.names, part.owners, strict=True):
                if owner:
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
    for p, c in _together(scene):
        first, last = signs[min(p, c)], signs[max(p, c)]
        direct = signs[p].how == signs[c].how == "named"
        features = together(doc, scene, p, c, focus.own)
        yield signs[p].name, signs[c].name, Link(index, direct, features, first.start, last.end)
    if scene.cues:
        for meant in _meant(scene):
            yield meant.player, meant.club, _alone(index, scene, meant, focus)


def _together(scene: Scene) -> Iterator[tuple[int, int]]:
    """The signs of a player and a club to read together: all that name both, of others (pronouns) the nearest."""
    signs, clubs = scene.signs, scene.clubs
    nearest: dict[Key, tuple[int, int]] = {}
    for p in scene.players:
        for c in [c for c in clubs if c < p][-MOST_CLUBS:] + [c for c in clubs if c > p][:MOST_CLUBS]:
            key, gap = (signs[p].name, signs[c].name), abs(c - p)
            if gap > MOST_BETWEEN:
                continue
            if signs[p].how == signs[c].how == "named":
                yield p, c
            elif key not in nearest or gap < abs(nearest[key][0] - nearest[key][1]):
                nearest[key] = p, c
    yield from nearest.values()


class _Meant(NamedTuple):
    """A player and a club of whom a sentence has one."""

    at: int  # index of the sign that it has
    player: str
    club: str
    how: str  # how the other is meant


def _meant(scene: Scene) -> Iterator[_Meant]:
    """What a sentence has, with the club that the article tells most of (m), or whoever was spoken of last (c)."""
    signs, players, clubs = scene.signs, scene.players, scene.clubs
    if scene.main and scene.main not in {signs[i].name for i in (*players, *clubs)}:
        yield from (_Meant(p, signs[p].name, scene.main, "m") for p in players)
    if scene.player and not players:
        yield from (_Meant(c, scene.player, signs[c].name, "c") for c in clubs)


def _faint(scene: Scene, subject: str | None) -> Iterator[_Meant]:
    """What a sentence adds on two of whom others speak: of 1,400 pairs that it made alone none moved, 5 were sellers.

    It has the club that was spoken of last (c) or the player that the article tells most of (f).
    """
    signs, players, clubs = scene.signs, scene.players, scene.clubs
    if scene.club and not clubs:
        yield from (_Meant(p, signs[p].name, scene.club, "c") for p in players)
    there: list[str | None] = [signs[p].name for p in players]
    if subject and subject not in (there or [scene.player]):
        yield from (_Meant(c, subject, signs[c].name, "f") for c in clubs[:MOST_CLUBS])


def _alone(index: int, scene: Scene, meant: _Meant, focus: _Focus) -> Link:
    """The link of what a sentence has with whom it means."""
    at, player, club, how = meant
    sign = scene.signs[at]
    gap = focus.gap(index, player if sign.kind == "C" else club)
    features = alone(scene, at, how, View(player, club, focus.own.get(player)), gap)
    return Link(index, False, features, sign.start, sign.end)


class _Focus:
    """Whom an article is about, whose each player is known to be, and where everybody was last named.

    Args:
        doc: the article, its players on it.
        scenes: its sentences.
        lines: the same, their noun phrases joined; empty where no player or no club stands.
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
