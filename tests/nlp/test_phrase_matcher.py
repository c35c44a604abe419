"""LazyPhraseMatcher finds what spaCy's PhraseMatcher finds."""

from pathlib import Path

import pytest
import spacy
from spacy.matcher import PhraseMatcher

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.transfers.sentences import Lexicon

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
PHRASES = {
    "CLUB": sorted(ClubLexicon.of(Gazetteer.of()).club_of),
    "TRIGGER": sorted(Lexicon.load().triggers),
    "OUTLET": sorted({form.lower() for form, _ in Gazetteer.of().outlets}),
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


def test_matches_in_articles(nlp, eager):
    lazy = LazyPhraseMatcher(nlp, "LOWER", PHRASES)
    docs = [nlp(path.read_text()) for path in SAMPLES]
    spans = [found(lazy(doc)) for doc in docs]
    assert spans == [found(eager(doc, as_spans=True)) for doc in docs]
    assert sum(map(len, spans)) > 500
    assert lazy.waiting


@pytest.mark.parametrize("written", [str.lower, str.title, str.upper])
def test_matches_each_phrase_alone(nlp, eager, written):
    lazy = LazyPhraseMatcher(nlp, "LOWER", PHRASES)
    for phrases in PHRASES.values():
        for doc in nlp.pipe(written(phrase) for phrase in phrases[::7]):
            assert found(lazy(doc)) == found(eager(doc, as_spans=True))


def test_phrases_whose_first_word_the_tokenizer_splits(nlp, eager):
    for phrase in PHRASES["ODD"]:
        doc = nlp(f"They {phrase}, or so.")
        assert found(LazyPhraseMatcher(nlp, "LOWER", PHRASES)(doc)) == found(eager(doc, as_spans=True))
        assert "ODD" in {span.label_ for span in eager(doc, as_spans=True)}


def test_words_of_a_memory_zone_are_looked_up_again_when_the_cache_is_full(nlp, monkeypatch):
    monkeypatch.setattr("rumourmill.nlp.phrase_matcher.MAX_SEEN", 3)
    lazy = LazyPhraseMatcher(nlp, "LOWER", {"CLUB": ["grimsby town", "zzyzx rovers"]})
    for text in ("Grimsby Town and Zzyzx Rovers", "Rovers of Zzyzx, Town of Grimsby", "Grimsby Town") * 2:
        with nlp.memory_zone():
            assert [span.text for span in lazy(nlp(text))] == (
                ["Grimsby Town", "Zzyzx Rovers"] if "and" in text else ["Grimsby Town"] * text.startswith("Grimsby")
            )
