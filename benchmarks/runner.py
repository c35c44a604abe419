"""Runs each system in a process of its own and keeps the best of several rounds."""

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

__all__ = ["OURS", "STOCK", "SYSTEMS", "TWO", "Cost", "Result", "compare", "told"]

STOCK, ASSEMBLY, OURS, TWO = "stock en_core_web_sm", "afternoon assembly", "rumourmill", "rumourmill, 2 workers"
EXTRACT = ("rumourmill", "extract", "{source}", "{out}", "--quiet")
SYSTEMS = {
    STOCK: ("benchmarks.stock", "recogniser", "{source}", "{out}"),
    ASSEMBLY: ("benchmarks.stock", "assembly", "{source}", "{out}"),
    OURS: EXTRACT,
    TWO: (*EXTRACT, "--workers", "2"),
}
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # for each process, whichever library multiplies


@dataclass(frozen=True)
class Cost:
    """What one process cost, with those that it started."""

    seconds: float
    cpu: float  # seconds of all cores together
    peak_mb: float  # of the largest of its processes


@dataclass(frozen=True)
class Result:
    """The best of a system's rounds.

    Args:
        start: the whole process with one article: imports, model, one article, what it writes.
        whole: the whole process with all articles.
    """

    start: Cost
    whole: Cost

    @property
    def seconds(self) -> float:
        """Seconds at work: what the articles cost beyond the first."""
        return self.whole.seconds - self.start.seconds

    @property
    def cpu(self) -> float:
        """Seconds of a core at work."""
        return self.whole.cpu - self.start.cpu


def compare(source: Path, one: Path, scratch: Path, rounds: int) -> Iterator[tuple[str, Result]]:
    """Run all systems in turn, round by round, so that what disturbs the machine hits all alike.

    Args:
        source: folder of the articles.
        one: folder of one article.
        scratch: where they may write.
        rounds: how often.

    Yields:
        After each run of a system its name and its best result so far.
    """
    best: dict[str, Result] = {}
    for number in range(rounds):
        for name, command in SYSTEMS.items():
            outs = [scratch / f"{number}-{name}-{folder.name}" for folder in (one, source)]
            start, whole = (
                cost([part.format(source=folder, out=out) for part in command])
                for folder, out in zip((one, source), outs, strict=True)
            )
            if name in best:
                start, whole = _less(best[name].start, start), _less(best[name].whole, whole)
            best[name] = Result(start, whole)
            yield name, best[name]


def cost(command: Sequence[str]) -> Cost:
    """Run a module to its end and measure it from outside.

    Raises:
        RuntimeError: it failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], env={**os.environ, **ONE_CORE})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def told(*command: str) -> Any:
    """What a Python command prints as JSON."""
    done = subprocess.run(
        [sys.executable, *command], env={**os.environ, **ONE_CORE}, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def _less(one: Cost, other: Cost) -> Cost:
    return Cost(min(one.seconds, other.seconds), min(one.cpu, other.cpu), max(one.peak_mb, other.peak_mb))
