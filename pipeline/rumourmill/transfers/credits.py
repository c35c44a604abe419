"""Who a claim is credited to: "(Daily Mail)", "according to Marca", "Sky Sports understands"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.nlp.tokens import text_of
from rumourmill.resources.gazetteer import Gazetteer

__all__ = ["Credit", "CreditReader", "nearest"]

CLAIMS = "says?|said|reports?|reported|claims?|claimed|understands?|reveals?|revealed|writes?|wrote"
BEFORE = re.compile(
    r"(?:according to|reports? (?:in|by|from|on)|reported (?:by|in)|claims? (?:in|by|from)|claimed by|revealed by"
    rf"|sources?:?|via|writes? in|quoted (?:by|in)|linked (?:[\w' -]{{0,40}}) by|(?:{CLAIMS}))"
    r"(?: today's| yesterday's| the| italian| spanish| french| german| newspaper| daily| outlet| broadcaster| website"
    r"| journalist)*\s*[\"“‘']?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"[\"”’']?(?:,? (?:also|now|has|have|had|today|yesterday|first|on \w+day|in \w+))*"
    rf" (?:{CLAIMS}|believes?|suggests?|suggested|adds|can reveal|is reporting|are reporting|learned|has learned"
    r"|have learned|has learnt|name[sd]?|link(?:s|ed)?|tipped|carries|carried)\b",
    re.IGNORECASE,
)
TOLD = re.compile(r"(?:told|tells|to|with|on|for|interview \w+) (?:the )?[\"“‘']?$", re.IGNORECASE)
CLOSE = re.compile(r"\s*[-–—,]?\s*(?:in|via)?\s*[\w ]{0,20}\)")
FURTHEST = 1500  # characters behind a claim within which its paragraph is taken to end
REACH = 60  # characters before a name that are looked at


@dataclass(frozen=True)
class Credit:
    """An outlet or journalist whom the text credits.

    Args:
        start: offset of the first character.
        end: offset after the last.
        name: canonical name.
        rank: 0 where the words say that it claims, 1 where it stands in brackets behind.
    """

    start: int
    end: int
    name: str
    rank: int


class CreditReader:
    """Finds the credits of a Doc.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.outlet_of: dict[str, str] = {}
        for form, outlet in (lists or Gazetteer.of()).outlets:
            self.outlet_of.setdefault(form.lower(), outlet)
        self.matcher = LazyPhraseMatcher(nlp, "LOWER", {"OUTLET": sorted(self.outlet_of)})

    def read(self, doc: Doc) -> list[Credit]:
        """The credits of a Doc, in text order."""
        text = text_of(doc)
        return [credit for span, name in self._sources(doc) if (credit := _credit(text, span, name))]

    def _sources(self, doc: Doc) -> Iterator[tuple[Span, str]]:
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


def _credit(text: str, span: Span, name: str) -> Credit | None:
    """The credit that the words around a source make of it."""
    start, end = span.start_char, span.end_char
    before = text[max(start - REACH, 0) : start]
    if TOLD.search(before) and not BEFORE.search(before):
        return None
    if before.rstrip().endswith("(") and CLOSE.match(text, end):
        return Credit(start, end, name, 1)
    if BEFORE.search(before) or AFTER.match(text, end):
        return Credit(start, end, name, 0)
    return None


def nearest(text: str, sources: list[Credit], start: int, end: int) -> str | None:
    """The credit of the claim at start..end: in its sentence, else in brackets at the end of its paragraph.

    Args:
        text: of the article.
        sources: the credits of the article, in text order.
        start: offset of the claim's sentence.
        end: offset after it.

    Returns:
        Its name; where one hands on what another says, the first.
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    first, after = (bisect_left(sources, at, key=lambda c: c.start) for at in (start, end))
    inside = sources[first:after]
    if inside:
        return min(inside, key=lambda c: (c.rank, c.start)).name
    stop = text.find("\n", end, end + FURTHEST)
    stop = min(len(text), end + FURTHEST) if stop < 0 else stop
    behind = sources[after : bisect_left(sources, stop, key=lambda c: c.start)]
    bracketed = [c for c in behind if c.rank == 1]
    if bracketed:
        return bracketed[0].name
    return behind[0].name if behind and behind[0].start - end <= REACH * 2 else None
