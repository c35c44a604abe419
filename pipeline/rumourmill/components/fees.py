"""The component `fees`: amounts of money with their value in pounds, their kind and their player."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from rumourmill.money import Amount, AmountContext, find_amounts
from rumourmill.money.currencies import country_currency
from rumourmill.money.exchange_rates import pounds_per_unit
from rumourmill.money.kinds import classify_kinds
from rumourmill.money.player_link import CONTEXT, PlayerLinker, PlayerMention
from rumourmill.money.qualifiers import find_period, find_qualifier
from rumourmill.nlp.extensions import Row, sentence_of
from rumourmill.nlp.tokens import text_of

__all__ = ["Fees", "create"]

# "€60m (£52.6m)", "€60m/£52.6m", "£52.6m (about €60m)" are two rows for one sum.
EQUIVALENT_OPENS = re.compile(
    r"\s?[(\[/]\s?(?:about|around|approx\.?|approximately|roughly|or|some|circa|c\.|just over|nearly|~|≈)?\s?", re.I
)
EQUIVALENT_CLOSES = re.compile(r"\s?(?:[)\]/,;]|at the time|at today|at current)", re.I)
# Offers for a whole club: two of these words around an amount without a player near it.
TAKEOVER = re.compile(
    r"\b(?:take-?over|investors?|investment|stakes?|shares|shareholders?|consortium|buy the club|owners?)\b"
)
COMPENSATION = re.compile(r"\bcompensation\b")  # for a coach, without a player near the amount
FOR_PERSON = re.compile(r"\sfor\s(?:[A-Z]|him\b|her\b)")
SMALL_AMOUNT = 500  # below it a price is that of a ticket
MAX_RATE_RATIO = 1.35  # between an equivalent and the amount at the rate of the day; beyond it it is another amount
MAX_SENTENCE = 2000  # characters; of a longer one, which is noise, the row has only the text around the amount
AROUND = 500  # characters of it on either side


class Fees:
    """Sets doc.spans["fees"] and doc._.fees, the rows of the table `fees`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the amounts of a Doc and set the annotations."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Row]:
        """Return a row for every amount, in text order.

        Args:
            doc: a Doc with sentences; `doc.spans["players"]` and `doc._.published_on` are used where it has them.

        Returns:
            Rows with the columns of the table `fees` without `article_id`.
        """
        text = text_of(doc)
        amounts = find_amounts(text, _default_currency(doc))
        if not amounts:
            return []
        groups = list(_groups(text, amounts, doc._.published_on))
        sentences = _Sentences(doc)
        contexts = [_context(text, group, sentences) for group in groups]
        mentions = (PlayerMention(m.start_char, m.end_char, m.kb_id_) for m in doc.spans.get("players", ()))
        players = PlayerLinker(text, mentions)
        rows: list[Row] = []
        linked: str | None = None  # the player of the amount before
        classified_kinds = classify_kinds(text, contexts)
        for n, (group, context, classified) in enumerate(zip(groups, contexts, classified_kinds, strict=True)):
            kind = "other" if _is_no_transfer(text, group[0], context, classified, players) else classified
            period = _period(text, group, context.end) if kind == "wage" else None
            if not (n and linked and players.is_addition(contexts[n - 1], context)):
                linked = players.find_player(context)
            player = None if kind == "other" else linked
            stated = next((a for a in group if a.currency == "GBP"), None)
            rows += [
                {
                    **_value(text, amount, stated, doc._.published_on),
                    "qualifier": find_qualifier(text, amount.start, amount.end),
                    "kind": kind,
                    "period": period,
                    "player": player,
                    "sentence": sentences.text(amount),
                }
                for amount in group
            ]
        return rows

    def set_annotations(self, doc: Doc, rows: list[Row]) -> None:
        """Set the rows on the Doc, and token-aligned spans labelled with the kind."""
        doc._.fees = rows
        spans = [doc.char_span(r["start"], r["end"], label=r["kind"], alignment_mode="expand") for r in rows]
        doc.spans["fees"] = filter_spans([span for span in spans if span is not None])


def _default_currency(doc: Doc) -> str:
    """Return the currency of all clubs of the article; empty where they differ or one is not known."""
    day = doc._.published_on
    currencies = {country_currency(club["country"] or "", day) for club in doc._.clubs}
    return currencies.pop() if len(currencies) == 1 else ""


def _groups(text: str, amounts: Sequence[Amount], day: str | None) -> list[list[Amount]]:
    """Group amounts with the equivalents in brackets after them."""
    groups: list[list[Amount]] = []
    for amount in amounts:
        if groups and _is_equivalent(text, groups[-1], amount, day):
            groups[-1].append(amount)
        else:
            groups.append([amount])
    return groups


def _is_equivalent(text: str, group: list[Amount], amount: Amount, day: str | None) -> bool:
    """Return whether an amount is the value of a group in another currency."""
    last = group[-1]
    gap = text[last.end : amount.start]
    linked = EQUIVALENT_OPENS.fullmatch(gap) or (len(group) > 1 and gap.strip() in (",", ";", "/", "or"))
    if not linked or amount.currency in {a.currency for a in group} or not EQUIVALENT_CLOSES.match(text, amount.end):
        return False
    ours, theirs = (pounds_per_unit(a.currency, day) for a in (group[0], amount))
    if ours is None or theirs is None:
        return True
    ratio = amount.amount * theirs / (group[0].amount * ours)
    return 1 / MAX_RATE_RATIO < ratio < MAX_RATE_RATIO


def _value(text: str, amount: Amount, stated: Amount | None, day: str | None) -> Row:
    """Return the columns of the position and the value of an amount.

    Args:
        text: the article.
        amount: the amount.
        stated: the amount of its group that is in pounds, if any.
        day: ISO day of publication, or None.
    """
    pounds: float | None = amount.amount
    pounds_max, basis = amount.amount_max, "stated"
    if amount.currency != "GBP":
        if stated is not None:
            pounds, pounds_max, basis = stated.amount, stated.amount_max, "equivalent"
        else:
            rate = pounds_per_unit(amount.currency, day)
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


def _context(text: str, group: list[Amount], sentences: _Sentences) -> AmountContext:
    """Return the position of a group in its sentence."""
    start, end = group[0].start, group[-1].end
    if len(group) > 1 and text[end : end + 1] in (")", "]"):
        end += 1
    first, last = sentences.bounds(start)
    return AmountContext(start, end, first, max(last, end), _period(text, group, end) is not None, group[0].amount)


def _period(text: str, group: list[Amount], end: int) -> str | None:
    """Return the period of a group that ends at `end`, or of one of its amounts."""
    found = (find_period(text, a.start, a.end) for a in group)
    return find_period(text, group[0].start, end) or next((p for p in found if p), None)


def _is_no_transfer(text: str, amount: Amount, context: AmountContext, kind: str, players: PlayerLinker) -> bool:
    """Return whether a price without a player near it is that of a club, a coach or a ticket."""
    if (
        kind not in ("bid", "fee", "asking_price")
        or players.has_player_near(context)
        or FOR_PERSON.match(text, context.end)
    ):
        return False
    if COMPENSATION.search(text[max(context.sentence_start, context.start - CONTEXT) : context.end].lower()):
        return True
    around = text[max(0, context.start - CONTEXT) : min(context.sentence_end, context.end + CONTEXT)]
    return amount.amount < SMALL_AMOUNT or len(TAKEOVER.findall(around.lower())) >= 2


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
            return self.raw[max(first, amount.start - AROUND) : min(last, amount.end + AROUND)].strip()
        if first not in self.texts:
            self.texts[first] = sentence_of(self.doc, amount.start, amount.end).text
        return self.texts[first]


@Language.factory("fees", assigns=["doc._.fees", "doc.spans"], requires=["doc.sents", "doc.spans"], default_config={})
def create(nlp: Language, name: str) -> Fees:
    """Create the component."""
    return Fees()
