from __future__ import annotations

import pickle

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from rumourmill.components.fees import Fees
from rumourmill.components.sentences import Sentences
from tests import kind_cases

NLP = spacy.blank("en")
COLUMNS = {"start", "end", "text", "amount", "amount_max", "currency", "amount_gbp", "amount_max_gbp", "gbp_basis",
           "qualifier", "kind", "period", "player", "sentence"}  # fmt: skip


def read(text: str, players: tuple[str, ...] = (), published_on: str | None = "2020-09-25") -> Doc:
    """The text after `fees`, every occurrence of the named players marked."""
    doc = NLP.make_doc(text)
    doc = Sentences()(doc)
    doc._.published_on = published_on
    spans = []
    for name in players:
        at = text.find(name)
        while at >= 0:
            span = doc.char_span(at, at + len(name), alignment_mode="expand")
            spans.append(Span(doc, span.start, span.end, label="PLAYER", kb_id=name))
            at = text.find(name, at + 1)
    doc.spans["players"] = sorted(spans, key=lambda span: span.start)
    return Fees()(doc)


KINDS = [
    # bids
    ("Fulham have made a £5m offer for Dale Rigby.", ["bid"]),
    ("Fulham have made a bid of £5m for Dale Rigby.", ["bid"]),
    ("Fulham tabled £5m for Dale Rigby on Monday.", ["bid"]),
    ("Fulham are ready to pay £5m for Dale Rigby.", ["bid"]),
    ("Fulham are prepared to spend around £5m on Dale Rigby.", ["bid"]),
    ("Fulham plot a £5m January swoop for Dale Rigby.", ["bid"]),
    ("Fulham are preparing a £5m move for Dale Rigby.", ["bid"]),
    ("Burnley have turned down £5m from Fulham for Dale Rigby.", ["bid"]),
    ("Burnley rejected £5m for Dale Rigby.", ["bid"]),
    ("Burnley said no to £5m for Dale Rigby.", ["bid"]),
    ("A proposal worth €9m was knocked back.", ["bid"]),
    ("Fulham's opening offer, thought to be worth £5m, was refused.", ["bid"]),
    ("Fulham had a £5m bid thrown out, then one of £6m.", ["bid", "bid"]),
    ("Fulham raised their bid from £5m to £6m.", ["bid", "bid"]),
    ("Fulham went to £6m, up from £5m last week.", ["bid", "bid"]),
    ("Fulham have put £5m on the table for Dale Rigby.", ["bid"]),
    ("Fulham will go as high as £5m for Dale Rigby.", ["bid"]),
    ("Fulham have offered to take Dale Rigby on loan with an obligation to buy set at £5m.", ["bid"]),
    ("Fulham have had a £5m offer for Dale Rigby accepted.", ["bid"]),
    ("An offer made up of £5m guaranteed and £2m in bonuses was sent.", ["bid", "add_ons"]),
    ("Fulham had offered Burnley £5m for the man who scored twice.", ["bid"]),
    ("Fulham are unwilling to go above £5m for a man of 30.", ["bid"]),
    # fees
    ("Fulham have signed Dale Rigby for £5m.", ["fee"]),
    ("Dale Rigby joined Fulham from Burnley for £5m in 2018.", ["fee"]),
    ("Dale Rigby was sold to Fulham on a wet Monday in August for £5m.", ["fee"]),
    ("Dale Rigby cost Fulham only £5m.", ["fee"]),
    ("Fulham agreed a fee of £5m with Burnley.", ["fee"]),
    ("Fulham agreed to pay £5m for Dale Rigby.", ["fee"]),
    ("Dale Rigby has completed his £5m move to Fulham.", ["fee"]),
    ("Dale Rigby has completed a £5m transfer.", ["fee"]),
    ("The £5m signing has yet to score.", ["fee"]),
    ("In: Dale Rigby (Burnley, £5m), Ned Stroud (Derby County, free)", ["fee"]),
    ("Out: Dale Rigby (Fulham, £5m plus £1m in add-ons)", ["fee", "add_ons"]),
    ("The sale of Dale Rigby to Fulham for £5m has helped to pay a tax bill.", ["fee"]),
    ("Fulham signed Dale Rigby in a deal worth £5m.", ["fee"]),
    ("Fulham paid Burnley £5m for him.", ["fee"]),
    ("Burnley will receive £5m up front.", ["fee"]),
    ("Fulham sign Dale Rigby for an initial £5m rising to £7m.", ["fee", "fee"]),
    ("Fulham will pay £5m to £7m depending on appearances.", ["fee"]),
    ("Burnley accepted £5m for Dale Rigby.", ["fee"]),
    ("Fulham hold an option to buy at £5m.", ["fee"]),
    ("Fulham would like a loan with an obligation to buy for €20m.", ["fee"]),
    ("The loan can be made permanent for £5m next summer.", ["fee"]),
    ("For him a figure of £20-25m has been mentioned.", ["fee"]),
    ("A fee of €27m (£24m) had been agreed.", ["fee", "fee"]),
    # asking prices
    ("Burnley want £5m for Dale Rigby.", ["asking_price"]),
    ("Burnley wanted closer to £5m.", ["asking_price"]),
    ("Burnley are holding out for £5m.", ["asking_price"]),
    ("Burnley are asking for at least £5m.", ["asking_price"]),
    ("Burnley value Dale Rigby at £5m.", ["asking_price"]),
    ("Dale Rigby, who is valued at £5m, has left.", ["asking_price"]),
    ("Burnley's £5m-rated winger is wanted.", ["asking_price"]),
    ("Burnley have slapped a £5m price tag on Dale Rigby.", ["asking_price"]),
    ("Burnley put his price at £5m.", ["asking_price"]),
    ("The asking price is £5m.", ["asking_price"]),
    ("Burnley have set a price of £5m.", ["asking_price"]),
    ("Burnley would consider £5m.", ["asking_price"]),
    ("Burnley will not sell for less than £5m.", ["asking_price"]),
    ("Fulham have been told they must pay £5m.", ["asking_price"]),
    ("Dale Rigby can leave for £5m this month.", ["asking_price"]),
    ("Burnley expect at least £5m for Dale Rigby.", ["asking_price"]),
    ("Stoke have been quoted £5m.", ["asking_price"]),
    ("Fulham offered £3m but Burnley want £5m.", ["bid", "asking_price"]),
    # release clauses
    ("He has a contract containing a €60m (£54m) release clause.", ["release_clause", "release_clause"]),
    ("His release clause is set at €60m.", ["release_clause"]),
    ("Dale Rigby has a clause of €60m.", ["release_clause"]),
    ("Fulham will trigger his £9m buy-out clause.", ["release_clause"]),
    ("He has a clause in his contract that allows him to leave for £4m.", ["release_clause"]),
    ("A £9m buyout will free him.", ["release_clause"]),
    # loan fees
    ("Fulham will pay a loan fee of £1m.", ["loan_fee"]),
    ("Fulham will pay a £1m loan fee with an option to buy at £14m.", ["loan_fee", "fee"]),
    ("Burnley have asked for a loan fee of £40,000.", ["loan_fee"]),
    ("In: Dale Rigby (Burnley, season-long loan, £1.5m loan fee)", ["loan_fee"]),
    # add-ons
    ("Fulham will pay £5m plus £2m in add-ons.", ["fee", "add_ons"]),
    ("Fulham bid £5m with a further £2m in bonuses.", ["bid", "add_ons"]),
    ("Bonuses could be worth another £2m.", ["add_ons"]),
    ("Fulham will pay £5m, plus £2m if they stay up.", ["fee", "add_ons"]),
    ("They will receive a further £50,000 when he has made ten appearances.", ["add_ons"]),
    ("Fulham bid £5m plus add-ons.", ["bid"]),
    # wages
    ("Dale Rigby earns £40,000 a week.", ["wage"]),
    ("The £40,000-a-week winger is leaving.", ["wage"]),
    ("Fulham offered Dale Rigby £40,000 a week.", ["wage"]),
    ("Fulham will pay £25,000 of his £60,000 weekly wage.", ["wage", "wage"]),
    ("He turned down a salary of €4m.", ["wage"]),
    ("Burnley hope to lose Dale Rigby and his £2m salary.", ["wage"]),
    ("He is valued at £5m and paid £45,000 a week.", ["asking_price", "wage"]),
    # anything else
    ("The club have debts of £90m.", ["other"]),
    ("The manager has a transfer budget of £30m.", ["other"]),
    ("Dale Rigby was fined £5,000 for the tackle.", ["other"]),
    ("Dale Rigby picked up a £5,000 fine.", ["other"]),
    ("The wage bill must be cut by £15m.", ["other"]),
    ("Turnover rose to £120m.", ["other"]),
    ("A shirt sponsorship worth £3m a year was announced.", ["other"]),
    ("The new TV deal is worth £5bn.", ["other"]),
    ("A consortium completed a £60m takeover of the club.", ["other"]),
    ("The new stadium will cost £120m.", ["other"]),
    ("Clubs handed £77m to agents.", ["other"]),
    ("Dale Rigby has bought his local chip shop for £185,000.", ["other"]),
    ("Burnley owe £2.7m to HMRC, and a further £3.7m to the bank.", ["other", "other"]),
    ("Fulham have already spent €38m this summer.", ["other"]),
    ("The prize money is £1m.", ["other"]),
    ("Tickets cost £20.", ["other"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS + kind_cases.KINDS)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [row["kind"] for row in read(text, ("Dale Rigby", "Ned Stroud", "Kit Marlow"))._.fees] == kinds


STORIES = [
    # kinds from the amounts around
    (
        "The best-paid men in the league\n\nDale Rigby (Fulham), £8.4m. He receives £1m more. Ned Stroud, £3m.",
        ["wage"] * 3,
    ),
    (
        "Release clauses: ten players\n\nDale Rigby, Fulham, 22: €50m\nNed Stroud, Derby, 20: €15m",
        ["release_clause"] * 2,
    ),
    ("He wanted £45k a week; Fulham stopped at £30k.", ["wage", "wage"]),
    ("Fulham went to £6m, up from £5m.", ["bid", "bid"]),
    ("There is a clause of €5m, and it drops to €3m.", ["release_clause", "release_clause"]),
    ("His pay goes from £15,000 to £25,000 a week.", ["wage", "wage"]),
    ("In: Dale Rigby (Derby, to summer 2020; £200,000 fee, option at £1.2m)", ["loan_fee", "fee"]),
    ("Dale Rigby joins on loan. The fee is £200,000.", ["loan_fee"]),
    ("He has a clause, insisted upon by his agent, that lets him talk to any club that pays £5m.", ["release_clause"]),
    ("He takes a cut from £50,000 a week to something nearer £30,000.", ["wage", "wage"]),
    ("Fulham prepare a £5m move.", ["bid"]),
    ("Fulham have completed a £5m swoop.", ["fee"]),
    ("Fulham plot a £5m swoop.", ["bid"]),
    ("The club spent £50m.", ["other"]),
    ("The club spent £50m on Dale Rigby.", ["fee"]),
    ("They have a deal with a kit supplier. The terms are worth £2m a season.", ["other"]),
    ("Derby want compensation of £400,000 for their coach.", ["other"]),
]


@pytest.mark.parametrize(("text", "kinds"), STORIES)
def test_kinds_from_other_amounts_and_headings(text: str, kinds: list[str]) -> None:
    assert [row["kind"] for row in read(text, ("Dale Rigby", "Ned Stroud"))._.fees] == kinds


def test_there_are_at_least_250_cases_of_kinds() -> None:
    assert len(KINDS + kind_cases.KINDS + STORIES) >= 250


@pytest.mark.parametrize(
    ("text", "pounds", "basis"),
    [
        ("a fee of £5m", [5e6], ["stated"]),
        ("a fee of €60m (£52.6m)", [52.6e6, 52.6e6], ["equivalent", "stated"]),
        ("a fee of €60m (about £52.6m)", [52.6e6, 52.6e6], ["equivalent", "stated"]),
        ("a fee of £52.6m (€60m)", [52.6e6, 52.6e6], ["stated", "equivalent"]),
        ("a fee of $67m (€60m; £52.6m)", [52.6e6, 52.6e6, 52.6e6], ["equivalent", "equivalent", "stated"]),
        ("a fee of €60m", [54805800.0], ["converted"]),
        ("a fee of €60m (£5m in add-ons)", [54805800.0, 5e6], ["converted", "stated"]),
        ("a fee of SAR 60m", [None], ["none"]),
        ("a fee of SAR 60m (£12m)", [12e6, 12e6], ["equivalent", "stated"]),
    ],
)
def test_value_in_pounds(text: str, pounds: list[float | None], basis: list[str]) -> None:
    rows = read(text)._.fees
    assert [row["amount_gbp"] for row in rows] == pounds
    assert [row["gbp_basis"] for row in rows] == basis


@pytest.mark.parametrize(
    ("countries", "day", "currencies"),
    [
        (["Italy", "Spain"], "2013-01-22", ["EUR"]),
        (["Italy", "Spain"], "1999-01-22", []),
        (["Italy", "England"], "2013-01-22", []),
        (["England", "Scotland"], "2013-01-22", ["GBP"]),
        (["Italy", None], "2013-01-22", []),
        ([], "2013-01-22", []),
    ],
)
def test_the_default_currency_is_that_of_all_clubs(countries, day, currencies) -> None:
    doc = NLP.make_doc("They want four million for him.")
    doc._.published_on = day
    doc._.clubs = [{"club": f"Club {n}", "country": c, "mentions": 1, "spans": []} for n, c in enumerate(countries)]
    assert [row["currency"] for row in Fees()(Sentences()(doc))._.fees] == currencies


def test_both_ends_of_a_range_are_converted() -> None:
    (row,) = read("a fee of €10m to €20m")._.fees
    assert row["amount_max_gbp"] == pytest.approx(2 * row["amount_gbp"])


def test_nothing_is_converted_without_a_day() -> None:
    (row,) = read("a fee of €60m", published_on=None)._.fees
    assert (row["amount_gbp"], row["gbp_basis"]) == (None, "none")


@pytest.mark.parametrize(
    ("text", "player"),
    [
        ("Fulham want Dale Rigby for £5m while Ned Stroud stays.", "Dale Rigby"),
        ("Dale Rigby is off to Fulham; Ned Stroud joins for £5m.", "Ned Stroud"),
        ("Fulham paid £5m for Ned Stroud but nothing for Dale Rigby.", "Ned Stroud"),
        ("In: Dale Rigby (Burnley, £5m), Ned Stroud (Derby, free)", "Dale Rigby"),
        ("Dale Rigby is leaving. Burnley want £5m.", "Dale Rigby"),
        ("Burnley want £5m.\n\nDale Rigby is leaving. Dale Rigby and Ned Stroud shook hands.", "Dale Rigby"),
        ("Dale Rigby watched as the club paid off debts of £5m.", None),
        ("Burnley want £5m.", None),
        ("Fulham offered £5m plus Ned Stroud to land Dale Rigby.", "Dale Rigby"),
        ("Dale Rigby is the target: Fulham bid £5m and Ned Stroud.", "Dale Rigby"),
        ("Fulham paid £5m and then some for Ned Stroud, not Dale Rigby.", "Ned Stroud"),
    ],
)
def test_player(text: str, player: str | None) -> None:
    (row,) = read(text, ("Dale Rigby", "Ned Stroud"))._.fees
    assert row["player"] == player


def test_an_addition_has_the_player_of_the_amount_before() -> None:
    doc = read("Dale Rigby left for £3.5m rising to £5m, and Ned Stroud joined Fulham.", ("Dale Rigby", "Ned Stroud"))
    assert [row["player"] for row in doc._.fees] == ["Dale Rigby", "Dale Rigby"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("He earns £40,000 a week.", "week"),
        ("He earns €3m (£2.6m) a year.", "year"),
        ("His annual salary is £2m.", "year"),
        ("He signed for £2m a year ago.", None),
        ("The kit sponsorship brings £2m a year.", None),
    ],
)
def test_only_wages_have_a_period(text: str, period: str | None) -> None:
    assert {row["period"] for row in read(text)._.fees} == {period}


def test_rows_have_the_columns_of_the_table_and_survive_pickling() -> None:
    doc = read("Fulham paid about £5m in May. They want €3m-€4m now.")
    rows = pickle.loads(doc.to_bytes() and pickle.dumps(doc._.fees))  # noqa: S301
    assert [set(row) for row in rows] == [COLUMNS, COLUMNS]
    assert [row["sentence"] for row in rows] == ["Fulham paid about £5m in May.", "They want €3m-€4m now."]
    assert [(span.text, span.label_) for span in doc.spans["fees"]] == [("£5m", "fee"), ("€3m-€4m", "asking_price")]


def test_offsets_are_exact_within_tokens() -> None:
    doc = read("They bid £25m+£5m in add-ons.")
    assert [row["text"] for row in doc._.fees] == ["£25m", "£5m"]


def test_a_sentence_of_noise_is_cut() -> None:
    doc = read("a fee of £5m and " * 2_000)
    assert max(len(row["sentence"]) for row in doc._.fees) < 1_100


@given(st.text(alphabet="£€$0123456789.,-–()m \n'\"abofrinwk"))
def test_any_text_is_processed(text: str) -> None:
    for row in read(text)._.fees:
        assert text[row["start"] : row["end"]] == row["text"]


@given(st.lists(st.sampled_from([text for text, _ in KINDS]), max_size=6))
def test_joined_sentences_have_the_same_amounts(texts: list[str]) -> None:
    apart = [row["text"] for text in texts for row in read(text)._.fees]
    assert [row["text"] for row in read("\n\n".join(texts))._.fees] == apart
