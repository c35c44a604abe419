"""Definition of every figure: which items are compared, when two match, and which attributes are checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rumourmill.evaluation.annotations import AnnotatedMove, Annotations, Date, Entity, Fee, Item, Names, Quote
from rumourmill.evaluation.matching import (
    is_first_word,
    normalize,
    pair_items,
    same_amount,
    same_club,
    same_last_words,
    same_person,
    strip_function_word,
    word_overlap,
)
from rumourmill.evaluation.metrics import Report

__all__ = ["COMPARISONS", "FIGURES", "compare_article", "empty_report"]

MOVE_MONEY = frozenset({"bid", "fee", "asking_price", "release_clause", "loan_fee", "add_ons"})
EQUIVALENT_STATUSES = ({"agreed", "completed"}, {"interest", "talks"})
MIN_QUOTE_OVERLAP = 0.7

T = TypeVar("T", bound=Item)
Match = Callable[[T, T], bool]  # gold item, predicted item


def _always(_: Any) -> bool:
    return True


def _is_required(item: Item) -> bool:
    return not item.optional


@dataclass(frozen=True)
class AttributeCheck(Generic[T]):
    """One attribute of paired items; the figure is an accuracy."""

    figure: str
    is_right: Match[T]
    applies_to: Callable[[T], bool] = _always  # of the gold item: whether the attribute is annotated


@dataclass(frozen=True)
class Comparison(Generic[T]):
    """The comparison of one list of items; the figure is an F1 score.

    Args:
        figure: its name.
        items: selects the items of an article.
        matches: predicates of a gold and a predicted item, the strictest first (see `pair_items`).
        is_counted: predicate of a predicted item and all gold items; without it every predicted item is counted.
        checks: the attributes compared for each pair.
    """

    figure: str
    items: Callable[[Annotations], Sequence[T]]
    matches: tuple[Match[T], ...]
    is_counted: Callable[[T, Sequence[T]], bool] | None = None
    checks: tuple[AttributeCheck[T], ...] = ()


# Matching of people, the strictest predicate first. A one-word form matches as first word only if it is the first word
# of the full name as well: "Robben", a form of Arjen Robben, is not, so "Robben Barca" is somebody else.
def _equal_names(gold: Names, predicted: Names) -> bool:
    return any(normalize(name) == normalize(predicted[0]) for name in gold)


def _equal_last_words(gold: Names, predicted: Names) -> bool:
    return any(same_last_words(name, predicted[0]) for name in gold)


def _equal_first_word(gold: Names, predicted: Names) -> bool:
    first = normalize(gold[0]).partition(" ")[0]
    return any(is_first_word(name, predicted[0]) for name in gold if normalize(name).partition(" ")[0] == first)


PEOPLE_MATCHES = (_equal_names, _equal_last_words, _equal_first_word)


def _same_club(gold: Names, predicted: Names) -> bool:
    if not gold or not predicted:
        return gold == predicted
    return any(same_club(name, predicted[0]) for name in gold)


def _player_match(match: Callable[[Names, Names], bool]) -> Match[Entity]:
    return lambda gold, predicted: match(gold.names, predicted.names)


def _move_match(match: Callable[[Names, Names], bool], *others: Match[AnnotatedMove]) -> Match[AnnotatedMove]:
    """Return a predicate: players match, destinations are the same or both missing, and `others` hold."""

    def matches(gold: AnnotatedMove, predicted: AnnotatedMove) -> bool:
        same = match(gold.player, predicted.player) and _same_club(gold.to_club, predicted.to_club)
        return same and all(other(gold, predicted) for other in others)

    return matches


def same_fee(gold: Fee, predicted: Fee) -> bool:
    """Return whether currency and amount are equal, and the upper end of the range if gold has one."""
    upper = not gold.amount_max or same_amount(predicted.amount_max or 0.0, gold.amount_max)
    return predicted.currency == gold.currency and same_amount(predicted.amount, gold.amount) and upper


def same_fee_group(gold: Fee, predicted: Fee) -> bool:
    """Return whether both amounts are paid for a move, both are wages, or both are neither."""
    return len({"move" if fee.kind in MOVE_MONEY else fee.kind for fee in (gold, predicted)}) == 1


def equal_expression(gold: Date, predicted: Date) -> bool:
    """Return whether two date expressions are equal."""
    return strip_function_word(gold.text) == strip_function_word(predicted.text)


def overlapping_expression(gold: Date, predicted: Date) -> bool:
    """Return whether one date expression contains the other."""
    a, b = strip_function_word(gold.text), strip_function_word(predicted.text)
    return bool(a and b) and (a in b or b in a)


def same_quote(gold: Quote, predicted: Quote) -> bool:
    """Return whether two quotations share at least 70% of the words of the longer one."""
    return word_overlap(gold.words, predicted.words) >= MIN_QUOTE_OVERLAP


def same_speaker(gold: Quote, predicted: Quote) -> bool:
    """Return whether the speakers are the same person or organisation, or both missing."""
    name = gold.speaker
    return same_person(name, predicted.speaker) or (bool(name) and same_club(name, predicted.speaker))


def is_counted_quote(predicted: Quote, gold: Sequence[Quote]) -> bool:
    """Return whether a predicted quotation is not short, or is in gold all the same."""
    return not predicted.is_short or any(same_quote(quote, predicted) for quote in gold)


def same_status(gold: AnnotatedMove, predicted: AnnotatedMove) -> bool:
    """Return whether the statuses are equal; agreed equals completed, and interest equals talks."""
    return gold.status == predicted.status or any({gold.status, predicted.status} <= s for s in EQUIVALENT_STATUSES)


COMPARISONS: tuple[Comparison[Any], ...] = (
    Comparison("players", lambda article: article.players, tuple(map(_player_match, PEOPLE_MATCHES))),
    Comparison(
        "clubs",
        lambda article: article.clubs,
        (
            lambda gold, predicted: _equal_names(gold.names, predicted.names),
            lambda gold, predicted: _same_club(gold.names, predicted.names),
        ),
    ),
    Comparison(
        "fees",
        lambda article: article.fees,
        (same_fee,),
        checks=(
            AttributeCheck("fee kind (move/wage/other)", same_fee_group),
            AttributeCheck("fee kind (fine)", lambda gold, predicted: gold.kind == predicted.kind),
        ),
    ),
    Comparison(
        "dates",
        lambda article: article.dates,
        (equal_expression, overlapping_expression),
        checks=(
            AttributeCheck(
                "date value",
                lambda gold, predicted: (gold.first, gold.last) == (predicted.first, predicted.last),
                applies_to=lambda gold: bool(gold.first and gold.last),
            ),
        ),
    ),
    Comparison(
        "quotes",
        lambda article: article.quotes,
        (same_quote,),
        is_counted=is_counted_quote,
        checks=(AttributeCheck("speaker", same_speaker, _is_required),),
    ),
    Comparison(
        "quotes+speaker",
        lambda article: article.quotes,
        (lambda gold, predicted: same_quote(gold, predicted) and (gold.optional or same_speaker(gold, predicted)),),
        is_counted=is_counted_quote,
    ),
    Comparison(
        "transfers",
        lambda article: article.transfers,
        tuple(map(_move_match, PEOPLE_MATCHES)),
        checks=(
            AttributeCheck("transfer from_club", lambda gold, p: _same_club(gold.from_club, p.from_club), _is_required),
            AttributeCheck("transfer status", same_status, _is_required),
            AttributeCheck("transfer fee", lambda gold, p: same_amount(p.price, gold.price), _is_required),
        ),
    ),
    Comparison(
        "transfers+status",
        lambda article: article.transfers,
        tuple(_move_match(m, lambda gold, p: gold.optional or same_status(gold, p)) for m in PEOPLE_MATCHES),
    ),
)
"""The comparisons of items, in display order."""

PUBLISHED_ON = "published_on"
ITEM_FIGURES = tuple(comparison.figure for comparison in COMPARISONS)
ATTRIBUTE_FIGURES = (*(check.figure for comparison in COMPARISONS for check in comparison.checks), PUBLISHED_ON)
FIGURES = (*ITEM_FIGURES, *ATTRIBUTE_FIGURES)
"""The names of all figures, in display order."""


def empty_report(articles: Iterable[str]) -> Report:
    """Return a report with all figures and no counts."""
    return Report(ITEM_FIGURES, ATTRIBUTE_FIGURES, articles)


def compare_article(report: Report, article: str, gold: Annotations, predicted: Annotations) -> None:
    """Add the counts of one article to every figure of a report.

    Args:
        report: the report to update.
        article: the article_id.
        gold: the annotations of the article.
        predicted: the rows extracted from it.
    """
    for comparison in COMPARISONS:
        _compare_items(report, article, comparison, comparison.items(gold), comparison.items(predicted))
    if gold.published_on:
        is_right = predicted.published_on == gold.published_on
        report.accuracies[PUBLISHED_ON].add(article, is_right, predicted.published_on, gold.published_on)


def _compare_items(
    report: Report, article: str, comparison: Comparison[T], gold: Sequence[T], predicted: Sequence[T]
) -> None:
    if comparison.is_counted:
        predicted = [item for item in predicted if comparison.is_counted(item, gold)]
    pairing = pair_items(gold, predicted, *comparison.matches)
    report.f1_scores[comparison.figure].add(article, pairing)
    for annotated, extracted in pairing.pairs:
        for check in comparison.checks:
            if check.applies_to(annotated):
                is_right = check.is_right(annotated, extracted)
                report.accuracies[check.figure].add(article, is_right, extracted, annotated)
