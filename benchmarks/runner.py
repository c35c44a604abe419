"""Runs each system in a new process and measures the best of several rounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["OURS", "STOCK", "SYSTEMS", "TWO_WORKERS", "Cost", "Result", "compare", "measure_process", "run_json"]

STOCK, LIBRARIES = "stock en_core_web_sm", "stock and libraries"
OURS, TWO_WORKERS = "rumourmill", "rumourmill, 2 workers"
EXTRACT = ("rumourmill", "extract", "{source}", "{out}", "--quiet")
SYSTEMS = {
    STOCK: ("benchmarks.stock", "recogniser", "{source}", "{out}"),
    LIBRARIES: ("benchmarks.stock", "libraries", "{source}", "{out}"),
    OURS: EXTRACT,
    TWO_WORKERS: (*EXTRACT, "--workers", "2"),
}
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # for each process, with either BLAS library


@dataclass(frozen=True)
class Cost:
    """The cost of a process and its child processes."""

    seconds: float
    cpu: float  # seconds, over all cores
    peak_mb: float  # of the largest of its processes


@dataclass(frozen=True)
class Result:
    """The best costs of a system.

    Args:
        start: cost of a process with one article: imports, model, extraction, writing.
        whole: cost of a process with all articles.
    """

    start: Cost
    whole: Cost

    @property
    def seconds(self) -> float:
        """Seconds without the start."""
        return self.whole.seconds - self.start.seconds

    @property
    def cpu(self) -> float:
        """CPU seconds without the start."""
        return self.whole.cpu - self.start.cpu


def compare(source: Path, one: Path, scratch: Path, rounds: int) -> Iterator[tuple[str, Result]]:
    """Run all systems in turn, round by round, so that other load on the machine affects all of them.

    Args:
        source: folder of the articles.
        one: folder of one article.
        scratch: folder for output.
        rounds: number of rounds.

    Yields:
        The name of a system and its best result so far, after each run.
    """
    best: dict[str, Result] = {}
    for number in range(rounds):
        for name, command in SYSTEMS.items():
            outs = [scratch / f"{number}-{name}-{folder.name}" for folder in (one, source)]
            start, whole = (
                measure_process([part.format(source=folder, out=out) for part in command])
                for folder, out in zip((one, source), outs, strict=True)
            )
            if name in best:
                start, whole = _minimum(best[name].start, start), _minimum(best[name].whole, whole)
            best[name] = Result(start, whole)
            yield name, best[name]


def measure_process(command: Sequence[str]) -> Cost:
    """Run a Python module and return its cost.

    Raises:
        RuntimeError: the process failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], env={**os.environ, **ONE_CORE})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed with exit code {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run_json(*command: str) -> Any:
    """Run a Python command and return its output, parsed as JSON."""
    done = subprocess.run(
        [sys.executable, *command], env={**os.environ, **ONE_CORE}, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def _minimum(one: Cost, other: Cost) -> Cost:
    return Cost(min(one.seconds, other.seconds), min(one.cpu, other.cpu), max(one.peak_mb, other.peak_mb))
