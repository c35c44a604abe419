import re
from collections import Counter

import pytest

from passages import CORPUS, gold_doc, parse, plain, read

LABELS = frozenset("PLAYER PERSON CLUB NATIONAL_TEAM COMPETITION STADIUM OUTLET PLACE ORG".split())
STATUSES = frozenset("interest talks bid rejected agreed completed collapsed".split())
PASSAGES = list(read())


def test_a_passage_is_read_from_its_markup():
    passage = parse(
        "x-1 | wire | 2019-08-02\n{Roma|CLUB} want {Gil Lagos|PLAYER}.\n\n“He stays at home,” said {Ana Sol|PERSON}.\n"
        "@quotes: Ana Sol ; ?\n@moves: Gil Lagos > Roma < ? : rejected (historic)\n"
    )

    assert passage.text == "Roma want Gil Lagos.\n\n“He stays at home,” said Ana Sol."
    assert [(passage.text[s:e], label) for s, e, label in passage.entities] == [
        ("Roma", "CLUB"),
        ("Gil Lagos", "PLAYER"),
        ("Ana Sol", "PERSON"),
    ]
    assert passage.published_on == "2019-08-02"
    assert passage.speakers == ("Ana Sol", None)
    move = passage.moves[0]
    assert (move.player, move.to_club, move.from_club, move.status, move.historic) == (
        "Gil Lagos",
        "Roma",
        None,
        "rejected",
        True,
    )


def test_a_passage_that_begins_with_a_headline_tells_its_doc_where_it_ends(rules):
    text = "{Roma|CLUB} want {Lagos|PLAYER}\n\n{Roma|CLUB} want {Gil Lagos|PLAYER} of {Lille|CLUB}.\n@moves: "
    doc = gold_doc(rules, parse(f"x-1 | wire | -\n{text}Gil Lagos > Roma < Lille : interest\n"))
    assert doc.text[: doc._.title_end] == "Roma want Lagos"


def test_every_id_stands_once():
    assert [name for name, n in Counter(p.id for p in PASSAGES).items() if n > 1] == []


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.txt")), ids=lambda file: file.stem)
def test_the_markup_of_a_file_is_whole(file):
    for passage in read(file):
        mentions = {passage.text[s:e]: label for s, e, label in passage.entities}
        assert set(mentions.values()) <= LABELS, passage.id
        assert not re.search(r"[{}|]", passage.text), f"{passage.id}: a mark is not closed"
        assert [m for m in mentions if m != m.strip() or m.startswith("the ")] == [], passage.id
        assert passage.published_on is None or re.fullmatch(r"\d{4}-\d\d-\d\d", passage.published_on), passage.id
        players = {passage.text[s:e] for s, e, label in passage.entities if label == "PLAYER"}
        assert {move.player for move in passage.moves} <= players, f"{passage.id}: a mover is no marked player"
        assert {move.status for move in passage.moves} <= STATUSES, passage.id


def test_a_plain_sentence_names_the_player_and_the_club_of_its_move():
    sentences = list(plain())
    assert len({(passage.moves[0].status, passage.text) for passage in sentences}) == len(sentences)
    for passage in sentences:
        (move,) = passage.moves
        assert {move.player, move.to_club} <= {passage.text[s:e] for s, e, _ in passage.entities}, passage.text
        assert move.status in STATUSES, passage.text
