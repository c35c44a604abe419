"""Builds a Doc from text with short labels, `{Roma|C} want {Zico Amaral|P}`, up to the component players."""

from __future__ import annotations

from marked import marked_doc, run
from spacy.language import Language
from spacy.tokens import Doc

from rumourmill.transfers import CandidateExtractor, Move, StatusFeatures, assemble_moves

COMPONENTS = ["sentences", "clubs", "players"]
LABELS = {"P": "PLAYER", "C": "CLUB", "H": "PERSON", "O": "OUTLET", "S": "STADIUM"}


def labelled_doc(
    rules: Language, text: str, published_on: str | None = None, components: list[str] = COMPONENTS
) -> Doc:
    """The annotated Doc of a text whose entities have the first letters of their labels."""
    for short, label in LABELS.items():
        text = text.replace(f"|{short}}}", f"|{label}}}")
    return run(rules, marked_doc(rules, text, published_on), components)


def moves_by_club(rules: Language, text: str) -> dict[str, Move]:
    """The moves of a text, published on 5 August 2019, by their destination."""
    doc = labelled_doc(rules, text, "2019-08-05", [*COMPONENTS, "fees"])
    sentences, pairs = CandidateExtractor(rules).extract(doc)
    return {move.to_club: move for move in assemble_moves(doc, sentences, pairs, StatusFeatures())}
