"""Transfers: one row for each move of a player to a club that the article reports or discusses."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from pipeline.annotations import Row
from pipeline.assembly import Move, assemble
from pipeline.credits import CreditReader, nearest
from pipeline.moves import MoveReader
from pipeline.states import States

__all__ = ["Transfers", "create"]

PLACES = 3  # decimals of a confidence


class Transfers:
    """Writes doc.spans["transfers"] and doc._.transfers.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.reader = MoveReader(nlp)
        self.credits = CreditReader(nlp)
        self.states = States()

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Move]:
        """The moves of a Doc, each with what made it."""
        scenes, pairs = self.reader.read(doc)
        return assemble(doc, scenes, pairs, self.states) if pairs else []

    def set_annotations(self, doc: Doc, moves: Sequence[Move]) -> None:
        """Write a row for each move, and its evidence as a span."""
        credits = self.credits.read(doc) if moves else []
        rows, spans = [], []
        for move in moves:
            sentence = doc[move.evidence.start].sent
            span = doc[sentence.start : sentence.end]
            while len(span) > 1 and span[-1].is_space:
                span = span[:-1]
            while len(span) > 1 and span[0].is_space:
                span = span[1:]
            source = None if move.historic else nearest(doc.text, credits, span.start_char, span.end_char)
            rows.append(
                {
                    "player": move.player,
                    "from_club": move.from_club,
                    "to_club": move.to_club,
                    "kind": move.kind,
                    "status": move.status,
                    **_price(move.fee),
                    "reported_by": source,
                    "event_date": _day(doc, move, span.start_char, span.end_char),
                    "historic": move.historic,
                    "confidence": round(move.chance, PLACES),
                    "start": span.start_char,
                    "end": span.end_char,
                    "sentence": span.text,
                }
            )
            spans.append(doc.char_span(span.start_char, span.end_char, label=move.status))
        doc._.transfers = rows
        doc.spans["transfers"] = filter_spans([span for span in spans if span is not None])


def _price(fee: Row | None) -> Row:
    if fee is None:
        return {"fee_amount": None, "fee_currency": None, "fee_gbp": None}
    return {"fee_amount": fee["amount"], "fee_currency": fee["currency"], "fee_gbp": fee["amount_gbp"]}


def _day(doc: Doc, move: Move, start: int, end: int) -> str | None:
    """The one day that the evidence names; null when it names none or several, or tells only of interest."""
    if move.status == "interest":
        return None
    rows = [row for row in doc._.dates if start <= row["start"] < end and row["granularity"] == "day"]
    days = {row["start_date"] for row in rows if row["start_date"]}
    return days.pop() if len(days) == 1 and len(rows) == 1 else None


@Language.factory(
    "transfers",
    assigns=["doc.spans", "doc._.transfers"],
    requires=["doc.spans", "doc.sents", "doc._.players", "doc._.clubs", "doc._.fees", "doc._.dates"],
)
def create(nlp: Language, name: str) -> Transfers:
    """Make the component; it takes no settings."""
    return Transfers(nlp)
