"""Date expressions with their first and last day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.dates.calendar import Period
from rumourmill.dates.candidates import Reading
from rumourmill.dates.expressions import Expression, find, lowered
from rumourmill.dates.patterns import MONTHS, WEEKDAYS
from rumourmill.dates.tense import Tense, tense_at
from rumourmill.dates.values import resolve
from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of

__all__ = ["Dates", "create"]

# An expression within a longer entity of these labels ("Sunday Times", "Euro 2020") is no date.
NAMES = frozenset({"OUTLET", "COMPETITION", "STADIUM", "PLAYER", "PERSON", "CLUB", "NATIONAL_TEAM", "ORG"})

PEOPLE = ("players", "people")
CALENDAR = frozenset([*MONTHS, *WEEKDAYS, "summer", "winter", "spring"])
TIMED = re.compile(
    r"\b(?:on|in|by|until|till|since|from|before|after|of|during|last|next|this|every|late|early|mid|later|and|or)[\s-]$",
    re.I,
)
REACH = 12  # characters before an expression that are searched for a preposition


class Dates:
    """Write doc.spans["dates"] and doc._.dates, resolved against the day of publication."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """Return one row per date expression, in text order.

        Args:
            doc: a Doc with sentences; clubs, players, people, entities and the day of publication are used if they
                are set.

        Returns:
            Rows with the columns of the table `dates`, except `article_id`; days in ISO form.
        """
        text = text_of(doc)
        taken = _taken(doc)
        called = _called(doc)
        expressions = [e for e in find(text) if not _is_name(doc, e, taken) and not _is_calling(text, e, called)]
        if not expressions:
            return []
        clauses = _Clauses(doc, text)
        published = date.fromisoformat(doc._.published_on) if doc._.published_on else None
        country = _country(doc)
        rows: list[Row] = []
        for expression in expressions:
            rows.append(_row(text, expression, published, country, clauses, _period_before(text, expression, rows)))
        return rows

    def set_annotations(self, doc: Doc, found: list[Row]) -> None:
        """Write the rows, and token-aligned spans with the granularity as label."""
        doc._.dates = found
        spans = [
            doc.char_span(row["start"], row["end"], label=row["granularity"], alignment_mode="expand") for row in found
        ]
        doc.spans["dates"] = [span for span in spans if span is not None]


class _Clauses:
    """Detects the tense at an expression; the sentences of the Doc are indexed once."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.lower = lowered(text)
        self.starts = [sentence.start_char for sentence in doc.sents]

    def tense(self, start: int, end: int) -> Tense | None:
        index = bisect_right(self.starts, start)
        left = self.starts[index - 1] if index else 0
        right = self.starts[index] if index < len(self.starts) else len(self.lower)
        return tense_at(self.lower, start, end, left, max(right, end))


def _period_before(text: str, found: Expression, rows: list[Row]) -> Period | None:
    """Return the days of the previous expression of the paragraph, for "in 2021; that summer"; else None."""
    last = rows[-1] if rows else None
    if last is None or last["start_date"] is None or "\n" in text[last["end"] : found.start]:
        return None
    return Period(date.fromisoformat(last["start_date"]), date.fromisoformat(last["end_date"]))


def _row(
    text: str, found: Expression, published: date | None, country: str, clauses: _Clauses, before: Period | None
) -> Row:
    written = text[found.start : found.end]
    reading = Reading(found.parts, written, published, lambda: clauses.tense(found.start, found.end), country, before)
    value = resolve(found.kind, reading)
    return {
        "start": found.start,
        "end": found.end,
        "text": written,
        "start_date": value.period.first.isoformat() if value.period else None,
        "end_date": value.period.last.isoformat() if value.period else None,
        "granularity": value.granularity,
        "relative": value.relative,
    }


def _taken(doc: Doc) -> set[int]:
    """Return the offsets of all characters in names of clubs and people: Sheffield Wednesday, a player named May."""
    groups = [doc.spans[key] for key in ("clubs", "players", "people") if key in doc.spans]
    return set(chain.from_iterable(range(s.start_char, s.end_char) for group in groups for s in group))


def _called(doc: Doc) -> set[str]:
    """Return the months and weekdays that are also names in the article: Rowan August, Sheffield Wednesday."""
    text = text_of(doc)
    people = (text[s.start_char : s.end_char].split()[-1] for key in PEOPLE for s in doc.spans.get(key, ()))
    clubs = (club["club"].split()[-1] for club in doc._.clubs)
    return {name.lower() for name in (*people, *clubs)} & CALENDAR


def _is_calling(text: str, found: Expression, called: set[str]) -> bool:
    """Return whether a month or weekday is a name here: it is one in the article, without a preposition of time."""
    if text[found.start : found.end].lower() not in called:
        return False
    return TIMED.search(text, max(0, found.start - REACH), found.start) is None


def _is_name(doc: Doc, found: Expression, taken: set[int]) -> bool:
    if any(at in taken for at in range(found.start, found.end)):
        return True
    if found.kind == "weekday" and text_of(doc)[found.end : found.end + 2].lower() in ("'s", "’s"):
        return False  # "MONDAY'S BEST" is labelled as a name
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    return span is not None and any(_holds(doc, token.i, found) for token in span if token.ent_type_ in NAMES)


def _holds(doc: Doc, index: int, found: Expression) -> bool:
    """Return whether the entity at a token is longer than the expression."""
    first = last = index
    while first and doc[first].ent_iob_ == "I":
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    name = Span(doc, first, last + 1)
    return name.start_char < found.start or name.end_char > found.end


def _country(doc: Doc) -> str:
    """Return the country whose transfer windows apply: England if an English club is named, else the most frequent."""
    countries = Counter[str]()
    for club in doc._.clubs:
        countries[club["country"] or ""] += club["mentions"]
    return "England" if not countries or countries["England"] else countries.most_common(1)[0][0]


@Language.factory("dates", requires=["doc.sents"], assigns=["doc._.dates"])
def create(nlp: Language, name: str) -> Dates:
    """Create the component."""
    return Dates()
