"""Assigns amounts of money to transfers: which amount is the price of which move."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.transfers.pairs import EntityPair, Move, PairKey
from rumourmill.transfers.sentences import TaggedSentence

__all__ = ["assign_prices"]

PRICE_KINDS = ("bid", "fee", "loan_fee", "release_clause")
OFFER_STATUSES = frozenset({"bid", "rejected"})  # statuses whose price is an offer, not a fee
OFFER = r"(?:bid|offer|approach|proposal)\w*(?: of| worth| at)?(?: around| about| just)?"
EARLIER_OFFER = re.compile(
    rf"\b(?:first|opening|earlier|previous|initial|original) {OFFER}(?: [€£$]?[\d.]+\w* \()?\W*$", re.IGNORECASE
)
NEWER_OFFER = re.compile(
    rf"\b(?:second|third|new|fresh|improved|increased|revised|latest|renewed|final|better) {OFFER}\W*$"
    r"|\b(?:return(?:ed)?|go back|come back|came back|back) with (?:an? )?\W*$",
    re.IGNORECASE,
)
BUYER_REACH = 7  # tokens after a price in which "from" names the club that offers it
DATE_REACH = 12  # tokens from a fee in which a year makes it an old one
YEARS_AGO = re.compile(
    r"\b(?:in|of|since) (?:(?:early|late|\w+ary|\w+ber|april|march|may|june|july|august) )?(?:19|20)\d\d\b|\bago\b",
    re.IGNORECASE,
)
OFFER_CONTEXT = 60  # characters before a price that say which offer it is


def assign_prices(
    doc: Doc, sentences: Sequence[TaggedSentence], moves: Sequence[Move], pairs: Mapping[PairKey, EntityPair]
) -> None:
    """Set the price of each move: its latest bid or its fee, not the asking price.

    Args:
        doc: the article, with the rows of its fees.
        sentences: its tagged sentences.
        moves: its moves; `fee` is set on those that have a price.
        pairs: its candidates.
    """
    linker = _PriceLinker(doc, sentences, moves, pairs)
    starts = [sentence.start for sentence in sentences]
    text = text_of(doc)
    prices: dict[int, list[tuple[tuple[int, bool, int, int], Row]]] = {}  # move -> rank and row; the lowest is best
    for order, row in enumerate(doc._.fees):
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        if row["kind"] not in PRICE_KINDS or not span:
            continue
        sentence = bisect_right(starts, span.start) - 1
        for n in linker.find_moves(row, span.start, sentence):
            if row["kind"] == "release_clause" and moves[n].status == "interest":
                continue  # nobody has offered to pay it
            is_distant = not linker.is_mentioned(n, sentence)
            rank = (_kind_rank(row["kind"], moves[n]), is_distant, _offer_rank(text, row["start"]), order)
            prices.setdefault(n, []).append((rank, row))
    for n, of_move in prices.items():
        moves[n].fee = min(of_move, key=lambda item: item[0])[1]


def _offer_rank(text: str, start: int) -> int:
    """Return -1 for an offer that the words before it call a newer one, 1 for an earlier one, else 0."""
    before = text[max(start - OFFER_CONTEXT, 0) : start]
    if EARLIER_OFFER.search(before):
        return 1
    return -1 if NEWER_OFFER.search(before) else 0


def _kind_rank(kind: str, move: Move) -> int:
    """Return the rank of a kind of price: of a loan the loan fee is first, else offer or fee by the move's status."""
    if move.kind == "loan":
        return 0 if kind == "loan_fee" else 1
    if kind == "release_clause":
        return 2
    return int((kind == "bid") != (move.status in OFFER_STATUSES))


class _PriceLinker:
    """Finds the moves that a price belongs to.

    Args:
        doc: the article.
        sentences: its tagged sentences.
        moves: its moves.
        pairs: its candidates.
    """

    def __init__(
        self, doc: Doc, sentences: Sequence[TaggedSentence], moves: Sequence[Move], pairs: Mapping[PairKey, EntityPair]
    ) -> None:
        self.doc, self.sentences, self.moves = doc, sentences, moves
        self.by_player: dict[str, list[int]] = defaultdict(list)
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        self.clubs_with: dict[tuple[str, int], set[str]] = defaultdict(set)  # player and sentence that names them
        self.mentioned = {key: {m.sentence for m in pair.mentions} for key, pair in pairs.items()}
        self.named = {key: {m.sentence for m in pair.mentions if m.direct} for key, pair in pairs.items()}
        for n, move in enumerate(moves):
            self.by_player[move.player].append(n)
            for sentence in self.mentioned[move.player, move.to_club]:
                self.by_sentence[sentence].append(n)
        for (player, club), naming in self.named.items():
            for sentence in naming:
                self.clubs_with[player, sentence].add(club)

    def find_moves(self, row: Row, at: int, sentence: int) -> list[int]:
        """Return the moves that a price belongs to: one, or all of a sentence whose clubs want the player.

        Args:
            row: the price.
            at: its first token.
            sentence: index of its sentence.

        Returns:
            Indices of moves.
        """
        candidates = self.by_player.get(row["player"], []) if row["player"] else self._moves_of_only_player(sentence)
        clubs = {tag.name for tag in self.sentences[sentence].tags if tag.kind == "C"}
        direct = [n for n in candidates if self.is_named(n, sentence) or self.moves[n].to_club in clubs]
        if len(direct) > 1:
            return self._nearest_moves(row, direct, at, sentence)
        if direct:
            return direct
        if candidates and self._is_of_earlier_move(row, at, sentence):
            return []
        mentioned = [n for n in candidates if self.is_mentioned(n, sentence)]
        offered = [n for n in candidates if self.moves[n].status != "interest"]
        current = [n for n in mentioned or offered if not self.moves[n].historic and not self._is_old_fee(row, at)]
        best = max(current, key=lambda n: self.moves[n].probability, default=None)
        return [] if best is None else [best]

    def is_named(self, n: int, sentence: int) -> bool:
        """Return whether a sentence names the player and the club of a move."""
        return sentence in self.named[self._key(n)]

    def is_mentioned(self, n: int, sentence: int) -> bool:
        """Return whether a sentence names the player and the club of a move or refers to them."""
        return sentence in self.mentioned[self._key(n)]

    def _nearest_moves(self, row: Row, candidates: Sequence[int], at: int, sentence: int) -> list[int]:
        """Return the move of the club nearest to a price: "from Roma" after it, else the last club before it."""
        if row["kind"] == "fee" and all(self.moves[n].status == "interest" for n in candidates):
            return list(candidates)
        by_club = {self.moves[n].to_club: n for n in candidates}
        tags = [tag for tag in self.sentences[sentence].tags if tag.kind == "C" and tag.name in by_club]
        after = [tag for tag in tags if at < tag.start <= at + BUYER_REACH and self._is_offerer(sentence, tag.start)]
        before = [tag for tag in tags if tag.end <= at]
        nearest = next(iter(after[:1] or before[-1:] or tags), None)
        if nearest is None:  # the clubs are in the heading of a list
            return [max(candidates, key=lambda n: (not self.moves[n].historic, self.moves[n].probability))]
        return [by_club[nearest.name]]

    def _is_old_fee(self, row: Row, at: int) -> bool:
        """Return whether a fee was paid years ago, according to the words after it."""
        return row["kind"] == "fee" and bool(YEARS_AGO.search(self.doc[at : at + DATE_REACH].text))

    def _is_offerer(self, sentence: int, at: int) -> bool:
        """Return whether "from" or "by" precedes a token."""
        return any(tag.end == at and tag.name in ("from", "by") for tag in self.sentences[sentence].tags)

    def _key(self, n: int) -> PairKey:
        return self.moves[n].player, self.moves[n].to_club

    def _moves_of_only_player(self, sentence: int) -> list[int]:
        """Return the moves of a sentence if they are all of one player."""
        candidates = self.by_sentence.get(sentence, [])
        return candidates if len({self.moves[n].player for n in candidates}) == 1 else []

    def _is_of_earlier_move(self, row: Row, at: int, sentence: int) -> bool:
        """Return whether a fee is named with clubs of an earlier move only ("joined from Lyon for £5m")."""
        clubs = self.clubs_with.get((row["player"], sentence), set())
        sellers = {self.moves[n].from_club for n in self.by_player.get(row["player"], [])}
        return bool(clubs) and (self._is_old_fee(row, at) or not clubs <= sellers)
