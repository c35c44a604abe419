from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marked import marked_doc, run

from rumourmill.quotes.spans import MARK

ROOT = Path(__file__).parents[2]
BEFORE = ["sentences", "clubs", "players", "quotes"]
COLUMNS = ["start", "end", "text", "kind", "speaker", "speaker_role", "speaker_start", "speaker_end", "cue"]
KEVAN = "{Kevan Straiton|PERSON}"


def annotate(rules, text, title_end=0):
    doc = marked_doc(rules, f"{text}\n\n{{Everton|CLUB}} watch.")
    doc._.title_end = title_end
    return run(rules, doc, BEFORE)


def texts(rules, text, kind, title_end=0):
    return [row["text"] for row in annotate(rules, text, title_end)._.quotes if row["kind"] == kind]


DIRECT = [
    # four words or more
    (f"{KEVAN} said: “We won the cup.”", ["We won the cup."]),
    (f"They were “not the least bit sorry”, {KEVAN} said.", ["not the least bit sorry"]),
    # fewer, with a cue and a speaker
    (f"“We won,” said {KEVAN}.", ["We won,"]),
    (f"{KEVAN} called it “a disgrace”.", ["a disgrace"]),
    (f"{KEVAN} said he was “gutted”.", ["gutted"]),
    (f"“Ridiculous,” said {KEVAN}.", ["Ridiculous,"]),
    # fewer, without a speaker
    ("The “mercenaries” left on Tuesday.", []),
    ("A so-called 'Plan B' was needed.", []),
    ("The 'noisy neighbours' want him.", []),
    (f"{KEVAN} “Tucho” came home.", []),
    (f"{KEVAN} is the man they call “The Wall”.", []),
    ("“Enough,” said a voice.", []),
    # titles of songs and books
    ("They sang “The Fields Of Old Caledonia” at the end.", []),
    ("His book, ‘Mud, Sweat and Beers All Round’, is out.", []),
    ("He grew up with “Match of the Day” at home.", []),
    (f"{KEVAN} said: “We do it for Hull”", ["We do it for Hull"]),
    ("There were banners: “We are from Hull”", ["We are from Hull"]),
    # words in capitals are no title
    (f"'WE WON THE CUP' - {KEVAN}", ["WE WON THE CUP"]),
    # in a headline only words that can be a speaker's own
    (f"Straiton 'eyes early Hull exit'\n\n{KEVAN} wants to go.", []),
    (f"'I want to stay here' - Straiton\n\n{KEVAN} wants to stay.", ["I want to stay here"]),
    (f"Straiton: ‘We can still go up’\n\n{KEVAN} is sure.", ["We can still go up"]),
    (f"Hull 'set to move' for Straiton\n\n{KEVAN} said: “We won the cup.”", ["We won the cup."]),
    (f"“We won the cup.”\n\n{KEVAN} said so.", ["We won the cup."]),
    # inner marks are part of the text
    (f'{KEVAN} said: "We won. "We did. "We did it."', ['We won. "We did. "We did it.']),
    (f"“We won the cup.\n\n“We did it,” said {KEVAN}.", ["We won the cup.\n\n“We did it,"]),
    (f"“He said ‘stay’ and I did,” said {KEVAN}.", ["He said ‘stay’ and I did,"]),
    # no marks, no quotation
    (f"{KEVAN} said that he won the cup.", []),
]

INDIRECT = [
    (f"{KEVAN} revealed that Hull were working on a deal.", ["Hull were working on a deal"]),
    (f"{KEVAN} said Hull were working on a deal.", ["Hull were working on a deal"]),
    (f"{KEVAN} says he will not resign.", ["he will not resign"]),
    (f"{KEVAN} told {{Sky Sports|OUTLET}} that the price was too high.", ["the price was too high"]),
    (f"{KEVAN} told reporters on Friday that he was tired.", ["he was tired"]),
    (f"{KEVAN} said this week that the offer was refused.", ["the offer was refused"]),
    (f"{KEVAN}, who is 49, insisted that nobody would be sold.", ["nobody would be sold"]),
    (f"{KEVAN} has admitted the club must sell in May.", ["the club must sell in May"]),
    (f"According to {KEVAN}, the deal is off.", ["the deal is off"]),
    (f"The deal is off, according to {KEVAN}.", ["The deal is off"]),
    (f"The deal is off, {KEVAN} said.", ["The deal is off"]),
    (f"The deal is off, said {KEVAN}.", ["The deal is off"]),
    (f"{KEVAN} believes a sale is likely.", ["a sale is likely"]),
    ("{Hull|CLUB} confirmed that the window was shut for them.", ["the window was shut for them"]),
    (f"{KEVAN} said he will stay, and {{Olly Brandreth|PERSON}} has denied a report.", ["he will stay"]),
    # an agency's dateline is not part of it
    (
        "DUBLIN, Ireland, Aug 30 - {Hull|CLUB} have signed a winger, the {Hull|CLUB} manager {Ian Tarn|PERSON} said.",
        ["Hull have signed a winger"],
    ),
    # a noun phrase after the verb is no clause
    (f"{KEVAN} confirmed the signing of a winger who will wear nine.", []),
    (f"{KEVAN} said goodbye to the fans.", []),
    (f"{KEVAN} told him a story.", []),
    (f"{KEVAN} was told that he was sold.", []),
    ("{Sky Sports|OUTLET} reports that he is sold.", []),
    ("An agent who claimed he was cheated lost his case.", []),
    # with marks it is direct speech only
    (f"{KEVAN} said that it was “a very bad day”.", []),
    (f"{KEVAN} said: “We said that we were sorry.”", []),
]


SPOKEN = [
    # the speaker before, after and between
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
    # speech with repeated opening marks is one quotation
    ('{Hull|CLUB} boss {Ian Tarn|PERSON} said: "We want him. "He wants to stay. "That is all."', ["Ian Tarn"]),
    (
        "{Hull|CLUB} boss {Ian Tarn|PERSON} said:\n\n“We want him to stay.\n\n“He wants to stay as well.”",
        ["Ian Tarn"],
    ),
    # scare quotes are no quotations
    ("The 'interest' of {Hull|CLUB} in {Ian Tarn|PLAYER} was never real.", []),
]


@pytest.mark.parametrize(("text", "speakers"), SPOKEN)
def test_each_direct_quotation_has_its_speaker(rules, text, speakers):
    doc = run(rules, marked_doc(rules, text), BEFORE)
    assert [row["speaker"] for row in doc._.quotes if row["kind"] == "direct"] == speakers


def test_a_row_has_the_text_without_marks_the_cue_and_the_role_of_the_speaker(rules):
    text = '"We want him to stay," said {Hull|CLUB} manager {Ian Tarn|PERSON}.'
    (row,) = run(rules, marked_doc(rules, text), BEFORE)._.quotes
    assert (row["text"], row["cue"], row["speaker_role"]) == ("We want him to stay,", "said", "manager")


def directs_without_marks(rules, text):
    while MARK.search(text):  # removing one can join two others
        text = MARK.sub("", text)
    return [row["text"] for row in run(rules, rules.make_doc(text), BEFORE)._.quotes if row["kind"] == "direct"]


@pytest.mark.parametrize("text", [text for text, _ in SPOKEN])
def test_without_marks_there_is_no_direct_quotation(rules, text):
    assert directs_without_marks(rules, marked_doc(rules, text).text) == []


def test_without_marks_no_sample_or_gold_article_has_direct_quotations(rules):
    folders = (ROOT / "samples", ROOT / "tests/gold/stories")
    articles = [path.read_text(encoding="utf8") for folder in folders for path in folder.rglob("*.txt")]
    assert len(articles) > 80
    assert [text[:60] for text in articles if directs_without_marks(rules, text)] == []


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_direct_speech(rules, text, expected):
    assert texts(rules, text, "direct") == expected


@pytest.mark.parametrize(("text", "expected"), INDIRECT)
def test_indirect_speech(rules, text, expected):
    assert texts(rules, text, "indirect") == expected


def test_the_end_of_the_headline_is_that_of_the_doc(rules):
    text = f"Hull 'eyeing an early exit'. {KEVAN} wants to go."
    assert texts(rules, text, "direct", title_end=27) == []
    assert texts(rules, text, "direct") == ["eyeing an early exit"]


def test_a_reported_clause_has_its_speaker_and_cue(rules):
    doc = annotate(rules, f"{KEVAN}, the {{Hull|CLUB}} manager, has confirmed that nobody will leave.")
    (row,) = doc._.quotes
    assert (row["speaker"], row["speaker_role"], row["cue"]) == ("Kevan Straiton", "manager", "confirmed")
    assert doc.text[row["speaker_start"] : row["speaker_end"]] == "Kevan Straiton"


def test_spans_are_labelled_with_the_kind(rules):
    doc = annotate(rules, f"{KEVAN} said that he was tired. “We won the cup,” he said.")
    assert [list(row) for row in doc._.quotes] == [COLUMNS, COLUMNS]
    assert [(span.text, span.label_) for span in doc.spans["quotes"]] == [
        ("he was tired", "indirect"),
        ("We won the cup,", "direct"),
    ]


def test_a_caption_within_a_speech_does_not_end_it(rules):
    doc = annotate(rules, f"“We won,\n\nHide Ad\n\nand we did it,” said {KEVAN}.")
    assert [(r["text"], r["speaker"]) for r in doc._.quotes] == [
        ("We won,\n\nHide Ad\n\nand we did it,", "Kevan Straiton")
    ]


def test_the_rows_survive_serialisation(rules):
    doc = annotate(rules, f"“We won the cup,” said {KEVAN}.")
    assert type(doc)(rules.vocab).from_bytes(doc.to_bytes())._.quotes == doc._.quotes


MARKS = "“ ” \" ' ‘ ’ '' « » „ â€œ".split(" ")
SCRAPS = st.sampled_from(
    [
        *MARKS,
        *" \n.,?:-",
        " \n\n",
        " {Kevan Straiton|PERSON} ",
        " {Straiton|PERSON} ",
        " {Ruben Ashcott|PLAYER} ",
        " {Hull|CLUB} ",
        " {Sky|OUTLET} ",
        *"said told that he she the boss according to asked We won it was is by of and who winger agent's a source".split(),
        " the 49-year-old ",
        " the Dane ",
        " told reporters that he was ",
        " said it was ",
    ]
)
ARTICLES = st.one_of(
    st.lists(SCRAPS, max_size=50).map("".join),
    st.lists(SCRAPS, max_size=50).map(" ".join),
    st.text(st.characters(exclude_characters="{}|", exclude_categories=["Cs"]), max_size=120),
)
HARD = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@HARD
@given(text=ARTICLES)
def test_rows_are_slices_of_the_text_and_never_overlap(rules, text):
    doc = run(rules, marked_doc(rules, text), BEFORE)
    for row in doc._.quotes:
        assert doc.text[row["start"] : row["end"]] == row["text"] != ""
        assert (row["speaker_start"] is None) is (row["speaker_end"] is None)
        assert row["cue"] is None or row["cue"] in doc.text
    for one, other in pairwise(doc._.quotes):
        assert one["end"] <= other["start"]


@HARD
@given(text=ARTICLES)
def test_without_its_marks_an_article_has_no_direct_speech(rules, text):
    while MARK.search(text):
        text = MARK.sub("", text)
    assert texts(rules, text, "direct") == []
