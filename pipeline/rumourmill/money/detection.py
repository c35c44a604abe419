"""Finds amounts of money in raw text: signs, codes and words of currencies, multipliers, ranges.

A fast search for what every amount has (a digit, a sign, "million") comes first, the full pattern only there. Every
quantifier is bounded, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rumourmill.money import implicit_currency
from rumourmill.money.amount import Amount
from rumourmill.money.currencies import form_of, forms, resolve, uses_of
from rumourmill.money.numbers import (
    ARTICLE,
    DIGITS,
    GAP,
    LOOSE,
    MULTIPLIER,
    SPACE,
    WORDS,
    value,
)
from rumourmill.nlp.noise import prose

__all__ = ["find"]

SEPARATOR = rf"{SPACE}{{0,2}}(?:[-–—\u2011\u2212]|to|and|or|/(?![^/]{{0,9}}/)){SPACE}{{0,2}}"
BRIDGE = re.compile(SEPARATOR, re.IGNORECASE)
SPELLED = re.compile(rf"(?:{WORDS}{SEPARATOR})?(?:{WORDS}|\b(?:{ARTICLE}))[ -]$", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
# "raised from £20m to £25m" tells two amounts, "anything from £20m to £25m" one range.
CHANGE = re.compile(
    r"\b(?:rais|increas|improv|upp(?:ed|ing)|up\b|rose\b|ris|drop|cut|reduc|lower|fell\b|fall|bump|hik|slash|jump|climb"
    r"|went\b|lift|double)[^.;!?\n]{0,60}$|(?<!ranging )(?<!range )(?<!anything )(?<!anywhere )\bfrom\s+$",
    re.IGNORECASE,
)
# A number of pounds or dollars this small, written out, is a weight or a figure of speech.
SMALL = 100
TO_PAY = re.compile(r"\b(?:for|pa(?:y|id)|costs?|fined|charged?|price of|fee of)\s(?:just\s|only\s)?$", re.IGNORECASE)
EACH = re.compile(r"\s(?:a|per|each)\s(?:week|month|year|head|ticket|man|game|match)\b", re.IGNORECASE)
NOT_EURO = re.compile(r"\s?(?:20\d\d|'?\d\d\b|qualif|champion|final|tournament|win)", re.IGNORECASE)
# "the million-dollar question", "three grand finals", "a million-to-one shot"; "felt like a million dollars".
FIGURE_OF_SPEECH = re.compile(r"[\s-](?:questions?|finals?|slams?|prix|national|old|to[\s-]one)\b", re.IGNORECASE)
LIKE = re.compile(r"\b(?:(?:look|feel)(?:s|ed|ing)?|felt|like|one in)\s$", re.IGNORECASE)
USES = ("symbol", "code", "word", "lead")
SHORTEST_CODE = 3  # letters of an ISO code
LOOK = 90  # characters read before a range


@dataclass(frozen=True, slots=True)
class _Patterns:
    single: re.Pattern[str]  # a number with what may stand before and after it
    span: re.Pattern[str]  # two of these with a separator
    anchor: re.Pattern[str]  # one character or word that every amount has: found fast
    prefix: re.Pattern[str]  # letters of a currency that end where the anchor begins


@cache
def _patterns() -> _Patterns:
    symbols, codes, words, leads = ("|".join(map(re.escape, forms(use))) for use in USES)
    before = (
        rf"(?:(?:(?:(?<![a-z])(?:{symbols})|[$£€])|(?<![a-z])(?-i:{codes})){SPACE}{{0,2}}(?=[\d.½¼¾a-z])"
        rf"|(?<![a-z])(?:{leads}){SPACE}(?=[\d.,]{{1,12}}{GAP}(?:[mbk]|thousand)))"
    )
    after = rf"(?:{GAP}(?:(?:of |in )?(?:{words})s?|(?-i:{codes}))(?![a-z])|{SPACE}?(?:{symbols})(?![\w£€$]))"

    def one(n: str) -> str:
        number = rf"(?P<num{n}>{DIGITS}|{WORDS})"
        alone = r"(?<!\d)(?<!\d[.,/])" if n == "1" else ""
        return rf"(?:(?P<pre{n}>{before})|{alone}){number}(?P<mult{n}>{MULTIPLIER})?(?P<post{n}>{after})?"

    signs = "".join(re.escape(c) for c in sorted({f[0] for f in forms("symbol")}) if not c.isascii() or c in "$&")
    lettered = [f for f in forms("symbol") + forms("code") if f[0].isascii() and f[0] not in "$&"]
    letters = "|".join(re.escape(f.rstrip("$£")) for f in lettered)
    return _Patterns(
        single=re.compile(one("1"), re.IGNORECASE),
        span=re.compile(f"{one('1')}(?P<sep>{SEPARATOR}){one('2')}", re.IGNORECASE),
        anchor=re.compile(
            rf"[\d{signs}mMbBtTgGpPqQeEdD](?:"  # one of these is found fast, and what follows tells most apart
            r"(?:illion|ILLION)(?<=[mMbBtT]......)|(?:housand|HOUSAND)(?<=[mMbBtT].......)|rand(?<=[gG]rand)"
            r"|ounds(?<=[pP]ounds)|uid(?<=[qQ]uid)|uro(?<=[eE]uro)s?\b|ollars(?<=[dD]ollars)"
            rf"|(?<=\d)(?<!\d\d)|(?<=[{signs}])(?![{signs}]))"
        ),
        prefix=re.compile(rf"(?<![A-Za-z])(?:{letters}|(?i:{leads})){SPACE}{{0,2}}$"),
    )


def find(text: str, home: str = "") -> list[Amount]:
    """Every amount of money in a text, in order.

    Args:
        text: raw text of any length.
        home: the currency of bare numbers ("15 million") in a text that names no currency at all; none by default.

    Returns:
        Amounts that never overlap; `text[a.start:a.end]` is the amount as written, without its period or "-plus".
    """
    found = list(_scan(text))
    currencies = {form: resolve(form, text) for form in {amount.currency for amount in found} if form}
    found = [replace(amount, currency=currencies.get(amount.currency, "")) for amount in found]
    return list(implicit_currency.with_currencies(text, found, home))


def _scan(text: str) -> Iterator[Amount]:
    """Amounts in order; those without a currency of their own carry an empty one."""
    for start, end in prose(text):
        yield from _scan_between(text, start, end)


def _scan_between(text: str, at: int, stop: int) -> Iterator[Amount]:
    patterns = _patterns()
    while (anchor := patterns.anchor.search(text, at, stop)) is not None:
        one = patterns.single.match(text, _start(text, anchor, at)) or patterns.single.match(text, anchor.start())
        at = anchor.end()
        if one is None:
            continue
        two = patterns.span.match(text, one.start()) if BRIDGE.match(text, one.end()) else None
        found = (two and _range(text, two)) or _single(text, one)
        if found is not None:
            yield found
        at = max(at, found.end if found else one.end("num1"))


def _start(text: str, anchor: re.Match[str], at: int) -> int:
    """Where the amount would begin that has this anchor."""
    start = anchor.start()
    if anchor[0].isalpha() and anchor[0].isascii():  # "half a" before "million"
        spelled = SPELLED.search(text, max(at, start - 40), start)
        return _before(text, spelled.start(), at) if spelled else start
    return _before(text, start, at)


def _before(text: str, start: int, at: int) -> int:
    prefix = _patterns().prefix.search(text, max(at, start - 7), start)
    return prefix.start() if prefix else start


def _single(text: str, match: re.Match[str]) -> Amount | None:
    pre, post, mult = (match[g] for g in ("pre1", "post1", "mult1"))
    if not (pre or post or mult) or (pre and not mult and _is_lettered(form_of(pre), match["num1"])):
        return None
    if mult and mult.endswith("grand"):
        post = post or "quid"
    worth = value(match["num1"], mult)
    if worth is None or worth <= 0 or (pre is None and not _certain(text, match, worth)):
        return None
    end = match.end("mult1") if mult else match.end("num1")
    return Amount(match.start(), end if pre or not post else match.end(), worth, None, form_of(pre or post))


def _is_lettered(form: str, number: str) -> bool:
    """Whether what looks like a currency may be the letters of a name: N17, kr7, Rs9."""
    return form.isalpha() and form.isascii() and len(form) < SHORTEST_CODE and len(number) < len("1000")


def _certain(text: str, match: re.Match[str], worth: float) -> bool:
    """Whether a number without a sign before it is money at all."""
    post = form_of(match["post1"])
    if FIGURE_OF_SPEECH.match(text, match.end()) or LIKE.search(text, max(0, match.start() - LOOK), match.start()):
        return False
    if post.startswith("euro") and NOT_EURO.match(text, match.end()):
        return False
    short = bool(match["mult1"]) and len(match["mult1"].strip(LOOSE)) <= 2
    if not post:  # "20 m" and "two m" are lengths, "20m" may be money
        return not (short and (len(match["mult1"]) > 2 or match["mult1"][0] in LOOSE or match["num1"].isalpha()))
    if post == "pounds" and (
        TO_PAY.search(text, max(0, match.start() - LOOK), match.start()) or EACH.match(text, match.end())
    ):
        return True
    return worth >= SMALL or post.rstrip("s") in ("euro", "quid", "dollar") or len(post) == 1


def _range(text: str, match: re.Match[str]) -> Amount | None:
    pre, post, separator = (match[g] for g in ("pre1", "post1", "sep"))
    forms = {form_of(f) for f in (pre, post, match["pre2"], match["post2"]) if f}
    codes = {uses_of(form) for form in forms}
    if len(codes) > 1 or not (forms or match["mult2"]):
        return None
    if not _joins(text[max(0, match.start() - LOOK) : match.start()], separator.strip().lower(), match):
        return None
    high = value(match["num2"], match["mult2"])
    plain = value(match["num1"], match["mult1"])
    if high is None or plain is None:
        return None
    low = value(match["num1"], match["mult2"]) if plain < 1000 and not match["mult1"] else plain
    if low is None or not 0 < low < high or (not match["mult2"] and high < SMALL):
        return None
    end = match.end("mult2") if match["mult2"] else match.end("num2")
    owned = match["pre2"] or (pre and not match["post2"])
    return Amount(match.start(), end if owned else match.end(), low, high, min(forms, default=""))


def _joins(before: str, separator: str, match: re.Match[str]) -> bool:
    """Whether the separator makes a range of its two numbers, by the words before it."""
    if separator == "/":  # "£20/25m", but not "£18/£13"
        return match["mult2"] is not None
    if separator == "and":
        return BETWEEN.search(before) is not None
    if separator == "or":  # "four or five million", but not "£4m or £5m"
        return not match["mult1"]
    return separator != "to" or CHANGE.search(before) is None
