import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked_doc, run

BEFORE = ["sentences", "clubs", "players", "fees", "dates", "quotes"]
MARKS = dict.fromkeys(map(ord, "\"“”„«»'‘’`´"))

CASES = [
    # the speaker before, behind and between
    ('{Ian Tarn|PERSON}, the {Hull|CLUB} manager, said: "We want him to stay here."', ["Ian Tarn"]),
    ('"We want him to stay here," said {Hull|CLUB} manager {Ian Tarn|PERSON}.', ["Ian Tarn"]),
    (
        '"We want him to stay," {Hull|CLUB} manager {Ian Tarn|PERSON} said. "He knows that very well."',
        ["Ian Tarn", "Ian Tarn"],
    ),
    ("“We want him to stay here,” said {Hull|CLUB} manager {Ian Tarn|PERSON}.", ["Ian Tarn"]),
    ("{Hull|CLUB} manager {Ian Tarn|PERSON} told {Sky Sports|OUTLET}: ‘We want him to stay here.’", ["Ian Tarn"]),
    # straight single marks among apostrophes
    ("{Hull|CLUB} boss {Ian Tarn|PERSON} said: 'I'm happy, it's our lads' day and we'll win.'", ["Ian Tarn"]),
    # speech that opens again without closing is one quotation
    ('{Hull|CLUB} boss {Ian Tarn|PERSON} said: "We want him. "He wants to stay. "That is all."', ["Ian Tarn"]),
    (
        "{Hull|CLUB} boss {Ian Tarn|PERSON} said:\n\n“We want him to stay.\n\n“He wants to stay as well.”",
        ["Ian Tarn"],
    ),
    # scare quotes are none
    ("The 'interest' of {Hull|CLUB} in {Ian Tarn|PLAYER} was never real.", []),
]


@pytest.mark.parametrize(("text", "speakers"), CASES)
def test_each_direct_quotation_has_its_speaker(rules, text, speakers):
    doc = run(rules, marked_doc(rules, text), BEFORE)
    assert [row["speaker"] for row in doc._.quotes if row["kind"] == "direct"] == speakers


def test_a_quotation_has_its_words_without_marks_its_cue_and_the_role_of_its_speaker(rules):
    text = '"We want him to stay," said {Hull|CLUB} manager {Ian Tarn|PERSON}.'
    (row,) = run(rules, marked_doc(rules, text), BEFORE)._.quotes
    assert (row["text"], row["cue"], row["speaker_role"]) == ("We want him to stay,", "said", "manager")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "'", "’", "\n\n", "We want him to stay. ", "said Tarn. ", "a"]), max_size=40
    )
)
def test_rows_never_overlap_and_are_what_stands_in_the_text(rules, parts):
    text = "".join(parts)
    rows = run(rules, rules.make_doc(text), BEFORE)._.quotes
    ends = [0]
    for row in sorted(rows, key=lambda r: r["start"]):
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["start"] >= ends[-1]
        ends.append(row["end"])


@pytest.mark.parametrize(("text", "speakers"), CASES)
def test_without_marks_there_is_no_direct_quotation(rules, text, speakers):
    plain = marked_doc(rules, text).text.translate(MARKS)
    rows = run(rules, rules.make_doc(plain), BEFORE)._.quotes
    assert [row for row in rows if row["kind"] == "direct"] == []
