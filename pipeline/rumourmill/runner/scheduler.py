"""Batches through an executor; an article that kills the process that reads it costs only itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from functools import lru_cache

from rumourmill.dataset.parts import StagedPart
from rumourmill.errors import CrewError
from rumourmill.runner.processes import WorkerDied
from rumourmill.runner.worker import Setup, Worker
from rumourmill.sources.source import Source

__all__ = ["Batch", "work_through"]

CANNOT_START = "a worker dies before it reads anything ({}): free some memory, use fewer workers, or install again"
TRIES = 3  # of a worker without an article: on a cluster it may have shared a worker with another that kills
Batch = Sequence[Source]


def work_through(
    batches: Iterable[Batch], setup: Setup, executor: Executor, at_once: int
) -> Generator[list[StagedPart], None, None]:
    """Stage every batch.

    A batch whose worker dies is halved. An article alone waits until nothing else is in hand, so that no neighbour's
    death is taken for its own; when its worker dies then, it is rejected.

    Args:
        batches: what to read.
        setup: what every worker needs to know.
        executor: runs functions of modules elsewhere.
        at_once: how many batches to hand out.

    Yields:
        The staged parts that are ready, whenever some are.

    Raises:
        CrewError: a worker dies whatever it reads.
    """
    rest = iter(batches)
    halves: deque[Batch] = deque()
    accused: deque[Batch] = deque()  # of one article each
    running: dict[Future[StagedPart], Batch] = {}
    while True:
        while len(running) < at_once and (batch := halves.popleft() if halves else next(rest, None)):
            running[executor.submit(_work, setup, batch)] = batch
        on_trial = not running and bool(accused)
        if on_trial:
            batch = accused.popleft()
            running[executor.submit(_work, setup, batch)] = batch
        if not running:
            return
        done = wait(running, return_when=FIRST_COMPLETED).done
        ready: list[StagedPart] = []
        for future in [future for future in running if future in done]:
            batch = running.pop(future)
            if not isinstance(future.exception(), WorkerDied):
                ready.append(future.result())
                continue
            _check(executor, setup)
            if on_trial:
                ready.append(Worker(setup).work(batch, killers=frozenset({batch[0].source_path})))
            else:
                for half in _halves(batch):
                    (halves if len(half) > 1 else accused).append(half)
        if ready:
            yield ready


def _halves(batch: Batch) -> list[Batch]:
    middle = len(batch) // 2
    return [half for half in (batch[:middle], batch[middle:]) if half]


def _check(executor: Executor, setup: Setup) -> None:
    """See that a worker lives that has no article to read: what died was not for want of a model or of memory."""
    for _ in range(TRIES):
        error = executor.submit(_prepare, setup).exception()
        if error is None:
            return
        if not isinstance(error, WorkerDied):
            raise error
    raise CrewError(CANNOT_START.format(error)) from error


@lru_cache(maxsize=1)
def _worker(setup: Setup) -> Worker:
    """The worker of this process: it keeps its reader from batch to batch."""
    return Worker(setup)


def _work(setup: Setup, batch: Batch) -> StagedPart:
    return _worker(setup).work(batch)


def _prepare(setup: Setup) -> None:
    _worker(setup).prepare()
