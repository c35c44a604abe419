"""Evaluation: compare the tables of a dataset with manually annotated articles ("gold").

Modules:
    annotations: the data classes that gold and predictions are both converted to.
    gold, gold_format: read and validate NAME.gold.json files.
    predictions: read the tables of a dataset.
    matching: when two names, amounts or texts are equal; pairing of gold items with predicted ones.
    comparisons: which items and attributes each figure compares.
    metrics: counts, F1, accuracy, bootstrap intervals and lists of errors.
    review: write a sample of articles as drafts of gold.
"""

from __future__ import annotations

from pathlib import Path

from rumourmill.errors import UsageError
from rumourmill.evaluation.comparisons import FIGURES, compare_article, empty_report
from rumourmill.evaluation.gold import load_gold
from rumourmill.evaluation.metrics import Report
from rumourmill.evaluation.predictions import load_predictions

__all__ = ["FIGURES", "Report", "check_figure_name", "evaluate"]


def evaluate(out: Path, gold_folder: Path) -> Report:
    """Compare the tables of a dataset with annotated articles.

    Args:
        out: a dataset written by `extract` from the texts of the gold folder.
        gold_folder: folder of NAME.txt and NAME.gold.json files (format: docs/evaluation.md), read recursively.

    Returns:
        The report: every figure, with its errors, over all articles or a subset.

    Raises:
        UsageError: the gold or the dataset is missing, a gold file is invalid, or an annotated article is not in the
            dataset.
    """
    predictions = load_predictions(out)
    gold = load_gold(gold_folder, predictions)
    if missing := [name for name in gold if name not in predictions]:
        more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        raise UsageError(
            f"{out} has no rows for {missing[0]}{more}, annotated in {gold_folder}:"
            f" extract these articles first (rumourmill extract {gold_folder} OUT)"
        )
    report = empty_report(gold)
    for name, annotated in gold.items():
        compare_article(report, name, annotated, predictions[name])
    return report


def check_figure_name(name: str) -> None:
    """Raise an error for the name of a figure that does not exist.

    Raises:
        UsageError: with the list of valid names.
    """
    if name not in FIGURES:
        raise UsageError(f"unknown figure {name!r}: use one of {', '.join(map(repr, FIGURES))}")
