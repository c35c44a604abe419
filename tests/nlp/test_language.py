"""The words of the first articles stay in the vocabulary; when it is full, those of later ones go with them."""

from pathlib import Path

import pytest
from spacy.language import Language

from rumourmill.nlp import language
from rumourmill.sources.article import from_bytes

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))[:3]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load()


@pytest.mark.parametrize(("limit", "stays"), [("KEPT", False), ("LONGEST", False), (None, True)])
def test_new_words_stay_while_there_is_room(nlp, monkeypatch, limit, stays):
    if limit:
        monkeypatch.setattr(language, limit, 0)
    text = f"Zyxwoo{limit} of Brentford is to join Roma for £3m."
    article = from_bytes(text.encode(), "a.txt")
    for doc in language.process(nlp, [article]):
        assert doc[0].text == f"Zyxwoo{limit}"
        assert doc._.fees[0]["amount"] == 3e6
    assert (f"Zyxwoo{limit}" in nlp.vocab.strings) == stays


def test_room_or_none_the_rows_are_the_same(nlp, monkeypatch):
    articles = [from_bytes(path.read_bytes(), path.name) for path in SAMPLES]

    def moves():
        return [doc._.transfers for doc in language.process(nlp, articles)]

    with_room = moves()
    monkeypatch.setattr(language, "KEPT", 0)
    assert moves() == with_room
