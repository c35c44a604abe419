"""What made each move of an article, for whoever asks: `nlp.add_pipe("reasons")` behind `transfers`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.transfers import Transfers

__all__ = ["Reasons", "create"]


class Reasons:
    """Writes doc._.why, for each row of doc._.transfers the phrases and weights behind it.

    It reads the moves once more: a run over many articles does without it.

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
def create(nlp: Language, name: str) -> Reasons:
    """Make the component; it takes no settings."""
    return Reasons(Transfers(nlp))
