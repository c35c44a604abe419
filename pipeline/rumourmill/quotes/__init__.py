"""Quotations in an article: direct speech in quotation marks, reported speech without them, and their speakers.

- `paragraphs`: splits a text into paragraphs.
- `spans`: detects the quoted spans.
- `words`: indexes the words of a Doc with names, roles and cues of speech ("said").
- `noun_phrases`: parses references to people and clubs: names, pronouns, descriptions ("the Roma boss").
- `coreference`: resolves a reference to a person or club of the article.
- `narrative`: splits the text outside quotations into segments, with their references and cues.
- `discourse`: tracks the persons whom the text is about, segment by segment.
- `attribution`: finds the speaker of each quotation from the words beside it.
- `dialogue`: infers the speaker of a quotation without such words.
- `indirect`: extracts reported clauses ("X said that ...").
"""

from rumourmill.quotes.attribution import ReportedSpeech, SpeakerAttributor
from rumourmill.quotes.coreference import CoreferenceResolver
from rumourmill.quotes.discourse import Attribution, Discourse
from rumourmill.quotes.narrative import Narrative
from rumourmill.quotes.paragraphs import Paragraphs
from rumourmill.quotes.spans import Quotation, find_quotations
from rumourmill.quotes.words import Words, cues_of

__all__ = [
    "Attribution",
    "CoreferenceResolver",
    "Discourse",
    "Narrative",
    "Paragraphs",
    "Quotation",
    "ReportedSpeech",
    "SpeakerAttributor",
    "Words",
    "cues_of",
    "find_quotations",
]
