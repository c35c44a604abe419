"""The recogniser finds the same entities as spaCy's `ner`."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.util import fix_random_seed

from rumourmill.components.recogniser import LONGEST, Recogniser
from rumourmill.nlp.language import load

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
ALSO = [" \n\n ", "x", "", "Roma\n\nRoma \n want\n"]
ELSEWHERE = ["sentences", "clubs", "players", "fees", "dates", "quotes", "transfers"]


def entities(doc):
    return [(ent.start, ent.end, ent.label_) for ent in doc.ents]


def both(spacys, ours, docs):
    """Return the entities that each finds in copies of the Docs; spaCy's without those over `LONGEST`."""
    found = []
    for component in (spacys, ours):
        copies = [doc.copy() for doc in docs]
        component.set_annotations(copies, component.predict(copies))
        assert all(token.ent_iob_ for doc in copies for token in doc)
        found.append([entities(doc) for doc in copies])
    return [[ent for ent in doc if ent[1] - ent[0] <= LONGEST] for doc in found[0]], found[1]


@pytest.fixture(scope="module")
def untrained():
    """spaCy's `ner` with random weights, so that entities of all lengths occur, and the recogniser with its model."""
    fix_random_seed(0)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for label in ("PLAYER", "CLUB", "PLACE"):
        ner.add_label(label)
    nlp.initialize()
    upper, rng = ner.model.get_ref("upper"), np.random.default_rng(0)
    for name in ("W", "b"):
        upper.set_param(name, rng.normal(size=upper.get_param(name).shape).astype("f"))
    return nlp, ner, Recogniser(nlp.vocab, ner.model, "ner", ner.moves)


def test_with_the_shipped_model_it_finds_the_entities_of_spacy():
    ours = load()
    spacys = spacy.load(ours.path, exclude=ELSEWHERE)
    docs = [ours.get_pipe("word_lists")(ours.make_doc(path.read_text())) for path in SAMPLES]
    theirs, found = both(spacys.get_pipe("ner"), ours.get_pipe("ner"), docs)
    assert found == theirs
    assert sum(map(len, found)) > 500


def test_with_random_weights_it_finds_the_entities_of_spacy(untrained):
    nlp, ner, ours = untrained
    theirs, found = both(ner, ours, [nlp.make_doc(text) for text in [*(p.read_text() for p in SAMPLES), *ALSO]])
    assert found == theirs
    lengths = {end - start for doc in found for start, end, _ in doc}
    assert {1, 2, 3, 4} <= lengths


def test_no_entity_crosses_the_start_of_a_sentence(untrained):
    nlp, ner, ours = untrained
    words = SAMPLES[0].read_text().split()
    docs = [Doc(nlp.vocab, words, sent_starts=[i % n == 0 for i in range(len(words))]) for n in (1, 2, 3)]
    theirs, found = both(ner, ours, docs)
    assert found == theirs
    assert {end - start for start, end, _ in found[0]} == {1}


def test_preset_entities_are_kept(untrained):
    nlp, ner, ours = untrained
    doc = nlp.make_doc(SAMPLES[0].read_text())
    doc.set_ents([Span(doc, 4, 7, "CLUB")], blocked=[Span(doc, 9, 12)], default="missing")
    theirs, found = both(ner, ours, [doc])
    assert found == theirs
    assert (4, 7, "CLUB") in found[0]


def test_empty_docs_have_no_entities(untrained):
    nlp, ner, ours = untrained
    assert both(ner, ours, [nlp.make_doc("")]) == ([[]], [[]])
