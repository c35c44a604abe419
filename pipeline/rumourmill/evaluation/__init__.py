"""A dataset held against gold: the figures that the docs and the tests quote, and every mistake behind them.

`gold` reads the annotated articles and `found` the tables of a dataset, both as the `items` of one Reading per article.
`comparisons` says for each figure which items mean the same, with the rules of `matching`; `figures` counts, and
`intervals` tells how far chance can move what was counted. `view` shows the figures on a terminal.
"""

from __future__ import annotations

from pathlib import Path

from rumourmill.errors import UsageError
from rumourmill.evaluation import found, gold
from rumourmill.evaluation.comparisons import FIGURES, compare, empty_report
from rumourmill.evaluation.figures import Report

__all__ = ["FIGURES", "Report", "check_figure", "evaluate"]


def evaluate(out: Path, gold_folder: Path) -> Report:
    """Hold the tables of a dataset against annotated articles.

    Args:
        out: a dataset made by `extract` from the texts of the gold folder.
        gold_folder: folder of NAME.txt and NAME.gold.json, as docs/evaluation.md tells; its sub-folders are walked.

    Returns:
        The report: figures and mistakes, over all articles or some of them.

    Raises:
        UsageError: there is no gold or no dataset, gold is not in its format, or its articles are not in the dataset.
    """
    rows = found.load(out)
    readings = gold.load(gold_folder, rows)
    if missing := [name for name in readings if name not in rows]:
        more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        raise UsageError(
            f"{out} has no rows of {missing[0]}{more}, annotated in {gold_folder}:"
            f" extract these articles first (rumourmill extract {gold_folder} OUT)"
        )
    report = empty_report(readings)
    for name, reading in readings.items():
        compare(report, name, reading, rows[name])
    return report


def check_figure(name: str) -> None:
    """Refuse the name of a figure that there is not.

    Raises:
        UsageError: naming those that there are.
    """
    if name not in FIGURES:
        raise UsageError(f"there is no figure {name!r}: name one of {', '.join(map(repr, FIGURES))}")
