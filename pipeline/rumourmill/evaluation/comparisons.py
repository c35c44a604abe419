"""For each figure: which items are compared, when two mean the same, and what is asked of those that do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rumourmill.evaluation.figures import Report
from rumourmill.evaluation.items import (
    Date,
    Fee,
    Forms,
    Item,
    Move,
    Name,
    Quote,
    Reading,
)
from rumourmill.evaluation.matching import bare_date, overlap, pair, same_amount, same_club, same_person

__all__ = ["COMPARISONS", "FIGURES", "compare", "empty_report"]

MOVE_MONEY = frozenset({"bid", "fee", "asking_price", "release_clause", "loan_fee", "add_ons"})
ALIKE = ({"agreed", "completed"}, {"interest", "talks"})  # statuses that count as one
SAME_QUOTE = 0.7  # of the words shared

T = TypeVar("T", bound=Item)


def _always(_: Any) -> bool:
    return True


def _required(item: Item) -> bool:
    return not item.optional


@dataclass(frozen=True)
class Question(Generic[T]):
    """What is asked of a gold item and the item found for it; its answers are a share."""

    figure: str
    right: Callable[[T, T], bool]
    asked: Callable[[T], bool] = _always  # of the gold item: whether it has an answer


@dataclass(frozen=True)
class Comparison(Generic[T]):
    """How one table is held against gold; what is found, spurious and missed is a tally."""

    figure: str
    items: Callable[[Reading], Sequence[T]]
    same: Callable[[T, T], bool]  # gold item, found item
    closest: Callable[[T, T], bool] | None = None  # partners that are taken before the `same` ones
    counts: Callable[[T, Sequence[T]], bool] | None = None  # found item, gold items: whether it is compared at all
    questions: tuple[Question[T], ...] = ()


def same_player(gold: Name, found: Name) -> bool:
    """A form that gold lists is the name found."""
    return _is_person(gold.forms, found.forms)


def same_named_club(gold: Name, found: Name) -> bool:
    """A form that gold lists is the name found."""
    return _is_club(gold.forms, found.forms)


def same_fee(gold: Fee, found: Fee) -> bool:
    """Amount and currency are equal, and the upper end of a range that gold has."""
    upper = not gold.amount_max or same_amount(found.amount_max or 0.0, gold.amount_max)
    return found.currency == gold.currency and same_amount(found.amount, gold.amount) and upper


def same_use(gold: Fee, found: Fee) -> bool:
    """The money is for a move, for pay, or for neither, in both."""
    return len({"move" if fee.kind in MOVE_MONEY else fee.kind for fee in (gold, found)}) == 1


def same_expression(gold: Date, found: Date) -> bool:
    """One text is within the other."""
    a, b = bare_date(gold.text), bare_date(found.text)
    return bool(a and b) and (a in b or b in a)


def equal_expression(gold: Date, found: Date) -> bool:
    """The texts are equal."""
    return bare_date(gold.text) == bare_date(found.text)


def same_words(gold: Quote, found: Quote) -> bool:
    """Most words are shared."""
    return overlap(gold.words, found.words) >= SAME_QUOTE


def same_speaker(gold: Quote, found: Quote) -> bool:
    """The same person or organisation, or nobody in both."""
    stated = gold.speaker
    return same_person(stated, found.speaker) or (bool(stated) and same_club(stated, found.speaker))


def is_quotation(found: Quote, gold: Sequence[Quote]) -> bool:
    """It is long enough to be one, or gold has it nevertheless."""
    return not found.is_short or any(same_words(quote, found) for quote in gold)


def same_move(gold: Move, found: Move) -> bool:
    """Player and destination are the same; no destination in both will do."""
    return _is_person(gold.player, found.player) and _is_club(gold.to_club, found.to_club)


def same_status(gold: Move, found: Move) -> bool:
    """The status is equal, or as near as nobody minds: agreed and completed, interest and talks."""
    return gold.status == found.status or any({gold.status, found.status} <= alike for alike in ALIKE)


def _is_person(gold: Forms, found: Forms) -> bool:
    return any(same_person(form, found[0]) for form in gold)


def _is_club(gold: Forms, found: Forms) -> bool:
    if not gold or not found:
        return gold == found
    return any(same_club(form, found[0]) for form in gold)


COMPARISONS: tuple[Comparison[Any], ...] = (
    Comparison("players", lambda reading: reading.players, same_player),
    Comparison("clubs", lambda reading: reading.clubs, same_named_club),
    Comparison(
        "fees",
        lambda reading: reading.fees,
        same_fee,
        questions=(
            Question("fee kind (move/wage/other)", same_use),
            Question("fee kind (fine)", lambda gold, found: gold.kind == found.kind),
        ),
    ),
    Comparison(
        "dates",
        lambda reading: reading.dates,
        same_expression,
        closest=equal_expression,
        questions=(
            Question(
                "date value",
                lambda gold, found: (gold.first, gold.last) == (found.first, found.last),
                asked=lambda gold: bool(gold.first and gold.last),
            ),
        ),
    ),
    Comparison(
        "quotes",
        lambda reading: reading.quotes,
        same_words,
        counts=is_quotation,
        questions=(Question("speaker", same_speaker, _required),),
    ),
    Comparison(
        "quotes+speaker",
        lambda reading: reading.quotes,
        lambda gold, found: same_words(gold, found) and (gold.optional or same_speaker(gold, found)),
        counts=is_quotation,
    ),
    Comparison(
        "transfers",
        lambda reading: reading.transfers,
        same_move,
        questions=(
            Question("transfer from_club", lambda gold, found: _is_club(gold.from_club, found.from_club), _required),
            Question("transfer status", same_status, _required),
            Question("transfer fee", lambda gold, found: same_amount(found.price, gold.price), _required),
        ),
    ),
    Comparison(
        "transfers+status",
        lambda reading: reading.transfers,
        lambda gold, found: same_move(gold, found) and (gold.optional or same_status(gold, found)),
    ),
)
"""The tallies, in the order in which they are shown."""

PUBLISHED_ON = "published_on"
TALLIES = tuple(comparison.figure for comparison in COMPARISONS)
SHARES = (*(question.figure for comparison in COMPARISONS for question in comparison.questions), PUBLISHED_ON)
FIGURES = (*TALLIES, *SHARES)
"""The names of all figures, in the order in which they are shown."""


def empty_report(articles: Iterable[str]) -> Report:
    """All figures before anything is counted."""
    return Report(TALLIES, SHARES, articles)


def compare(report: Report, article: str, gold: Reading, found: Reading) -> None:
    """Count one article in every figure of a report.

    Args:
        report: what is counted into.
        article: its article_id.
        gold: what it states.
        found: what was found in it.
    """
    for comparison in COMPARISONS:
        _tally(report, article, comparison, comparison.items(gold), comparison.items(found))
    if gold.published_on:
        right = found.published_on == gold.published_on
        report.shares[PUBLISHED_ON].ask(article, right, found.published_on, gold.published_on)


def _tally(report: Report, article: str, comparison: Comparison[T], gold: Sequence[T], found: Sequence[T]) -> None:
    if comparison.counts:
        found = [item for item in found if comparison.counts(item, gold)]
    pairing = pair(gold, found, comparison.same, comparison.closest)
    report.tallies[comparison.figure].count(article, pairing)
    for wanted, had in pairing.pairs:
        for question in comparison.questions:
            if question.asked(wanted):
                report.shares[question.figure].ask(article, question.right(wanted, had), had, wanted)
