"""The status that triggers indicate by themselves."""

import pytest

from rumourmill.transfers.status_features import status_of_triggers

TRIGGERS = [
    ("want", "interest"),
    ("linked", "interest"),
    ("talks", "interest"),
    ("bid", "bid"),
    ("set bid", "bid"),
    ("bid reject", "rejected"),
    ("bid reject again", "bid"),
    ("agree", "agreed"),
    ("agree hedge", "talks"),
    ("accept bid", "agreed"),
    ("sign", "completed"),
    ("join done", "completed"),
    ("join want", "interest"),
    ("sell", "completed"),
    ("off", "collapsed"),
    ("sign off", "collapsed"),
    ("rebut want", "collapsed"),
    ("stay", "collapsed"),
    ("match", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("triggers", "status"), TRIGGERS)
def test_status_of_triggers(triggers, status):
    assert status_of_triggers(triggers.split()) == status
