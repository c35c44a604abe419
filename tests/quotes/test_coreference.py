"""Compatibility of a reference with what an article says about a person."""

import pytest

from rumourmill.entities import roles
from rumourmill.quotes import coreference
from rumourmill.quotes.coreference import Profile
from rumourmill.quotes.noun_phrases import Reference


def reference(**traits):
    return Reference(0, 1, 0, 1, "description", **traits)


def profile(role, **traits):
    return Profile(**{"name": "X", "nationality": None, "position": None, "clubs": set(), "gender": None, "first_seen": 0} | {"role": role} | traits)  # fmt: skip


def test_the_age_of_the_oldest_player_is_one_constant():
    assert coreference.OLDEST_PLAYER == roles.OLDEST_PLAYER == 38


AGES = [
    # a player of unknown age, by the recogniser alone, and by a position in the text
    ("player", {}, 38, 0),
    ("player", {}, 39, coreference.UNLIKELY),
    ("player", {"position": "forward"}, 39, None),
    # somebody else
    ("manager", {}, 30, 0),
    ("manager", {}, 29, None),
    ("other", {}, 29, coreference.UNLIKELY),
    # a known age
    ("player", {"ages": {40}}, 40, coreference.AGE),
    ("player", {"ages": {40}}, 41, coreference.NEAR_AGE),
    ("player", {"ages": {40}}, 42, None),
]


@pytest.mark.parametrize(("role", "traits", "age", "expected"), AGES)
def test_the_score_of_an_age(role, traits, age, expected):
    assert profile(role, **traits).compatibility(reference(age=age)) == expected
