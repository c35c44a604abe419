"""Quotations: direct speech in quotation marks and indirect speech after a cue, with their speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.entities import TraitMatcher
from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.quotes import (
    Attribution,
    CoreferenceResolver,
    Discourse,
    Narrative,
    Paragraphs,
    Quotation,
    ReportedSpeech,
    SpeakerAttributor,
    Words,
    cues_of,
    find_quotations,
)
from rumourmill.resources import Gazetteer

__all__ = ["Quotes", "create"]

WORD = re.compile(r"\w[\w'’.,-]*")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bI['’]", re.IGNORECASE)
SHORT = 4  # words; a shorter span is a quotation only if a cue introduces it
SUBJECTS = frozenset("i he she it we you they that this there what who yes no and but so not".split())
LONGEST_HEADLINE = 160  # characters


class Quotes:
    """Write doc.spans["quotes"] and doc._.quotes.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.trait_matcher = TraitMatcher(nlp)
        self.cues = cues_of(gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """Return the quotations of a Doc as rows, in text order."""
        text = text_of(doc)
        paragraphs = Paragraphs(text)
        quotations = find_quotations(text, paragraphs)
        words = Words.of(doc, self.trait_matcher, self.cues)
        narrative = Narrative(words, paragraphs, [s.start_char for s in doc.sents])
        discourse = Discourse(narrative, CoreferenceResolver(doc))
        attributions, reported = SpeakerAttributor(discourse, quotations).attribute()
        direct = [
            _row(text, quotation.start, quotation.end, "direct", attribution)
            for quotation, attribution in zip(quotations, attributions, strict=True)
            if _is_speech(text, quotation, attribution, doc._.title_end, paragraphs)
        ]
        return sorted([*direct, *_indirect_rows(text, reported, quotations)], key=lambda row: int(row["start"]))

    def set_annotations(self, doc: Doc, rows: Sequence[Row]) -> None:
        """Write spans (label the kind) and rows."""
        spans = [doc.char_span(r["start"], r["end"], label=r["kind"], alignment_mode="expand") for r in rows]
        doc.spans["quotes"] = [s for s in spans if isinstance(s, Span)]
        doc._.quotes = list(rows)


def _is_speech(
    text: str, quotation: Quotation, attribution: Attribution, title_end: int, paragraphs: Paragraphs
) -> bool:
    """Return whether a quoted span is speech, and not a title, nickname, scare quote or headline."""
    inner = text[quotation.start : quotation.end]
    words = WORD.findall(inner)
    is_short = len(words) < SHORT
    if _is_title(inner, words) and (is_short or attribution.cue is None or attribution.name is None):
        return False
    if quotation.start < title_end or _is_headline(text, quotation, paragraphs):
        return not is_short and (inner[0].isupper() or FIRST_PERSON.search(inner) is not None)
    return not is_short or (attribution.cue is not None and attribution.name is not None)


def _is_title(inner: str, words: list[str]) -> bool:
    """Return whether a span is a title or nickname: every long word is capitalised, and it is no sentence or shout."""
    long = [w for w in words if len(w) > 3]
    shouts = len(words) >= SHORT and inner.isupper()
    framed = words and words[0][0].isupper() and words[-1][0].isupper() and words[0].lower() not in SUBJECTS
    fits = len(long) > 1 or (long and (len(words) < SHORT or framed))  # "Match of the Day", not "I am a Red"
    return bool(fits) and not shouts and all(w[0].isupper() for w in long) and inner[-1] not in ".,!?…"


def _is_headline(text: str, quotation: Quotation, paragraphs: Paragraphs) -> bool:
    """Return whether a quotation is in a short first paragraph that does not end like a sentence."""
    start, end = paragraphs[0]
    if len(paragraphs) == 1 or quotation.start >= end or end - start > LONGEST_HEADLINE:
        return False
    return quotation.end - quotation.start < end - start - 2 and text[start:end].rstrip("\"'”’“‘")[-1:] not in ".!?"


def _indirect_rows(text: str, reported: Iterable[ReportedSpeech], quotations: Sequence[Quotation]) -> Iterator[Row]:
    """Yield the rows of indirect speech; clauses that overlap a quotation are skipped."""
    starts = [q.outer_start for q in quotations]
    for clause, attribution in reported:
        before = bisect_left(starts, clause.end) - 1
        if before < 0 or quotations[before].outer_end <= clause.start:
            yield _row(text, clause.start, clause.end, "indirect", attribution)


def _row(text: str, start: int, end: int, kind: str, attribution: Attribution) -> Row:
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "kind": kind,
        "speaker": attribution.name,
        "speaker_role": attribution.role,
        "speaker_start": attribution.start,
        "speaker_end": attribution.end,
        "cue": attribution.cue,
    }


@Language.factory(
    "quotes",
    assigns=["doc.spans", "doc._.quotes"],
    requires=["doc.sents", "doc.spans", "doc._.clubs", "doc._.players", "doc._.people"],
    default_config={"user_lists": {}},
)
def create(nlp: Language, name: str, user_lists: dict[str, str]) -> Quotes:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        user_lists: file name -> text of a user's lists, see `Gazetteer`.
    """
    return Quotes(nlp, Gazetteer.of(user_lists))
