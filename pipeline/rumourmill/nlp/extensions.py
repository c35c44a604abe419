"""What the components leave on a Doc: one list of rows per table, beside the spans.

`doc.spans[table]` holds token-aligned spans for spaCy's own tools; `doc._.<table>` holds the rows with exact
character offsets and the columns of `schema.py` (less `article_id`). Rows are plain dicts of strings, numbers,
booleans, None and lists of these, dates in ISO form, so that a Doc with its rows survives `to_bytes` and pickling.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from spacy.tokens import Doc, Span

__all__ = ["ROW_TABLES", "Row", "register", "sentence_of", "spans_of"]

Row: TypeAlias = dict[str, Any]

# `people` is no table of the contract: it is what `quotes` and `transfers` need to know of everybody else.
ROW_TABLES = ("clubs", "players", "people", "fees", "dates", "quotes", "transfers")


def register() -> None:
    """Declare the Doc extensions; harmless when done before."""
    if Doc.has_extension("published_on"):
        return
    Doc.set_extension("published_on", default=None)  # ISO day of publication, or None
    Doc.set_extension("title_end", default=0)  # offset of the end of the headline; 0 when there is none
    Doc.set_extension("why", default=[])  # for each row of doc._.transfers what made it, where `reasons` runs
    for table in ROW_TABLES:
        Doc.set_extension(table, default=[])


def sentence_of(doc: Doc, start: int, end: int) -> Span:
    """The sentence that holds the characters start..end (its first sentence when it crosses a boundary).

    Args:
        doc: a Doc with sentence boundaries.
        start: offset of the first character.
        end: offset after the last character.

    Returns:
        The sentence without white-space tokens at its edges.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    sentence = doc[span.start : span.start + 1].sent if span is not None and len(span) else doc[0:0]
    first, last = sentence.start, sentence.end
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    return doc[first:last]


def spans_of(spans: list[Span]) -> list[Row]:
    """Spans as the `spans` column of the tables `players` and `clubs` has them."""
    return [{"start": s.start_char, "end": s.end_char, "text": s.text} for s in spans]


register()
