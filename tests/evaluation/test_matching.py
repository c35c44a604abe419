"""Matching of names, amounts and texts; pairing; the rules and counts of each figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rumourmill.evaluation.annotations import AnnotatedMove, Annotations, Date, Entity, Fee, Quote
from rumourmill.evaluation.comparisons import COMPARISONS, FIGURES, compare_article, empty_report
from rumourmill.evaluation.matching import (
    normalize,
    pair_items,
    same_amount,
    same_club,
    same_last_words,
    same_person,
    strip_function_word,
    word_overlap,
)


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
def test_normalize(text, expected):
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Porto", "FC Porto", True),
        ("1. FC Köln", "Koln", True),
        ("LOSC Lille", "Lille", True),
        ("RB Leipzig", "Leipzig", True),
        ("Olympiakos", "Olympiacos", True),  # one letter of a long name
        ("Barnet", "Barnes", False),  # but not of a short one
        ("Manchester City", "Manchester United", False),
        ("Dundee", "Dundee United", False),
        ("Inter Milan", "AC Milan", False),
        ("AS FC", "AS FC", True),  # only fillers: they are the name
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
        ("Tomas Verrell", "Tomas", True),  # the first word of the name
        ("Tomas Jan Verrell", "Tomas Verrell", True),
        ("Tomas Jan Verrell", "Jan", False),  # a word in the middle
        ("Tomas Verrell Junior", "Tomas Verrell", False),  # another last word
        ("Tomas Verrell", "Jan Verrell", False),
        ("Tomas Verrell", None, False),
        (None, None, True),
    ],
)
def test_same_person(a, b, expected):
    assert same_person(a, b) is same_person(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Robben", "Arjen Robben", True),
        ("De Gea", "David De Gea", True),
        ("Tomas Verrell", "Tomas Jan Verrell", True),
        ("Robben", "Robben Barca", False),
        ("Ronaldinho", "Ronaldinho Gaucho", False),
        ("Gea", "De Gea Quintana", False),
        ("Robben", None, False),
    ],
)
def test_same_last_words(a, b, expected):
    assert same_last_words(a, b) is same_last_words(b, a) is expected


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        (100.4, 100, True),
        (99.6, 100, True),
        (100.6, 100, False),
        (None, None, True),
        (None, 5, False),
        (5, None, False),
    ],
)
def test_same_amount(predicted, gold, expected):
    assert same_amount(predicted, gold) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday", "tuesday"),
        ("the 2019/20 season", "2019 20 season"),
        ("this summer", "this summer"),
        ("Thursday", "thursday"),  # "Th" is no article
        ("of the season", "the season"),  # one word only
    ],
)
def test_strip_function_word(text, expected):
    assert strip_function_word(text) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("he will go home", "he will go home", 1.0),
        ("he will go home", "home go will he", 1.0),  # the order does not matter
        ("he will go", "he will go home today now", 0.5),
        ("no no no", "no", 1 / 3),
        ("", "", 0.0),
    ],
)
def test_word_overlap(a, b, expected):
    assert word_overlap(a.split(), b.split()) == word_overlap(b.split(), a.split()) == pytest.approx(expected)


def test_required_items_are_paired_before_optional_ones():
    optional, required = Entity(("Roma",), optional=True), Entity(("Roma",))
    pairing = pair_items([optional, required], [Entity(("Roma",))], lambda a, b: a.names == b.names)
    assert pairing.pairs == ((required, Entity(("Roma",))),)
    assert pairing.missed == pairing.spurious == ()


def test_pairs_of_a_stricter_predicate_come_first():
    season, last_season = Date("season", None, None), Date("last season", None, None)
    predicates = (lambda a, b: a == b, lambda a, b: a.text in b.text)
    pairing = pair_items([season, last_season], [last_season, season], *predicates)
    assert set(pairing.pairs) == {(season, season), (last_season, last_season)}


def pairs_of(gold, predicted):
    """The pairs of players that `compare_article` makes."""
    (comparison,) = (c for c in COMPARISONS if c.figure == "players")
    pairing = pair_items(
        [Entity(names) for names in gold], [Entity((name,)) for name in predicted], *comparison.matches
    )
    return {(annotated.names[0], found.names[0]) for annotated, found in pairing.pairs}


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        # An equal name comes before one with the same last word, in either order.
        ([("Robben",), ("Arjen Robben",)], ["Arjen Robben", "Robben"], {("Robben", "Robben"), ("Arjen Robben",) * 2}),
        ([("Arjen Robben",), ("Robben",)], ["Robben", "Arjen Robben"], {("Robben", "Robben"), ("Arjen Robben",) * 2}),
        # The last word comes before the first word.
        ([("Santos",)], ["Santos Cazorla", "Danilo Santos"], {("Santos", "Danilo Santos")}),
        ([("Santos",)], ["Santos Cazorla"], {("Santos", "Santos Cazorla")}),
    ],
)
def test_players_are_paired_by_equal_names_then_last_words_then_first_word(gold, predicted, expected):
    assert pairs_of(gold, predicted) == expected


def test_an_item_is_paired_once():
    pairing = pair_items([Entity(("Roma",))] * 2, [Entity(("Roma",))] * 3, lambda a, b: a == b)
    assert (len(pairing.pairs), len(pairing.missed), len(pairing.spurious)) == (2, 0, 1)


def quote(text: str, speaker: str | None = None, optional: bool = False) -> Quote:
    return Quote(text, tuple(normalize(text).split()), speaker, optional)


def fee(kind: str = "bid", amount: float = 5e6, amount_max: float | None = None, currency: str = "GBP") -> Fee:
    return Fee(f"{amount:.0f}", amount, amount_max, currency, kind)


def move(
    to: str | None = "Roma", status: str = "bid", price: float | None = None, start: str | None = None, **more: bool
) -> AnnotatedMove:
    seller, buyer = ((name,) if name else () for name in (start, to))
    return AnnotatedMove(("Tomas Verrell", "the Moth"), seller, buyer, status, price, **more)


DAY = ("2020-09-23", "2020-09-23")
ROBBEN = Entity(("Arjen Robben", "Robben"))
ROMA = Entity(("Roma", "the Giallorossi"))
SPEECH = "He stays here with us until June"

# figure, table, gold, predicted, expected counts: (found, spurious, missed) or (right, asked)
CASES = [
    ("players", "players", [Entity(("Tomas Verrell", "the Moth"))], [Entity(("the Mouth",))], (0, 1, 1)),
    ("players", "players", [Entity(("Tomas Verrell", "the Moth"))], [Entity(("the Moth",))], (1, 0, 0)),
    ("players", "players", [Entity(("Verrell",), optional=True)], [Entity(("Verrell",))], (0, 0, 0)),
    ("players", "players", [Entity(("Verrell",), optional=True)], [], (0, 0, 0)),
    ("players", "players", [], [Entity(("Verrell",))], (0, 1, 0)),
    ("players", "players", [ROBBEN], [Entity(("Robben",))], (1, 0, 0)),
    ("players", "players", [ROBBEN], [Entity(("Robben Barca",))], (0, 1, 1)),  # a surname, not a first name
    ("players", "players", [ROBBEN], [Entity(("Robben Barca",)), Entity(("Arjen Robben",))], (1, 1, 0)),
    ("players", "players", [Entity(("Tomas Verrell", "Tomas"))], [Entity(("Tomas Vermell",))], (1, 0, 0)),  # a first name
    ("players", "players", [Entity(("Ronaldinho",))], [Entity(("Ronaldinho Gaucho",))], (1, 0, 0)),
    ("players", "players", [Entity(("Ronaldinho Gaucho",))], [Entity(("Ronaldinho",))], (1, 0, 0)),
    ("clubs", "clubs", [ROMA], [Entity(("AS Roma",))], (1, 0, 0)),
    ("clubs", "clubs", [ROMA], [Entity(("Giallorossi",))], (1, 0, 0)),
    ("clubs", "clubs", [ROMA], [Entity(("Lazio",))], (0, 1, 1)),
    ("fees", "fees", [fee()], [fee()], (1, 0, 0)),
    ("fees", "fees", [fee()], [fee(currency="EUR")], (0, 1, 1)),
    ("fees", "fees", [fee(amount=5e6)], [fee(amount=5.02e6)], (1, 0, 0)),
    ("fees", "fees", [fee(amount=5e6)], [fee(amount=5.03e6)], (0, 1, 1)),
    ("fees", "fees", [fee(amount_max=7e6)], [fee(amount_max=7e6)], (1, 0, 0)),
    ("fees", "fees", [fee(amount_max=7e6)], [fee()], (0, 1, 1)),
    ("fees", "fees", [fee()], [fee(amount_max=7e6)], (1, 0, 0)),  # gold has no upper end
    ("fees", "fees", [fee()] * 2, [fee()], (1, 0, 1)),  # one entry per occurrence
    ("fee kind (fine)", "fees", [fee("bid")], [fee("fee")], (0, 1)),
    ("fee kind (move/wage/other)", "fees", [fee("bid")], [fee("fee")], (1, 1)),
    ("fee kind (move/wage/other)", "fees", [fee("wage")], [fee("add_ons")], (0, 1)),
    ("fee kind (fine)", "fees", [fee()], [], (0, 0)),  # only for amounts that were found
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("on Tuesday", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("2019/20 season", *DAY)], [Date("the 2019/20 season", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday night", *DAY)], (1, 0, 0)),
    ("dates", "dates", [Date("Tuesday", *DAY)], [Date("Monday", *DAY)], (0, 1, 1)),
    ("date value", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday", *DAY)], (1, 1)),
    ("date value", "dates", [Date("Tuesday", *DAY)], [Date("Tuesday", None, None)], (0, 1)),
    ("date value", "dates", [Date("Tuesday", None, None)], [Date("Tuesday", *DAY)], (0, 0)),  # not annotated
    ("quotes", "quotes", [quote(SPEECH)], [quote("He stays here with us until")], (1, 0, 0)),
    ("quotes", "quotes", [quote(SPEECH)], [quote("He stays here with")], (0, 1, 1)),
    ("quotes", "quotes", [], [quote("a done deal")], (0, 0, 0)),  # short quotations are not counted as spurious
    ("quotes", "quotes", [quote("a done deal", optional=True)], [quote("a done deal")], (0, 0, 0)),
    ("quotes", "quotes", [], [quote("it is a done deal")], (0, 1, 0)),
    ("speaker", "quotes", [quote(SPEECH, "Dario Venn")], [quote(SPEECH, "Venn")], (1, 1)),
    ("speaker", "quotes", [quote(SPEECH, "Porto")], [quote(SPEECH, "FC Porto")], (1, 1)),
    ("speaker", "quotes", [quote(SPEECH)], [quote(SPEECH)], (1, 1)),  # no speaker in both
    ("speaker", "quotes", [quote(SPEECH)], [quote(SPEECH, "Venn")], (0, 1)),
    ("speaker", "quotes", [quote(SPEECH, "Venn", optional=True)], [quote(SPEECH)], (0, 0)),
    ("quotes+speaker", "quotes", [quote(SPEECH, "Venn")], [quote(SPEECH, "Verrell")], (0, 1, 1)),
    ("quotes+speaker", "quotes", [quote(SPEECH, "Venn", optional=True)], [quote(SPEECH)], (0, 0, 0)),
    ("transfers", "transfers", [move("Roma")], [move("AS Roma")], (1, 0, 0)),
    ("transfers", "transfers", [move("Roma")], [move("Lazio")], (0, 1, 1)),
    ("transfers", "transfers", [replace(move(), player=ROBBEN.names)], [replace(move(), player=("Robben Barca",))], (0, 1, 1)),
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


@pytest.mark.parametrize(("figure", "table", "gold", "predicted", "expected"), CASES)
def test_counts_of_a_figure(figure, table, gold, predicted, expected):
    report = empty_report(["one"])
    compare_article(report, "one", Annotations(**{table: tuple(gold)}), Annotations(**{table: tuple(predicted)}))
    numbers = report.figures()[figure]
    counts = ("found", "spurious", "missed") if len(expected) == 3 else ("right", "asked")
    assert tuple(numbers[name] for name in counts) == expected
    wrong = expected[1] + expected[2] if len(expected) == 3 else expected[1] - expected[0]
    assert len(report.errors(figure)) == wrong


def test_published_on_is_counted_if_annotated():
    report = empty_report("abc")
    for article, gold, predicted in (("a", *DAY), ("b", DAY[0], None), ("c", None, DAY[0])):
        compare_article(report, article, Annotations(gold), Annotations(predicted))
    numbers = report.figures()["published_on"]
    assert (numbers["right"], numbers["asked"], numbers["accuracy"]) == (1, 2, 0.5)
    assert [str(error) for error in report.errors("published_on")] == ["b: wrong: nothing for 2020-09-23"]


def test_rates_are_micro_averaged():
    report = empty_report(["one", "two"])
    compare_article(report, "one", Annotations(fees=(fee(amount=1), fee(amount=2))), Annotations(fees=(fee(amount=1),)))
    compare_article(report, "two", Annotations(fees=(fee(amount=1),)), Annotations(fees=(fee(amount=1), fee(amount=3))))
    numbers = report.figures()["fees"]
    assert [numbers[name] for name in ("found", "spurious", "missed")] == [2, 1, 1]
    assert [numbers[name] for name in ("precision", "recall", "f1")] == pytest.approx([2 / 3] * 3)
    alone = report.figures(["one"])["fees"]
    assert (alone["precision"], alone["recall"], alone["interval"]) == (1.0, 0.5, None)


def test_figures_without_counts_are_zero_and_have_no_interval():
    for numbers in empty_report(["one", "two"]).figures().values():
        assert numbers["interval"] is None
        assert {value for name, value in numbers.items() if name != "interval"} == {0}


def test_the_order_of_figures():
    assert list(empty_report([]).figures()) == list(FIGURES)


def interval_of_errors(wrong_in: list[int], articles: int) -> tuple[float, float]:
    report = empty_report(map(str, range(articles)))
    for n in range(articles):
        predicted = (fee("fee" if n in wrong_in else "bid"),) * 4
        compare_article(report, str(n), Annotations(fees=(fee("bid"),) * 4), Annotations(fees=predicted))
    return report.figures()["fee kind (fine)"]["interval"]


def test_intervals_contain_the_figure_and_narrow_with_more_articles():
    low, high = interval_of_errors([0], 5)
    assert low < 0.8 < high
    lower, higher = interval_of_errors([0, 5, 10, 15], 20)
    assert low < lower < 0.8 < higher <= high
    assert interval_of_errors([], 5) == (1.0, 1.0)


def test_intervals_are_reproducible():
    assert interval_of_errors([0, 3], 9) == interval_of_errors([0, 3], 9)


def test_an_error_is_one_line():
    report = empty_report(["2020-09/verrell"])
    gold = Annotations(quotes=(quote("He stays\n\nhere with us", "Venn"),), transfers=(move(price=5e6),))
    found = Annotations(transfers=(move(start="Lecce"),))
    compare_article(report, "2020-09/verrell", gold, found)
    assert [str(error) for figure in ("quotes", "transfer fee") for error in report.errors(figure)] == [
        "2020-09/verrell: missed: “He stays here with us” (Venn)",
        "2020-09/verrell: wrong: Tomas Verrell from Lecce to Roma (bid, no price)"
        " for Tomas Verrell from no club to Roma (bid, 5,000,000)",
    ]
