"""When two things mean the same, by tables of cases; the rules of each figure; the counts that follow."""

from __future__ import annotations

import pytest

from rumourmill.evaluation.comparisons import FIGURES, compare, empty_report
from rumourmill.evaluation.items import Date, Fee, Move, Name, Quote, Reading
from rumourmill.evaluation.matching import bare_date, overlap, pair, plain, same_amount, same_club, same_person


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Atlético  Madrid", "atletico madrid"),
        ("Bodø/Glimt", "bodo glimt"),
        ("Wisła, Meißen", "wisla meissen"),
        ("N'Golo’s", "ngolo"),
        ("the players' day", "the players day"),
        (None, ""),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Porto", "FC Porto", True),
        ("1. FC Köln", "Koln", True),
        ("LOSC Lille", "Lille", True),
        ("RB Leipzig", "Leipzig", True),
        ("Olympiakos", "Olympiacos", True),  # one letter of a long name
        ("Barnet", "Barnes", False),  # and not of a short one
        ("Manchester City", "Manchester United", False),
        ("Dundee", "Dundee United", False),
        ("Inter Milan", "AC Milan", False),
        ("AS FC", "AS FC", True),  # nothing but fillers: they are the name
        ("AS FC", "AC CF", False),
        ("Roma", None, False),
        (None, None, True),
    ],
)
def test_same_club(a, b, expected):
    assert same_club(a, b) is same_club(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Tomas Verrell", "Tomás Verrell", True),
        ("Tomas Verrell", "Verrell", True),
        ("Tomas Verrell", "Tomas", True),  # a single word of the name
        ("Tomas Jan Verrell", "Tomas Verrell", True),
        ("Tomas Verrell Junior", "Tomas Verrell", False),  # another last word
        ("Tomas Verrell", "Jan Verrell", False),
        ("Tomas Verrell", None, False),
        (None, None, True),
    ],
)
def test_same_person(a, b, expected):
    assert same_person(a, b) is same_person(b, a) is expected


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        (100.4, 100, True),
        (99.6, 100, True),
        (100.6, 100, False),
        (None, None, True),
        (None, 5, False),
        (5, None, False),
    ],
)
def test_same_amount(found, gold, expected):
    assert same_amount(found, gold) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday", "tuesday"),
        ("the 2019/20 season", "2019 20 season"),
        ("this summer", "this summer"),
        ("Thursday", "thursday"),  # no article in it
        ("of the season", "the season"),  # one word only
    ],
)
def test_bare_date(text, expected):
    assert bare_date(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("he will go home", "he will go home", 1.0),
        ("he will go home", "home go will he", 1.0),  # words, not their order
        ("he will go", "he will go home today now", 0.5),
        ("no no no", "no", 1 / 3),
        ("", "", 0.0),
    ],
)
def test_overlap(a, b, expected):
    assert overlap(a.split(), b.split()) == overlap(b.split(), a.split()) == pytest.approx(expected)


def test_required_items_are_paired_before_optional_ones():
    optional, required = Name(("Roma",), optional=True), Name(("Roma",))
    pairing = pair([optional, required], [Name(("Roma",))], lambda a, b: a.forms == b.forms)
    assert pairing.pairs == ((required, Name(("Roma",))),)
    assert pairing.missed == pairing.spurious == ()


def test_the_closest_partner_is_taken_before_one_that_will_do():
    season, last_season = Date("season", None, None), Date("last season", None, None)
    pairing = pair([season, last_season], [last_season, season], lambda a, b: a.text in b.text, lambda a, b: a == b)
    assert set(pairing.pairs) == {(season, season), (last_season, last_season)}


def test_a_partner_is_taken_once():
    pairing = pair([Name(("Roma",))] * 2, [Name(("Roma",))] * 3, lambda a, b: a == b)
    assert (len(pairing.pairs), len(pairing.missed), len(pairing.spurious)) == (2, 0, 1)


def said(text: str, speaker: str | None = None, optional: bool = False) -> Quote:
    return Quote(text, tuple(plain(text).split()), speaker, optional)


def money(kind: str = "bid", amount: float = 5e6, amount_max: float | None = None, currency: str = "GBP") -> Fee:
    return Fee(f"{amount:.0f}", amount, amount_max, currency, kind)


def move(
    to: str | None = "Roma", status: str = "bid", price: float | None = None, start: str | None = None, **more: bool
) -> Move:
    seller, buyer = ((name,) if name else () for name in (start, to))
    return Move(("Tomas Verrell", "the Moth"), seller, buyer, status, price, **more)


DAY = ("2020-09-23", "2020-09-23")
ROMA = Name(("Roma", "the Giallorossi"))
SPEECH = "He stays here with us until June"

# figure, what is listed, gold, found, counts expected: (found, spurious, missed) or (right, asked)
CASES = [
    ("players", "players", [Name(("Tomas Verrell", "the Moth"))], [Name(("the Mouth",))], (0, 1, 1)),
    ("players", "players", [Name(("Tomas Verrell", "the Moth"))], [Name(("the Moth",))], (1, 0, 0)),
    ("players", "players", [Name(("Verrell",), optional=True)], [Name(("Verrell",))], (0, 0, 0)),
    ("players", "players", [Name(("Verrell",), optional=True)], [], (0, 0, 0)),
    ("players", "players", [], [Name(("Verrell",))], (0, 1, 0)),
    ("clubs", "clubs", [ROMA], [Name(("AS Roma",))], (1, 0, 0)),
    ("clubs", "clubs", [ROMA], [Name(("Giallorossi",))], (1, 0, 0)),
    ("clubs", "clubs", [ROMA], [Name(("Lazio",))], (0, 1, 1)),
    ("fees", "fees", [money()], [money()], (1, 0, 0)),
    ("fees", "fees", [money()], [money(currency="EUR")], (0, 1, 1)),
    ("fees", "fees", [money(amount=5e6)], [money(amount=5.02e6)], (1, 0, 0)),
    ("fees", "fees", [money(amount=5e6)], [money(amount=5.03e6)], (0, 1, 1)),
    ("fees", "fees", [money(amount_max=7e6)], [money(amount_max=7e6)], (1, 0, 0)),
    ("fees", "fees", [money(amount_max=7e6)], [money()], (0, 1, 1)),
    ("fees", "fees", [money()], [money(amount_max=7e6)], (1, 0, 0)),  # gold tells no upper end
    ("fees", "fees", [money()] * 2, [money()], (1, 0, 1)),  # one entry each time that it occurs
    ("fee kind (fine)", "fees", [money("bid")], [money("fee")], (0, 1)),
    ("fee kind (move/wage/other)", "fees", [money("bid")], [money("fee")], (1, 1)),
    ("fee kind (move/wage/other)", "fees", [money("wage")], [money("add_ons")], (0, 1)),
    ("fee kind (fine)", "fees", [money()], [], (0, 0)),  # asked only where the amount was found
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("on Tuesday", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("2019/20 season", *DAY)], [Date("the 2019/20 season", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday night", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("Monday", *DAY)], (0, 1, 1)),
    ("date value", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday", *DAY)], (1, 1)),
    ("date value", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday", None, None)], (0, 1)),
    ("date value", "dates", [Date("Tuesday", None, None)], [Date("Tuesday", *DAY)], (0, 0)),  # gold does not tell
    ("quotes", "quotes", [said(SPEECH)], [said("He stays here with us until")], (1, 0, 0)),
    ("quotes", "quotes", [said(SPEECH)], [said("He stays here with")], (0, 1, 1)),
    ("quotes", "quotes", [], [said("a done deal")], (0, 0, 0)),  # too short to be held against anybody
    ("quotes", "quotes", [said("a done deal", optional=True)], [said("a done deal")], (0, 0, 0)),
    ("quotes", "quotes", [], [said("it is a done deal")], (0, 1, 0)),
    ("speaker", "quotes", [said(SPEECH, "Dario Venn")], [said(SPEECH, "Venn")], (1, 1)),
    ("speaker", "quotes", [said(SPEECH, "Porto")], [said(SPEECH, "FC Porto")], (1, 1)),
    ("speaker", "quotes", [said(SPEECH)], [said(SPEECH)], (1, 1)),  # nobody is named
    ("speaker", "quotes", [said(SPEECH)], [said(SPEECH, "Venn")], (0, 1)),
    ("speaker", "quotes", [said(SPEECH, "Venn", optional=True)], [said(SPEECH)], (0, 0)),
    ("quotes+speaker", "quotes", [said(SPEECH, "Venn")], [said(SPEECH, "Verrell")], (0, 1, 1)),
    ("quotes+speaker", "quotes", [said(SPEECH, "Venn", optional=True)], [said(SPEECH)], (0, 0, 0)),
    ("transfers", "transfers", [move("Roma")], [move("AS Roma")], (1, 0, 0)),
    ("transfers", "transfers", [move("Roma")], [move("Lazio")], (0, 1, 1)),
    ("transfers", "transfers", [move(None)], [move(None)], (1, 0, 0)),
    ("transfers", "transfers", [move("Roma")], [move(None)], (0, 1, 1)),
    ("transfers", "transfers", [move(optional=True)], [move()], (0, 0, 0)),
    ("transfer status", "transfers", [move(status="agreed")], [move(status="completed")], (1, 1)),
    ("transfer status", "transfers", [move(status="talks")], [move(status="interest")], (1, 1)),
    ("transfer status", "transfers", [move(status="bid")], [move(status="talks")], (0, 1)),
    ("transfer status", "transfers", [move(optional=True)], [move()], (0, 0)),
    ("transfers+status", "transfers", [move(status="bid")], [move(status="talks")], (0, 1, 1)),
    ("transfers+status", "transfers", [move(status="bid", optional=True)], [move(status="talks")], (0, 0, 0)),
    ("transfer from_club", "transfers", [move(start="Lecce")], [move(start="US Lecce")], (0, 1)),
    ("transfer from_club", "transfers", [move(start="Lecce")], [move(start="Lecce FC")], (1, 1)),
    ("transfer from_club", "transfers", [move(start="Lecce")], [move()], (0, 1)),
    ("transfer fee", "transfers", [move(price=5e6)], [move(price=5e6)], (1, 1)),
    ("transfer fee", "transfers", [move(price=5e6)], [move()], (0, 1)),
    ("transfer fee", "transfers", [move()], [move()], (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "table", "gold", "found", "expected"), CASES)
def test_what_counts(figure, table, gold, found, expected):
    report = empty_report(["one"])
    compare(report, "one", Reading(**{table: tuple(gold)}), Reading(**{table: tuple(found)}))
    numbers = report.figures()[figure]
    counts = ("found", "spurious", "missed") if len(expected) == 3 else ("right", "asked")
    assert tuple(numbers[name] for name in counts) == expected
    wrong = expected[1] + expected[2] if len(expected) == 3 else expected[1] - expected[0]
    assert len(report.mistakes(figure)) == wrong


def test_the_day_of_publication_counts_where_gold_has_one():
    report = empty_report("abc")
    for article, stated, found in (("a", *DAY), ("b", DAY[0], None), ("c", None, DAY[0])):
        compare(report, article, Reading(stated), Reading(found))
    numbers = report.figures()["published_on"]
    assert (numbers["right"], numbers["asked"], numbers["accuracy"]) == (1, 2, 0.5)
    assert [str(mistake) for mistake in report.mistakes("published_on")] == ["b: wrong: nothing for 2020-09-23"]


def test_rates_are_made_of_the_counts_of_all_articles():
    report = empty_report(["one", "two"])
    compare(report, "one", Reading(fees=(money(amount=1), money(amount=2))), Reading(fees=(money(amount=1),)))
    compare(report, "two", Reading(fees=(money(amount=1),)), Reading(fees=(money(amount=1), money(amount=3))))
    numbers = report.figures()["fees"]
    assert [numbers[name] for name in ("found", "spurious", "missed")] == [2, 1, 1]
    assert [numbers[name] for name in ("precision", "recall", "f1")] == pytest.approx([2 / 3] * 3)
    alone = report.figures(["one"])["fees"]
    assert (alone["precision"], alone["recall"], alone["interval"]) == (1.0, 0.5, None)


def test_nothing_counted_is_zero_without_an_interval():
    for numbers in empty_report(["one", "two"]).figures().values():
        assert numbers["interval"] is None
        assert {value for name, value in numbers.items() if name != "interval"} == {0}


def test_the_order_of_figures():
    assert list(empty_report([]).figures()) == list(FIGURES)


def spread(wrong_in: list[int], articles: int) -> tuple[float, float]:
    report = empty_report(map(str, range(articles)))
    for n in range(articles):
        found = (money("fee" if n in wrong_in else "bid"),) * 4
        compare(report, str(n), Reading(fees=(money("bid"),) * 4), Reading(fees=found))
    return report.figures()["fee kind (fine)"]["interval"]


def test_intervals_hold_the_figure_and_narrow_with_more_articles():
    low, high = spread([0], 5)
    assert low < 0.8 < high
    lower, higher = spread([0, 5, 10, 15], 20)
    assert low < lower < 0.8 < higher <= high
    assert spread([], 5) == (1.0, 1.0)


def test_intervals_are_the_same_each_time():
    assert spread([0, 3], 9) == spread([0, 3], 9)


def test_mistakes_are_one_line_each():
    report = empty_report(["2020-09/verrell"])
    gold = Reading(quotes=(said("He stays\n\nhere with us", "Venn"),), transfers=(move(price=5e6),))
    found = Reading(transfers=(move(start="Lecce"),))
    compare(report, "2020-09/verrell", gold, found)
    assert [str(mistake) for figure in ("quotes", "transfer fee") for mistake in report.mistakes(figure)] == [
        "2020-09/verrell: missed: “He stays here with us” (Venn)",
        "2020-09/verrell: wrong: Tomas Verrell from Lecce to Roma (bid, no price)"
        " for Tomas Verrell from nowhere named to Roma (bid, 5,000,000)",
    ]
