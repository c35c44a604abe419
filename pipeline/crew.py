"""Workers in processes of their own; one that dies costs only the file that kills it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_end

from pipeline.errors import CrewError
from pipeline.parts import StagedPart
from pipeline.sources import Source
from pipeline.worker import Setup, Worker

__all__ = ["Batch", "work_through"]

CANNOT_START = (
    "the worker processes cannot start: run with 1 worker, or call extract() under `if __name__ == '__main__':`"
)
Batch = Sequence[Source]
AHEAD = 2  # batches handed out for each worker, so that none waits for the commit of another's


def work_through(batches: Iterable[Batch], setup: Setup, workers: int) -> Generator[StagedPart, None, None]:
    """Stage every batch; close the iterator to stop the workers at once.

    Args:
        batches: what to read.
        setup: what every worker needs to know.
        workers: how many processes; 1 works in this one.

    Yields:
        The staged parts, in the order in which they are ready.

    Raises:
        CrewError: no worker process can be started.
    """
    if workers == 1:
        worker = Worker(setup)
        yield from map(worker.work, batches)
        return
    waiting = deque(batches)
    while waiting:
        suspects = yield from _until_one_dies(waiting, setup, workers, AHEAD * workers)
        yield from _find_killers(suspects, setup)


def _until_one_dies(
    waiting: deque[Batch], setup: Setup, workers: int, at_once: int
) -> Generator[StagedPart, None, list[Batch]]:
    """Take batches from the queue, a few at once, until it is empty or a worker dies.

    Returns:
        The batches that were in hand when a worker died.
    """
    running: dict[Future[StagedPart], Batch] = {}
    with _pool(setup, workers) as pool:
        started = pool.submit(os.getpid)
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    running[pool.submit(_work, waiting[0])] = waiting[0]
                    waiting.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield future.result()
                    del running[future]
        except BrokenProcessPool as error:
            if workers == 1 and started.exception():
                raise CrewError(CANNOT_START) from error
    return list(running.values())


def _find_killers(suspects: Iterable[Batch], setup: Setup) -> Iterator[StagedPart]:
    """Stage batches that may hold a killer: halve what dies until the killer is alone, and reject that."""
    waiting = deque(suspects)
    while waiting:
        for batch in (yield from _until_one_dies(waiting, setup, workers=1, at_once=1)):
            if len(batch) > 1:
                middle = len(batch) // 2
                waiting.extendleft((batch[middle:], batch[:middle]))
            else:
                yield Worker(setup).work(batch, frozenset({batch[0].source_path}))


@contextmanager
def _pool(setup: Setup, workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes are gone when the block is left, whatever they were at."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core for each worker, not all cores for all
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(setup,))
    try:
        yield pool
        pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.kill()


_worker: Worker | None = None  # of this process


def _begin(setup: Setup) -> None:
    global _worker  # noqa: PLW0603 - an executor hands its tasks nothing else
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(setup)


def _work(batch: Batch) -> StagedPart:
    assert _worker is not None  # noqa: S101 - _begin ran first
    return _worker.work(batch)


def _end_with_parent() -> None:
    """A worker whose caller was killed must not live on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)
