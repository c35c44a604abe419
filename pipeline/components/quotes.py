"""Quotations: direct speech between marks and indirect speech behind a cue, with their speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import Row
from pipeline.roles import RoleReader
from pipeline.speech import quotation
from pipeline.speech.cast import Cast
from pipeline.speech.layout import Layout
from pipeline.speech.narrative import Narrative
from pipeline.speech.quotation import Quotation
from pipeline.speech.scene import Attribution, Scene
from pipeline.speech.speakers import Reported, Speakers
from pipeline.speech.words import Words

__all__ = ["Quotes", "create"]

WORD = re.compile(r"\w[\w'’.,-]*")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bI['’]", re.IGNORECASE)
SHORT = 4  # words; below it a stretch is a quotation only when a cue tells who said it
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
        layout = Layout(doc.text)
        found = quotation.find(doc.text, layout)
        narrative = Narrative(Words.of(doc, self.reader), layout, [s.start_char for s in doc.sents])
        speakers = Speakers(Scene(narrative, Cast(doc)), found)
        attributions = speakers.attribute()
        rows = [_row(doc.text, q.start, q.end, "direct", a) for q, a in zip(found, attributions, strict=True)]
        said = [r for r, q in zip(rows, found, strict=True) if _is_said(doc, r, q)]
        return sorted([*said, *_indirect(doc.text, speakers.reported, found)], key=lambda row: int(row["start"]))

    def set_annotations(self, doc: Doc, found: Iterable[Row]) -> None:
        """Write spans (label the kind) and rows."""
        rows = list(found)
        spans = [doc.char_span(r["start"], r["end"], label=r["kind"], alignment_mode="expand") for r in rows]
        doc.spans["quotes"] = [s for s in spans if isinstance(s, Span)]
        doc._.quotes = rows


def _is_said(doc: Doc, row: Row, found: Quotation) -> bool:
    """Whether a stretch between marks is somebody's words, and no title, nickname, scare quote or headline."""
    words = WORD.findall(row["text"])
    if row["cue"] is None and _is_title(row["text"], words):
        return False
    if found.start < doc._.title_end or _is_headline(doc, found):
        return len(words) >= SHORT and (row["text"][0].isupper() or bool(FIRST_PERSON.search(row["text"])))
    if len(words) >= SHORT:
        return True
    return row["cue"] is not None and row["speaker"] is not None


def _is_title(text: str, words: list[str]) -> bool:
    """A song, a film, a book: every long word has its capital, no sentence ends, and it is no shout."""
    long = [w for w in words if len(w) > 3]
    return len(long) > 1 and all(w[0].isupper() and not w.isupper() for w in long) and text[-1] not in ".,!?…"


def _is_headline(doc: Doc, found: Quotation) -> bool:
    """Whether the quotation stands in a first paragraph that does not end as a sentence does."""
    end = doc.text.find("\n", found.outer_end)
    line = doc.text[: end if end >= 0 else 0].strip()
    if "\n" in line or not 0 < len(line) < LONGEST_HEADLINE:
        return False
    return found.end - found.start < len(line) - 2 and line.rstrip("\"'”’“‘")[-1:] not in ".!?"


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
