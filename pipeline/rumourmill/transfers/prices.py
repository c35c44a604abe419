"""Which amount of money is the price of which move."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.transfers.pairs import Key, Move, Pair
from rumourmill.transfers.sentences import Scene

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
NEAR = 7  # tokens behind a price in which "from" names who offers it
AGO = 12  # tokens from a fee on in which its day makes it an old one
OLD = re.compile(
    r"\b(?:in|of|since) (?:(?:early|late|\w+ary|\w+ber|april|march|may|june|july|august) )?(?:19|20)\d\d\b|\bago\b",
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
    owners = _Owners(doc, scenes, moves, pairs)
    starts = [scene.start for scene in scenes]
    text = text_of(doc)
    offers: dict[int, list[tuple[tuple[int, bool, int, int], Row]]] = {}
    for order, row in enumerate(doc._.fees):
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        if row["kind"] not in PRICES or not span:
            continue
        scene = bisect_right(starts, span.start) - 1
        for owner in owners.find(row, span.start, scene):
            if row["kind"] == "release_clause" and moves[owner].status == "interest":
                continue  # nobody has offered to pay it
            far = not owners.means(owner, scene)
            rank = (_preference(row["kind"], moves[owner]), far, _turn(text, row["start"]), order)
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
        doc: the article.
        scenes: its sentences.
        moves: its moves.
        pairs: its pairs of player and club.
    """

    def __init__(self, doc: Doc, scenes: Sequence[Scene], moves: Sequence[Move], pairs: Mapping[Key, Pair]) -> None:
        self.doc, self.scenes, self.moves = doc, scenes, moves
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

    def find(self, row: Row, at: int, scene: int) -> list[int]:
        """The moves that a price belongs to: one, or all of a sentence whose clubs want the player alike.

        Args:
            row: the price.
            at: its first token.
            scene: the sentence that it stands in.
        """
        fits = self.of_player.get(row["player"], []) if row["player"] else self._alone(scene)
        there = {s.name for s in self.scenes[scene].signs if s.kind == "C"}
        direct = [n for n in fits if self.stands(n, scene) or self.moves[n].to_club in there]
        if len(direct) > 1:
            return self._nearest(row, direct, at, scene)
        if direct:
            return direct
        if fits and self._elsewhere(row, at, scene):
            return []
        linked = [n for n in fits if self.means(n, scene)]
        asked = [n for n in fits if self.moves[n].status != "interest"]  # what nobody has offered needs a nearer word
        current = [n for n in linked or asked if not self.moves[n].historic and not self._old(row, at)]
        best = max(current, key=lambda n: self.moves[n].chance, default=None)
        return [] if best is None else [best]

    def stands(self, n: int, scene: int) -> bool:
        """Whether a sentence names the player and the club of a move."""
        return scene in self.direct[self._key(n)]

    def means(self, n: int, scene: int) -> bool:
        """Whether a sentence names the two or means them."""
        return scene in self.linked[self._key(n)]

    def _nearest(self, row: Row, fits: Sequence[int], at: int, scene: int) -> list[int]:
        """The move of the club that stands with a price: "from Roma" behind it, else the last before it."""
        if row["kind"] == "fee" and all(self.moves[n].status == "interest" for n in fits):
            return list(fits)
        clubs = {self.moves[n].to_club: n for n in fits}
        signs = [s for s in self.scenes[scene].signs if s.kind == "C" and s.name in clubs]
        behind = [s for s in signs if at < s.start <= at + NEAR and self._gives(scene, s.start)]
        before = [s for s in signs if s.end <= at]
        nearest = next(iter(behind[:1] or before[-1:] or signs), None)
        if nearest is None:  # all stand above the list that he is in
            return [max(fits, key=lambda n: (not self.moves[n].historic, self.moves[n].chance))]
        return [clubs[nearest.name]]

    def _old(self, row: Row, at: int) -> bool:
        """Whether a fee was paid long ago, as the words behind it say."""
        return row["kind"] == "fee" and bool(OLD.search(self.doc[at : at + AGO].text))

    def _gives(self, scene: int, at: int) -> bool:
        """Whether "from" or "by" stands before a token."""
        return any(s.end == at and s.name in ("from", "by") for s in self.scenes[scene].signs)

    def _key(self, n: int) -> Key:
        return self.moves[n].player, self.moves[n].to_club

    def _alone(self, scene: int) -> list[int]:
        """The moves of a sentence that tells of one player only."""
        fits = self.of_scene.get(scene, [])
        return fits if len({self.moves[n].player for n in fits}) == 1 else []

    def _elsewhere(self, row: Row, at: int, scene: int) -> bool:
        """Whether a fee stands with clubs of an older move only ("joined from Lyon for £5m")."""
        clubs = self.clubs.get((row["player"], scene), set())
        sellers = {self.moves[n].from_club for n in self.of_player.get(row["player"], [])}
        return bool(clubs) and (self._old(row, at) or not clubs <= sellers)
