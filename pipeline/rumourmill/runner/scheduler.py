"""Hands batches to a pool of workers. An article that kills its worker costs only its own rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from functools import lru_cache

from rumourmill.dataset import StagedPart
from rumourmill.errors import WorkerError
from rumourmill.runner.processes import WorkerDied
from rumourmill.runner.worker import Setup, Worker
from rumourmill.sources import Source

__all__ = ["Batch", "run_batches"]

CANNOT_START = "a worker dies before it reads anything ({}): free some memory, use fewer workers, or install again"
START_ATTEMPTS = 3  # on a cluster, a task without an article may have shared a worker with one that kills it
Batch = Sequence[Source]


def run_batches(
    batches: Iterable[Batch], setup: Setup, executor: Executor, queued: int
) -> Generator[list[StagedPart], None, None]:
    """Stage every batch.

    A batch whose worker dies is halved, until one article is left: the suspect. It runs again while nothing else does,
    so that the death of a neighbour is not attributed to it; if its worker dies again, the article is rejected.

    Args:
        batches: what to read.
        setup: the settings of all workers.
        executor: runs functions of modules elsewhere.
        queued: how many batches to hand out at a time.

    Yields:
        The staged parts that are ready, whenever there are some.

    Raises:
        WorkerError: workers die whatever they read.
    """
    rest = iter(batches)
    halves: deque[Batch] = deque()
    suspects: deque[Batch] = deque()  # of one article each
    running: dict[Future[StagedPart], Batch] = {}
    while True:
        while len(running) < queued and (batch := halves.popleft() if halves else next(rest, None)):
            running[executor.submit(_process, setup, batch)] = batch
        alone = not running and bool(suspects)
        if alone:
            batch = suspects.popleft()
            running[executor.submit(_process, setup, batch)] = batch
        if not running:
            return
        done = wait(running, return_when=FIRST_COMPLETED).done
        ready: list[StagedPart] = []
        for future in [future for future in running if future in done]:
            batch = running.pop(future)
            if not isinstance(future.exception(), WorkerDied):
                ready.append(future.result())
                continue
            _check_start(executor, setup)
            if alone:
                ready.append(Worker(setup).process(batch, quarantined=frozenset({batch[0].source_path})))
            else:
                for half in _halve(batch):
                    (halves if len(half) > 1 else suspects).append(half)
        if ready:
            yield ready


def _halve(batch: Batch) -> list[Batch]:
    middle = len(batch) // 2
    return [half for half in (batch[:middle], batch[middle:]) if half]


def _check_start(executor: Executor, setup: Setup) -> None:
    """Raise WorkerError if a worker dies without an article, for lack of memory or because of a damaged model."""
    for _ in range(START_ATTEMPTS):
        error = executor.submit(_prepare, setup).exception()
        if error is None:
            return
        if not isinstance(error, WorkerDied):
            raise error
    raise WorkerError(CANNOT_START.format(error)) from error


@lru_cache(maxsize=1)
def _worker(setup: Setup) -> Worker:
    """Return the worker of this process, which keeps its reader from batch to batch."""
    return Worker(setup)


def _process(setup: Setup, batch: Batch) -> StagedPart:
    return _worker(setup).process(batch)


def _prepare(setup: Setup) -> None:
    _worker(setup).prepare()
