"""The reasons of `show --why` in words."""

from __future__ import annotations

from pathlib import Path

import pytest

import rumourmill
from rumourmill.cli.explanations import explain_feature, explain_reason
from rumourmill.nlp import language
from rumourmill.sources.article import from_bytes

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ('"turn down": turned down', '"turn down" matches the status pattern turned down'),
        ('"rejected an M offer": rejects offer', '"rejected an [amount] offer" matches the status pattern rejects offer'),
        ("club: player#0", "destination: player 1 in order of mention"),
        ("club: named role:to:named", "destination: in a sentence pattern, the club is the destination (sentence with both names)"),
        ("rejected: cue reject", 'rejected: trigger "reject"'),
        ("rejected: near tell state rejected plain", "rejected: a status pattern for rejected (close to the names)"),
        ("collapsed: next tell turned down not", 'collapsed: status pattern "turned down", negated (next sentence)'),
        ("interest: g< TO want", 'interest: sequence "[club] want"'),
        ("club: cC gap 4", "destination: the other was named 4 sentences before (sentence with the club only)"),
        ("club: own:other", "destination: the player is described as a player of another club"),
    ],
)  # fmt: skip
def test_explain_reason(reason, expected):
    assert explain_reason(reason) == expected


def test_an_unknown_feature_is_shown_as_it_is():
    assert explain_reason("club: §unknown§") == "destination: §unknown§"
    assert explain_reason("anything") == "anything"


def test_every_reason_of_the_samples_is_explained():
    nlp = rumourmill.load()
    nlp.add_pipe("reasons")
    features = set()
    for path in sorted(SAMPLES.rglob("*.txt")):
        article = from_bytes(path.read_bytes(), path.name, path.stem)
        for doc in language.process(nlp, [article]):
            features |= {r.partition(": ")[2] for reasons in doc._.why for r in reasons if not r.startswith('"')}
    assert len(features) > 100
    assert [feature for feature in sorted(features) if explain_feature(feature) == feature] == []
