"""Numbers without a currency ("bid 15 million and got nowhere"): which are money, and which money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.money.amount import Amount

__all__ = ["with_currencies"]

# What may stand around a bare "15 million" that is money; never around people, yards or shirts.
BARE_AFTER = re.compile(
    r"\s*(?:[.,;:!?)\]\"'“”‘’…\n+]|$|[-–—]\s)|[-\s]{1,2}(?:for|from|and|or|plus|to|up|at|on|in|by|but|was|is|would|will|could|if"
    r"|when|because|with|depending|before|after|as|while|more|less|upfront|a\s(?:week|year|season|month)|yesterday|today"
    r"|this|last|next|bids?|offers?|deals?|fee|move|price|valuation|release|buy-?out|clause|transfer|proposal|switch|swoop"
    r"|signing|now|we|they|he|it|the|not|isn|doesn|does|cash|down|then|that|being|each|add-?ons?|bonus\w*|turned|rejected|knocked"
    r"|refused|made|tabled|has|have|had|were|are|who|which|according|through|under|over|only|so|still|must)\b",
    re.IGNORECASE,
)
BARE_BEFORE = re.compile(
    r"(?:\b(?:bid|bids|bidding|offer|offers|offered|offering|pay|pays|paid|paying|cost|costs|worth|for|at|of|with|want|wants"
    r"|wanted|ask|asks|asked|asking|demand|demands|spend|spent|me|him|us|them|is|was|be|were|receive|receives|accept|accepted"
    r"|refused|rejected|down|above|below|than|over|under|to|about|around|nearly|almost|least|like|another|further|plus|and|or"
    r"|between|of|north|a|in|until|said|reach|value|price|fee|put|got|get|took|take|raised?|then|go|goes|are|earns?|['’]s)|[,(+\"“'‘:–—-])\s*$",
    re.IGNORECASE,
)
MONEY_WORD = re.compile(
    r"\b(?:bid|offer|pa(?:y|id)|cost|worth|fee|price|s(?:ell|old|ale|pen[dt])|buy|bought|clause|value|ask|demand|money|sum|deal"
    r"|transfer|contract|salary|wage|want|leav|release|figure|accept|refuse|reject|turn|propos|raise|receive|sign)",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:population|audience|viewers|followers|fans|people|views|views of|copies|shirts|inhabitants|metres|meters"
    r"|yards|miles|sprint|distance|height|feet)\b",
    re.IGNORECASE,
)
GLUED_BEFORE = re.compile(
    r"\b(?:bid(?:\sof)?|offer(?:ed|ing)?(?:\sof)?|fee\sof|price\sof|worth|pay|paid|costs?|sold\sfor|bought\sfor|signed\sfor"
    r"|valued\sat|deal\sof|clause\sof|proposal\sof|asking\sfor|wants?|turned\sdown|rejected|between)\s+"
    r"(?:(?:a|an|about|around|over|up\sto|nearly|almost|at\sleast|some|initial)\s+){0,2}$",
    re.IGNORECASE,
)
COORDINATED = re.compile(r"(?:\band|\bplus|\bto|\bor|[,+])\s*$")
GLUED_AFTER = re.compile(
    r"[-\s](?:bids?|offers?|deals?|fee|transfer|release|buy-?out|move\sfor|valuation)\b", re.IGNORECASE
)
LOOK = 90  # characters read on either side


def with_currencies(text: str, found: list[Amount]) -> Iterator[Amount]:
    """Gives a bare "15 million" the currency that the text makes certain, or drops it."""
    counts = Counter(a.currency for a in found if a.currency)
    last: Amount | None = None  # the amount before it with a sign of its own, outside brackets
    for position, amount in enumerate(found):
        if amount.currency:
            if not (last and text[last.end : amount.start].strip() == "("):
                last = amount
            yield amount
            continue
        following = next((a for a in found[position + 1 : position + 4] if a.currency), None)
        currency = _currency_near(text, amount, last, following, counts)
        if currency and _bare_money(text, amount, last):
            yield replace(amount, currency=currency)


def _currency_near(
    text: str, amount: Amount, last: Amount | None, following: Amount | None, counts: Counter[str]
) -> str | None:
    if len(counts) == 1:
        return next(iter(counts))
    if last is not None and amount.start - last.end < 400 and "\n" not in text[last.end : amount.start]:
        return last.currency
    if following is not None and following.start - amount.end < 400 and "\n" not in text[amount.end : following.start]:
        return following.currency
    return None


def _bare_money(text: str, amount: Amount, last: Amount | None) -> bool:
    """Whether the words around a number without a currency speak of money."""
    before = text[max(0, amount.start - LOOK) : amount.start]
    before = re.split(r"[\n.!?](?=\s)", before)[-1]
    after = text[amount.end : amount.end + LOOK]
    if COUNTED.search(before[-40:]) or COUNTED.search(after[:25]):
        return False
    if text[amount.end - 1 : amount.end].lower() in ("m", "k", "b"):
        near = last is not None and amount.start - last.end < LOOK and COORDINATED.search(before)
        return bool(GLUED_BEFORE.search(before) or GLUED_AFTER.match(after) or (near and BARE_AFTER.match(after)))
    return bool(
        BARE_AFTER.match(after)
        and (BARE_BEFORE.search(before) or not before.strip())
        and (MONEY_WORD.search(before) or MONEY_WORD.search(after))
    )
