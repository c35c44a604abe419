"""Numbers without a currency ("bid 15 million and got nowhere"): which are money, and which money.

"15 million" is money in a text that speaks of money unless it counts something (people, views, copies); "15m" may be a
length, and is money only beside words of money.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rumourmill.money.amount import Amount

__all__ = ["with_currencies"]

MONEY = re.compile(
    r"\b(?:bids?|bidding|offer|pa(?:y|id)|cost|worth|fees?\b|price|s(?:ell|old|ale|pen[dt])|buy|bought|clause|valu|rated\b|ask"
    r"|demand|money|cash|sums?\b|deal|transfer|contract|salar|wage|earn|want|leave|release|figure|accept|refus|reject|turn(?:ed)?"
    r"\sdown|propos|rais|receiv|bonus|add-?ons?|instalment|up\s?front|debt|budget|profit|loss|outlay|initial|ris(?:e|ing)"
    r"|fund|invest|sponsor|prize|income|turnover|redemption|due\b|listen|open(?:ed)?\sat|got\b|get\b|table|plate|took\b)",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:population|audiences?|viewers?|followers?|fans|people|viewed|views|copies|shirts\ssold|inhabitants|metres|meters|yards"
    r"|miles|sprint|distance|height|feet|watched|seen|(?:city|nation|country)\sof|streamed|votes|likes|downloads|subscribers|streets"
    r"|users|souls|listeners|in\sfront\sof)\b",
    re.IGNORECASE,
)
# What may follow "15 million" that is money: an end, a little word, a word of money; any other word is what it counts.
FOLLOWED = re.compile(
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
ENDED = re.compile(r"\s*(?:[.!?]|$)")
SENTENCE_END = re.compile(r"\n|[.!?…][\"'”’)]*\s")
OPENED = ("(", "[", "/")  # what stands between an amount and its equivalent
LOOK = 90  # characters read on either side
NEAR = 45  # and for "15m"
STORY = 400  # within so many an amount lends its currency
CERTAIN = 0.75  # share of the text's amounts that one currency must have to be the story's


def with_currencies(text: str, found: list[Amount], home: str) -> Iterator[Amount]:
    """Gives a bare "15 million" the currency that the text makes certain, or drops it.

    Args:
        text: the text.
        found: its amounts; those without a currency have an empty one.
        home: the currency of bare numbers where no amount has one of its own; may be empty.

    Yields:
        The amounts that are money, each with its currency.
    """
    if all(amount.currency for amount in found):
        yield from found
        return
    told = [a for n, a in enumerate(found) if a.currency and not (n and _is_equivalent(text, found[n - 1], a))]
    counts = Counter(a.currency for a in told)
    worth: dict[float, str] = {}
    for amount in told:
        worth.setdefault(amount.amount, amount.currency)
    last: Amount | None = None  # the amount of money before it
    position = 0
    for amount in found:
        while position < len(told) and told[position].start <= amount.start:
            position += 1
        if amount.currency:
            yield amount
            last = amount
            continue
        near = (*told[max(0, position - 1) : position], *told[position : position + 1])
        currency = worth.get(amount.amount) or (_currency_near(text, amount, near, counts) if told else home)
        if currency and _is_money(text, amount, last):
            last = replace(amount, currency=currency)
            yield last


def _is_equivalent(text: str, before: Amount, amount: Amount) -> bool:
    """Whether an amount says in brackets what the one before it is worth."""
    return text[before.end : amount.start].strip() in OPENED


def _currency_near(text: str, amount: Amount, near: Sequence[Amount], counts: Counter[str]) -> str | None:
    """The text's one currency, or that of the nearest amount in the paragraph, or that of most of the text."""
    if len(counts) == 1:
        return next(iter(counts))
    for other in near:
        between = text[other.end : amount.start] if other.start < amount.start else text[amount.end : other.start]
        if len(between) < STORY and "\n" not in between:
            return other.currency
    currency, most = counts.most_common(1)[0]
    return currency if most >= CERTAIN * counts.total() and most > 1 else None


def _is_money(text: str, amount: Amount, last: Amount | None) -> bool:
    """Whether the words around a number without a currency speak of money."""
    before = SENTENCE_END.split(text[max(0, amount.start - LOOK) : amount.start])[-1]
    after = SENTENCE_END.split(text[amount.end : amount.end + LOOK])[0]
    if COUNTED.search(before[-NEAR:]) or COUNTED.search(after[:25]):
        return False
    if text[amount.end - 1].lower() in ("m", "k", "b"):
        if LENGTH_AFTER.match(after) and not MONEY.search(before):
            return False
        near = last is not None and amount.start - last.end < LOOK and COORDINATED.search(before)
        told = MONEY.search(before[-NEAR:]) and not LENGTH_BEFORE.search(before)
        return bool(MONEY_AFTER.match(after) or ((told or near) and FOLLOWED.match(after)))
    if FOLLOWED.match(text, amount.end) is None:
        return False
    if text[amount.end - 8 : amount.end].lower() == "thousand":  # whole millions are seldom anything but money
        return bool(MONEY_AFTER.match(after) or MONEY.search(before[-NEAR:]))
    alone = not before.strip() and ENDED.match(after)
    return bool(alone or MONEY.search(text, max(0, amount.start - STORY), amount.end + LOOK))
