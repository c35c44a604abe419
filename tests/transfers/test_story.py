"""Features of whole articles, and what the shipped model makes of them."""

import pytest
from marked import marked_doc, run

from rumourmill.transfers.linear_models import load_models
from rumourmill.transfers.sentences import SentenceTagger
from rumourmill.transfers.story import STORY, story_features

BEFORE = ("sentences", "clubs", "players")

TRANSFER = """{Everton|CLUB} agree fee for {Zico Amaral|PLAYER}

{Everton|CLUB} have agreed a fee of £12m with {Lille|CLUB} for the striker {Zico Amaral|PLAYER}, who will have a medical
on Thursday before signing a four-year contract."""
MATCH = """{Everton|CLUB} 2-1 {Lille|CLUB}

{Zico Amaral|PLAYER} scored twice as {Everton|CLUB} came from behind to beat {Lille|CLUB} at the weekend. The striker
headed the equaliser after 63 minutes and tapped in from close range in stoppage time after a corner."""


@pytest.fixture
def features(rules):
    def of(text):
        doc = run(rules, marked_doc(rules, text), BEFORE)
        return story_features(doc, SentenceTagger(rules).tag(doc))

    return of


def test_names_are_masked_and_a_name_of_several_words_is_one(features):
    found = features("{Roma|CLUB} want {Zico Amaral|PLAYER} of {Lille|CLUB}.")
    assert {"<club> want", "want <player>", "<player> of", "of <club>"} <= found
    assert not any("amaral" in feature or "roma" in feature for feature in found)


def test_numbers_count_by_kind_and_triggers_by_sentences(features):
    found = features("{Roma|CLUB} want him. {Roma|CLUB} want him in 2012.")
    assert "<number>" in found and "2012" not in found
    assert "trigger want:2" in found


@pytest.mark.parametrize(("text", "reports"), [(TRANSFER, True), (MATCH, False)])
def test_a_report_of_a_transfer_is_told_from_one_of_a_match(features, text, reports):
    [probabilities] = load_models()["story"].predict([features(text)])
    assert (probabilities[STORY] > 0.5) is reports
