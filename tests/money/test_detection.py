from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.money import find_amounts

M, K = 1_000_000, 1_000

# text, amount as written, value, currency
SYMBOLS = [
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
    ("£2½m", "£2½m", 2.5 * M, "GBP"),
    ("£½m", "£½m", 500 * K, "GBP"),
    ("£25mn", "£25mn", 25 * M, "GBP"),
    ("£25.5 mn", "£25.5 mn", 25.5 * M, "GBP"),
    ("$25MM", "$25MM", 25 * M, "USD"),
    ("£5\u2011million", "£5\u2011million", 5 * M, "GBP"),
    ("£5m's", "£5m", 5 * M, "GBP"),
    ("*£5m*", "£5m", 5 * M, "GBP"),
    ("\n£5m\n", "£5m", 5 * M, "GBP"),
    ("• £5m", "£5m", 5 * M, "GBP"),
    ("[£5m]", "£5m", 5 * M, "GBP"),
    ("Fee:£5m", "£5m", 5 * M, "GBP"),
    ("£1.5\u2009million", "£1.5\u2009million", 1.5 * M, "GBP"),
    ("£12,345,678", "£12,345,678", 12345678, "GBP"),
    ("£1,000", "£1,000", 1000, "GBP"),
    ("£0.5bn", "£0.5bn", 500 * M, "GBP"),
    ("£45MILLION-RATED", "£45MILLION", 45 * M, "GBP"),
    ("GB£5m", "GB£5m", 5 * M, "GBP"),
    ("Stg£5m", "Stg£5m", 5 * M, "GBP"),
    ("IR£1.5m", "IR£1.5m", 1.5 * M, "IEP"),
    ("\uffe15m", "\uffe15m", 5 * M, "GBP"),
    ("&#163;5m", "&#163;5m", 5 * M, "GBP"),
    ("GBP 5m", "GBP 5m", 5 * M, "GBP"),
    ("pounds 5m", "pounds 5m", 5 * M, "GBP"),
    ("Pounds 1.5million", "Pounds 1.5million", 1.5 * M, "GBP"),
    ("Euro 5 million", "Euro 5 million", 5 * M, "EUR"),
    ("EUROS 5m", "EUROS 5m", 5 * M, "EUR"),
    ("Eur21 million", "Eur21 million", 21 * M, "EUR"),
    ("Eur 5m", "Eur 5m", 5 * M, "EUR"),
    ("&#8364;5m", "&#8364;5m", 5 * M, "EUR"),
    ("€12.5M", "€12.5M", 12.5 * M, "EUR"),
    ("€ 12,5 M", "€ 12,5 M", 12.5 * M, "EUR"),
    ("€ 1.500.000", "€ 1.500.000", 1.5 * M, "EUR"),
    ("USD$5m", "USD$5m", 5 * M, "USD"),
    ("$1 billion", "$1 billion", 1000 * M, "USD"),
    ("CAD$5m", "CAD$5m", 5 * M, "CAD"),
    ("AED 20m", "AED 20m", 20 * M, "AED"),
    ("QR9m", "QR9m", 9 * M, "QAR"),
    ("TL 20m", "TL 20m", 20 * M, "TRY"),
    ("GH¢400,000", "GH¢400,000", 400 * K, "GHS"),
    ("₽100m", "₽100m", 100 * M, "RUB"),
    ("kr 9,000", "kr 9,000", 9 * K, "SEK"),
    ("R900 000", "R900 000", 900 * K, "ZAR"),
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
    ("12.5M€", "12.5M€", 12.5 * M, "EUR"),
    ("8,5 Mio. Euro", "8,5 Mio. Euro", 8.5 * M, "EUR"),
    ("5 MILLION EUROS", "5 MILLION EUROS", 5 * M, "EUR"),
    ("5million-euro", "5million-euro", 5 * M, "EUR"),
    ("five-million-euro", "five-million-euro", 5 * M, "EUR"),
    ("5 million in euros", "5 million in euros", 5 * M, "EUR"),
    ("fifty million euros", "fifty million euros", 50 * M, "EUR"),
    ("one hundred million euros", "one hundred million euros", 100 * M, "EUR"),
    ("two point five million pounds", "two point five million pounds", 2.5 * M, "GBP"),
    ("twelve point seven five million euros", "twelve point seven five million euros", 12.75 * M, "EUR"),
    ("two and a half million pounds", "two and a half million pounds", 2.5 * M, "GBP"),
    ("six-and-a-half million euros", "six-and-a-half million euros", 6.5 * M, "EUR"),
    ("a million and a half pounds", "a million and a half pounds", 1.5 * M, "GBP"),
    ("2 1/2 million dollars", "2 1/2 million dollars", 2.5 * M, "USD"),
    ("2½ million pounds", "2½ million pounds", 2.5 * M, "GBP"),
    ("a cool million pounds", "a cool million pounds", M, "GBP"),
    ("20m TL", "20m TL", 20 * M, "TRY"),
    ("5m GBP", "5m GBP", 5 * M, "GBP"),
    ("eighty-five quid", "eighty-five quid", 85, "GBP"),
    ("eight euros", "eight euros", 8, "EUR"),
    ("50 million Saudi riyals", "50 million Saudi riyals", 50 * M, "SAR"),
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
    ("£20/25m", "£20/25m", 20 * M, 25 * M, "GBP"),
    ("£20m/£25m", "£20m/£25m", 20 * M, 25 * M, "GBP"),
    ("£20m\u2011£25m", "£20m\u2011£25m", 20 * M, 25 * M, "GBP"),
    ("£20m\u2212£25m", "£20m\u2212£25m", 20 * M, 25 * M, "GBP"),
    ("£20million-£25million", "£20million-£25million", 20 * M, 25 * M, "GBP"),
    ("£20 million to £25 million", "£20 million to £25 million", 20 * M, 25 * M, "GBP"),
    ("thirty to forty million pounds", "thirty to forty million pounds", 30 * M, 40 * M, "GBP"),
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
NO_AMOUNTS = [
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
    "the million-dollar question",
    "He looked a million dollars.",
    "He felt like a million dollars.",
    "a million-to-one chance",
    "one in a million",
    "a multi-million pound deal",
    "two grand finals, three grand slams, ten grand prix",
    "He is 14 pounds heavier.",
    "kr7, SR7, Rs7",
    "Euros 2024 and Euro 96",
    "5 Real Madrid players won 20 matches",
    "10mm of rain, 1.92m tall",
    "T20, S4C, N11",
    "",
    " ",
]


@pytest.mark.parametrize(("text", "written", "amount", "currency"), SYMBOLS + WORDS)
def test_value_of_one_amount(text: str, written: str, amount: float, currency: str) -> None:
    for around in ("{}", "They want {} for him.", "x {}"):
        whole = around.format(text)
        (found,) = find_amounts(whole)
        assert (whole[found.start : found.end], found.amount, found.amount_max, found.currency) == (
            written,
            amount,
            None,
            currency,
        )


@pytest.mark.parametrize(("text", "written", "low", "high", "currency"), RANGES)
def test_a_range_is_one_amount(text: str, written: str, low: float, high: float, currency: str) -> None:
    (found,) = find_amounts(f"They want {text}.")
    assert (found.amount, found.amount_max, found.currency) == (low, high, currency)
    assert f"They want {text}."[found.start : found.end] == written


@pytest.mark.parametrize(("text", "amounts"), SEVERAL)
def test_separate_amounts(text: str, amounts: list[float]) -> None:
    assert [found.amount for found in find_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [("£5 mİo", 5e6), ("£5 mıllion", 5e6), ("£2\u0666.4 million", 26.4e6), ("£2.4m", 2.4e6)],
)
def test_unusual_letters_and_digits_that_match_are_parsed(text: str, amount: float) -> None:
    (found,) = find_amounts(f"They want {text}.")
    assert found.amount == pytest.approx(amount)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize("text", ["They paid 75 million.", "a fee of five million", "20m yards for €3m"])
def test_a_number_without_a_currency_needs_one_in_the_text(text: str) -> None:
    assert [found.currency for found in find_amounts(text)] == ["EUR"] * ("€" in text)


# a sentence, then its amounts without a currency in an article with prices in euros
IMPLICIT = [
    ("A fee of 20m plus 5m in bonuses was agreed.", ["20m", "5m"]),
    ("Wolves bid 15 million on Friday and were refused.", ["15 million"]),
    ("Napoli have put 11 million plus a player on the plate.", ["11 million"]),
    ("For less than 18 million we do not sit down.", ["18 million"]),
    (
        "A loan with right of redemption: 1.5 million immediately, another 7 million later.",
        ["1.5 million", "7 million"],
    ),
    ('"Forty million? For him?" he laughed.', ["Forty million"]),
    ('"100 million is a lot of money," he said.', ["100 million"]),
    ("Nobody pays 40 million for a reserve.", ["40 million"]),
    ("The clubs are five million apart.", ["five million"]),
    ("It took 30m to convince them.", ["30m"]),
    ("They opened at 25m, then 28m.", ["25m", "28m"]),
    ("They turned down 30m for him.", ["30m"]),
    ("Inter ask 30m for him.", ["30m"]),
    ("Offer: 30m + 5m bonus.", ["30m", "5m"]),
    ("He is a 30m-rated winger.", ["30m"]),
    ("His 90 million clause stands.", ["90 million"]),
    ("He is a 60 million player.", ["60 million"]),
    ("It's not 60 million, it's 50 million.", ["60 million", "50 million"]),
    ("Between 20 and 25 million.", ["20 and 25 million"]),
    ("They asked for 20-25m.", ["20-25m"]),
    ("He earns 8 million net per season.", ["8 million"]),
    ("He is on 200k a week.", ["200k"]),
    ("His 6m salary is too much.", ["6m"]),
    ("City have spent 200m this summer.", ["200m"]),
    ("They have debts of 300m.", ["300m"]),
    ("He takes half a million a year.", ["half a million"]),
    ("An initial 30m, rising to 40m.", ["30m", "40m"]),
    ("A million and a half, they say, is his price.", ["A million and a half"]),
    ("More than 5 million people live there.", []),
    ("He has 3 million followers.", []),
    ("Seen by 5 million on TV.", []),
    ("A city of 4 million.", []),
    ("It was streamed 100 million times.", []),
    ("He scored from 20m.", []),
    ("He curled in from 25m.", []),
    ("A 30m screamer, a 40m run, a 50m pass.", []),
    ("He ran 10k in 40m and the 100m sprint.", []),
    ("He is 1.92m and wins headers.", []),
    ("The pitch is 105m by 68m.", []),
    ("The sixty thousand who came were delighted.", []),
    ("He is one thousand per cent sure.", []),
    ("12 million votes were cast.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), IMPLICIT)
def test_a_number_without_a_currency_has_that_of_the_text(sentence: str, expected: list[str]) -> None:
    text = f"{sentence}\n\nHis clause is €70m."
    *found, clause = find_amounts(text)
    assert [text[a.start : a.end] for a in found] == expected
    assert {a.currency for a in (*found, clause)} == {"EUR"}


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("They want £5m. Lyon ask €9m, then 12 million.", ["GBP", "EUR", "EUR"]),
        ("He has a clause of 35 million euros ($39m).\n\nThe clause is 35 million.", ["EUR", "USD", "EUR"]),
        ("€9m was said.\n\nThen €10m, €11m and £5m.\n\nThey want 12 million.", ["EUR", "EUR", "EUR", "GBP", "EUR"]),
        ("€9m was said.\n\nThen £10m.\n\nThey want 12 million.", ["EUR", "GBP"]),
    ],
)
def test_of_several_currencies_the_certain_one_is_used(text: str, currencies: list[str]) -> None:
    assert [a.currency for a in find_amounts(text)] == currencies


def test_the_default_currency_is_used_where_the_text_has_none() -> None:
    assert [a.currency for a in find_amounts("Verona want four million.", "EUR")] == ["EUR"]
    assert [a.currency for a in find_amounts("Verona want £4m, not six million.", "EUR")] == ["GBP", "GBP"]


millions = st.integers(1, 9999).map(lambda n: n / 10)
SYMBOL = {"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "A$": "AUD", "EUR ": "EUR", "CHF ": "CHF"}
WORD = {" pounds": "GBP", " euros": "EUR", " euro": "EUR", " dollars": "USD", " Swiss francs": "CHF"}


@given(millions, st.sampled_from(sorted(SYMBOL)), st.sampled_from(["m", "M", "million", " million", "mln", " m"]))
def test_any_amount_with_a_symbol(value: float, sign: str, unit: str) -> None:
    text = f"They offered {sign}{value:g}{unit} for him."
    (found,) = find_amounts(text)
    assert (found.amount, found.currency) == (pytest.approx(value * M), SYMBOL[sign])
    assert text[found.start : found.end] == f"{sign}{value:g}{unit}"


@given(millions, st.sampled_from(sorted(WORD)), st.sampled_from(["m", "million", " million"]))
def test_any_amount_with_a_word(value: float, word: str, unit: str) -> None:
    text = f"They offered {value:g}{unit}{word} for him."
    (found,) = find_amounts(text)
    assert (found.amount, found.currency) == (pytest.approx(value * M), WORD[word])


@given(st.integers(1000, 10**10), st.sampled_from([",", ".", " "]))
def test_any_amount_in_words(value: int, separator: str) -> None:
    text = f"They paid €{value:,}".replace(",", separator) + " for him."
    (found,) = find_amounts(text)
    assert (found.amount, found.currency) == (value, "EUR")


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["£{}m-£{}m", "£{}-{}m", "£{}m to £{}m"]))
def test_any_range(low: int, more: int, form: str) -> None:
    (found,) = find_amounts("for " + form.format(low, low + more) + ".")
    assert (found.amount, found.amount_max) == (low * M, (low + more) * M)


@given(st.text(alphabet=st.characters(exclude_categories=["Sc", "Nd", "Cs"])))
def test_no_amount_without_a_digit_or_currency(text: str) -> None:
    assert [
        a for a in find_amounts(text) if not any(w in text.lower() for w in ("illion", "thousand", "grand", "&"))
    ] == []


@given(st.text(alphabet="0123456789£€$.,-–()mkbn +'’/%Â million euro half a"))
def test_amounts_lie_in_order_inside_the_text(text: str) -> None:
    at = 0
    for found in find_amounts(text):
        assert at <= found.start < found.end <= len(text)
        assert found.amount > 0
        assert found.amount_max is None or found.amount_max > found.amount
        at = found.end


NOISE = [
    "1",
    "£",
    ",",
    "-",
    "1,",
    "1 ",
    "£1",
    "1-",
    "£1-",
    "£5m to ",
    "half a ",
    "million ",
    "1.000",
    " ",
    "£a",
    "N1",
    "R$",
]


@pytest.mark.parametrize("unit", NOISE)
def test_a_megabyte_of_noise_is_processed(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert all(text[found.start : found.end] for found in find_amounts(text))


def test_an_amount_after_a_megabyte_of_noise_is_found() -> None:
    text = "1-£" * 300_000 + "\n" + "He smiled. " * 60 + "They paid £5m for him. " + "He left with a smile. " * 400
    assert [(a.amount, a.currency) for a in find_amounts(text)] == [(5 * M, "GBP")]


def test_the_number_of_amounts_is_linear_in_the_text() -> None:
    unit = "They paid £5m to £7m for him, then 8 million for half a year and a million more. "
    assert len(find_amounts(unit * 400)) == 4 * len(find_amounts(unit * 100))


FORMS = {
    "{s}{n}m": M, "{s}{n} m": M, "{s}{n}million": M, "{s}{n} million": M, "{s}{n}-million": M, "{s}{n}mn": M, "{s} {n}m": M,
    "{s}{n}k": K, "{s}{n} thousand": K, "{s}{n}bn": 1000 * M, "{s}{n} billion": 1000 * M, "{s}\u202f{n}\u00a0million": M,
    "{n}m {w}": M, "{n} million {w}": M, "{n}million {w}": M, "{n}-million {w}": M, "{n} thousand {w}": K,
}  # fmt: skip
AROUND = [
    "{}",
    "({})",
    "for {}.",
    "for {},",
    "“{}”",
    "bid:{}",
    "a {}-rated man",
    "{} a week",
    "\n{}\n",
    "BID {}!",
    "*{}*",
]


@given(
    st.integers(1, 999).map(lambda n: f"{n / 10:g}"),
    st.sampled_from(["£", "€", "$", "US$", "A$", "CHF ", "R$"]),
    st.sampled_from(["pounds", "euros", "dollars", "Swiss francs"]),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(AROUND),
)
def test_an_amount_in_any_form_and_context(number: str, sign: str, word: str, form: str, around: str) -> None:
    written = form.format(n=number, s=sign, w=word)
    text = around.format(written)
    (found,) = find_amounts(text)
    assert found.amount == pytest.approx(float(number) * FORMS[form])
    assert text[found.start : found.end] == written


OTHER_WORDS = (
    "he she scored 20m goal 3 2-1 No 9 2019/20 season per cent 15 minutes of the fans 19-year-old club km".split()
)


@given(st.lists(st.sampled_from(OTHER_WORDS), max_size=30))
def test_other_words_have_no_amounts(words: list[str]) -> None:
    assert find_amounts(" ".join(words)) == []
