"""The component `dates`: expressions of calendar time with their first and last day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.dates import (
    DateContext,
    DateExpression,
    Period,
    Tense,
    detect_tense,
    find_expressions,
    lowercase_ascii,
    resolve_expression,
)
from rumourmill.dates.patterns import MONTHS, WEEKDAYS
from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of

__all__ = ["Dates", "create"]

# Entities with more words than the expression ("Sunday Times", "Euro 2020") are no dates.
ENTITY_LABELS = frozenset({"OUTLET", "COMPETITION", "STADIUM", "PLAYER", "PERSON", "CLUB", "NATIONAL_TEAM", "ORG"})
PEOPLE = ("players", "people")
CALENDAR_NAMES = frozenset([*MONTHS, *WEEKDAYS, "summer", "winter", "spring"])
PREPOSITION_BEFORE = re.compile(
    r"\b(?:on|in|by|until|till|since|from|before|after|of|during|last|next|this|every|late|early|mid|later|and|or)[\s-]$",
    re.I,
)
REACH = 12  # characters before an expression


class Dates:
    """Sets doc.spans["dates"] and doc._.dates, the rows of the table `dates`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the dates of a Doc and set the annotations."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """Return a row for every expression, in text order.

        Args:
            doc: a Doc with sentences; spans of clubs, players and people, entities and the day of publication are
                used where it has them.

        Returns:
            Rows with the columns of the table `dates` without `article_id`.
        """
        text = text_of(doc)
        taken = _mention_offsets(doc)
        names = _calendar_names(doc)
        expressions = [
            e for e in find_expressions(text) if not _is_name(doc, e, taken) and not _is_surname(text, e, names)
        ]
        if not expressions:
            return []
        clauses = _Clauses(doc, text)
        published = date.fromisoformat(doc._.published_on) if doc._.published_on else None
        country = _country(doc)
        rows: list[Row] = []
        for expression in expressions:
            rows.append(_row(text, expression, published, country, clauses, _previous_period(text, expression, rows)))
        return rows

    def set_annotations(self, doc: Doc, found: list[Row]) -> None:
        """Set the rows on the Doc, and token-aligned spans labelled with the granularity."""
        doc._.dates = found
        spans = [
            doc.char_span(row["start"], row["end"], label=row["granularity"], alignment_mode="expand") for row in found
        ]
        doc.spans["dates"] = [span for span in spans if span is not None]


class _Clauses:
    """Detects the tense at expressions of a Doc."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.lower = lowercase_ascii(text)
        self.starts = [sentence.start_char for sentence in doc.sents]

    def tense(self, start: int, end: int) -> Tense | None:
        """Return the tense of the clause of the expression at start..end."""
        index = bisect_right(self.starts, start)
        left = self.starts[index - 1] if index else 0
        right = self.starts[index] if index < len(self.starts) else len(self.lower)
        return detect_tense(self.lower, start, end, left, max(right, end))


def _previous_period(text: str, found: DateExpression, rows: list[Row]) -> Period | None:
    """Return the value of the expression before it in the paragraph: "in 2021; that summer"."""
    last = rows[-1] if rows else None
    if last is None or last["start_date"] is None or "\n" in text[last["end"] : found.start]:
        return None
    return Period(date.fromisoformat(last["start_date"]), date.fromisoformat(last["end_date"]))


def _row(
    text: str, found: DateExpression, published: date | None, country: str, clauses: _Clauses, previous: Period | None
) -> Row:
    written = text[found.start : found.end]
    context = DateContext(
        found.parts, written, published, lambda: clauses.tense(found.start, found.end), country, previous
    )
    value = resolve_expression(found.kind, context)
    return {
        "start": found.start,
        "end": found.end,
        "text": written,
        "start_date": value.period.first.isoformat() if value.period else None,
        "end_date": value.period.last.isoformat() if value.period else None,
        "granularity": value.granularity,
        "relative": value.relative,
    }


def _mention_offsets(doc: Doc) -> set[int]:
    """Return the offsets of all characters in mentions of clubs and people: Sheffield Wednesday, a player named May."""
    groups = [doc.spans[key] for key in ("clubs", "players", "people") if key in doc.spans]
    return set(chain.from_iterable(range(s.start_char, s.end_char) for group in groups for s in group))


def _calendar_names(doc: Doc) -> set[str]:
    """Return the months and weekdays that are names in the article: August of Rowan August, Sheffield Wednesday."""
    text = text_of(doc)
    people = (text[s.start_char : s.end_char].split()[-1] for key in PEOPLE for s in doc.spans.get(key, ()))
    clubs = (club["club"].split()[-1] for club in doc._.clubs)
    return {name.lower() for name in (*people, *clubs)} & CALENDAR_NAMES


def _is_surname(text: str, found: DateExpression, names: set[str]) -> bool:
    """Return whether a month or weekday without a preposition of time is a name in this article."""
    if text[found.start : found.end].lower() not in names:
        return False
    return PREPOSITION_BEFORE.search(text, max(0, found.start - REACH), found.start) is None


def _is_name(doc: Doc, found: DateExpression, taken: set[int]) -> bool:
    """Return whether an expression is part of a mention or entity."""
    if any(at in taken for at in range(found.start, found.end)):
        return True
    if found.kind == "weekday" and text_of(doc)[found.end : found.end + 2].lower() in ("'s", "’s"):
        return False  # "MONDAY'S BEST" is labelled as a name
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    return span is not None and any(_exceeds(doc, token.i, found) for token in span if token.ent_type_ in ENTITY_LABELS)


def _exceeds(doc: Doc, index: int, found: DateExpression) -> bool:
    """Return whether the entity at a token has more text than the expression."""
    first = last = index
    while first and doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    name = Span(doc, first, last + 1)
    return name.start_char < found.start or name.end_char > found.end


def _country(doc: Doc) -> str:
    """Return the country whose deadline days count: England if the article has an English club, else the commonest."""
    countries = Counter[str]()
    for club in doc._.clubs:
        countries[club["country"] or ""] += club["mentions"]
    return "England" if not countries or countries["England"] else countries.most_common(1)[0][0]


@Language.factory("dates", requires=["doc.sents"], assigns=["doc._.dates"])
def create(nlp: Language, name: str) -> Dates:
    """Create the component."""
    return Dates()
