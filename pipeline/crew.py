"""Batches through an executor; an article that kills the process that reads it costs only itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from functools import lru_cache

from pipeline.errors import CrewError
from pipeline.parts import StagedPart
from pipeline.processes import WorkerDied
from pipeline.sources import Source
from pipeline.worker import Setup, Worker

__all__ = ["Batch", "work_through"]

CANNOT_START = "a worker dies before it reads anything ({}): free some memory, use fewer workers, or install again"
Batch = Sequence[Source]


def work_through(
    batches: Iterable[Batch], setup: Setup, executor: Executor, at_once: int
) -> Generator[StagedPart, None, None]:
    """Stage every batch.

    A batch whose worker dies is halved until the article that kills is alone; that is tried once more and rejected.

    Args:
        batches: what to read.
        setup: what every worker needs to know.
        executor: runs functions of modules elsewhere.
        at_once: how many batches to hand out.

    Yields:
        The staged parts, in the order in which they are ready.

    Raises:
        CrewError: a worker dies whatever it reads.
    """
    rest = iter(batches)
    halves: deque[Batch] = deque()
    suspects: set[str] = set()  # source paths of what was in hand when a worker died
    running: dict[Future[StagedPart], Batch] = {}
    while True:
        while len(running) < at_once and (batch := halves.popleft() if halves else next(rest, None)):
            running[executor.submit(_work, setup, batch)] = batch
        if not running:
            return
        done = wait(running, return_when=FIRST_COMPLETED).done
        for future in [future for future in running if future in done]:
            batch = running.pop(future)
            if not isinstance(future.exception(), WorkerDied):
                yield future.result()
                continue
            _check(executor, setup)
            if len(batch) == 1 and batch[0].source_path in suspects:
                yield Worker(setup).work(batch, killers=frozenset({batch[0].source_path}))
            else:
                suspects.update(source.source_path for source in batch)
                halves.extend(_halves(batch))


def _halves(batch: Batch) -> list[Batch]:
    middle = len(batch) // 2
    return [half for half in (batch[:middle], batch[middle:]) if half]


def _check(executor: Executor, setup: Setup) -> None:
    """See that a worker lives that has no article to read: what died was not for want of a model or of memory."""
    try:
        executor.submit(_prepare, setup).result()
    except WorkerDied as error:
        raise CrewError(CANNOT_START.format(error)) from error


@lru_cache(maxsize=1)
def _worker(setup: Setup) -> Worker:
    """The worker of this process: it keeps its reader from batch to batch."""
    return Worker(setup)


def _work(setup: Setup, batch: Batch) -> StagedPart:
    return _worker(setup).work(batch)


def _prepare(setup: Setup) -> None:
    _worker(setup).prepare()
