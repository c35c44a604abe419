"""Competition features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.transfers.pair_features import COMPETITION_FEATURES, competition_features


def test_competition_features_of_three_pairs():
    pairs = [("A", "Roma"), ("A", "Lille"), ("B", "Lille")]
    certain, open_ = (0.1, 0.7, 0.1), (0.4, 0.1, 0.1)
    table = competition_features(pairs, np.array([certain, open_, open_]), [True, False, False], 0.5)
    seen = {pair: dict(zip(COMPETITION_FEATURES, row, strict=True)) for pair, row in zip(pairs, table, strict=True)}
    assert seen["A", "Roma"]["from lead"] == pytest.approx(0.6)
    assert seen["A", "Roma"]["rival owned"] == 0.0
    assert seen["A", "Roma"]["others to"] == 0.2
    assert seen["A", "Lille"]["best other from"] == 0.7
    assert seen["A", "Lille"]["rival owned"] == 1.0
    assert seen["B", "Lille"]["best other from"] == 0.0
    assert seen["A", "Lille"]["others to"] == pytest.approx(0.4)


def test_all_pairs_of_an_article_share_the_log_odds_of_its_story():
    table = competition_features([("A", "Roma"), ("B", "Lille")], np.array([(0.1, 0.7, 0.1)] * 2), [False, False], 0.9)
    assert table[:, COMPETITION_FEATURES.index("story")] == pytest.approx(np.log(9))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("XYZ"), st.floats(0, 1)), max_size=6, min_size=1))
def test_best_other_is_that_of_the_same_player(rows):
    probabilities = {(player, club): probability for player, club, probability in rows}
    table = competition_features(
        list(probabilities),
        np.array([[probability] * 3 for probability in probabilities.values()]),
        [False] * len(probabilities),
        0.5,
    )
    for (player, club), row in zip(probabilities, table, strict=True):
        others = [probability for (who, name), probability in probabilities.items() if who == player and name != club]
        assert row[COMPETITION_FEATURES.index("best other to")] == max(others, default=0.0)
