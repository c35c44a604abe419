"""Amounts of money: value, pounds, kind and the player whose transfer they belong to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from rumourmill import money
from rumourmill.money import Amount, currencies, exchange_rates, kinds, qualifiers
from rumourmill.money.amount import Place
from rumourmill.money.player_link import CONTEXT, Mention, Players
from rumourmill.nlp.extensions import Row, sentence_of
from rumourmill.nlp.tokens import text_of

__all__ = ["Fees", "create"]

# "€60m (£52.6m)", "€60m/£52.6m", "£52.6m (about €60m)": an amount and its equivalent, two rows.
OPENED = re.compile(
    r"\s?[(\[/]\s?(?:about|around|approx\.?|approximately|roughly|or|some|circa|c\.|just over|nearly|~|≈)?\s?", re.I
)
CLOSED = re.compile(r"\s?(?:[)\]/,;]|at the time|at today|at current)", re.I)
# A bid may be for a club: with these words around an amount, and without a player, it belongs to no transfer.
TAKEOVER = re.compile(
    r"\b(?:take-?over|investors?|investment|stakes?|shares|shareholders?|consortium|buy the club|owners?)\b"
)
COMPENSATION = re.compile(r"\bcompensation\b")  # for a coach, if no player is named
FOR_SOMEBODY = re.compile(r"\sfor\s(?:[A-Z]|him\b|her\b)")
SMALLEST_PRICE = 500  # of a player; less is the price of a ticket
LIKELY_RATIO = 1.35  # of an equivalent and its value at the day's rate; with a larger one it is another amount
MAX_SENTENCE = 2000  # characters; of a longer sentence, which is noise, a row has the text around the amount
MARGIN = 500  # characters on either side of the amount in such a row


class Fees:
    """Write doc.spans["fees"] and doc._.fees."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """Return one row per amount, in text order.

        Args:
            doc: a Doc with sentences, `doc.spans["players"]` and `doc._.published_on`.

        Returns:
            Rows with the columns of the table `fees`, except `article_id`.
        """
        text = text_of(doc)
        amounts = money.find(text, _home_currency(doc))
        if not amounts:
            return []
        groups = list(_groups(text, amounts, doc._.published_on))
        sentences = _Sentences(doc)
        places = [_place(text, group, sentences) for group in groups]
        mentions = (Mention(m.start_char, m.end_char, m.kb_id_) for m in doc.spans.get("players", ()))
        players = Players(text, mentions)
        rows: list[Row] = []
        whose: str | None = None
        for n, (group, place, named) in enumerate(zip(groups, places, kinds.kinds(text, places), strict=True)):
            kind = "other" if _is_no_move(text, group[0], place, named, players) else named
            period = _period(text, group, place.end) if kind == "wage" else None
            if not (n and whose and players.goes_on(places[n - 1], place)):
                whose = players.nearest(place)
            player = None if kind == "other" else whose
            stated = next((a for a in group if a.currency == "GBP"), None)
            rows += [
                {
                    **_value(text, amount, stated, doc._.published_on),
                    "qualifier": qualifiers.qualifier(text, amount.start, amount.end),
                    "kind": kind,
                    "period": period,
                    "player": player,
                    "sentence": sentences.text(amount),
                }
                for amount in group
            ]
        return rows

    def set_annotations(self, doc: Doc, rows: list[Row]) -> None:
        """Write the rows, and token-aligned spans with the kind as label."""
        doc._.fees = rows
        spans = [doc.char_span(r["start"], r["end"], label=r["kind"], alignment_mode="expand") for r in rows]
        doc.spans["fees"] = filter_spans([span for span in spans if span is not None])


def _home_currency(doc: Doc) -> str:
    """Return the currency of the countries of all clubs; empty if they differ or are unknown."""
    day = doc._.published_on
    homes = {currencies.of_country(club["country"] or "", day) for club in doc._.clubs}
    return homes.pop() if len(homes) == 1 else ""


def _groups(text: str, amounts: Sequence[Amount], day: str | None) -> list[list[Amount]]:
    """Group each amount with the equivalents in brackets after it."""
    groups: list[list[Amount]] = []
    for amount in amounts:
        if groups and _is_equivalent(text, groups[-1], amount, day):
            groups[-1].append(amount)
        else:
            groups.append([amount])
    return groups


def _is_equivalent(text: str, group: list[Amount], amount: Amount, day: str | None) -> bool:
    last = group[-1]
    gap = text[last.end : amount.start]
    linked = OPENED.fullmatch(gap) or (len(group) > 1 and gap.strip() in (",", ";", "/", "or"))
    if not linked or amount.currency in {a.currency for a in group} or not CLOSED.match(text, amount.end):
        return False
    ours, theirs = (exchange_rates.pounds_per_unit(a.currency, day) for a in (group[0], amount))
    if ours is None or theirs is None:
        return True
    ratio = amount.amount * theirs / (group[0].amount * ours)
    return 1 / LIKELY_RATIO < ratio < LIKELY_RATIO


def _value(text: str, amount: Amount, stated: Amount | None, day: str | None) -> Row:
    """Return the columns of offsets, text and value."""
    pounds: float | None = amount.amount
    pounds_max, basis = amount.amount_max, "stated"
    if amount.currency != "GBP":
        if stated is not None:
            pounds, pounds_max, basis = stated.amount, stated.amount_max, "equivalent"
        else:
            rate = exchange_rates.pounds_per_unit(amount.currency, day)
            basis = "none" if rate is None else "converted"
            pounds, pounds_max = _times(amount.amount, rate), _times(amount.amount_max, rate)
    return {
        "start": amount.start,
        "end": amount.end,
        "text": text[amount.start : amount.end],
        "amount": amount.amount,
        "amount_max": amount.amount_max,
        "currency": amount.currency,
        "amount_gbp": pounds,
        "amount_max_gbp": pounds_max,
        "gbp_basis": basis,
    }


def _times(amount: float | None, rate: float | None) -> float | None:
    return None if amount is None or rate is None else round(amount * rate, 2)


def _place(text: str, group: list[Amount], sentences: _Sentences) -> Place:
    start, end = group[0].start, group[-1].end
    if len(group) > 1 and text[end : end + 1] in (")", "]"):
        end += 1
    first, last = sentences.bounds(start)
    return Place(start, end, first, max(last, end), _period(text, group, end) is not None, group[0].amount)


def _period(text: str, group: list[Amount], end: int) -> str | None:
    found = (qualifiers.period(text, a.start, a.end) for a in group)
    return qualifiers.period(text, group[0].start, end) or next((p for p in found if p), None)


def _is_no_move(text: str, amount: Amount, place: Place, kind: str, players: Players) -> bool:
    """Return whether a price in a sentence without a player is that of a club, a coach or a ticket."""
    if kind not in ("bid", "fee", "asking_price") or players.are_near(place) or FOR_SOMEBODY.match(text, place.end):
        return False
    if COMPENSATION.search(text[max(place.sentence_start, place.start - CONTEXT) : place.end].lower()):
        return True
    around = text[max(0, place.start - CONTEXT) : min(place.sentence_end, place.end + CONTEXT)]
    return amount.amount < SMALLEST_PRICE or len(TAKEOVER.findall(around.lower())) >= 2


class _Sentences:
    """The sentences of a Doc, by character offset."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.raw = doc, text_of(doc)
        self.starts = [sentence.start_char for sentence in doc.sents]
        self.ends = [*self.starts[1:], len(self.raw)]
        self.texts: dict[int, str] = {}

    def bounds(self, offset: int) -> tuple[int, int]:
        number = max(0, bisect_right(self.starts, offset) - 1)
        return self.starts[number], self.ends[number]

    def text(self, amount: Amount) -> str:
        first, last = self.bounds(amount.start)
        if last - first > MAX_SENTENCE:
            return self.raw[max(first, amount.start - MARGIN) : min(last, amount.end + MARGIN)].strip()
        if first not in self.texts:
            self.texts[first] = sentence_of(self.doc, amount.start, amount.end).text
        return self.texts[first]


@Language.factory("fees", assigns=["doc._.fees", "doc.spans"], requires=["doc.sents", "doc.spans"], default_config={})
def create(nlp: Language, name: str) -> Fees:
    """Create the component."""
    return Fees()
