"""Quotations: direct speech between marks and indirect speech behind a cue, with their speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from rumourmill.entities.roles import RoleReader
from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.quotes import spans as quotation
from rumourmill.quotes.coreference import Cast
from rumourmill.quotes.discourse import Attribution, Scene
from rumourmill.quotes.narrative import Narrative
from rumourmill.quotes.paragraphs import Layout
from rumourmill.quotes.spans import Quotation
from rumourmill.quotes.speakers import Reported, Speakers
from rumourmill.quotes.words import Words

__all__ = ["Quotes", "create"]

WORD = re.compile(r"\w[\w'’.,-]*")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bI['’]", re.IGNORECASE)
SHORT = 4  # words; below it a stretch is a quotation only when a cue tells who said it
SUBJECTS = frozenset("i he she it we you they that this there what who yes no and but so not".split())
LONGEST_HEADLINE = 160  # characters


class Quotes:
    """Writes doc.spans["quotes"] and doc._.quotes.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.reader = RoleReader(nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """The quotations of a Doc as rows, in text order."""
        text = text_of(doc)
        layout = Layout(text)
        found = quotation.find(text, layout)
        narrative = Narrative(Words.of(doc, self.reader), layout, [s.start_char for s in doc.sents])
        speakers = Speakers(Scene(narrative, Cast(doc)), found)
        said = zip(found, speakers.attribute(), strict=True)
        direct = [
            _row(text, q.start, q.end, "direct", a) for q, a in said if _is_said(text, q, a, doc._.title_end, layout)
        ]
        return sorted([*direct, *_indirect(text, speakers.reported, found)], key=lambda row: int(row["start"]))

    def set_annotations(self, doc: Doc, found: Iterable[Row]) -> None:
        """Write spans (label the kind) and rows."""
        rows = list(found)
        spans = [doc.char_span(r["start"], r["end"], label=r["kind"], alignment_mode="expand") for r in rows]
        doc.spans["quotes"] = [s for s in spans if isinstance(s, Span)]
        doc._.quotes = rows


def _is_said(text: str, found: Quotation, said: Attribution, title_end: int, layout: Layout) -> bool:
    """Whether a stretch between marks is somebody's words, and no title, nickname, scare quote or headline."""
    inner = text[found.start : found.end]
    words = WORD.findall(inner)
    is_short = len(words) < SHORT
    if _is_title(inner, words) and (is_short or said.cue is None or said.name is None):
        return False
    if found.start < title_end or _is_headline(text, found, layout):
        return not is_short and (inner[0].isupper() or FIRST_PERSON.search(inner) is not None)
    return not is_short or (said.cue is not None and said.name is not None)


def _is_title(inner: str, words: list[str]) -> bool:
    """A nickname, a song, a book: every long word has its capital, no sentence ends, and it is no shout."""
    long = [w for w in words if len(w) > 3]
    shouts = len(words) >= SHORT and inner.isupper()
    framed = words and words[0][0].isupper() and words[-1][0].isupper() and words[0].lower() not in SUBJECTS
    fits = len(long) > 1 or (long and (len(words) < SHORT or framed))  # "Match of the Day", not "I am a Red"
    return bool(fits) and not shouts and all(w[0].isupper() for w in long) and inner[-1] not in ".,!?…"


def _is_headline(text: str, found: Quotation, layout: Layout) -> bool:
    """Whether a quotation stands in a short first paragraph that does not end as a sentence does."""
    start, end = layout[0]
    if len(layout) == 1 or found.start >= end or end - start > LONGEST_HEADLINE:
        return False
    return found.end - found.start < end - start - 2 and text[start:end].rstrip("\"'”’“‘")[-1:] not in ".!?"


def _indirect(text: str, reported: Iterable[Reported], quoted: Sequence[Quotation]) -> Iterator[Row]:
    """Rows of indirect speech, those that touch a quotation left out."""
    starts = [q.outer_start for q in quoted]
    for clause, said in reported:
        before = bisect_left(starts, clause.end) - 1
        if before < 0 or quoted[before].outer_end <= clause.start:
            yield _row(text, clause.start, clause.end, "indirect", said)


def _row(text: str, start: int, end: int, kind: str, said: Attribution) -> Row:
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "kind": kind,
        "speaker": said.name,
        "speaker_role": said.role,
        "speaker_start": said.start,
        "speaker_end": said.end,
        "cue": said.cue,
    }


@Language.factory(
    "quotes",
    assigns=["doc.spans", "doc._.quotes"],
    requires=["doc.sents", "doc.spans", "doc._.players", "doc._.people"],
)
def create(nlp: Language, name: str) -> Quotes:
    """Make the component; it takes no settings."""
    return Quotes(nlp)
