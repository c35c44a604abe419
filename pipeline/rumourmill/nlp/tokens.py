"""A Doc's text and words as plain strings, taken from it once for all components.

spaCy joins `Doc.text` and decodes `Token.lower_` anew each time it is asked; twenty readings of every article cost as
much as the neural pass.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "BLANK",
    "NUMBER",
    "keep_text",
    "kept",
    "lower_ids",
    "lower_words",
    "spaces",
    "symbols",
    "text_of",
    "written_words",
]

T = TypeVar("T")
BLANK, NUMBER = "¶", "#"
LONGEST = 40  # characters of a word that a symbol keeps: debris is kept in many features

TEXT, LOWER, LOWER_IDS, WRITTEN, SYMBOLS, SPACES = (
    f"rumourmill.{name}" for name in ("text", "lower", "lower_ids", "written", "symbols", "spaces")
)  # keys of `Doc.user_data`


def keep_text(doc: Doc, text: str) -> None:
    """Tell a Doc the text that it was made of, which spares it to join it again."""
    doc.user_data[TEXT] = text


def text_of(doc: Doc) -> str:
    """The text of a Doc."""
    return kept(doc, TEXT, lambda: doc.text)


def lower_words(doc: Doc) -> list[str]:
    """The lower-case form of each token; not to be changed."""
    return kept(doc, LOWER, lambda: _strings(doc, "LOWER"))


def lower_ids(doc: Doc) -> Set[int]:
    """The words of a Doc, each once, as the numbers of their lower-case forms."""
    return kept(doc, LOWER_IDS, lambda: dict.fromkeys(doc.to_array("LOWER").tolist())).keys()


def written_words(doc: Doc) -> list[str]:
    """Each token as written; not to be changed."""
    return kept(doc, WRITTEN, lambda: _strings(doc, "ORTH"))


def symbols(doc: Doc) -> list[str]:
    """The lower-case form of each token, numbers and white space as what they are; not to be changed."""
    return kept(doc, SYMBOLS, lambda: [_symbol(word) for word in lower_words(doc)])


def spaces(doc: Doc) -> list[int]:
    """For each token whether a space follows it; not to be changed."""
    return kept(doc, SPACES, lambda: doc.to_array("SPACY").tolist())


def _symbol(word: str) -> str:
    return BLANK if word.isspace() else NUMBER if word[:1].isdigit() else word[:LONGEST]


def _strings(doc: Doc, attr: str) -> list[str]:
    strings = doc.vocab.strings
    return [strings[word] for word in doc.to_array(attr).tolist()]


def kept(doc: Doc, key: str, make: Callable[[], T]) -> T:
    """What was made once of a Doc's text alone.

    Args:
        doc: keeps it, also when it is serialised: strings, numbers, lists and dicts only.
        key: of `Doc.user_data`.
        make: makes it when it is first asked for.
    """
    found: T | None = doc.user_data.get(key)
    if found is None:
        found = doc.user_data[key] = make()
    return found
