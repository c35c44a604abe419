"""Which amount is the price of which move."""

import pytest
from labelled import moves_by_club

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
    # the price may be in a sentence with the seller, unless it was paid years ago
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
    fee = moves_by_club(rules, text)[to_club].fee
    assert (fee and fee["amount"]) == amount


def test_an_old_fee_is_not_the_price_of_a_new_move(rules):
    text = (
        "{Everton|C} are interested in {Roma|C} winger {Zico Amaral|P}.\n\n"
        "{Amaral|P} joined {Roma|C} from {Lille|C} for £5m in 2015."
    )
    assert moves_by_club(rules, text)["Everton"].fee is None
