"""From candidates to moves: destinations and sellers."""

import pytest
from labelled import labelled_doc, moves_by_club

from rumourmill.transfers import assembly
from rumourmill.transfers.assembly import assemble_moves
from rumourmill.transfers.status_features import StatusFeatures

SELLERS = [
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}.", "Everton", "Roma"),
    ("{Everton|C} want {Roma|C}'s {Zico Amaral|P}.", "Everton", "Roma"),
    ("{Everton|C} want {Zico Amaral|P} of {Roma|C}.", "Everton", "Roma"),
    ("{Everton|C} want {Zico Amaral|P}, the {Roma|C} winger.", "Everton", "Roma"),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C}.", "Everton", "Roma"),
    ("{Everton|C} have signed {Zico Amaral|P} on loan from {Roma|C}.", "Everton", "Roma"),
    ("{Everton|C} have signed free agent {Zico Amaral|P}.", "Everton", None),
    # rivals for a player do not sell him
    ("{Everton|C} and {Burnley|C} want {Roma|C} winger {Zico Amaral|P}.", "Everton", "Roma"),
    ("{Everton|C} and {Burnley|C} want {Roma|C} winger {Zico Amaral|P}.", "Burnley", "Roma"),
    # his description in another sentence
    (
        "{Everton|C} have made a bid for {Zico Amaral|P}. {Roma|C} winger {Amaral|P} has a year left on his contract.",
        "Everton",
        "Roma",
    ),
]


@pytest.mark.parametrize(("text", "to_club", "seller"), SELLERS)
def test_seller(rules, text, to_club, seller):
    assert moves_by_club(rules, text)[to_club].from_club == seller


def roles(to=0.0, source=0.0):
    return {"none": 1 - to - source, "to": to, "from": source, "past": 0.0}


DESTINATIONS = [
    ({"Everton": roles(0.7), "Lille": roles(0.6), "Roma": roles(source=0.9)}, ["Everton", "Lille"]),
    ({"Everton": roles(0.7), "Lille": roles(0.59), "Roma": roles(source=0.9)}, ["Everton"]),
    # a player who certainly leaves a club joins the likeliest of the others, unless none is likely
    ({"Everton": roles(0.3), "Lille": roles(0.25), "Roma": roles(source=0.9)}, ["Everton"]),
    ({"Everton": roles(0.3), "Lille": roles(0.25), "Roma": roles(source=0.4)}, []),
    ({"Everton": roles(0.1), "Roma": roles(source=0.9)}, []),
    ({"Everton": roles(0.3, source=0.6)}, []),
]


@pytest.mark.parametrize(("clubs", "found"), DESTINATIONS)
def test_choose_destinations(clubs, found):
    assert [club for club, _ in assembly._choose_destinations(clubs)] == found


def test_an_article_without_pairs_has_no_moves(rules):
    doc = labelled_doc(rules, "Nobody moves.")
    assert assemble_moves(doc, [], {}, StatusFeatures()) == []
