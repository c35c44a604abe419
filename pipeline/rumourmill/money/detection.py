"""Detects amounts of money in raw text: symbols, codes and words of currencies, multipliers, ranges.

A fast search finds anchors, the characters and words that every amount contains (a digit, a currency symbol,
"million"); the full pattern is matched only there. A number without a currency ("bid 15 million") is an amount only
where the other amounts of the text, or the countries of the clubs, make its currency certain. Every quantifier is
bounded, so that the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rumourmill.money.currencies import candidate_currencies, currency_forms, normalise_form, resolve_currency
from rumourmill.money.numbers import (
    ARTICLE,
    DIGITS,
    GAP,
    LOOSE,
    MULTIPLIER,
    SPACE,
    WORDS,
    parse_number,
)
from rumourmill.nlp.noise import prose

__all__ = ["Amount", "AmountContext", "find_amounts"]

SEPARATOR = rf"{SPACE}{{0,2}}(?:[-–—\u2011\u2212]|to|and|or|/(?![^/]{{0,9}}/)){SPACE}{{0,2}}"
BRIDGE = re.compile(SEPARATOR, re.IGNORECASE)
SPELLED = re.compile(rf"(?:{WORDS}{SEPARATOR})?(?:{WORDS}|\b(?:{ARTICLE}))[ -]$", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
# "raised from £20m to £25m" has two amounts, "anything from £20m to £25m" is one range.
CHANGE = re.compile(
    r"\b(?:rais|increas|improv|upp(?:ed|ing)|up\b|rose\b|ris|drop|cut|reduc|lower|fell\b|fall|bump|hik|slash|jump|climb"
    r"|went\b|lift|double)[^.;!?\n]{0,60}$|(?<!ranging )(?<!range )(?<!anything )(?<!anywhere )\bfrom\s+$",
    re.IGNORECASE,
)
# A number of pounds or dollars this small, written out, is a weight or a figure of speech.
SMALL = 100
PRICE_BEFORE = re.compile(
    r"\b(?:for|pa(?:y|id)|costs?|fined|charged?|price of|fee of)\s(?:just\s|only\s)?$", re.IGNORECASE
)
PER_UNIT = re.compile(r"\s(?:a|per|each)\s(?:week|month|year|head|ticket|man|game|match)\b", re.IGNORECASE)
NOT_EURO = re.compile(r"\s?(?:20\d\d|'?\d\d\b|qualif|champion|final|tournament|win)", re.IGNORECASE)
# "the million-dollar question", "three grand finals", "a million-to-one shot"; "felt like a million dollars".
FIGURE_OF_SPEECH = re.compile(r"[\s-](?:questions?|finals?|slams?|prix|national|old|to[\s-]one)\b", re.IGNORECASE)
SIMILE = re.compile(r"\b(?:(?:look|feel)(?:s|ed|ing)?|felt|like|one in)\s$", re.IGNORECASE)
USES = ("symbol", "code", "word", "lead")
CODE_LENGTH = 3  # letters of an ISO 4217 code
CONTEXT = 90  # characters of text that are examined on either side of an amount


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount, or range of amounts, of money in a text.

    Args:
        start: offset of the first character.
        end: offset after the last character.
        amount: the value in whole units of the currency; of a range its lower end.
        amount_max: the upper end of a range, else None.
        currency: ISO 4217 code.
    """

    start: int
    end: int
    amount: float
    amount_max: float | None
    currency: str


@dataclass(frozen=True, slots=True)
class AmountContext:
    """The position of an amount in its sentence, as the rules for kinds and players need it.

    Args:
        start: offset of the first character.
        end: offset after the last character, an equivalent in brackets ("€60m (£52.6m)") included.
        sentence_start: offset of the first character of the sentence.
        sentence_end: offset after the last character of the sentence.
        periodic: whether the amount is paid per week, month or year.
        amount: the value in units of its currency.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    periodic: bool
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class _Patterns:
    single: re.Pattern[str]  # a number with the currency before or after it
    span: re.Pattern[str]  # two of these with a separator
    anchor: re.Pattern[str]  # a character or word that every amount contains
    prefix: re.Pattern[str]  # the letters of a currency that end where the anchor begins


@cache
def _patterns() -> _Patterns:
    """Compile the patterns from currencies.csv."""
    symbols, codes, words, leads = ("|".join(map(re.escape, currency_forms(use))) for use in USES)
    before = (
        rf"(?:(?:(?:(?<![a-z])(?:{symbols})|[$£€])|(?<![a-z])(?-i:{codes})){SPACE}{{0,2}}(?=[\d.½¼¾a-z])"
        rf"|(?<![a-z])(?:{leads}){SPACE}(?=[\d.,]{{1,12}}{GAP}(?:[mbk]|thousand)))"
    )
    after = rf"(?:{GAP}(?:(?:of |in )?(?:{words})s?|(?-i:{codes}))(?![a-z])|{SPACE}?(?:{symbols})(?![\w£€$]))"

    def numbered(n: str) -> str:
        number = rf"(?P<num{n}>{DIGITS}|{WORDS})"
        alone = r"(?<!\d)(?<!\d[.,/])" if n == "1" else ""
        return rf"(?:(?P<pre{n}>{before})|{alone}){number}(?P<mult{n}>{MULTIPLIER})?(?P<post{n}>{after})?"

    symbol_characters = "".join(
        re.escape(c) for c in sorted({f[0] for f in currency_forms("symbol")}) if not c.isascii() or c in "$&"
    )
    lettered = [f for f in currency_forms("symbol") + currency_forms("code") if f[0].isascii() and f[0] not in "$&"]
    letters = "|".join(re.escape(f.rstrip("$£")) for f in lettered)
    return _Patterns(
        single=re.compile(numbered("1"), re.IGNORECASE),
        span=re.compile(f"{numbered('1')}(?P<sep>{SEPARATOR}){numbered('2')}", re.IGNORECASE),
        anchor=re.compile(
            rf"[\d{symbol_characters}mMbBtTgGpPqQeEdD](?:"  # searched for fast
            r"(?:illion|ILLION)(?<=[mMbBtT]......)|(?:housand|HOUSAND)(?<=[mMbBtT].......)|rand(?<=[gG]rand)"
            r"|ounds(?<=[pP]ounds)|uid(?<=[qQ]uid)|uro(?<=[eE]uro)s?\b|ollars(?<=[dD]ollars)"
            rf"|(?<=\d)(?<!\d\d)|(?<=[{symbol_characters}])(?![{symbol_characters}]))"
        ),
        prefix=re.compile(rf"(?<![A-Za-z])(?:{letters}|(?i:{leads})){SPACE}{{0,2}}$"),
    )


def find_amounts(text: str, default_currency: str = "") -> list[Amount]:
    """Find every amount of money in a text.

    Args:
        text: raw text of any length.
        default_currency: ISO 4217 code for numbers without a currency ("15 million") in a text in which no amount has
            one; by default these are skipped.

    Returns:
        Amounts in text order, which never overlap. `text[a.start:a.end]` is the amount as written, without its period
        ("a week") and without a qualifier ("-plus").
    """
    found = list(_scan(text))
    currencies = {form: resolve_currency(form, text) for form in {amount.currency for amount in found} if form}
    found = [replace(amount, currency=currencies.get(amount.currency, "")) for amount in found]
    return list(_with_implicit_currencies(text, found, default_currency))


def _scan(text: str) -> Iterator[Amount]:
    """Yield amounts whose currency is still the form as written; it is empty for a number without a currency."""
    for start, end in prose(text):
        yield from _scan_stretch(text, start, end)


def _scan_stretch(text: str, at: int, stop: int) -> Iterator[Amount]:
    """Yield the amounts between two offsets."""
    patterns = _patterns()
    while (anchor := patterns.anchor.search(text, at, stop)) is not None:
        start = _start_of_amount(text, anchor, at)
        single = patterns.single.match(text, start) or patterns.single.match(text, anchor.start())
        at = anchor.end()
        if single is None:
            continue
        span = patterns.span.match(text, single.start()) if BRIDGE.match(text, single.end()) else None
        found = (span and _parse_range(text, span)) or _parse_single(text, single)
        if found is not None:
            yield found
        at = max(at, found.end if found else single.end("num1"))


def _start_of_amount(text: str, anchor: re.Match[str], at: int) -> int:
    """Return the offset at which the amount with this anchor begins."""
    start = anchor.start()
    if anchor[0].isalpha() and anchor[0].isascii():  # "half a" before "million"
        spelled = SPELLED.search(text, max(at, start - 40), start)
        return _start_of_currency(text, spelled.start(), at) if spelled else start
    return _start_of_currency(text, start, at)


def _start_of_currency(text: str, start: int, at: int) -> int:
    """Return the offset of a currency before `start`, or `start` where there is none."""
    prefix = _patterns().prefix.search(text, max(at, start - 7), start)
    return prefix.start() if prefix else start


def _parse_single(text: str, match: re.Match[str]) -> Amount | None:
    """Return the amount of a match of one number, or None where it is not money."""
    pre, post, mult = (match[g] for g in ("pre1", "post1", "mult1"))
    if not (pre or post or mult) or (pre and not mult and _is_lettered(normalise_form(pre), match["num1"])):
        return None
    if mult and mult.endswith("grand"):
        post = post or "quid"
    worth = parse_number(match["num1"], mult)
    if worth is None or worth <= 0 or (pre is None and not _is_certain(text, match, worth)):
        return None
    end = match.end("mult1") if mult else match.end("num1")
    return Amount(match.start(), end if pre or not post else match.end(), worth, None, normalise_form(pre or post))


def _is_lettered(form: str, number: str) -> bool:
    """Return whether a form of a currency may be the letters of a name: N17, kr7, Rs9."""
    return form.isalpha() and form.isascii() and len(form) < CODE_LENGTH and len(number) < len("1000")


def _is_certain(text: str, match: re.Match[str], worth: float) -> bool:
    """Return whether a number without a currency before it is money."""
    post = normalise_form(match["post1"])
    before = max(0, match.start() - CONTEXT)
    if FIGURE_OF_SPEECH.match(text, match.end()) or SIMILE.search(text, before, match.start()):
        return False
    if post.startswith("euro") and NOT_EURO.match(text, match.end()):
        return False
    short = bool(match["mult1"]) and len(match["mult1"].strip(LOOSE)) <= 2
    if not post:  # "20 m" and "two m" are lengths, "20m" may be money
        return not (short and (len(match["mult1"]) > 2 or match["mult1"][0] in LOOSE or match["num1"].isalpha()))
    if post == "pounds" and (PRICE_BEFORE.search(text, before, match.start()) or PER_UNIT.match(text, match.end())):
        return True
    return worth >= SMALL or post.rstrip("s") in ("euro", "quid", "dollar") or len(post) == 1


def _parse_range(text: str, match: re.Match[str]) -> Amount | None:
    """Return the amount of a match of two numbers, or None where they are not one range."""
    pre, post, separator = (match[g] for g in ("pre1", "post1", "sep"))
    forms = {normalise_form(f) for f in (pre, post, match["pre2"], match["post2"]) if f}
    codes = {candidate_currencies(form) for form in forms}
    if len(codes) > 1 or not (forms or match["mult2"]):
        return None
    if not _is_range(text[max(0, match.start() - CONTEXT) : match.start()], separator.strip().lower(), match):
        return None
    high = parse_number(match["num2"], match["mult2"])
    plain = parse_number(match["num1"], match["mult1"])
    if high is None or plain is None:
        return None
    low = parse_number(match["num1"], match["mult2"]) if plain < 1000 and not match["mult1"] else plain
    if low is None or not 0 < low < high or (not match["mult2"] and high < SMALL):
        return None
    end = match.end("mult2") if match["mult2"] else match.end("num2")
    has_prefix = match["pre2"] or (pre and not match["post2"])
    return Amount(match.start(), end if has_prefix else match.end(), low, high, min(forms, default=""))


def _is_range(before: str, separator: str, match: re.Match[str]) -> bool:
    """Return whether the separator joins its two numbers to a range, given the text before them."""
    if separator == "/":  # "£20/25m", but not "£18/£13"
        return match["mult2"] is not None
    if separator == "and":
        return BETWEEN.search(before) is not None
    if separator == "or":  # "four or five million", but not "£4m or £5m"
        return not match["mult1"]
    return separator != "to" or CHANGE.search(before) is None


# Numbers without a currency. "15 million" is money in a text about money unless it counts something (people, views,
# copies). "15m" may be a length, and is money only beside words of money.

MONEY_WORDS = re.compile(
    r"\b(?:bids?|bidding|offer|pa(?:y|id)|cost|worth|fees?\b|price|s(?:ell|old|ale|pen[dt])|buy|bought|clause|valu|rated\b|ask"
    r"|demand|money|cash|sums?\b|deal|transfer|contract|salar|wage|earn|want|leave|release|figure|accept|refus|reject|turn(?:ed)?"
    r"\sdown|propos|rais|receiv|bonus|add-?ons?|instalment|up\s?front|debt|budget|profit|loss|outlay|initial|ris(?:e|ing)"
    r"|fund|invest|sponsor|prize|income|turnover|redemption|due\b|listen|open(?:ed)?\sat|got\b|get\b|table|plate|took\b)",
    re.IGNORECASE,
)
COUNTED_THINGS = re.compile(
    r"\b(?:population|audiences?|viewers?|followers?|fans|people|viewed|views|copies|shirts\ssold|inhabitants|metres|meters|yards"
    r"|miles|sprint|distance|height|feet|watched|seen|(?:city|nation|country)\sof|streamed|votes|likes|downloads|subscribers|streets"
    r"|users|souls|listeners|in\sfront\sof)\b",
    re.IGNORECASE,
)
# What may follow "15 million" when it is money: punctuation, a function word or a word of money. Any other word is
# what it counts.
MONEY_CONTINUES = re.compile(
    r"\s*(?:[.,;:!?)\]\"'“”‘’…\n+*/]|$|[-–—]\s)|[-\s]{1,2}(?:for|from|and|or|plus|to|up|at|on|in|by|but|was|is|are|were|be|would|will"
    r"|could|can|must|might|may|if|when|because|with|without|depending|before|after|as|while|more|less|apart|away|short|upfront"
    r"|immediately|now|then|later|today|tomorrow|yesterday|on|th(?:is|at|e|ese|ose|ey|ere)|last|next|each|every|per(?!\scent)|net|gross|tax"
    r"|a\b|an\b|we|they|he|she|it|you|i|not|n[o']|isn|doesn|does|down|being|turned|rejected|knocked|refused|made|tabled|has|have|had"
    r"|which|whether|according|through|under|over|only|so|still|straight|cash|guaranteed|spread|payable|bids?|offers?|deals?"
    r"|fee|moves?|price|valuation|rated|valued|release|buy-?out|clause|transfer|proposal|switch|swoop|signing|player|man|striker"
    r"|midfielder|defender|winger|goalkeeper|add-?ons?|bonus\w*|salary|wages?|contract|instalments?|demand|tag|sale|profit"
    r"|loss|debt|budget|outlay|into|out|off|below|above|than|either|too|also|again|since|until|during|within|across)\b",
    re.IGNORECASE,
)
# "from 20m", "within 30m", "a 25m strike", "100m sprint": lengths.
LENGTH_BEFORE = re.compile(
    r"\b(?:from|within|ran|runs?|running|covered|measur\w+|tall)\s(?:about\s|a\s)?$", re.IGNORECASE
)
LENGTH_AFTER = re.compile(
    r"[-\s]{1,2}(?:out|from|away|sprint|dash|screamer|strikes?|runs?|pass|drive|volley|lob|effort|shot|free-?kick|hurdles|relay|race"
    r"|record|tall|long|wide|high|pitch|by\s\d|box|range|further|behind|ahead|final|freestyle)\b",
    re.IGNORECASE,
)
MONEY_AFTER = re.compile(
    r"[-\s](?:bids?|offers?|deals?|fee|transfer|release|buy-?out|clause|move\sfor|valuation|rated|plus\b|valued|price|salary|wages?"
    r"|contract|signing|(?:in|of)\s(?:add|bonus|instal)|up\s?front|(?:a|per|each|every)[-\s](?:week|month|year|season))|\s?\+",
    re.IGNORECASE,
)
COORDINATED = re.compile(r"(?:\band|\bplus|\bto|\bor|\bthen|[,+])\s*(?:a\sfurther\s|another\s)?$")
SENTENCE_ENDS = re.compile(r"\s*(?:[.!?]|$)")
SENTENCE_BREAK = re.compile(r"\n|[.!?…][\"'”’)]*\s")
EQUIVALENT_OPENS = ("(", "[", "/")  # between an amount and its equivalent in another currency
NEAR_CONTEXT = 45  # the same for money words beside "15m", and for counted things
CURRENCY_REACH = 400  # characters within which an amount lends its currency to a number
MAJORITY = 0.75  # proportion of the amounts that must have one currency for it to be the currency of the text


def _with_implicit_currencies(text: str, found: Sequence[Amount], default_currency: str) -> Iterator[Amount]:
    """Yield the amounts that are money, numbers without a currency with the one that the text makes certain.

    Args:
        text: the text.
        found: its amounts; the currency of a number without one is empty.
        default_currency: ISO 4217 code for a text in which no amount has a currency; may be empty.
    """
    if all(amount.currency for amount in found):
        yield from found
        return
    explicit = [a for n, a in enumerate(found) if a.currency and not (n and _is_equivalent(text, found[n - 1], a))]
    counts = Counter(a.currency for a in explicit)
    currency_of: dict[float, str] = {}  # value -> the currency in which the text first gives it
    for amount in explicit:
        currency_of.setdefault(amount.amount, amount.currency)
    previous: Amount | None = None
    position = 0
    for amount in found:
        while position < len(explicit) and explicit[position].start <= amount.start:
            position += 1
        if amount.currency:
            yield amount
            previous = amount
            continue
        near = (*explicit[max(0, position - 1) : position], *explicit[position : position + 1])
        inferred = _nearest_currency(text, amount, near, counts) if explicit else default_currency
        currency = currency_of.get(amount.amount) or inferred
        if currency and _is_money(text, amount, previous):
            previous = replace(amount, currency=currency)
            yield previous


def _is_equivalent(text: str, before: Amount, amount: Amount) -> bool:
    """Return whether an amount gives in brackets the value of the one before it."""
    return text[before.end : amount.start].strip() in EQUIVALENT_OPENS


def _nearest_currency(text: str, amount: Amount, near: Sequence[Amount], counts: Counter[str]) -> str | None:
    """Return the only currency of the text, else the nearest one in the paragraph, else that of the majority."""
    if len(counts) == 1:
        return next(iter(counts))
    for other in near:
        between = text[other.end : amount.start] if other.start < amount.start else text[amount.end : other.start]
        if len(between) < CURRENCY_REACH and "\n" not in between:
            return other.currency
    currency, most = counts.most_common(1)[0]
    return currency if most >= MAJORITY * counts.total() and most > 1 else None


def _is_money(text: str, amount: Amount, previous: Amount | None) -> bool:
    """Return whether the words around a number without a currency are about money."""
    before = SENTENCE_BREAK.split(text[max(0, amount.start - CONTEXT) : amount.start])[-1]
    after = SENTENCE_BREAK.split(text[amount.end : amount.end + CONTEXT])[0]
    if COUNTED_THINGS.search(before[-NEAR_CONTEXT:]) or COUNTED_THINGS.search(after[:25]):
        return False
    if text[amount.end - 1].lower() in ("m", "k", "b"):
        if LENGTH_AFTER.match(after) and not MONEY_WORDS.search(before):
            return False
        coordinated = (
            previous is not None and amount.start - previous.end < CONTEXT and COORDINATED.search(before) is not None
        )
        money_before = MONEY_WORDS.search(before[-NEAR_CONTEXT:]) and not LENGTH_BEFORE.search(before)
        return bool(MONEY_AFTER.match(after) or ((money_before or coordinated) and MONEY_CONTINUES.match(after)))
    if MONEY_CONTINUES.match(text, amount.end) is None:
        return False
    if text[amount.end - 8 : amount.end].lower() == "thousand":  # thousands, unlike millions, often count other things
        return bool(MONEY_AFTER.match(after) or MONEY_WORDS.search(before[-NEAR_CONTEXT:]))
    alone = not before.strip() and SENTENCE_ENDS.match(after)
    return bool(alone or MONEY_WORDS.search(text, max(0, amount.start - CURRENCY_REACH), amount.end + CONTEXT))
