"""Linear models and their table of weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.errors import ModelError
from rumourmill.transfers import linear_models
from rumourmill.transfers.pairs import EntityPair, PairMention


def test_probabilities_of_every_model_add_up_to_one():
    for name in ("club", "status"):
        (probabilities,) = linear_models.load_models()[name].predict([{"no such feature"}])
        assert sum(probabilities.values()) == pytest.approx(1)


def test_top_features_have_positive_weights():
    model = linear_models.LinearModel(("none", "to"), (0.0, 0.0), {"a": (0.0, 2.0), "b": (1.0, -1.0), "c": (0.0, 3.0)})
    assert model.top_features({"a", "b", "c", "d"}, "to") == ["c", "a"]
    assert model.margin({"a", "b"}, "to") == 0.0


def test_a_feature_has_another_weight_in_a_sentence_that_names_both():
    weights = {"near": (0.0, 1.0), "named near": (0.0, 2.0), "named bid": (0.0, 4.0), "far": (0.0, 1.0)}
    model = linear_models.LinearModel(("none", "to"), (0.0, 0.0), weights)
    pair = EntityPair(
        "A", "Roma", mentions=[PairMention(0, True, frozenset({"near", "bid"}), 0, 1)], article_features={"far", "near"}
    )
    meant = EntityPair("A", "Roma", mentions=[PairMention(0, False, frozenset({"near", "bid"}), 0, 1)])
    both, one, none = model.predict_pairs([pair, meant, EntityPair("A", "Lille")])
    assert [both.tolist(), one.tolist()] == [[*row.values()] for row in model.predict([pair.model_features, {"near"}])]
    assert none.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    "lines", [{"*labels": "a b"}, {"*labels": "a b", "*bias": "1 2", "f": "1"}, {"*labels": "a", "*bias": "x"}]
)
def test_a_damaged_table_of_weights_is_rejected(lines):
    with pytest.raises(ModelError, match="club"):
        linear_models._parse_model("club", dict(lines))


def test_a_table_with_other_competition_features_is_rejected():
    with pytest.raises(ModelError, match="choice"):
        linear_models._parse_model("choice", {"*labels": "none to", "*bias": "0 0", "to": "0 1"})


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5))
def test_softmax_gives_probabilities(scores):
    (probabilities,) = linear_models._softmax(np.array([scores]))
    assert probabilities.sum() == pytest.approx(1)
    assert all(0 <= p <= 1 for p in probabilities)


@pytest.mark.parametrize("text", [None, "", "model,feature\n", "model,feature,weights\nclub,a\n", 'model,"feature'])
def test_a_missing_or_damaged_file_of_weights_is_reported(monkeypatch, tmp_path, text):
    (tmp_path / "transfer_news").mkdir()
    if text is not None:
        (tmp_path / linear_models.WEIGHTS_FILE).write_text(text, encoding="utf8")
    monkeypatch.setattr(linear_models, "models_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"move_weights\.csv"):
        linear_models.load_models.__wrapped__()
