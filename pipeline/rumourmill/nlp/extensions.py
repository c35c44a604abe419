"""Extension attributes of a Doc: the rows of each table, beside the spans.

`doc.spans[table]` holds token-aligned spans for spaCy's own tools; `doc._.<table>` holds rows with exact character
offsets and the columns of `rumourmill.schema`, except `article_id`. Rows are dicts of strings, numbers, booleans, None
and lists of these, with dates in ISO form, so that a Doc with its rows can be serialised with `to_bytes` and pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from spacy.tokens import Doc, Span

__all__ = ["ROW_TABLES", "Row", "register", "sentence_of", "spans_of"]

Row: TypeAlias = dict[str, Any]

# `people` is not a table of the schema: `quotes` and `transfers` need the people who are not players.
ROW_TABLES = ("clubs", "players", "people", "fees", "dates", "quotes", "transfers")


DEFAULTS: Mapping[str, Any] = {
    "published_on": None,  # ISO day of publication, or None
    "title_end": 0,  # offset of the end of the headline; 0 if there is none
    "why": [],  # for each row of doc._.transfers its evidence, if the component `reasons` runs
    **{table: [] for table in ROW_TABLES},
}


def register() -> None:
    """Register the extension attributes that are missing; one that another package registered is used as it is."""
    for name, default in DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def sentence_of(doc: Doc, start: int, end: int) -> Span:
    """Return the sentence that contains the character span start..end, the first one if there are several.

    Args:
        doc: a Doc with sentence boundaries.
        start: offset of the first character.
        end: offset after the last character.

    Returns:
        The sentence without white space at its ends.
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
    """Return spans in the format of the column `spans` of the tables `players` and `clubs`."""
    return [{"start": s.start_char, "end": s.end_char, "text": s.text} for s in spans]


register()
