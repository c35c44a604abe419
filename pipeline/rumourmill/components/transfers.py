"""Transfers: one row per move of a player to a club that an article reports or discusses."""

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

DECIMALS = 3  # of a confidence


class Transfers:
    """Write doc.spans["transfers"] and doc._.transfers.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.reader = MoveReader(nlp, gazetteer)
        self.credits = CreditReader(nlp, gazetteer)
        self.states = States()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Move]:
        """Return the moves of a Doc with their evidence."""
        scenes, pairs = self.reader.read(doc)
        return assemble(doc, scenes, pairs, self.states)

    def reasons(self, doc: Doc) -> list[list[str]]:
        """Return for each move the phrases and weights behind it, in the order of `match`."""
        scenes, pairs = self.reader.read(doc)
        moves = assemble(doc, scenes, pairs, self.states)
        return [list(reasons(doc, scenes, pairs, self.states, move)) for move in moves]

    def set_annotations(self, doc: Doc, moves: Sequence[Move]) -> None:
        """Write one row per move, and its evidence as a span with the status as label."""
        text = text_of(doc)
        sources = self.credits.read(doc) if moves else []
        days = [row for row in doc._.dates if row["granularity"] == "day" and row["start_date"]]
        evidence = [_strip(doc, *move.tokens) for move in moves]
        doc._.transfers = [
            {
                **_columns_of(move),
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


def _columns_of(move: Move) -> Row:
    """Return the columns that do not depend on the sentence of the move."""
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
        "confidence": round(move.chance, DECIMALS),
    }


def _strip(doc: Doc, start: int, end: int) -> Span:
    """Return the evidence without white space at its ends."""
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return doc[start:end]


def _day(days: Sequence[Row], move: Move, span: Span) -> str | None:
    """Return the day that the evidence names; None if it names none or several, or reports interest only."""
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
    """Write doc._.why: for each row of doc._.transfers the phrases and weights behind it.

    It extracts the moves again; add it with `nlp.add_pipe("reasons")` if you need it.

    Args:
        transfers: the component that extracts the moves.
    """

    def __init__(self, transfers: Transfers) -> None:
        self.transfers = transfers

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        doc._.why = self.transfers.reasons(doc)
        return doc


@Language.factory("reasons", assigns=["doc._.why"], requires=["doc._.transfers"])
def create_reasons(nlp: Language, name: str) -> Reasons:
    """Create the component; the pipeline must have `transfers` before it."""
    return Reasons(cast(Transfers, nlp.get_pipe("transfers")))
