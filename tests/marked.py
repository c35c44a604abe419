"""Builds a Doc from text marked as in the training corpus: `{Roma|CLUB} want {Zico Amaral|PLAYER}`."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from passages import unmarked


def marked_doc(nlp: Language, marked: str, published_on: str | None = None) -> Doc:
    """The tokenised text without its marks, which stand in `doc.ents` as if the recogniser had found them."""
    text, entities = unmarked(marked)
    doc = nlp.make_doc(text)
    doc.set_ents([doc.char_span(s, e, label=label) for s, e, label in entities])
    doc._.published_on = published_on
    return doc


def run(nlp: Language, doc: Doc, components: Iterable[str]) -> Doc:
    """The Doc after the named components of a pipeline, in their order."""
    for name in components:
        doc = nlp.get_pipe(name)(doc)
    return doc
