"""The reference that stands at a place beside a quotation, also by a name that the recogniser has missed."""

from __future__ import annotations

from rumourmill.quotes.narrative import Chunk
from rumourmill.quotes.reference import Reference
from rumourmill.quotes.words import STOPS, Words

__all__ = ["near"]

NEAR = 8  # words of its own phrase that may stand before a name: "said club director X"


def near(words: Words, chunk: Chunk, at: int, *, lenient: bool) -> Reference | None:
    """The reference that begins at an index.

    Args:
        words: the words of the article.
        chunk: the chunk that holds it.
        at: index of a word.
        lenient: whether a few unknown words may stand before a name ("said club director X"), and whether "the"
            with words that we do not know is a description ("said the Londoner").
    """
    stop = min(at + NEAR, chunk.last)
    for index in range(at, stop if lenient else min(at + 1, stop)):
        found = next((r for r in chunk.references if r.first <= index < r.last), None)
        if found is not None and (found.first == at or found.kind == "name"):
            beyond = found.last
            while beyond < stop and "-" in (words.word(beyond), words.word(beyond - 1)):  # "my brother-in-law Martin"
                beyond += 1
            return (_unknown_name(words, beyond, stop) if lenient and found.relative else None) or found
        if lenient and found is None and (unknown := _unknown_name(words, index, stop)) is not None:
            return unknown
        ends = words.word(index) in STOPS or not words.word(index)[0].isalnum() or words.cue(index) is not None
        if ends or found is not None:
            stop = index if found is None else stop
            break
    if lenient and words.word(at) == "the" and stop > at + 1 and words.word(stop) not in ("'s", "’s", "of"):
        return Reference(at, stop, words.starts[at], words.ends[stop - 1], "description")
    return None


def _unknown_name(words: Words, first: int, stop: int) -> Reference | None:
    """A name that the recogniser has missed: "says my brother-in-law Martin"."""
    last = first
    while last < stop and words.may_be_name(last):
        last += 1
    after = words.word(last)
    if last == first or words.word(first - 1) in ("the", "a", "an") or not (after in STOPS or not after.isalnum()):
        return None  # "said the Londoner", "said Anfield legend X"
    span = words.starts[first], words.ends[last - 1]
    return Reference(first, last, *span, "name", words.slice(first, last))
