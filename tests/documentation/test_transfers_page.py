"""docs/transfers.md says what the code does."""

import re
from pathlib import Path

import pytest
from marked import marked_doc, run

from rumourmill.schema import TABLES
from rumourmill.transfers.assembly import MINIMUM_LEAVER

PAGE = (Path(__file__).parents[2] / "docs" / "transfers.md").read_text(encoding="utf8")
BEFORE = ["sentences", "clubs", "players", "fees", "dates", "quotes", "transfers"]
EXAMPLES = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.count(" | ") == 4][1:]


@pytest.mark.parametrize(("sentence", "player", "seller", "club", "status"), EXAMPLES)
def test_examples(rules, sentence, player, seller, club, status):
    text = sentence.replace(player, f"{{{player}|PLAYER}}")
    for name in (seller, club):
        text = text.replace(name, f"{{{name}|CLUB}}")
    doc = run(rules, marked_doc(rules, text, "2019-08-05"), BEFORE)
    found = [(row["player"], row["from_club"], row["to_club"], row["status"]) for row in doc._.transfers]
    assert found == [(player, seller, club, status)]


def test_every_status_is_explained_with_an_example():
    statuses = next(column.choices for column in TABLES["transfers"].columns if column.name == "status")
    assert re.findall(r"(?m)^\| (\w+) \| .* \|$", PAGE.partition("the text says |")[2].partition("\n\n")[0]) == list(
        statuses
    )
    assert {example[-1] for example in EXAMPLES} >= set(statuses) - {"talks"}


def test_the_confidence_table_begins_where_rows_do():
    first = re.search(r"(?m)^\| ([\d.]+) to", PAGE)
    assert first and float(first[1]) == MINIMUM_LEAVER
