"""Text and words of a Doc as plain strings, cached for all components.

spaCy joins `Doc.text` and decodes `Token.lower_` on every access; without the cache this took as long as the entity
recogniser.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "BLANK",
    "NUMBER",
    "cache_text",
    "cached",
    "lower_ids",
    "lower_words",
    "spaces",
    "symbols",
    "text_of",
    "written_words",
]

T = TypeVar("T")
BLANK, NUMBER = "¶", "#"
LONGEST = 40  # characters of a word in a symbol; bounds the memory that noise takes in features

TEXT, LOWER, LOWER_IDS, WRITTEN, SYMBOLS, SPACES = (
    f"rumourmill.{name}" for name in ("text", "lower", "lower_ids", "written", "symbols", "spaces")
)  # keys of `Doc.user_data`


def cache_text(doc: Doc, text: str) -> None:
    """Cache the text that a Doc was made from."""
    doc.user_data[TEXT] = text


def text_of(doc: Doc) -> str:
    """Return the text of a Doc."""
    return cached(doc, TEXT, lambda: doc.text)


def lower_words(doc: Doc) -> list[str]:
    """Return the lower-case form of each token. The list is shared: do not modify it."""
    return cached(doc, LOWER, lambda: _strings(doc, "LOWER"))


def lower_ids(doc: Doc) -> Set[int]:
    """Return the distinct words of a Doc as hashes of their lower-case forms, in order of appearance."""
    return cached(doc, LOWER_IDS, lambda: dict.fromkeys(doc.to_array("LOWER").tolist())).keys()


def written_words(doc: Doc) -> list[str]:
    """Return the text of each token. The list is shared: do not modify it."""
    return cached(doc, WRITTEN, lambda: _strings(doc, "ORTH"))


def symbols(doc: Doc) -> list[str]:
    """Return lower-case forms with numbers as `#` and white space as `¶`. The list is shared: do not modify it."""
    return cached(doc, SYMBOLS, lambda: [_symbol(word) for word in lower_words(doc)])


def spaces(doc: Doc) -> list[int]:
    """Return for each token whether a space follows it. The list is shared: do not modify it."""
    return cached(doc, SPACES, lambda: doc.to_array("SPACY").tolist())


def _symbol(word: str) -> str:
    return BLANK if word.isspace() else NUMBER if word[:1].isdigit() else word[:LONGEST]


def _strings(doc: Doc, attr: str) -> list[str]:
    strings = doc.vocab.strings
    return [strings[word] for word in doc.to_array(attr).tolist()]


def cached(doc: Doc, key: str, compute: Callable[[], T]) -> T:
    """Return a value that depends on the text of a Doc only, computed on first access.

    Args:
        doc: its `user_data` is the cache. It is serialised with the Doc: strings, numbers, lists and dicts only.
        key: key in `user_data`.
        compute: returns the value.
    """
    found: T | None = doc.user_data.get(key)
    if found is None:
        found = doc.user_data[key] = compute()
    return found
