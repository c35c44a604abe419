import re
from collections import Counter

import pytest

from passages import files, gold_doc, parse, plain, read

LABELS = frozenset("PLAYER PERSON CLUB NATIONAL_TEAM COMPETITION STADIUM OUTLET PLACE ORG".split())
KINDS = frozenset("bid fee asking_price release_clause loan_fee add_ons wage other".split())
KINDS = frozenset("bid fee asking_price release_clause loan_fee add_ons wage other".split())
STATUSES = frozenset("interest talks bid rejected agreed completed collapsed".split())
PASSAGES = list(read())


def test_parse():
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


def test_gold_doc_has_the_end_of_the_headline(rules):
    text = "{Roma|CLUB} want {Lagos|PLAYER}\n\n{Roma|CLUB} want {Gil Lagos|PLAYER} of {Lille|CLUB}.\n@moves: "
    doc = gold_doc(rules, parse(f"x-1 | wire | -\n{text}Gil Lagos > Roma < Lille : interest\n"))
    assert doc.text[: doc._.title_end] == "Roma want Lagos"


def test_ids_are_unique():
    assert [name for name, n in Counter(p.id for p in PASSAGES).items() if n > 1] == []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_annotation_of_a_file_is_valid(file):
    for passage in read(file):
        mentions = {passage.text[s:e]: label for s, e, label in passage.entities}
        assert set(mentions.values()) <= LABELS, passage.id
        signs = r"[{}]" if file.parent.name == "real" else r"[{}|]"  # a page's title may have a bar
        assert not re.search(signs, passage.text), f"{passage.id}: an annotation is not closed"
        assert [m for m in mentions if m != m.strip() or m.startswith("the ")] == [], passage.id
        assert passage.published_on is None or re.fullmatch(r"\d{4}-\d\d-\d\d", passage.published_on), passage.id
        # A page may report the transfer of somebody who has stopped playing since; no such person is invented.
        movers = {"PLAYER", "PERSON"} if file.parent.name == "real" else {"PLAYER"}
        players = {passage.text[s:e] for s, e, label in passage.entities if label in movers}
        assert {move.player for move in passage.moves} <= players, f"{passage.id}: a moving player is not annotated"
        assert {move.status for move in passage.moves} <= STATUSES, passage.id
        assert {amount.kind for amount in passage.amounts} <= KINDS, passage.id


def test_a_plain_sentence_contains_the_player_and_the_club_of_its_move():
    sentences = list(plain())
    assert len({(passage.moves[0].status, passage.text) for passage in sentences}) == len(sentences)
    for passage in sentences:
        (move,) = passage.moves
        assert {move.player, move.to_club} <= {passage.text[s:e] for s, e, _ in passage.entities}, passage.text
        assert move.status in STATUSES, passage.text
