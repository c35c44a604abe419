"""Mentions of moves: every player and club that stand together, and how the text puts them together.

A link is one player and one club in one sentence. What stands before, between and behind them is written down as
short features ("path<:sign", "prep:from"), whose weights a table holds (ranking.py): for the club as destination,
as seller, for the state of the move, for its being told as background.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.facts import add_facts
from pipeline.frames import Frames
from pipeline.listings import listed
from pipeline.pairs import FORMER, OWNER, Key, Link, Pair
from pipeline.phrases import Part, parts
from pipeline.scenes import Scene, Sign
from pipeline.signs import SignReader

__all__ = ["MoveReader"]

MOST_CLUBS = 8  # clubs on either side of a player that are looked at: keeps long lists linear
MOST_BETWEEN = 40  # signs between the two at most
HOW = {"named": "n", "pronoun": "p", "described": "d", "spoken": "s", "carried": "c"}
PATH = 6
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
        pairs: dict[Key, Pair] = {}
        for index, scene in enumerate(scenes):
            for player, club, link in _links(doc, index, scene):
                pairs.setdefault((player, club), Pair(player, club)).links.append(link)
            for player, club, link in self._framed(index, parts(scene.signs)):
                pairs.setdefault((player, club), Pair(player, club)).links.append(link)
        for item in listed(doc, scenes):
            pair = pairs.setdefault((item.player.name, item.club), Pair(item.player.name, item.club))
            features = (f"list:{item.style}:{item.role}",)
            pair.links.append(Link(item.scene, True, features, item.player.start, item.player.end))
        add_facts(doc, pairs)
        return scenes, pairs

    def _framed(self, index: int, line: Sequence[Part]) -> Iterator[tuple[str, str, Link]]:
        """What the frames and descriptions of one sentence say, list items each for itself."""
        for part in line:
            for player, owner in zip(part.names, part.owners, strict=True):
                if owner and part.symbol == "P":
                    described = (FORMER if part.former else OWNER,)
                    yield player, owner, Link(index, True, described, part.start, part.end)
        for match in self.frames.match(line):
            who, club = line[match.player], line[match.club]
            how = "named" if who.symbol == "P" and club.symbol == "C" else "meant"
            features = (f"frame:{match.frame}:{match.role}:{how}", f"role:{match.role}:{how}")
            start, end = min(who.start, club.start), max(who.end, club.end)
            for player in who.names[:LONGEST_LIST]:
                for name in club.names[:LONGEST_LIST]:
                    yield player, name, Link(index, how == "named", features, start, end)


def _links(doc: Doc, index: int, scene: Scene) -> Iterator[tuple[str, str, Link]]:
    signs = scene.signs
    players = [i for i, s in enumerate(signs) if s.kind == "P"]
    clubs = [i for i, s in enumerate(signs) if s.kind == "C"]
    for p in players:
        before = [c for c in clubs if c < p][-MOST_CLUBS:]
        after = [c for c in clubs if c > p][:MOST_CLUBS]
        for c in before + after:
            if abs(c - p) <= MOST_BETWEEN:
                yield signs[p].name, signs[c].name, _together(doc, index, scene, p, c)
    if scene.main and scene.main not in {signs[c].name for c in clubs}:
        for p in players:
            yield signs[p].name, scene.main, _alone(doc, index, scene, p, "m")
    if scene.player and not players:
        for c in clubs:
            yield scene.player, signs[c].name, _alone(doc, index, scene, c, "c")
    if scene.club and not clubs:
        for p in players:
            yield signs[p].name, scene.club, _alone(doc, index, scene, p, "c")


def _together(doc: Doc, index: int, scene: Scene, p: int, c: int) -> Link:
    signs = scene.signs
    player, club = signs[p], signs[c]
    first, last = min(p, c), max(p, c)
    order = "<" if c < p else ">"
    how = HOW[player.how] + HOW[club.how]
    names = set(_path_features(signs, first, last, order))
    names.update(_neighbours(doc, signs, c, f"C{order}"))
    names.update(_neighbours(doc, signs, p, f"P{order}"))
    names.update(_shape(scene, club, order))
    direct = how == "nn"
    names.add(f"how {how}")
    start, end = signs[first].start, signs[last].end
    return Link(index, direct, tuple(sorted(names)), start, end)


def _alone(doc: Doc, index: int, scene: Scene, at: int, how: str) -> Link:
    """The sentence has one of the two; the other was spoken of before it."""
    sign = scene.signs[at]
    names = {*_neighbours(doc, scene.signs, at, sign.kind), "sent:" + "/".join(_cues(scene.signs)[:2])}
    names.update(f"cue:{cue}" for cue in _cues(scene.signs))
    features = tuple(f"{how}{sign.kind} {name}" for name in sorted(names))
    return Link(index, False, features, sign.start, sign.end)


def _path_features(signs: Sequence[Sign], first: int, last: int, order: str) -> Iterator[str]:
    between = [s.symbol for s in signs[first + 1 : last] if s.start >= signs[first].end]
    short = between if len(between) <= PATH else [*between[:3], "~", *between[-3:]]
    yield f"path{order}{' '.join(short)}"
    bare = [s for s in between if s not in (",", "and", '"', "pos", "nat", "M", "'s", "(", ")")]
    yield f"bare{order}{' '.join(bare[:4]) if len(bare) <= 4 else 'long'}"
    cues = [s.name for s in signs[first + 1 : last] if s.kind == "Q"]
    yield f"first{order}{cues[0] if cues else ''}"
    yield f"last{order}{cues[-1] if cues else ''}"
    for cue in cues:
        yield f"between{order}{cue}"
    others = sum(s.kind == "C" and s.how == "named" for s in signs[first + 1 : last])
    yield f"clubs between{order}{min(others, 3)}"


def _neighbours(doc: Doc, signs: Sequence[Sign], at: int, tag: str) -> Iterator[str]:
    """The signs and words on either side of one sign."""
    sign = signs[at]
    left = [s for s in signs[max(at - 4, 0) : at] if s.end <= sign.start]
    right = [s for s in signs[at + 1 : at + 5] if s.start >= sign.end]
    yield f"{tag} L1 {left[-1].symbol if left else '^'}"
    yield f"{tag} L2 {' '.join(s.symbol for s in left[-2:])}"
    yield f"{tag} L3 {' '.join(s.symbol for s in left[-3:])}"
    yield f"{tag} R1 {right[0].symbol if right else '$'}"
    yield f"{tag} R2 {' '.join(s.symbol for s in right[:2])}"
    yield f"{tag} R3 {' '.join(s.symbol for s in right[:3])}"
    words = [_word(doc, i) for i in range(max(sign.start - 2, 0), sign.start)]
    if words:
        yield f"{tag} l1 {words[-1]}"
        yield f"{tag} l2 {' '.join(words)}"
    words = [_word(doc, i) for i in range(sign.end, min(sign.end + 2, len(doc)))]
    if words:
        yield f"{tag} r1 {words[0]}"
        yield f"{tag} r2 {' '.join(words)}"
    cue = next((s.name for s in reversed(signs[:at]) if s.kind == "Q"), "^")
    prep = next(
        (s.name for s in reversed(left) if s.kind == "W" and s.name.isalpha() and s.name not in ("and", "pos", "nat")),
        "^",
    )
    yield f"{tag} cue< {cue}"
    yield f"{tag} cue> {next((s.name for s in signs[at + 1 :] if s.kind == 'Q'), '$')}"
    yield f"{tag} cue prep {cue} {prep}"


def _word(doc: Doc, index: int) -> str:
    return "¶" if doc[index].is_space else doc[index].lower_


def _shape(scene: Scene, club: Sign, order: str) -> Iterator[str]:
    """Where the two stand among the players and clubs of the sentence."""
    clubs = [s for s in scene.of("C") if s.how == "named"]
    players = [s for s in scene.of("P") if s.how == "named"]
    rank = next((n for n, s in enumerate(clubs) if s.start == club.start), 9)
    yield f"rank{order}{min(rank, 3)}/{min(len(clubs), 4)}"
    yield f"players{min(len(players), 3)}"
    cues = _cues(scene.signs)
    yield f"opens{order}{'/'.join(cues[:2])}"
    seen = [s.name if s.kind == "Q" else s.kind for s in scene.signs if s.kind in "QPC" and s.how == "named"]
    yield f"order {' '.join(seen[:6])} #{order}{rank}"
    for cue in set(cues):
        yield f"has{order}{cue}"


def _cues(signs: Iterable[Sign]) -> list[str]:
    return [s.name for s in signs if s.kind == "Q"]
