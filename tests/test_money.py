from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.money import find
from pipeline.money.rates import pounds_per_unit
from pipeline.money.terms import period, qualifier

M, K = 1_000_000, 1_000

# text, then what is found in it: (as written, amount, upper end, currency)
SIGNS = [
    ("£11m", "£11m", 11 * M, "GBP"),
    ("£11 m", "£11 m", 11 * M, "GBP"),
    ("£2.7M", "£2.7M", 2.7 * M, "GBP"),
    ("£3.5MILLION", "£3.5MILLION", 3.5 * M, "GBP"),
    ("£18million", "£18million", 18 * M, "GBP"),
    ("£1.5 million", "£1.5 million", 1.5 * M, "GBP"),
    ("£1.5-million", "£1.5-million", 1.5 * M, "GBP"),
    ("£4 mill", "£4 mill", 4 * M, "GBP"),
    ("£4mil", "£4mil", 4 * M, "GBP"),
    ("£4mln", "£4mln", 4 * M, "GBP"),
    ("£.5m", "£.5m", 0.5 * M, "GBP"),
    ("£0.75m", "£0.75m", 750 * K, "GBP"),
    ("£9.75m", "£9.75m", 9.75 * M, "GBP"),
    ("£23.70 million", "£23.70 million", 23.7 * M, "GBP"),
    ("£750,000", "£750,000", 750 * K, "GBP"),
    ("£750k", "£750k", 750 * K, "GBP"),
    ("£750K", "£750K", 750 * K, "GBP"),
    ("£750 thousand", "£750 thousand", 750 * K, "GBP"),
    ("£25,000,000", "£25,000,000", 25 * M, "GBP"),
    ("£2,500.50", "£2,500.50", 2500.5, "GBP"),
    ("£9.99", "£9.99", 9.99, "GBP"),
    ("£50", "£50", 50, "GBP"),
    ("£1.2bn", "£1.2bn", 1200 * M, "GBP"),
    ("£1.2 billion", "£1.2 billion", 1200 * M, "GBP"),
    ("£1.2b", "£1.2b", 1200 * M, "GBP"),
    ("£1,250m", "£1,250m", 1250 * M, "GBP"),
    ("£ 5m", "£ 5m", 5 * M, "GBP"),
    ("£\u00a05m", "£\u00a05m", 5 * M, "GBP"),
    ("£5\u202fm", "£5\u202fm", 5 * M, "GBP"),
    ("£30mdeal", "£30m", 30 * M, "GBP"),
    ("£5millionJanuary", "£5million", 5 * M, "GBP"),
    ("£40monthly", "£40", 40, "GBP"),
    ("£5 men", "£5", 5, "GBP"),
    ("£5 bought him a pie", "£5", 5, "GBP"),
    ("bid.£5m", "£5m", 5 * M, "GBP"),
    ("for...£5m", "£5m", 5 * M, "GBP"),
    ("BID£5m", "£5m", 5 * M, "GBP"),
    ("(£5m)", "£5m", 5 * M, "GBP"),
    ("'£5m'", "£5m", 5 * M, "GBP"),
    ("£5m.", "£5m", 5 * M, "GBP"),
    ("£5m,", "£5m", 5 * M, "GBP"),
    ("in 2019 £5m", "£5m", 5 * M, "GBP"),
    ("£half a million", "£half a million", 500 * K, "GBP"),
    ("£half-a-million", "£half-a-million", 500 * K, "GBP"),
    ("£two million", "£two million", 2 * M, "GBP"),
    ("₤3m", "₤3m", 3 * M, "GBP"),
    ("Â£30m", "£30m", 30 * M, "GBP"),
    ("Ł5m", "Ł5m", 5 * M, "GBP"),
    ("&pound;5m", "&pound;5m", 5 * M, "GBP"),
    ("€60m", "€60m", 60 * M, "EUR"),
    ("€ 50 million", "€ 50 million", 50 * M, "EUR"),
    ("€1.234 million", "€1.234 million", 1.234 * M, "EUR"),
    ("€1,5m", "€1,5m", 1.5 * M, "EUR"),
    ("€1,5 million", "€1,5 million", 1.5 * M, "EUR"),
    ("€0,750m", "€0,750m", 750 * K, "EUR"),
    ("€25.000.000", "€25.000.000", 25 * M, "EUR"),
    ("€25.000", "€25.000", 25 * K, "EUR"),
    ("€1.250.000,50", "€1.250.000,50", 1250000.5, "EUR"),
    ("€25 000 000", "€25 000 000", 25 * M, "EUR"),
    ("€25'000'000", "€25'000'000", 25 * M, "EUR"),
    ("â‚¬6m", "â‚¬6m", 6 * M, "EUR"),
    ("&euro;1.9m", "&euro;1.9m", 1.9 * M, "EUR"),
    ("EUR 40m", "EUR 40m", 40 * M, "EUR"),
    ("EUR40m", "EUR40m", 40 * M, "EUR"),
    ("$7.2m", "$7.2m", 7.2 * M, "USD"),
    ("$125,000", "$125,000", 125 * K, "USD"),
    ("US$58m", "US$58m", 58 * M, "USD"),
    ("U.S.$58m", "U.S.$58m", 58 * M, "USD"),
    ("USD 4m", "USD 4m", 4 * M, "USD"),
    ("A$3m", "A$3m", 3 * M, "AUD"),
    ("AU$3m", "AU$3m", 3 * M, "AUD"),
    ("C$2m", "C$2m", 2 * M, "CAD"),
    ("NZ$2m", "NZ$2m", 2 * M, "NZD"),
    ("HK$51.8 million", "HK$51.8 million", 51.8 * M, "HKD"),
    ("S$11,600", "S$11,600", 11600, "SGD"),
    ("R$10 million", "R$10 million", 10 * M, "BRL"),
    ("R7m", "R7m", 7 * M, "ZAR"),
    ("SAR 50m", "SAR 50m", 50 * M, "SAR"),
    ("SR30 million", "SR30 million", 30 * M, "SAR"),
    ("CHF 3m", "CHF 3m", 3 * M, "CHF"),
    ("SFr3m", "SFr3m", 3 * M, "CHF"),
    ("kr 50m", "kr 50m", 50 * M, "SEK"),
    ("Kr52m to Midtjylland", "Kr52m", 52 * M, "DKK"),
    ("Rosenborg paid kr 12m", "kr 12m", 12 * M, "NOK"),
    ("¥320 million", "¥320 million", 320 * M, "JPY"),
    ("Shanghai paid ¥320 million", "¥320 million", 320 * M, "CNY"),
    ("₺40m", "₺40m", 40 * M, "TRY"),
    ("₩2.1bn", "₩2.1bn", 2100 * M, "KRW"),
    ("₹2 crore", "₹2 crore", 20 * M, "INR"),
    ("Rs 48 lakh", "Rs 48 lakh", 4.8 * M, "INR"),
    ("RMB 9 million", "RMB 9 million", 9 * M, "CNY"),
    ("N38 million", "N38 million", 38 * M, "NGN"),
    ("Ksh4m", "Ksh4m", 4 * M, "KES"),
]
WORDS = [
    ("50million euros", "50million euros", 50 * M, "EUR"),
    ("35m euro", "35m euro", 35 * M, "EUR"),
    ("3 mil. euro", "3 mil. euro", 3 * M, "EUR"),
    ("9.5 million euro", "9.5 million euro", 9.5 * M, "EUR"),
    ("40 million-euro", "40 million-euro", 40 * M, "EUR"),
    ("800,000 euros", "800,000 euros", 800 * K, "EUR"),
    ("25.000.000 euros", "25.000.000 euros", 25 * M, "EUR"),
    ("25 000 000 euros", "25 000 000 euros", 25 * M, "EUR"),
    ("1,5 million euros", "1,5 million euros", 1.5 * M, "EUR"),
    ("25m€", "25m€", 25 * M, "EUR"),
    ("25 m€", "25 m€", 25 * M, "EUR"),
    ("25 000 €", "25 000 €", 25 * K, "EUR"),
    ("7 mln EUR", "7 mln EUR", 7 * M, "EUR"),
    ("50 million USD", "50 million USD", 50 * M, "USD"),
    ("1.2m dollars", "1.2m dollars", 1.2 * M, "USD"),
    ("eight million US dollars", "eight million US dollars", 8 * M, "USD"),
    ("3m Australian dollars", "3m Australian dollars", 3 * M, "AUD"),
    ("two million pounds", "two million pounds", 2 * M, "GBP"),
    ("two-million-pound", "two-million-pound", 2 * M, "GBP"),
    ("Two Million Pounds", "Two Million Pounds", 2 * M, "GBP"),
    ("half a million pounds", "half a million pounds", 500 * K, "GBP"),
    ("half-a-million pounds", "half-a-million pounds", 500 * K, "GBP"),
    ("a quarter of a million pounds", "a quarter of a million pounds", 250 * K, "GBP"),
    ("three-quarters of a million pounds", "three-quarters of a million pounds", 750 * K, "GBP"),
    ("a million pounds", "a million pounds", M, "GBP"),
    ("one and a half million euros", "one and a half million euros", 1.5 * M, "EUR"),
    ("twenty-five million pounds", "twenty-five million pounds", 25 * M, "GBP"),
    ("a hundred million euros", "a hundred million euros", 100 * M, "EUR"),
    ("a hundred and twenty-five million pounds", "a hundred and twenty-five million pounds", 125 * M, "GBP"),
    ("two hundred thousand pounds", "two hundred thousand pounds", 200 * K, "GBP"),
    ("six millions of dollars", "six millions of dollars", 6 * M, "USD"),
    ("5 million pounds sterling", "5 million pounds sterling", 5 * M, "GBP"),
    ("500 quid", "500 quid", 500, "GBP"),
    ("45 grand", "45 grand", 45 * K, "GBP"),
    ("ten grand", "ten grand", 10 * K, "GBP"),
    ("six million Swiss francs", "six million Swiss francs", 6 * M, "CHF"),
    ("25 million kronor", "25 million kronor", 25 * M, "SEK"),
    ("six million kroner", "six million kroner", 6 * M, "NOK"),
    ("Danish club want six million kroner", "six million kroner", 6 * M, "DKK"),
    ("40 million crowns", "40 million crowns", 40 * M, "CZK"),
    ("12 million pesos", "12 million pesos", 12 * M, "ARS"),
    ("a Mexican debt of 12 million pesos", "12 million pesos", 12 * M, "MXN"),
    ("180m yen", "180m yen", 180 * M, "JPY"),
    ("45 million yuan", "45 million yuan", 45 * M, "CNY"),
    ("120 million roubles", "120 million roubles", 120 * M, "RUB"),
    ("640,000 lira", "640,000 lira", 640 * K, "TRY"),
    ("26,000 Turkish Liras", "26,000 Turkish Liras", 26 * K, "TRY"),
    ("22M riyals", "22M riyals", 22 * M, "SAR"),
    ("three billion lire", "three billion lire", 3000 * M, "ITL"),
    ("4.8m zloty", "4.8m zloty", 4.8 * M, "PLN"),
]
RANGES = [
    ("£20m-£25m", "£20m-£25m", 20 * M, 25 * M, "GBP"),
    ("£20m–£25m", "£20m–£25m", 20 * M, 25 * M, "GBP"),
    ("£20m - £25m", "£20m - £25m", 20 * M, 25 * M, "GBP"),
    ("£20-25m", "£20-25m", 20 * M, 25 * M, "GBP"),
    ("£20-£25m", "£20-£25m", 20 * M, 25 * M, "GBP"),
    ("£20m-25m", "£20m-25m", 20 * M, 25 * M, "GBP"),
    ("£20m to £25m", "£20m to £25m", 20 * M, 25 * M, "GBP"),
    ("£20 to £25 million", "£20 to £25 million", 20 * M, 25 * M, "GBP"),
    ("£900,000-£1.2m", "£900,000-£1.2m", 900 * K, 1.2 * M, "GBP"),
    ("£300k-£400k", "£300k-£400k", 300 * K, 400 * K, "GBP"),
    ("between £20m and £25m", "£20m and £25m", 20 * M, 25 * M, "GBP"),
    ("between £20 and £25m", "£20 and £25m", 20 * M, 25 * M, "GBP"),
    ("between eight and ten million euros", "eight and ten million euros", 8 * M, 10 * M, "EUR"),
    ("four or five million pounds", "four or five million pounds", 4 * M, 5 * M, "GBP"),
    ("10-15m euros", "10-15m euros", 10 * M, 15 * M, "EUR"),
    ("10 to 15 million euros", "10 to 15 million euros", 10 * M, 15 * M, "EUR"),
    ("10 million to 15 million euros", "10 million to 15 million euros", 10 * M, 15 * M, "EUR"),
    ("€8m-10m", "€8m-10m", 8 * M, 10 * M, "EUR"),
    ("anything from £20m to £25m", "£20m to £25m", 20 * M, 25 * M, "GBP"),
    ("ranging from £20m to £25m", "£20m to £25m", 20 * M, 25 * M, "GBP"),
    ("400-1,500 dinars", "400-1,500 dinars", 400, 1500, "RSD"),
    ("£5m-£10m-rated", "£5m-£10m", 5 * M, 10 * M, "GBP"),
]
SEVERAL = [
    ("£20m plus £5m in add-ons", [20 * M, 5 * M]),
    ("an initial £18m rising to £25m", [18 * M, 25 * M]),
    ("raised from £20m to £25m", [20 * M, 25 * M]),
    ("raised their bid of £3m to £4m", [3 * M, 4 * M]),
    ("went up from £3m to £4.5m", [3 * M, 4.5 * M]),
    ("cut from £20m to £15m", [20 * M, 15 * M]),
    ("£25m to £20m", [25 * M, 20 * M]),
    ("£4m or £5m", [4 * M, 5 * M]),
    ("£4m and £5m", [4 * M, 5 * M]),
    ("£25m+£5m", [25 * M, 5 * M]),
    ("€60m (£52.6m)", [60 * M, 52.6 * M]),
    ("9.5 million euro ($13.5 million)", [9.5 * M, 13.5 * M]),
    ("€60m/£52.6m", [60 * M, 52.6 * M]),
    ("£18/£13/£5", [18, 13, 5]),
    ("€12m + 3m add-ons", [12 * M, 3 * M]),
    ("They turned down 7m euros on Monday and 8m yesterday.", [7 * M, 8 * M]),
    ("Lens offered €9m. Brest then bid 12 million and waited.", [9 * M, 12 * M]),
    ("He has a €60m clause, but a bid of 32m is on its way.", [60 * M, 32 * M]),
    ("The price is €8m. They will pay between five and six million.", [8 * M, 5 * M]),
    ("The club receive €7m and a further million if he plays.", [7 * M, M]),
    ("Palermo ask for eight million\n\nThey paid €4m.", [8 * M, 4 * M]),
    ("£5m.£6m", [5 * M, 6 * M]),
]
NO_MONEY = [
    "a seven-figure fee",
    "an eight-figure sum",
    "Scored from 20m.",
    "20m yards",
    "a 20m sprint and 35m of grass",
    "a 26-year-old in his 3rd season",
    "a 2-1 win, 4-4-2, and No 10",
    "a 20 per cent sell-on clause and 15% more",
    "Euro 2020 and 15 Euro 2024 qualifiers",
    "the 2019-20 season, 30 June 2021, 24/7",
    "1,234 fans, 60,000 seats",
    "1.1K likes and 3.4 million followers",
    "a million miles away",
    "two million people watched",
    "one thousand per cent",
    "ten thousand supporters",
    "millions of pounds",
    "tens of millions of euros",
    "He lost 10 pounds before the season.",
    "a few quid",
    "kicks off at 7.45pm, 12.30pm and 8pm",
    "He ran 10k in 40m.",
    "M25, A1M, B3000",
    "$ and £ and €",
    "£",
    "£m",
    "£-5",
    "R9, N17 and S4",
    "The 5 million question",
    "",
    " ",
]


@pytest.mark.parametrize(("text", "written", "amount", "currency"), SIGNS + WORDS)
def test_reads_the_value_of_one_amount(text: str, written: str, amount: float, currency: str) -> None:
    for around in ("{}", "They want {} for him.", "x {}"):
        whole = around.format(text)
        (found,) = find(whole)
        assert (whole[found.start : found.end], found.amount, found.amount_max, found.currency) == (
            written,
            amount,
            None,
            currency,
        )


@pytest.mark.parametrize(("text", "written", "low", "high", "currency"), RANGES)
def test_reads_a_range_as_one_amount(text: str, written: str, low: float, high: float, currency: str) -> None:
    (found,) = find(f"They want {text}.")
    assert (found.amount, found.amount_max, found.currency) == (low, high, currency)
    assert f"They want {text}."[found.start : found.end] == written


@pytest.mark.parametrize(("text", "amounts"), SEVERAL)
def test_keeps_separate_amounts_apart(text: str, amounts: list[float]) -> None:
    assert [found.amount for found in find(text)] == amounts


@pytest.mark.parametrize("text", NO_MONEY)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("text", ["They paid 75 million.", "a fee of five million", "20m yards for €3m"])
def test_a_number_without_a_currency_needs_one_in_the_text(text: str) -> None:
    assert [found.currency for found in find(text)] == ["EUR"] * ("€" in text)


def test_a_bare_amount_takes_the_currency_of_the_text() -> None:
    found = find("Lyon want €20m. Wolves bid 15 million on Friday and were refused.")
    assert [(a.amount, a.currency) for a in found] == [(20 * M, "EUR"), (15 * M, "EUR")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("for ", "", "exact"),
        ("for about ", "", "about"),
        ("for around ", "", "about"),
        ("for roughly ", "", "about"),
        ("in the region of ", "", "about"),
        ("close to ", "", "about"),
        ("an estimated ", "", "about"),
        ("nearly ", "", "about"),
        ("for ", " or so", "about"),
        ("at least ", "", "at_least"),
        ("more than ", "", "at_least"),
        ("in excess of ", "", "at_least"),
        ("upwards of ", "", "at_least"),
        ("north of ", "", "at_least"),
        ("a minimum of ", "", "at_least"),
        ("a ", "-plus", "at_least"),
        ("a ", "+", "at_least"),
        ("a ", "+ fee", "at_least"),
        ("for ", " or more", "at_least"),
        ("will not sell for less than ", "", "at_least"),
        ("up to ", "", "at_most"),
        ("as much as ", "", "at_most"),
        ("could rise to ", "", "at_most"),
        ("initial £1m rising to ", "", "at_most"),
        ("which could reach ", "", "at_most"),
        ("less than ", "", "at_most"),
        ("no more than ", "", "at_most"),
        ("do not want to go above ", "", "at_most"),
        ("unwilling to go above ", "", "at_most"),
        ("neither bid exceeded ", "", "at_most"),
        ("for ", " plus add-ons", "exact"),
        ("for ", " plus the loan of a striker", "exact"),
        ("for ", "+£2m", "exact"),
        ("Wandsworth have ", "", "exact"),
    ],
)
def test_reads_the_qualifier(before: str, after: str, expected: str) -> None:
    assert qualifier(f"{before}£5m{after}", len(before), len(before) + 3) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", " a week", "week"),
        ("", "-a-week", "week"),
        ("", " per week", "week"),
        ("", " per-week", "week"),
        ("", "/week", "week"),
        ("", " each week", "week"),
        ("", " p/w", "week"),
        ("", "pw", None),
        ("", " pw", "week"),
        ("his ", " weekly wage", "week"),
        ("a weekly wage of ", "", "week"),
        ("", " a month", "month"),
        ("", " per month", "month"),
        ("", " a year", "year"),
        ("", "-a-year", "year"),
        ("", " per annum", "year"),
        ("", " a season", "year"),
        ("an annual salary of around ", "", "year"),
        ("", " a year ago", None),
        ("", " a week later", None),
        ("", " a year after joining", None),
        ("", " a man", None),
        ("", "", None),
    ],
)
def test_reads_the_period(before: str, after: str, expected: str | None) -> None:
    assert period(f"{before}£5m{after}", len(before), len(before) + 3) == expected


@pytest.mark.parametrize(
    ("currency", "day", "known"),
    [
        ("GBP", None, True),
        ("EUR", None, False),
        ("EUR", "2020-09-25", True),
        ("EUR", "1998-01-05", False),
        ("SAR", "2020-09-25", False),
        ("RUB", "2020-09-25", True),
        ("RUB", "2024-09-25", False),
        ("EUR", "2099-01-01", True),
        ("EUR", "no day", False),
    ],
)
def test_knows_the_rates_of_the_european_central_bank(currency: str, day: str | None, known: bool) -> None:
    assert (pounds_per_unit(currency, day) is not None) == known


def test_a_weekend_has_the_rate_of_the_friday_before() -> None:
    friday, sunday = date(2020, 9, 25).isoformat(), date(2020, 9, 27).isoformat()
    assert pounds_per_unit("EUR", friday) == pounds_per_unit("EUR", sunday) == pytest.approx(0.9134, abs=1e-3)


millions = st.integers(1, 9999).map(lambda n: n / 10)
SIGN = {"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "A$": "AUD", "EUR ": "EUR", "CHF ": "CHF"}
WORD = {" pounds": "GBP", " euros": "EUR", " euro": "EUR", " dollars": "USD", " Swiss francs": "CHF"}


@given(millions, st.sampled_from(sorted(SIGN)), st.sampled_from(["m", "M", "million", " million", "mln", " m"]))
def test_finds_any_amount_written_with_a_sign(value: float, sign: str, unit: str) -> None:
    text = f"They offered {sign}{value:g}{unit} for him."
    (found,) = find(text)
    assert (found.amount, found.currency) == (pytest.approx(value * M), SIGN[sign])
    assert text[found.start : found.end] == f"{sign}{value:g}{unit}"


@given(millions, st.sampled_from(sorted(WORD)), st.sampled_from(["m", "million", " million"]))
def test_finds_any_amount_written_with_a_word(value: float, word: str, unit: str) -> None:
    text = f"They offered {value:g}{unit}{word} for him."
    (found,) = find(text)
    assert (found.amount, found.currency) == (pytest.approx(value * M), WORD[word])


@given(st.integers(1000, 10**10), st.sampled_from([",", ".", " "]))
def test_finds_any_amount_written_out(value: int, separator: str) -> None:
    text = f"They paid €{value:,}".replace(",", separator) + " for him."
    (found,) = find(text)
    assert (found.amount, found.currency) == (value, "EUR")


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["£{}m-£{}m", "£{}-{}m", "£{}m to £{}m"]))
def test_finds_any_range(low: int, more: int, form: str) -> None:
    (found,) = find("for " + form.format(low, low + more) + ".")
    assert (found.amount, found.amount_max) == (low * M, (low + more) * M)


@given(st.text(alphabet=st.characters(exclude_categories=["Sc", "Nd", "Cs"])))
def test_finds_nothing_where_there_is_neither_digit_nor_currency(text: str) -> None:
    assert [a for a in find(text) if not any(w in text.lower() for w in ("illion", "thousand", "grand", "&"))] == []


@given(st.text(alphabet="0123456789£€$.,-–()mkbn +'’/%Â million euro half a"))
def test_amounts_lie_in_order_inside_the_text(text: str) -> None:
    at = 0
    for found in find(text):
        assert at <= found.start < found.end <= len(text)
        assert found.amount > 0
        assert found.amount_max is None or found.amount_max > found.amount
        at = found.end


@pytest.mark.parametrize(
    "unit", ["1", "£", ",", "-", "1,", "1 ", "£1-", "£5m to ", "half a ", "million ", "1.000", " "]
)
def test_long_lines_of_debris_come_to_an_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(text[found.start : found.end] for found in find(text))
