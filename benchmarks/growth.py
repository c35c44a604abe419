"""What size costs: larger and larger corpora by one worker, and then the daily run that finds 1% more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.runner import cost, told

__all__ = ["daily", "grow"]


def grow(folder: Path, sizes: Sequence[int], start: float) -> list[dict[str, Any]]:
    """Read a corpus of each size into tables of its own.

    Args:
        folder: where the corpora and tables are put, as `articles-SIZE` and `tables-SIZE`.
        sizes: numbers of articles; of two corpora the larger begins with the smaller.
        start: seconds that a run takes for its first article.

    Returns:
        For each size its articles, articles/s beyond the first, and the whole cost.
    """
    found = []
    for size in sizes:
        source, out = _places(folder, size)
        told("-m", "benchmarks.corpus", source, "--articles", str(size))
        whole = cost(["rumourmill", "extract", source, out, "--quiet"])
        found.append({"articles": size, "articles_per_second": size / (whole.seconds - start), "whole": asdict(whole)})
    return found


def daily(folder: Path, known: int) -> dict[str, Any]:
    """Read 1% more than the tables of a size from `grow` know.

    Returns:
        How many are known and new, the cost of a run that finds nothing new, and that of the one that finds these.
    """
    source, out = _places(folder, known)
    new = max(1, known // 100)
    scan = cost(["rumourmill", "extract", source, out, "--quiet"])
    told("-m", "benchmarks.corpus", source, "--articles", str(known + new), "--known", str(known))
    whole = cost(["rumourmill", "extract", source, out, "--quiet"])
    return {"known": known, "new": new, "scan": asdict(scan), "whole": asdict(whole)}


def _places(folder: Path, size: int) -> tuple[str, str]:
    return str(folder / f"articles-{size}"), str(folder / f"tables-{size}")
