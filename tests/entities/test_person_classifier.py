"""What the lists say about a name, against what the article says."""

import pytest

from rumourmill.entities.person_classifier import score_player
from rumourmill.entities.public_figures import ListedPerson
from rumourmill.entities.roles import MentionContext

PLAYER, FORMER_PLAYER, NOTHING = (
    MentionContext(role="player"),
    MentionContext(role="player", former=True),
    MentionContext(),
)
MANAGER, STOPPED, PLAYS = ListedPerson("manager"), ListedPerson("other"), ListedPerson("player")
UNCERTAIN = ListedPerson("manager", certain=False)

CASES = [
    # the recogniser is sure that he is a player, but he is listed in another role for the year, or is too old to play
    (5.0, NOTHING, MANAGER, False),
    (5.0, FORMER_PLAYER, MANAGER, False),
    (5.0, NOTHING, STOPPED, False),
    # the article calls him a player
    (5.0, PLAYER, MANAGER, True),
    (5.0, PLAYER, STOPPED, True),
    # nobody is listed, or not with certainty, or as a player
    (5.0, NOTHING, None, True),
    (5.0, NOTHING, UNCERTAIN, True),
    (-1.0, NOTHING, PLAYS, True),
]


@pytest.mark.parametrize(("labels", "context", "listed", "is_player"), CASES)
def test_a_listed_person_is_what_the_list_says_unless_the_article_calls_him_a_player(
    labels, context, listed, is_player
):
    assert (score_player(labels, 0.0, [context], listed) > 0) is is_player
