"""The component `transfers`: a row for each move of a player to a club that the article reports or discusses."""

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
from rumourmill.transfers import (
    CandidateExtractor,
    CreditExtractor,
    Move,
    StatusFeatures,
    assemble_moves,
    explain_move,
    nearest_credit,
)

__all__ = ["Reasons", "Transfers", "create", "create_reasons"]

DECIMALS = 3  # of a confidence


class Transfers:
    """Sets doc.spans["transfers"] and doc._.transfers, the rows of the table `transfers`.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.candidates = CandidateExtractor(nlp, gazetteer)
        self.credits = CreditExtractor(nlp, gazetteer)
        self.status_features = StatusFeatures()

    def __call__(self, doc: Doc) -> Doc:
        """Find the transfers of a Doc and set the annotations."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Move]:
        """Return the transfers of a Doc, in the order of their evidence."""
        sentences, pairs = self.candidates.extract(doc)
        return assemble_moves(doc, sentences, pairs, self.status_features)

    def explain(self, doc: Doc) -> list[list[str]]:
        """Return for each transfer of a Doc the status patterns and the features that decided."""
        sentences, pairs = self.candidates.extract(doc)
        moves = assemble_moves(doc, sentences, pairs, self.status_features)
        return [list(explain_move(doc, sentences, pairs, self.status_features, move)) for move in moves]

    def set_annotations(self, doc: Doc, moves: Sequence[Move]) -> None:
        """Set a row for each transfer, and its evidence as a span labelled with the status."""
        text = text_of(doc)
        found_credits = self.credits.extract(doc) if moves else []
        days = [row for row in doc._.dates if row["granularity"] == "day" and row["start_date"]]
        evidence = [_trim(doc, *move.tokens) for move in moves]
        doc._.transfers = [
            {
                **_columns(move),
                "reported_by": None
                if move.historic
                else nearest_credit(text, found_credits, span.start_char, span.end_char),
                "event_date": _event_date(days, move, span),
                "start": span.start_char,
                "end": span.end_char,
                "sentence": span.text,
            }
            for move, span in zip(moves, evidence, strict=True)
        ]
        spans = zip(moves, evidence, strict=True)
        doc.spans["transfers"] = filter_spans(Span(doc, s.start, s.end, label=move.status) for move, s in spans)


def _columns(move: Move) -> Row:
    """Return the columns that do not depend on the evidence."""
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
        "confidence": round(move.probability, DECIMALS),
    }


def _trim(doc: Doc, start: int, end: int) -> Span:
    """Return the evidence without white space at its edges."""
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return doc[start:end]


def _event_date(days: Sequence[Row], move: Move, span: Span) -> str | None:
    """Return the only day that the evidence names; None where it names none or several, or the status is interest."""
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
    """Sets doc._.why: for each row of doc._.transfers the status patterns and the features that decided.

    It extracts the transfers once more, and is therefore not part of the shipped pipeline: `nlp.add_pipe("reasons")`.

    Args:
        transfers: the component that extracts them.
    """

    def __init__(self, transfers: Transfers) -> None:
        self.transfers = transfers

    def __call__(self, doc: Doc) -> Doc:
        """Set the reasons on a Doc."""
        doc._.why = self.transfers.explain(doc)
        return doc


@Language.factory("reasons", assigns=["doc._.why"], requires=["doc._.transfers"])
def create_reasons(nlp: Language, name: str) -> Reasons:
    """Create the component; the pipeline must have `transfers` before it."""
    return Reasons(cast(Transfers, nlp.get_pipe("transfers")))
