"""Masked words and tags of a pair."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.transfers.masked_templates import SKIPPED_SYMBOLS, PairMask
from rumourmill.transfers.sentences import Tag, TaggedSentence

LINES = [
    ("Everton bid £12m for him.", "TO bid M for WHO ."),
    ("Everton bid 12 million euros.", "TO bid M ."),
    ("a three-year deal at Everton", "a three-year deal at TO"),
    ("Roma, Lille and Everton", "OWN , C and TO"),
    ("He is 24.", "WHO is # ."),
]


@pytest.mark.parametrize(("text", "line"), LINES)
def test_names_and_amounts_are_masked(text, line):
    doc = spacy.blank("en")(text)
    kinds = {"Everton": "C", "Roma": "C", "Lille": "C", "He": "P", "him": "P"}
    tags = [
        Tag(kinds[t.text], t.i, t.i + 1, "Zico" if kinds[t.text] == "P" else t.text) for t in doc if t.text in kinds
    ]
    seen = PairMask("Zico", "Everton", "Roma").mask_words(doc, TaggedSentence(0, len(doc), tags), 0, len(doc))
    assert seen == line.split()


TAGS = st.builds(
    Tag, st.sampled_from("PCHMWQ"), st.just(0), st.just(1), st.sampled_from(["A", "Roma", "Lille", "and", "bid", "("])
)


@given(st.lists(TAGS, max_size=12))
def test_masked_tags_are_those_of_each_tag(tags):
    mask = PairMask("A", "Roma", "Lille")
    assert mask.mask_tags(tags) == [mask.mask_tag(s) for s in tags if s.symbol not in SKIPPED_SYMBOLS]
