"""Finds the outlet or journalist that a claim is credited to.

"(Daily Mail)", "according to Marca", "Sky Sports understands".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.nlp.tokens import text_of
from rumourmill.resources.gazetteer import Gazetteer

__all__ = ["Credit", "CreditExtractor", "nearest_credit"]

CLAIMS = "says?|said|reports?|reported|claims?|claimed|understands?|reveals?|revealed|writes?|wrote"
CREDITED_BEFORE = re.compile(
    r"(?:according to|reports? (?:in|by|from|on)|reported (?:by|in)|claims? (?:in|by|from)|claimed by|revealed by"
    rf"|sources?:?|via|writes? in|quoted (?:by|in)|linked (?:[\w' -]{{0,40}}) by|(?:{CLAIMS}))"
    r"(?: today's| yesterday's| the| italian| spanish| french| german| newspaper| daily| outlet| broadcaster| website"
    r"| journalist)*\s*[\"“‘']?$",
    re.IGNORECASE,
)
CLAIMS_AFTER = re.compile(
    r"[\"”’']?(?:,? (?:also|now|has|have|had|today|yesterday|first|on \w+day|in \w+))*"
    rf" (?:{CLAIMS}|believes?|suggests?|suggested|adds|can reveal|is reporting|are reporting|learned|has learned"
    r"|have learned|has learnt|name[sd]?|link(?:s|ed)?|tipped|carries|carried)\b",
    re.IGNORECASE,
)
INTERVIEWED_BY = re.compile(r"(?:told|tells|to|with|on|for|interview \w+) (?:the )?[\"“‘']?$", re.IGNORECASE)
BRACKET_CLOSES = re.compile(r"\s*[-–—,]?\s*(?:in|via)?\s*[\w ]{0,20}\)")
MAX_PARAGRAPH = 1500  # characters after a claim in which the end of its paragraph is searched for
REACH = 60  # characters before a name that are examined


@dataclass(frozen=True)
class Credit:
    """An outlet or journalist that the text credits.

    Args:
        start: offset of the first character.
        end: offset after the last character.
        name: canonical name.
        rank: 0 where the words around it say that it makes a claim, 1 where it is in brackets after one.
    """

    start: int
    end: int
    name: str
    rank: int


class CreditExtractor:
    """Extracts the credits of Docs.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.outlet_of: dict[str, str] = {}
        for form, outlet in (lists or Gazetteer.of()).outlets:
            self.outlet_of.setdefault(form.lower(), outlet)
        self.matcher = LazyPhraseMatcher(nlp, "LOWER", {"OUTLET": sorted(self.outlet_of)})

    def extract(self, doc: Doc) -> list[Credit]:
        """Return the credits of a Doc, in text order."""
        text = text_of(doc)
        return [credit for span, name in self._find_sources(doc) if (credit := _make_credit(text, span, name))]

    def _find_sources(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        """Yield the mentions of outlets and journalists with their canonical names."""
        spans = [s for s in doc.ents if s.label_ == "OUTLET"]
        spans += [s for s in self.matcher(doc) if s.text[0].isupper() or s.text[0].isdigit()]
        journalists = {row["person"] for row in doc._.people if row["role"] == "journalist"}
        people = doc.spans.get("people", ()) if journalists else ()
        names = {(s.start, s.end): s.kb_id_ for s in people if s.kb_id_ in journalists}
        spans += [Span(doc, start, end) for start, end in names]
        if not spans:
            return
        taken = {
            i for key in ("clubs", "players") if key in doc.spans for s in doc.spans[key] for i in range(s.start, s.end)
        }
        for span in sorted(filter_spans(spans), key=lambda s: s.start):
            if span.start not in taken:
                known = names.get((span.start, span.end)) or self.outlet_of.get(span.text.lower())
                yield span, known or " ".join(span.text.split())


def _make_credit(text: str, span: Span, name: str) -> Credit | None:
    """Return the credit of a source, or None where the words around it do not credit it."""
    start, end = span.start_char, span.end_char
    before = text[max(start - REACH, 0) : start]
    if INTERVIEWED_BY.search(before) and not CREDITED_BEFORE.search(before):
        return None
    if before.rstrip().endswith("(") and BRACKET_CLOSES.match(text, end):
        return Credit(start, end, name, 1)
    if CREDITED_BEFORE.search(before) or CLAIMS_AFTER.match(text, end):
        return Credit(start, end, name, 0)
    return None


def nearest_credit(text: str, found: Sequence[Credit], start: int, end: int) -> str | None:
    """Return who the claim at start..end is credited to: in its sentence, else in brackets at the end of its paragraph.

    Args:
        text: the article.
        found: its credits, in text order.
        start: offset of the first character of the claim's sentence.
        end: offset after its last character.

    Returns:
        Canonical name, or None; where one source quotes another, the first.
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    first, after = (bisect_left(found, at, key=lambda c: c.start) for at in (start, end))
    inside = found[first:after]
    if inside:
        return min(inside, key=lambda c: (c.rank, c.start)).name
    stop = text.find("\n", end, end + MAX_PARAGRAPH)
    stop = min(len(text), end + MAX_PARAGRAPH) if stop < 0 else stop
    following = found[after : bisect_left(found, stop, key=lambda c: c.start)]
    bracketed = [credit for credit in following if credit.rank == 1]
    if bracketed:
        return bracketed[0].name
    return following[0].name if following and following[0].start - end <= REACH * 2 else None
