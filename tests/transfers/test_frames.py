"""Frames of move_frames.csv."""

import pytest
from labelled import labelled_doc

from rumourmill.resources import gazetteer
from rumourmill.transfers.frames import FrameMatcher
from rumourmill.transfers.noun_chunks import join_noun_chunks
from rumourmill.transfers.sentences import SentenceTagger


def chunks_of(rules, text):
    sentences = SentenceTagger(rules).tag(labelled_doc(rules, text))
    return [chunk for sentence in sentences for chunk in join_noun_chunks(sentence.tags)]


FRAMES = [
    ("{Roma|C} have signed {Zico Amaral|P}", {("buys", "to", "Roma")}),
    ("{Roma|C} want to sign {Zico Amaral|P}", {("buys", "to", "Roma")}),
    ("{Roma|C} have signed {Zico Amaral|P} from {Lille|C}", {("buys", "to", "Roma"), ("buys from", "from", "Lille")}),
    ("{Zico Amaral|P} has joined {Roma|C}", {("joins", "to", "Roma")}),
    ("{Zico Amaral|P} has joined {Roma|C} from {Lille|C}", {("joins", "to", "Roma"), ("joins from", "from", "Lille")}),
    ("{Lille|C} have sold {Zico Amaral|P} to {Roma|C}", {("sells", "from", "Lille"), ("sells to", "to", "Roma")}),
    (
        "{Lille|C} have rejected a bid from {Roma|C} for {Zico Amaral|P}",
        {("turned down", "from", "Lille"), ("turned down", "to", "Roma")},
    ),
    (
        "{Roma|C} are in talks with {Lille|C} over {Zico Amaral|P}",
        {("asks", "to", "Roma"), ("asks", "from", "Lille")},
    ),
    ("{Zico Amaral|P} is wanted by {Roma|C}", {("wanted", "to", "Roma")}),
    ("{Zico Amaral|P} has been linked with {Roma|C}", {("wanted", "to", "Roma")}),
    ("{Zico Amaral|P} ({Lille|C} to {Roma|C})", {("pair bracket", "from", "Lille"), ("pair bracket", "to", "Roma")}),
    ("{Zico Amaral|P} - {Lille|C} to {Roma|C}", {("pair", "from", "Lille"), ("pair", "to", "Roma")}),
    ("{Zico Amaral|P} scored against {Roma|C}", {("plays", "other", "Roma")}),
    ("{Zico Amaral|P} left {Lille|C} for {Roma|C}", {("from to", "to", "Roma")}),
    ("a bid from {Roma|C} for {Zico Amaral|P}", {("bid turned down", "to", "Roma")}),
]


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_frames(rules, text, expected):
    chunks = chunks_of(rules, text)
    found = {(m.frame, m.role, chunks[m.club].names[0]) for m in FrameMatcher().match(chunks)}
    assert expected - {("from to", "to", "Roma")} <= found


def test_no_frame_matches_without_a_player_and_a_club(rules):
    assert list(FrameMatcher().match(chunks_of(rules, "{Roma|C} have signed"))) == []
    assert list(FrameMatcher().match(chunks_of(rules, "{Zico Amaral|P} has joined"))) == []


def test_frames_contain_only_triggers_and_function_words():
    triggers = {line["trigger"] for line in gazetteer.rows("statuses.csv", ("trigger", "status", "forms"), ("status",))}
    function_words = set("from to for with of at by in on over about and when - ( : , 's".split()) | {"or"}
    steps = {"..", "~", "TO", "FROM", "WHO", "OTHER"}
    for row in gazetteer.rows("move_frames.csv", ("kind", "name", "pattern")):
        for step in row["pattern"].split():
            for word in step.split("|"):
                assert word in triggers | function_words | steps or word.startswith("$"), (row["name"], word)
