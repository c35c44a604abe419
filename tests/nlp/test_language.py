"""Loading and running the pipeline."""

from pathlib import Path

import pytest
from spacy.language import Language
from thinc.api import get_current_ops
from threadpoolctl import threadpool_info, threadpool_limits

import rumourmill
from rumourmill.components.recogniser import Recogniser
from rumourmill.nlp import language
from rumourmill.sources.article import from_bytes

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))[:3]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load()


@pytest.mark.parametrize(("limit", "stays"), [("MAX_VOCAB", False), ("MAX_CHARACTERS", False), (None, True)])
def test_new_words_stay_in_the_vocabulary_until_it_is_full(nlp, monkeypatch, limit, stays):
    if limit:
        monkeypatch.setattr(language, limit, 0)
    text = f"Zyxwoo{limit} of Brentford is to join Roma for £3m."
    article = from_bytes(text.encode(), "a.txt")
    for doc in language.process(nlp, [article]):
        assert doc[0].text == f"Zyxwoo{limit}"
        assert doc._.fees[0]["amount"] == 3e6
    assert (f"Zyxwoo{limit}" in nlp.vocab.strings) == stays


def test_a_full_vocabulary_does_not_change_the_rows(nlp, monkeypatch):
    articles = [from_bytes(path.read_bytes(), path.name) for path in SAMPLES]

    def moves():
        return [doc._.transfers for doc in language.process(nlp, articles)]

    with_room = moves()
    monkeypatch.setattr(language, "MAX_VOCAB", 0)
    assert moves() == with_room


def blas_threads():
    return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}


def test_the_host_keeps_its_blas_threads_and_its_operations():
    with threadpool_limits(2, user_api="blas"):
        ops = get_current_ops()
        before = blas_threads()
        nlp = rumourmill.load()
        assert [ent.text for ent in nlp("Roma have bid £5m for Lecce's Tomas Verrell.").ents]
        assert get_current_ops() is ops
        assert blas_threads() == before == {2}


def test_the_recogniser_uses_one_blas_thread_while_it_runs(nlp, monkeypatch):
    seen = []
    monkeypatch.setattr(Recogniser, "_predict", lambda *_: seen.append(blas_threads()))
    with threadpool_limits(2, user_api="blas"):
        nlp.get_pipe("ner").predict([])
    assert seen == [{1}]
