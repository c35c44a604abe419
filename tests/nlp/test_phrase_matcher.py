"""Phrases taken in late are found as if they had been there from the start."""

from pathlib import Path

import pytest
import spacy
from spacy.matcher import PhraseMatcher

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.nlp.phrase_matcher import LateMatcher
from rumourmill.resources import gazetteer
from rumourmill.transfers.sentences import Lexicon

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
PHRASES = {
    "CLUB": sorted(ClubLexicon.load().club_of),
    "TRIGGER": sorted(Lexicon.load().triggers),
    "OUTLET": sorted({form.lower() for form, _ in gazetteer.outlets()}),
    "ODD": ["didn't sign", "cannot agree", "£50m bid", "50m bid", "(fee", "➕", "l'Équipe", "x-rated"],
}


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


@pytest.fixture(scope="module")
def eager(nlp):
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for label, phrases in PHRASES.items():
        matcher.add(label, list(nlp.pipe(phrases)))
    return matcher


def found(spans):
    return [(span.start, span.end, span.label_) for span in spans]


def test_in_articles(nlp, eager):
    late = LateMatcher(nlp, "LOWER", PHRASES)
    docs = [nlp(path.read_text()) for path in SAMPLES]
    spans = [found(late(doc)) for doc in docs]
    assert spans == [found(eager(doc, as_spans=True)) for doc in docs]
    assert sum(map(len, spans)) > 500
    assert late.waiting


@pytest.mark.parametrize("written", [str.lower, str.title, str.upper])
def test_each_phrase_by_itself(nlp, eager, written):
    late = LateMatcher(nlp, "LOWER", PHRASES)
    for phrases in PHRASES.values():
        for doc in nlp.pipe(written(phrase) for phrase in phrases[::7]):
            assert found(late(doc)) == found(eager(doc, as_spans=True))


def test_where_the_tokeniser_cuts_the_first_word(nlp, eager):
    for phrase in PHRASES["ODD"]:
        doc = nlp(f"They {phrase}, or so.")
        assert found(LateMatcher(nlp, "LOWER", PHRASES)(doc)) == found(eager(doc, as_spans=True))
        assert "ODD" in {span.label_ for span in eager(doc, as_spans=True)}


def test_words_of_a_memory_zone_are_looked_up_once_more_when_the_memory_is_full(nlp, monkeypatch):
    monkeypatch.setattr("rumourmill.nlp.phrase_matcher.MOST_SEEN", 3)
    late = LateMatcher(nlp, "LOWER", {"CLUB": ["grimsby town", "zzyzx rovers"]})
    for text in ("Grimsby Town and Zzyzx Rovers", "Rovers of Zzyzx, Town of Grimsby", "Grimsby Town") * 2:
        with nlp.memory_zone():
            assert [span.text for span in late(nlp(text))] == (
                ["Grimsby Town", "Zzyzx Rovers"] if "and" in text else ["Grimsby Town"] * text.startswith("Grimsby")
            )
