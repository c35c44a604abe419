"""From pairs to moves: the table of weights, rivals, sellers and prices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import marked_doc, run

from rumourmill.resources.gazetteer import GazetteerError
from rumourmill.transfers import assembly, linear_models
from rumourmill.transfers.assembly import assemble
from rumourmill.transfers.candidates import MoveReader
from rumourmill.transfers.competition_features import CHOICE, standings
from rumourmill.transfers.pairs import Link, Pair
from rumourmill.transfers.status_features import States

BEFORE = ["sentences", "clubs", "players", "fees"]


def assembled(rules, text):
    text = text.replace("|P}", "|PLAYER}").replace("|C}", "|CLUB}")
    doc = run(rules, marked_doc(rules, text, "2019-08-05"), BEFORE)
    scenes, pairs = MoveReader(rules).read(doc)
    return {m.to_club: m for m in assemble(doc, scenes, pairs, States())}


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
    assert assembled(rules, text)[to_club].from_club == seller


PRICES = [
    ("{Everton|C} have bid £12m for {Roma|C} winger {Zico Amaral|P}.", "Everton", 12e6),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C} for £12m.", "Everton", 12e6),
    (
        "{Everton|C} have made a second bid of £14m for {Roma|C} winger {Zico Amaral|P} after an opening bid of £10m was rejected.",
        "Everton",
        14e6,
    ),
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}, who earns £90,000 a week.", "Everton", None),
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P} but are £40m in debt.", "Everton", None),
    # of two clubs the one that the price stands with
    (
        "{Roma|C} winger {Zico Amaral|P} has been offered to {Everton|C} after {Burnley|C} made a £6m bid.",
        "Burnley",
        6e6,
    ),
    (
        "{Roma|C} winger {Zico Amaral|P} has been offered to {Everton|C} after {Burnley|C} made a £6m bid.",
        "Everton",
        None,
    ),
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}, who had a £6m bid from {Burnley|C} rejected.", "Burnley", 6e6),
    ("{Everton|C} and {Burnley|C} want {Roma|C} winger {Zico Amaral|P}, who could cost £6m.", "Everton", 6e6),
    ("{Everton|C} and {Burnley|C} want {Roma|C} winger {Zico Amaral|P}, who could cost £6m.", "Burnley", 6e6),
    # an offer is a better price than the clause, and the clause is none of a club that only looks
    (
        "{Everton|C} have made an opening bid of £14m for {Roma|C} winger {Zico Amaral|P}, who has a £30m release clause.",
        "Everton",
        14e6,
    ),
    ("{Everton|C} are watching {Roma|C} winger {Zico Amaral|P}, who has a £30m release clause.", "Everton", None),
    # the seller's sentence tells the price of this move, unless it was paid years ago
    (
        "{Everton|C} have agreed to sign {Roma|C} winger {Zico Amaral|P}. {Roma|C} will get £9m for {Amaral|P}.",
        "Everton",
        9e6,
    ),
    (
        "{Everton|C} have opened talks over {Roma|C} winger {Zico Amaral|P}. {Roma|C} paid £9m for him in 2015.",
        "Everton",
        None,
    ),
]


@pytest.mark.parametrize(("text", "to_club", "amount"), PRICES)
def test_price(rules, text, to_club, amount):
    fee = assembled(rules, text)[to_club].fee
    assert (fee and fee["amount"]) == amount


def test_an_old_fee_is_not_the_price_of_a_new_move(rules):
    text = (
        "{Everton|C} are interested in {Roma|C} winger {Zico Amaral|P}.\n\n"
        "{Amaral|P} joined {Roma|C} from {Lille|C} for £5m in 2015."
    )
    assert assembled(rules, text)["Everton"].fee is None


def _chance(to=0.0, source=0.0):
    return {"none": 1 - to - source, "to": to, "from": source, "past": 0.0}


DESTINATIONS = [
    ({"Everton": _chance(0.6), "Lille": _chance(0.5), "Roma": _chance(source=0.9)}, ["Everton", "Lille"]),
    # who surely leaves a club goes to the likeliest of the others, unless none is likely
    ({"Everton": _chance(0.3), "Lille": _chance(0.25), "Roma": _chance(source=0.9)}, ["Everton"]),
    ({"Everton": _chance(0.3), "Lille": _chance(0.25), "Roma": _chance(source=0.4)}, []),
    ({"Everton": _chance(0.1), "Roma": _chance(source=0.9)}, []),
    ({"Everton": _chance(0.3, source=0.6)}, []),
]


@pytest.mark.parametrize(("clubs", "found"), DESTINATIONS)
def test_destinations(clubs, found):
    assert [club for club, _ in assembly._destinations(clubs)] == found


def test_chances_of_every_model_add_up_to_one():
    for name in ("club", "status"):
        (chances,) = linear_models.models()[name].of_features([{"no such feature"}])
        assert sum(chances.values()) == pytest.approx(1)


def test_reasons_speak_for_their_label():
    model = linear_models.Model(("none", "to"), (0.0, 0.0), {"a": (0.0, 2.0), "b": (1.0, -1.0), "c": (0.0, 3.0)})
    assert model.reasons({"a", "b", "c", "d"}, "to") == ["c", "a"]
    assert model.lead({"a", "b"}, "to") == 0.0


def test_a_rival_weighs_against_a_club():
    pairs = [("A", "Roma"), ("A", "Lille"), ("B", "Lille")]
    sure, open_ = (0.1, 0.7, 0.1), (0.4, 0.1, 0.1)
    table = standings(pairs, np.array([sure, open_, open_]), [True, False, False])
    seen = {pair: dict(zip(CHOICE, row, strict=True)) for pair, row in zip(pairs, table, strict=True)}
    assert seen["A", "Roma"]["from lead"] == pytest.approx(0.6)
    assert seen["A", "Roma"]["rival owned"] == 0.0
    assert seen["A", "Roma"]["others to"] == 0.2
    assert seen["A", "Lille"]["best other from"] == 0.7
    assert seen["A", "Lille"]["rival owned"] == 1.0
    assert seen["B", "Lille"]["best other from"] == 0.0
    assert seen["A", "Lille"]["others to"] == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("XYZ"), st.floats(0, 1)), max_size=6, min_size=1))
def test_a_rival_is_the_best_other_club_of_the_player(told):
    chances = {(player, club): chance for player, club, chance in told}
    table = standings(list(chances), np.array([[chance] * 3 for chance in chances.values()]), [False] * len(chances))
    for (player, club), row in zip(chances, table, strict=True):
        others = [chance for (who, name), chance in chances.items() if who == player and name != club]
        assert row[CHOICE.index("best other to")] == max(others, default=0.0)


def test_a_feature_counts_by_itself_and_where_both_are_named():
    weights = {"near": (0.0, 1.0), "named near": (0.0, 2.0), "named bid": (0.0, 4.0), "far": (0.0, 1.0)}
    model = linear_models.Model(("none", "to"), (0.0, 0.0), weights)
    pair = Pair("A", "Roma", links=[Link(0, True, frozenset({"near", "bid"}), 0, 1)], facts={"far", "near"})
    meant = Pair("A", "Roma", links=[Link(0, False, frozenset({"near", "bid"}), 0, 1)])
    both, one, none = model.of_pairs([pair, meant, Pair("A", "Lille")])
    assert [both.tolist(), one.tolist()] == [[*row.values()] for row in model.of_features([pair.features, {"near"}])]
    assert none.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    "lines", [{"*labels": "a b"}, {"*labels": "a b", "*bias": "1 2", "f": "1"}, {"*labels": "a", "*bias": "x"}]
)
def test_a_broken_table_of_weights_is_refused(lines):
    with pytest.raises(GazetteerError, match="club"):
        linear_models._read("club", dict(lines))


def test_a_table_whose_choice_sees_other_values_is_refused():
    with pytest.raises(GazetteerError, match="choice"):
        linear_models._read("choice", {"*labels": "none to", "*bias": "0 0", "to": "0 1"})


def test_an_article_without_pairs_has_no_moves(rules):
    doc = run(rules, marked_doc(rules, "Nobody moves.", "2019-08-05"), BEFORE)
    assert assemble(doc, [], {}, States()) == []


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5))
def test_shares_are_chances(scores):
    (shares,) = linear_models._softmax(np.array([scores]))
    assert shares.sum() == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares)
