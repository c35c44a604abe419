"""Sentence boundaries for news text: a paragraph always ends a sentence, an initial or abbreviation never does."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from rumourmill.nlp.tokens import written_words

__all__ = ["Sentences", "create"]

ENDINGS = frozenset(".!?…")
CLOSING = frozenset("\"'”’»)]")
MONEY = frozenset("£€$")
OPENING = frozenset("\"'“‘«([")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr st jr sr no nos fc afc vs v approx est inc ltd prof sir rev gen jan feb mar apr jun jul aug sep"
    " sept oct nov dec".split()
)


class Sentences:
    """Set `token.is_sent_start` for every token of a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        if len(doc):
            self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[int]:
        """Return the indices of the tokens that begin a sentence."""
        starts: list[int] = [0] if len(doc) else []
        ended = False  # whether the last token was a full stop, or a closing mark after one
        before, spaced = "", True  # text of the last token, and whether white space follows it
        spaces = doc.to_array("SPACY").tolist() if len(doc) else []
        for index, (text, space) in enumerate(zip(written_words(doc), spaces, strict=True)):
            blank = text.isspace()
            if index and not blank and (ended or "\n" in before) and _begins(text, before, spaced):
                starts.append(index)
                ended = False
            if not (blank and "\n" not in text):
                ended = _ends(text, before, ended)
            before, spaced = text, bool(space) or blank
        return starts

    def set_annotations(self, doc: Doc, starts: list[int]) -> None:
        """Write `token.is_sent_start`."""
        boundaries = np.full(len(doc), -1, dtype="int64")
        boundaries[starts] = 1
        column: Ints2d = boundaries.astype("uint64").reshape(-1, 1)  # type: ignore[assignment]  # plain numpy is one
        doc.from_array(["SENT_START"], column)


def _begins(text: str, before: str, spaced: bool) -> bool:
    """Return whether a token after the end of a sentence or paragraph begins a new one."""
    if "\n" in before and before.isspace():
        return True
    if not text[0].isalnum() and text[0] not in MONEY and not (spaced and text[0] in OPENING):
        return False
    return not text.islower()


def _ends(text: str, before: str, ended: bool) -> bool:
    """Return whether a sentence ends with a token: not with the full stop of an initial or abbreviation."""
    if text[-1] not in ENDINGS:
        return ended and text[0] in CLOSING
    word = text.rstrip(".") or before
    initial = len(word) == 1 and word.isupper()
    return not (text[-1] == "." and (initial or word.lower() in ABBREVIATIONS))


@Language.factory("sentences", assigns=["token.is_sent_start", "doc.sents"])
def create(nlp: Language, name: str) -> Sentences:
    """Create the component."""
    return Sentences()
