"""What all components have in common: `match()` returns what it found, `set_annotations()` writes it."""

from pathlib import Path

import pytest

import rumourmill
from rumourmill.nlp.extensions import DEFAULTS
from rumourmill.nlp.language import TAKE_USER_LISTS

SAMPLE = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))[0]
ATTRIBUTES = ["TAG", "NORM", "LOWER", "ENT_IOB", "ENT_TYPE", "SENT_START"]


@pytest.fixture(scope="module")
def nlp():
    return rumourmill.load()


def state(doc):
    spans = {key: [(s.start, s.end, s.label_, s.kb_id_) for s in group] for key, group in doc.spans.items()}
    return doc.to_array(ATTRIBUTES).tolist(), spans, {name: doc._.get(name) for name in DEFAULTS}


def test_match_does_not_change_the_doc(nlp):
    doc = nlp.make_doc(SAMPLE.read_text(encoding="utf8") + "\n\nMálaga and Göztepe want São Paulo's Ødegård.")
    for name, component in nlp.pipeline:
        before = state(doc)
        if name != "ner":
            found = component.match(doc)
            assert state(doc) == before, name
            component.set_annotations(doc, found)
        else:
            doc = component(doc)
        assert state(doc) != before, name


def test_components_without_user_lists_take_no_settings(nlp):
    configs = {name: set(nlp.get_pipe_config(name)) for name in nlp.pipe_names if name != "ner"}
    assert {name for name, keys in configs.items() if "user_lists" in keys} == set(TAKE_USER_LISTS)
    assert set.union(*configs.values()) == {"factory", "user_lists"}
