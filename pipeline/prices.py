"""Which amount of money is the price of which move."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from pipeline.annotations import Row
from pipeline.pairs import Key, Move, Pair
from pipeline.scenes import Scene
from pipeline.tokens import text_of

__all__ = ["price"]

PRICES = ("bid", "fee", "loan_fee", "release_clause")
OFFERED = frozenset({"bid", "rejected"})  # states in which an offer is the price, and not a fee
OFFER = r"(?:bid|offer|approach|proposal)\w*(?: of| worth| at)?(?: around| about| just)?"
EARLIER = re.compile(
    rf"\b(?:first|opening|earlier|previous|initial|original) {OFFER}(?: [€£$]?[\d.]+\w* \()?\W*$", re.IGNORECASE
)
NEWER = re.compile(
    rf"\b(?:second|third|new|fresh|improved|increased|revised|latest|renewed|final|better) {OFFER}\W*$"
    r"|\b(?:return(?:ed)?|go back|come back|came back|back) with (?:an? )?\W*$",
    re.IGNORECASE,
)
LOOK_BACK = 60  # characters before a price that tell which offer it was


def price(doc: Doc, scenes: Sequence[Scene], moves: Sequence[Move], pairs: Mapping[Key, Pair]) -> None:
    """Give each move the price that goes with it: the latest bid or the fee, not what the seller asks.

    Args:
        doc: the article, its fees on it.
        scenes: its sentences.
        moves: its moves; their `fee` is set.
        pairs: its pairs of player and club.
    """
    owners = _Owners(moves, pairs)
    starts = [scene.start for scene in scenes]
    text = text_of(doc)
    offers: dict[int, list[tuple[tuple[int, int, int], Row]]] = {}
    for order, row in enumerate(doc._.fees):
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        if row["kind"] not in PRICES or not span:
            continue
        owner = owners.find(row, bisect_right(starts, span.start) - 1)
        if owner is not None:
            rank = (_turn(text, row["start"]), _preference(row["kind"], moves[owner]), order)
            offers.setdefault(owner, []).append((rank, row))
    for owner, found in offers.items():
        moves[owner].fee = min(found, key=lambda item: item[0])[1]


def _turn(text: str, start: int) -> int:
    """-1 for an offer that the words before it call the newest, 1 for one that they call an earlier one."""
    before = text[max(start - LOOK_BACK, 0) : start]
    if EARLIER.search(before):
        return 1
    return -1 if NEWER.search(before) else 0


def _preference(kind: str, move: Move) -> int:
    """The price of a loan is its fee; of any other move the offer or fee, and the clause where nothing else is told."""
    if move.kind == "loan":
        return 0 if kind == "loan_fee" else 1
    if kind == "release_clause":
        return 2
    return int((kind == "bid") != (move.status in OFFERED))


class _Owners:
    """Tells whose price an amount is.

    Args:
        moves: of the article.
        pairs: its pairs of player and club.
    """

    def __init__(self, moves: Sequence[Move], pairs: Mapping[Key, Pair]) -> None:
        self.moves = moves
        self.of_player: dict[str, list[int]] = defaultdict(list)
        self.of_scene: dict[int, list[int]] = defaultdict(list)
        self.clubs: dict[tuple[str, int], set[str]] = defaultdict(set)  # that stand with the player in a sentence
        self.linked = {key: {link.scene for link in pair.links} for key, pair in pairs.items()}
        self.direct = {key: {link.scene for link in pair.links if link.direct} for key, pair in pairs.items()}
        for n, move in enumerate(moves):
            self.of_player[move.player].append(n)
            for scene in self.linked[move.player, move.to_club]:
                self.of_scene[scene].append(n)
        for (player, club), stand in self.direct.items():
            for scene in stand:
                self.clubs[player, scene].add(club)

    def find(self, row: Row, scene: int) -> int | None:
        """Index of the move that a price belongs to, or None."""
        fits = self.of_player.get(row["player"], []) if row["player"] else self._alone(scene)
        direct = [n for n in fits if scene in self.direct[self._key(n)]]
        if direct:
            return max(direct, key=lambda n: (not self.moves[n].historic, self.moves[n].chance))
        if fits and self._elsewhere(row, scene):
            return None
        linked = [n for n in fits if scene in self.linked[self._key(n)]]
        current = [n for n in linked or fits if not self.moves[n].historic]
        return max(current, key=lambda n: self.moves[n].chance, default=None)

    def _key(self, n: int) -> Key:
        return self.moves[n].player, self.moves[n].to_club

    def _alone(self, scene: int) -> list[int]:
        """The moves of a sentence that tells of one player only."""
        fits = self.of_scene.get(scene, [])
        return fits if len({self.moves[n].player for n in fits}) == 1 else []

    def _elsewhere(self, row: Row, scene: int) -> bool:
        """Whether a fee stands with clubs of an older move only ("joined from Lyon for £5m")."""
        clubs = self.clubs.get((row["player"], scene), set())
        sellers = {self.moves[n].from_club for n in self.of_player.get(row["player"], [])}
        return bool(clubs) and (row["kind"] == "fee" or not clubs <= sellers)
