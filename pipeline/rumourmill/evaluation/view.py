"""The figures for eyes and for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table

from rumourmill.evaluation.figures import Report
from rumourmill.evaluation.intervals import LEVEL

__all__ = ["as_json", "tables"]

RANGE = f"{LEVEL}% interval"


def tables(report: Report) -> RenderableType:
    """All figures of a report: what was found of what gold has, and how much is right in what was found."""
    figures = report.figures()
    articles = f"{len(report.articles):,} articles" if len(report.articles) != 1 else "1 article"
    found = _table(f"Found in {articles}", "precision", "recall", "F1", RANGE, "found", "spurious")
    for name in report.tallies:
        numbers = figures[name]
        rates = (f"{numbers[rate]:.3f}" for rate in ("precision", "recall", "f1"))
        share = f"{numbers['found']:,} of {numbers['found'] + numbers['missed']:,}"
        found.add_row(name, *rates, _range(numbers), share, f"{numbers['spurious']:,}")
    right = _table("Right in what was found", "accuracy", RANGE, "right")
    for name in report.shares:
        numbers = figures[name]
        rate = f"{numbers['accuracy']:.3f}" if numbers["asked"] else "-"
        right.add_row(name, rate, _range(numbers), f"{numbers['right']:,} of {numbers['asked']:,}")
    return Group(found, right)


def as_json(report: Report, errors: str | None = None) -> str:
    """The figures of a report, or the mistakes behind one of them, as JSON."""
    if errors is not None:
        return json.dumps([asdict(mistake) for mistake in report.mistakes(errors)], ensure_ascii=False)
    return json.dumps({"articles": len(report.articles), "figures": report.figures()})


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("figure", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _range(numbers: Mapping[str, Any]) -> str:
    return "{:.3f}-{:.3f}".format(*numbers["interval"]) if numbers["interval"] else "-"
