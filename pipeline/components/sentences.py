"""Sentence boundaries for news text: paragraphs always end one, initials and abbreviations never do."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

__all__ = ["Sentences", "create"]

ENDINGS = frozenset(".!?…")
CLOSING = frozenset("\"'”’»)]")
OPENING = frozenset("\"'“‘«([")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr st jr sr no nos fc afc vs v approx est inc ltd prof sir rev gen jan feb mar apr jun jul aug sep"
    " sept oct nov dec".split()
)


class Sentences:
    """Sets `token.is_sent_start` for every token of a Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place and hand it on."""
        starts = self.match(doc)
        for token in doc:
            token.is_sent_start = token.i in starts
        return doc

    def match(self, doc: Doc) -> set[int]:
        """Indices of the tokens that begin a sentence."""
        starts = {0}
        ended = False  # a full stop, or a closing mark after one, was the last token
        for token in doc:
            if token.i and self._begins(token, ended):
                starts.add(token.i)
                ended = False
            ended = self._ends(token, ended)
        return starts

    @staticmethod
    def _begins(token: Token, ended: bool) -> bool:
        if token.is_space:
            return False
        if "\n" in token.nbor(-1).text and token.nbor(-1).is_space:
            return True
        # Glued to the word before it, a mark closes; after a space, it opens.
        spaced = bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
        if not ended or (token.is_punct and not (spaced and token.text[0] in OPENING)):
            return False
        return not token.is_lower

    @staticmethod
    def _ends(token: Token, ended: bool) -> bool:
        if token.is_space and "\n" not in token.text:
            return ended
        if token.text[-1] in ENDINGS:
            word = token.text.rstrip(".") or (token.nbor(-1).text if token.i else "")
            initial = len(word) == 1 and word.isupper()
            return not (token.text.endswith(".") and (initial or word.lower() in ABBREVIATIONS))
        return ended and token.text[0] in CLOSING


@Language.factory("sentences", assigns=["token.is_sent_start", "doc.sents"])
def create(nlp: Language, name: str) -> Sentences:
    """Make the component; it takes no settings."""
    return Sentences()
