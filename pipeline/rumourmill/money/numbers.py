"""Parses one number as written: digits in English or continental style, words, multipliers.

Digits are parsed by price-parser; words and multipliers that it does not know ("half a", "twenty-five", "m", "bn") are
parsed here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from price_parser import Price

__all__ = ["ARTICLE", "DIGITS", "GAP", "LOOSE", "MULTIPLIER", "SPACE", "WORDS", "lowercase", "parse_number"]

UNITS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen"
         " fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=1)}  # fmt: skip
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
FRACTIONS = {"half a": 0.5, "quarter of a": 0.25, "a quarter of a": 0.25, "three quarters of a": 0.75}
MULTIPLIERS = {
    **dict.fromkeys(("million", "millions", "mill", "mil", "mln", "mio", "milion", "mn", "m", "mm"), 1e6),
    **dict.fromkeys(("billion", "bln", "bn", "b"), 1e9),
    **dict.fromkeys(("thousand", "grand", "k"), 1e3),
    "lakh": 1e5,
    "crore": 1e7,
}

VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}  # "2½m", "2 1/2 million"
DECIMAL_WORDS = {"nought": 0, "zero": 0, "oh": 0, **UNITS}

SPACE = "[ \u00a0\u202f\u2009]"
GAP = rf"(?:{SPACE}{{1,2}}|[-\u2011])?"
LOOSE = " -.\u2011\u00a0\u202f\u2009"  # characters between a number and its multiplier
DIGITS = (
    r"(?:\d{0,3}[½¼¾]|\d{1,3}[ -][13]/[24](?= mill)"
    r"|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,2})?"
    rf"|\d{{1,3}}(?:(?:{SPACE}|['’])\d{{3}}){{1,4}}|\d{{1,12}}(?:[.,]\d{{1,3}})?|\.\d{{1,2}})(?!\d|[.,]\d)"
)
ARTICLE = "a further|another|a cool|an?"
NUMBER_WORD = "|".join([*sorted([*UNITS, *TENS], key=len, reverse=True), "hundred"])
WORDS = (
    rf"\b(?:half[ -]an?|(?:a |three[ -])?quarters? of an?|(?:{ARTICLE})(?=[ -](?:million|billion))"
    rf"|(?:a[ -]hundred|{NUMBER_WORD})(?: point(?: (?:{'|'.join(DECIMAL_WORDS)})){{1,3}}"
    rf"|(?:(?:(?<=hundred)[ -]and)?[ -](?:{NUMBER_WORD})|[ -]and[ -]a[ -]half){{0,4}}))(?![a-z])"
)
# Under re.IGNORECASE İ, ı, ſ and the kelvin sign match i, s and k.
CASE_VARIANTS = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")
LONG_MULTIPLIERS = "|".join(sorted((w for w in MULTIPLIERS if len(w) > 2), key=len, reverse=True))
# A short multiplier may be joined to the next word ("£30mdeal"), but does not begin one ("£30 men", "£40month").
MULTIPLIER = (
    rf"(?:{GAP}million and a half(?![a-z])|{GAP}(?:(?:mil|mln|mio)\.(?=\s)|(?:{LONG_MULTIPLIERS}|bn)(?![a-z]))"
    rf"|{GAP}(?:mn|mm|m|k|b)(?![a-z])"
    r"|(?:million|m(?!o))(?=[a-z]))"
)


def lowercase(text: str) -> str:
    """Return a word in lower case, in which letters that re.IGNORECASE matches with i, s and k are these."""
    return text.translate(CASE_VARIANTS).lower()


@lru_cache(maxsize=4096)
def parse_number(number: str, multiplier: str | None) -> float | None:
    """Return the value of a number as written, times its multiplier.

    Args:
        number: text that `DIGITS` or `WORDS` matches.
        multiplier: text that `MULTIPLIER` matches, or None.

    Returns:
        The value, or None where price-parser finds no number.
    """
    multiplier, half, _ = (multiplier or "").partition(" and a half")
    factor = MULTIPLIERS[lowercase(multiplier.strip(LOOSE))] if multiplier else 1.0
    if half:
        return (parse_number(number, multiplier) or 0) + factor / 2
    if number[0].isalpha():
        return _parse_words(lowercase(number)) * factor
    if (fraction := re.search("[½¼¾]|[13]/[24]$", number)) is not None:
        return (float(number[: fraction.start()].strip(" -") or 0) + VULGAR[fraction[0]]) * factor
    number = re.sub("[ \u00a0\u202f\u2009'’]", "", number)
    point = None
    if multiplier and re.fullmatch(r"\d*\.\d+|0,\d+", number):  # the dot of "1.234 million" is a decimal point
        point = "." if "." in number else ","
    price = Price.fromstring(number if number[0] != "." else "0" + number, decimal_separator=point)
    return None if price.amount is None else round(float(price.amount) * factor, 2)


def _parse_words(number: str) -> float:
    """Return the value of number words: "two and a half" and "two point five" are 2.5."""
    words = number.replace("-", " ")
    if (fraction := FRACTIONS.get(words.removesuffix("n"))) is not None:
        return fraction
    words, _, decimals = words.partition(" point ")
    if decimals:
        return _parse_words(words) + float("0." + "".join(str(DECIMAL_WORDS[word]) for word in decimals.split()))
    total = 0.0
    for word in words.replace("a half", "half").split():
        if word == "hundred":
            total = (total or 1) * 100
        else:
            total += 0.5 if word == "half" else UNITS.get(word, TENS.get(word, 0))
    return total or 1.0
