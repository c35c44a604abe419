"""Benchmarks over the size of the corpus, and of an incremental run with 1% new articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.runner import measure_process, run_json

__all__ = ["measure_incremental_run", "measure_sizes"]


def measure_sizes(folder: Path, sizes: Sequence[int], start: float) -> list[dict[str, Any]]:
    """Extract a corpus of each size with one worker.

    Args:
        folder: folder for the corpora and tables, `articles-SIZE` and `tables-SIZE`.
        sizes: numbers of articles; a larger corpus starts with the articles of a smaller one.
        start: seconds of a run with one article.

    Returns:
        For each size the number of articles, articles per second without the start, and the cost of the process.
    """
    results = []
    for size in sizes:
        source, out = _folders(folder, size)
        run_json("-m", "benchmarks.corpus", source, "--articles", str(size))
        whole = measure_process(["rumourmill", "extract", source, out, "--quiet"])
        results.append(
            {"articles": size, "articles_per_second": size / (whole.seconds - start), "whole": asdict(whole)}
        )
    return results


def measure_incremental_run(folder: Path, known: int) -> dict[str, Any]:
    """Extract the corpus of `measure_sizes` again, unchanged and with 1% new articles.

    Returns:
        The numbers of known and new articles, the cost of the run without new articles, and of the run with them.
    """
    source, out = _folders(folder, known)
    new = max(1, known // 100)
    scan = measure_process(["rumourmill", "extract", source, out, "--quiet"])
    run_json("-m", "benchmarks.corpus", source, "--articles", str(known + new), "--known", str(known))
    whole = measure_process(["rumourmill", "extract", source, out, "--quiet"])
    return {"known": known, "new": new, "scan": asdict(scan), "whole": asdict(whole)}


def _folders(folder: Path, size: int) -> tuple[str, str]:
    return str(folder / f"articles-{size}"), str(folder / f"tables-{size}")
