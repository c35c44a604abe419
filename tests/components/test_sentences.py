import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

NLP = spacy.blank("en")
NLP.add_pipe("sentences")

CASES = [
    ("Roma want him. Milan do too.", ["Roma want him.", "Milan do too."]),
    ("Roma want him\n\nMilan do too", ["Roma want him\n\n", "Milan do too"]),
    ('He said: "I stay. I am happy." Then he left.', ['He said: "I stay.', 'I am happy."', "Then he left."]),
    ("Mr. Amaral signed. He left.", ["Mr. Amaral signed.", "He left."]),
    ("J. R. Amaral signed for Dr. Lopes at Roma.", ["J. R. Amaral signed for Dr. Lopes at Roma."]),
    ("It cost £2.5m. No. 9 stays.", ["It cost £2.5m.", "No. 9 stays."]),
    ("Is he off? Yes! Gone.", ["Is he off?", "Yes!", "Gone."]),
    ("“We tried.” “We failed.”", ["“We tried.”", "“We failed.”"]),
    ("He wants out ... but stays put.", ["He wants out ... but stays put."]),
    ("He left (at last). Roma won.", ["He left (at last).", "Roma won."]),
    ("In: A\nOut: B", ["In: A\n", "Out: B"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentence_boundaries(text, expected):
    assert [s.text for s in NLP(text).sents] == expected


@given(st.text(alphabet="aB1. !?\"'“”‘’()\n£", max_size=60))
def test_sentences_cover_any_text_in_order(text):
    sents = list(NLP(text).sents)
    assert "".join(s.text_with_ws for s in sents) == text
