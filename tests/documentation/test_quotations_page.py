"""docs/quotations.md says what the code does."""

from pathlib import Path

import pytest
from marked import marked_doc, run

PAGE = (Path(__file__).parents[2] / "docs" / "quotations.md").read_text(encoding="utf8")
BEFORE = ["sentences", "clubs", "players", "quotes"]
ROWS = [line[2:-2].split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
SPANS = [row for row in ROWS if len(row) == 2][1:]
SPEAKERS = [row for row in ROWS if len(row) == 4][1:]


def direct(rules, sentence):
    """The rows of direct speech in a sentence, its names marked as the recogniser would."""
    marked = sentence.replace("Ian Tarn", "{Ian Tarn|PERSON}").replace("Hull", "{Hull|CLUB}")
    return [row for row in run(rules, marked_doc(rules, marked), BEFORE)._.quotes if row["kind"] == "direct"]


@pytest.mark.parametrize(("sentence", "quotation"), SPANS)
def test_examples_of_quotations(rules, sentence, quotation):
    assert [row["text"] for row in direct(rules, sentence)] == ([] if quotation == "-" else [quotation])


@pytest.mark.parametrize(("_", "sentence", "speaker", "cue"), SPEAKERS)
def test_examples_of_speakers(rules, _, sentence, speaker, cue):
    (row,) = direct(rules, sentence)
    assert (row["speaker"] or "-", row["cue"] or "-") == (speaker, cue)
