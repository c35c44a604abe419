"""Transfers: one row for each move of a player to a club that the article reports or discusses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.transfers.assembly import assemble, reasons
from rumourmill.transfers.candidates import MoveReader
from rumourmill.transfers.credits import CreditReader, nearest
from rumourmill.transfers.pairs import Move
from rumourmill.transfers.status_features import States

__all__ = ["Reasons", "Transfers", "create", "create_reasons"]

PLACES = 3  # decimals of a confidence


class Transfers:
    """Writes doc.spans["transfers"] and doc._.transfers.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.reader = MoveReader(nlp, gazetteer)
        self.credits = CreditReader(nlp, gazetteer)
        self.states = States()

    def __call__(self, doc: Doc) -> Doc:
        """Find the moves of a Doc and write them on it."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Move]:
        """The moves of a Doc, each with what made it."""
        scenes, pairs = self.reader.read(doc)
        return assemble(doc, scenes, pairs, self.states)

    def reasons(self, doc: Doc) -> list[list[str]]:
        """What made each of the moves, in their order."""
        scenes, pairs = self.reader.read(doc)
        moves = assemble(doc, scenes, pairs, self.states)
        return [list(reasons(doc, scenes, pairs, self.states, move)) for move in moves]

    def set_annotations(self, doc: Doc, moves: Sequence[Move]) -> None:
        """Write a row for each move, and its evidence as a span."""
        text = text_of(doc)
        sources = self.credits.read(doc) if moves else []
        days = [row for row in doc._.dates if row["granularity"] == "day" and row["start_date"]]
        evidence = [_trimmed(doc, *move.tokens) for move in moves]
        doc._.transfers = [
            {
                **_told(move),
                "reported_by": None if move.historic else nearest(text, sources, span.start_char, span.end_char),
                "event_date": _day(days, move, span),
                "start": span.start_char,
                "end": span.end_char,
                "sentence": span.text,
            }
            for move, span in zip(moves, evidence, strict=True)
        ]
        spans = zip(moves, evidence, strict=True)
        doc.spans["transfers"] = filter_spans(Span(doc, s.start, s.end, label=move.status) for move, s in spans)


def _told(move: Move) -> Row:
    """The columns that do not depend on where the move is told."""
    fee = move.fee or {"amount": None, "currency": None, "amount_gbp": None}
    return {
        "player": move.player,
        "from_club": move.from_club,
        "to_club": move.to_club,
        "kind": move.kind,
        "status": move.status,
        "fee_amount": fee["amount"],
        "fee_currency": fee["currency"],
        "fee_gbp": fee["amount_gbp"],
        "historic": move.historic,
        "confidence": round(move.chance, PLACES),
    }


def _trimmed(doc: Doc, start: int, end: int) -> Span:
    """The evidence without white space at its edges."""
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return doc[start:end]


def _day(days: Sequence[Row], move: Move, span: Span) -> str | None:
    """The one day that the evidence names; null when it names none or several, or tells only of interest."""
    if move.status == "interest":
        return None
    first = bisect_left(days, span.start_char, key=lambda row: row["start"])
    last = bisect_left(days, span.end_char, key=lambda row: row["start"])
    return days[first]["start_date"] if last - first == 1 else None


@Language.factory(
    "transfers",
    assigns=["doc.spans", "doc._.transfers"],
    requires=["doc.spans", "doc.sents", "doc._.players", "doc._.clubs", "doc._.fees", "doc._.dates"],
    default_config={"user_lists": {}},
)
def create(nlp: Language, name: str, user_lists: dict[str, str]) -> Transfers:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        user_lists: file name -> text of a user's lists, see `Gazetteer`.
    """
    return Transfers(nlp, Gazetteer.of(user_lists))


class Reasons:
    """Writes doc._.why, for each row of doc._.transfers the phrases and weights behind it.

    It reads the moves once more, for whoever asks (`nlp.add_pipe("reasons")`); a run over many articles does without.

    Args:
        transfers: the component that read them.
    """

    def __init__(self, transfers: Transfers) -> None:
        self.transfers = transfers

    def __call__(self, doc: Doc) -> Doc:
        """Write what made the moves of a Doc."""
        doc._.why = self.transfers.reasons(doc)
        return doc


@Language.factory("reasons", assigns=["doc._.why"], requires=["doc._.transfers"])
def create_reasons(nlp: Language, name: str) -> Reasons:
    """Make the component, behind `transfers`, which it asks; it takes no settings."""
    return Reasons(cast(Transfers, nlp.get_pipe("transfers")))
