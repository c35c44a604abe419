import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked_doc, run

from rumourmill.schema import tables

BEFORE = ["sentences", "clubs", "players", "fees", "dates", "quotes", "transfers"]
LABELS = {"P": "PLAYER", "C": "CLUB", "H": "PERSON", "O": "OUTLET"}


def transfers(rules, text, day="2019-08-05"):
    for short, label in LABELS.items():
        text = text.replace(f"|{short}}}", f"|{label}}}")
    doc = marked_doc(rules, text)
    doc._.published_on = day
    return run(rules, doc, BEFORE)._.transfers


def moves(rules, text):
    return {(r["player"], r["from_club"], r["to_club"]) for r in transfers(rules, text)}


WHO = "Zico Amaral"

# (text, {(player, from, to)})
MOVES = [
    # "we" is the club of the speaker in direct speech, else that of the narrator
    (
        "{Everton|C} news. {Ian Tarn|H}, the {Hull City|C} manager, said: “He belongs to us.” {Everton|C} fans know him."
        " We have signed {Roma|C} winger {Zico Amaral|P} for £5m.",
        {(WHO, "Roma", "Everton")},
    ),
    # the club is the subject
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} sign {Zico Amaral|P} from {Roma|C}", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have completed the signing of {Roma|C} winger {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are keen on {Roma|C}'s {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are monitoring {Roma|C} defender {Zico Amaral|P}, 24.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are interested in signing {Zico Amaral|P} of {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are preparing a second bid for {Roma|C} striker {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have made a £12m bid for {Roma|C} striker {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are in talks with {Roma|C} over the signing of {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have agreed a fee with {Roma|C} for {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have agreed a £9m deal to sign {Roma|C} forward {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are close to signing {Zico Amaral|P} from {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are closing in on {Roma|C} goalkeeper {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} hope to sign {Roma|C} goalkeeper {Zico Amaral|P} on loan.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have pulled out of a deal for {Roma|C} winger {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} have had a bid for {Roma|C} winger {Zico Amaral|P} rejected.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} plan a summer move for {Roma|C} midfielder {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} are leading the race to sign {Roma|C} midfielder {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} manager {Tom Bexon|H} wants to sign {Zico Amaral|P} from {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C} boss {Tom Bexon|H} is tracking {Roma|C} striker {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    # the player is the subject
    ("{Zico Amaral|P} has joined {Everton|C} from {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} is set to join {Everton|C} from {Roma|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} is set to join {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} has signed for {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} has completed a move to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} has been linked with {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} has been linked with a move to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} is wanted by {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} is a target for {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} winger {Zico Amaral|P} will have a medical at {Everton|C} on Tuesday.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} of {Roma|C} is on the verge of joining {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} has swapped {Roma|C} for {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} has moved from {Roma|C} to {Everton|C} for £8m.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} has left {Roma|C} to join {Everton|C} on loan.", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P}, the {Roma|C} winger, is close to a move to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    # the seller is the subject
    ("{Roma|C} have sold {Zico Amaral|P} to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} have rejected a bid from {Everton|C} for {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} have turned down a £20m offer from {Everton|C} for winger {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} have accepted a £20m bid from {Everton|C} for {Zico Amaral|P}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} have agreed to sell {Zico Amaral|P} to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} will let {Zico Amaral|P} join {Everton|C} on loan.", {(WHO, "Roma", "Everton")}),
    ("{Roma|C} have loaned {Zico Amaral|P} to {Everton|C}.", {(WHO, "Roma", "Everton")}),
    # nouns
    (
        "A bid of £5m from {Everton|C} for {Roma|C} winger {Zico Amaral|P} has been turned down.",
        {(WHO, "Roma", "Everton")},
    ),
    ("{Zico Amaral|P}'s move from {Roma|C} to {Everton|C} has collapsed.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C}'s move for {Roma|C} winger {Zico Amaral|P} is off.", {(WHO, "Roma", "Everton")}),
    ("{Everton|C}'s chase for {Roma|C} winger {Zico Amaral|P} goes on.", {(WHO, "Roma", "Everton")}),
    # several clubs after one player
    (
        "{Everton|C} and {Leeds United|C} want {Roma|C} winger {Zico Amaral|P}.",
        {(WHO, "Roma", "Everton"), (WHO, "Roma", "Leeds United")},
    ),
    (
        "{Everton|C}, {Leeds United|C} and {Burnley|C} are all interested in {Roma|C} winger {Zico Amaral|P}.",
        {(WHO, "Roma", "Everton"), (WHO, "Roma", "Leeds United"), (WHO, "Roma", "Burnley")},
    ),
    (
        "{Roma|C} winger {Zico Amaral|P} has been linked with {Everton|C} and {Leeds United|C}.",
        {(WHO, "Roma", "Everton"), (WHO, "Roma", "Leeds United")},
    ),
    # several players of one club
    (
        "{Everton|C} have signed {Zico Amaral|P} and {Ivo Strand|P} from {Roma|C}.",
        {(WHO, "Roma", "Everton"), ("Ivo Strand", "Roma", "Everton")},
    ),
    (
        "{Everton|C} have signed {Roma|C} winger {Zico Amaral|P} and {Lille|C} defender {Ivo Strand|P}.",
        {(WHO, "Roma", "Everton"), ("Ivo Strand", "Lille", "Everton")},
    ),
    # lists
    (
        "{EVERTON|C}\n\nIn: {Zico Amaral|P} ({Roma|C}, £5m), {Ivo Strand|P} ({Lille|C}, loan)\n\nOut: {Tom Gray|P} ({Burnley|C}, free)",
        {(WHO, "Roma", "Everton"), ("Ivo Strand", "Lille", "Everton"), ("Tom Gray", "Everton", "Burnley")},
    ),
    (
        "{Everton|C}\nIn: {Zico Amaral|P} (from {Roma|C}, £5m)\nOut: {Tom Gray|P} (to {Burnley|C}, undisclosed)",
        {(WHO, "Roma", "Everton"), ("Tom Gray", "Everton", "Burnley")},
    ),
    ("{Zico Amaral|P} [{Roma|C} to {Everton|C}] undisclosed", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} - {Roma|C} to {Everton|C}, loan", {(WHO, "Roma", "Everton")}),
    ("{Zico Amaral|P} ({Roma|C} to {Everton|C})", {(WHO, "Roma", "Everton")}),
    # no moves
    ("{Zico Amaral|P} scored for {Roma|C} against {Everton|C}.", set()),
    ("{Roma|C} beat {Everton|C} 2-1. {Zico Amaral|P} was sent off.", set()),
    ("{Everton|C} have appointed {Tom Bexon|H} as manager.", set()),
    ("{Zico Amaral|P} has signed a new contract with {Roma|C}.", set()),
    ("{Roma|C} winger {Zico Amaral|P} has signed a new four-year deal.", set()),
    ("{Roma|C} captain {Zico Amaral|P} will miss the visit of {Everton|C} with a calf strain.", set()),
    ("{Roma|C} defender {Zico Amaral|P} says the draw with {Everton|C} was fair.", set()),
    ("{Zico Amaral|P} played 90 minutes as {Roma|C} drew with {Everton|C}.", set()),
]


@pytest.mark.parametrize(("text", "expected"), MOVES)
def test_destination_and_seller(rules, text, expected):
    assert moves(rules, text) == expected


REFERENCES = [
    # pronouns and descriptions
    ("{Roma|C} winger {Zico Amaral|P} wants to leave. {Everton|C} have made a bid for him.", (WHO, "Everton")),
    ("{Zico Amaral|P} has left {Roma|C}. The winger has signed for {Everton|C}.", (WHO, "Everton")),
    ("{Zico Amaral|P} is to leave {Roma|C}. The 24-year-old is set to join {Everton|C}.", (WHO, "Everton")),
    ("{Everton|C} are busy. They have signed {Roma|C} winger {Zico Amaral|P}.", (WHO, "Everton")),
    (
        "{Everton|C} manager {Tom Bexon|H} is busy. {Bexon|H} has signed {Zico Amaral|P} from {Roma|C}.",
        (WHO, "Everton"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_a_transfer_in_two_sentences(rules, text, expected):
    assert expected in {(r["player"], r["to_club"]) for r in transfers(rules, text)}


STATUSES = [
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}.", {"interest"}),
    ("{Everton|C} are monitoring {Roma|C} winger {Zico Amaral|P}.", {"interest"}),
    ("{Roma|C} winger {Zico Amaral|P} has been linked with {Everton|C}.", {"interest"}),
    ("{Everton|C} are interested in {Roma|C} winger {Zico Amaral|P}.", {"interest"}),
    ("{Everton|C} are in talks with {Roma|C} over {Zico Amaral|P}.", {"talks", "interest"}),
    ("{Everton|C} have opened negotiations with {Roma|C} for {Zico Amaral|P}.", {"talks", "interest"}),
    ("{Everton|C} have made a £12m bid for {Roma|C} winger {Zico Amaral|P}.", {"bid"}),
    ("{Everton|C} have offered £12m for {Roma|C} winger {Zico Amaral|P}.", {"bid"}),
    ("{Everton|C} are preparing a £12m bid for {Roma|C} winger {Zico Amaral|P}.", {"bid"}),
    ("{Roma|C} have rejected a £12m bid from {Everton|C} for {Zico Amaral|P}.", {"rejected"}),
    ("{Roma|C} have turned down an offer from {Everton|C} for {Zico Amaral|P}.", {"rejected"}),
    ("{Everton|C} have had a £12m bid for {Roma|C} winger {Zico Amaral|P} turned down.", {"rejected"}),
    ("{Everton|C} have agreed a £12m fee with {Roma|C} for {Zico Amaral|P}.", {"agreed", "completed"}),
    ("{Roma|C} winger {Zico Amaral|P} will have a medical at {Everton|C} today.", {"agreed", "completed"}),
    (
        "{Roma|C} winger {Zico Amaral|P} is set to join {Everton|C} after the clubs agreed a fee.",
        {"agreed", "completed"},
    ),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C} for £12m.", {"completed", "agreed"}),
    ("{Zico Amaral|P} has joined {Everton|C} from {Roma|C} on a four-year contract.", {"completed", "agreed"}),
    ("{Everton|C} have pulled out of a deal for {Roma|C} winger {Zico Amaral|P}.", {"collapsed"}),
    ("{Zico Amaral|P}'s move from {Roma|C} to {Everton|C} has collapsed.", {"collapsed"}),
    ("{Everton|C}'s move for {Roma|C} winger {Zico Amaral|P} has fallen through.", {"collapsed"}),
    # denials
    ("{Everton|C} have denied that they want {Roma|C} winger {Zico Amaral|P}.", {"collapsed"}),
    ("{Everton|C} have denied bidding for {Roma|C} winger {Zico Amaral|P}.", {"collapsed"}),
    ("{Roma|C} winger {Zico Amaral|P} has ruled out joining {Everton|C}.", {"collapsed"}),
    ("Reports that {Everton|C} have signed {Roma|C} winger {Zico Amaral|P} are untrue.", {"collapsed"}),
    ("{Everton|C} agreed a £9m fee with {Roma|C} for {Zico Amaral|P}, but the deal broke down.", {"collapsed"}),
    ("{Zico Amaral|P} failed a medical at {Everton|C} and stays with {Roma|C}.", {"collapsed"}),
    # an answer or a new offer in a later clause
    ("{Everton|C} have offered £9m for {Roma|C} winger {Zico Amaral|P}. It was turned down.", {"rejected"}),
    ("{Everton|C} bid £9m for {Roma|C} winger {Zico Amaral|P} on Monday. {Roma|C} said no.", {"rejected"}),
    ("{Everton|C} have had a fresh offer for {Roma|C} winger {Zico Amaral|P} knocked back.", {"rejected"}),
    ("{Everton|C} will return with £14m for {Roma|C} winger {Zico Amaral|P} after a bid was rejected.", {"bid"}),
    ("{Roma|C} winger {Zico Amaral|P} is the subject of a £9m bid from {Everton|C}.", {"bid"}),
    ("{Roma|C} have accepted a £9m bid from {Everton|C} for {Zico Amaral|P}.", {"agreed", "completed"}),
]


@pytest.mark.parametrize(("text", "expected"), STATUSES)
def test_status(rules, text, expected):
    (row,) = transfers(rules, text)
    assert row["status"] in expected


KINDS = [
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C} on a season-long loan.", "loan"),
    ("{Roma|C} have loaned {Zico Amaral|P} to {Everton|C}.", "loan"),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C} on a free transfer.", "free"),
    ("{Everton|C} have made a £12m bid for {Roma|C} winger {Zico Amaral|P}.", "permanent"),
    ("{Roma|C} have sold {Zico Amaral|P} to {Everton|C}.", "permanent"),
    ("{Roma|C} winger {Zico Amaral|P} has been linked with {Everton|C}.", "unknown"),
    ("{Everton|C} are monitoring {Roma|C} winger {Zico Amaral|P}.", "unknown"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(rules, text, kind):
    (row,) = transfers(rules, text)
    assert row["kind"] == kind


PRICES = [
    ("{Everton|C} have made a £12m bid for {Roma|C} winger {Zico Amaral|P}.", 12e6, "GBP", 12e6),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C} for £8.5m.", 8.5e6, "GBP", 8.5e6),
    ("{Everton|C} want {Roma|C} winger {Zico Amaral|P}, who is valued at £30m.", None, None, None),
    ("{Everton|C} have signed {Zico Amaral|P} from {Roma|C}. He will earn £50,000 a week.", None, None, None),
    (
        "{Everton|C} have returned with a £15m bid for {Roma|C} winger {Zico Amaral|P} after a first bid of £12m was rejected.",
        15e6,
        "GBP",
        15e6,
    ),
]


@pytest.mark.parametrize(("text", "amount", "currency", "pounds"), PRICES)
def test_price_is_the_latest_offer_or_the_fee(rules, text, amount, currency, pounds):
    row = next(r for r in transfers(rules, text) if r["to_club"] == "Everton")
    assert (row["fee_amount"], row["fee_currency"], row["fee_gbp"]) == (amount, currency, pounds)


def test_event_date_is_the_one_day_of_the_evidence(rules):
    (row,) = transfers(rules, "{Everton|C} signed {Zico Amaral|P} from {Roma|C} on 3 August 2019.")
    assert row["event_date"] == "2019-08-03"


def test_interest_has_no_event_date(rules):
    (row,) = transfers(rules, "{Everton|C} watched {Roma|C} winger {Zico Amaral|P} on 3 August 2019.")
    assert row["event_date"] is None


def test_background_is_historic(rules):
    text = (
        "{Everton|C} have made a £20m bid for {Roma|C} winger {Zico Amaral|P}.\n\n"
        "{Amaral|P} joined {Roma|C} from {Lille|C} in 2015."
    )
    rows = {r["to_club"]: r["historic"] for r in transfers(rules, text)}
    assert rows["Everton"] is False
    assert rows.get("Roma", True) is True


def test_rows_have_the_columns_of_the_table_and_exact_offsets(rules):
    text = (
        "{Everton|C} have signed {Zico Amaral|P} from {Roma|C}. \n\n{Burnley|C} want {Lille|C} winger {Ivo Strand|P}."
    )
    rows = transfers(rules, text)
    plain = text.replace("{", "").replace("|C}", "").replace("|P}", "")
    names = {c.name for t in tables.TABLES.values() if t.name == "transfers" for c in t.columns} - {"article_id"}
    assert len(rows) == 2
    for row in rows:
        assert set(row) == names
        assert plain[row["start"] : row["end"]] == row["sentence"]
        assert 0.5 <= row["confidence"] <= 1


def test_every_transfer_is_explained(rules):
    doc = marked_doc(rules, "{Everton|CLUB} have signed {Zico Amaral|PLAYER} from {Roma|CLUB}.")
    (why,) = rules.get_pipe("transfers").explain(run(rules, doc, BEFORE[:-1]))
    assert any("signed" in reason for reason in why)
    assert any(reason.startswith("completed: ") for reason in why)


def test_a_text_without_names_has_no_transfers(rules):
    assert transfers(rules, "Nothing happened.") == []
    assert transfers(rules, "") == []


WORDS = (
    'signed joined from to bid rejected for £5m on loan In: Out: ( ) , - \n\n . he they the winger 2015 " and'.split(
        " "
    )
)
NAMES = ["{Everton|C}", "{Roma|C}", "{Zico Amaral|P}", "{Ivo Strand|P}", "{Tom Bexon|H}"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *NAMES]), max_size=60))
def test_any_text_gives_unique_rows_twice_the_same(rules, words):
    text = " ".join(words)
    rows = transfers(rules, text)
    keys = [(r["player"], r["to_club"]) for r in rows]
    assert len(keys) == len(set(keys))
    assert all(r["from_club"] != r["to_club"] for r in rows)
    assert transfers(rules, text) == rows
