"""A pool of processes. A process that dies fails its own task and no other.

`concurrent.futures.ProcessPoolExecutor` fails all pending tasks when one process dies, and each of its processes
imports the caller's script again, so that a script without a `__main__` guard cannot use it. Here each thread of a pool
talks to one process, which imports only the module of the task.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

__all__ = ["ProcessPool", "WorkerDied", "serve"]

P = ParamSpec("P")
T = TypeVar("T")
CODE = "from rumourmill.runner.processes import serve; serve({})"


class WorkerDied(Exception):  # noqa: N818 - it describes an event
    """The process that ran the task ended without a result."""


class ProcessPool(Executor):
    """An executor whose tasks are functions of modules, which are pickled by their names.

    Args:
        workers: how many tasks run at once, each in its own process; a process is started when it is first needed.
    """

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers, "worker", initializer=_block_interrupts)
        self._lock = threading.Lock()  # of the attributes below
        self._children: set[_Child] = set()
        self._idle: list[_Child] = []
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a process; the future raises what the function raises, or WorkerDied."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Kill the processes at once, whatever they are doing."""
        with self._lock:
            self._closed = True
            for child in self._children:
                child.process.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for child in tuple(self._children):
            self._reap(child)

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        task = ForkingPickler.dumps((fn, args, kwargs))  # before a process is taken, because it may fail
        child = self._acquire()
        try:
            child.pipe.send_bytes(task)
            answer = child.pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise WorkerDied(f"exit code {self._reap(child)}") from error
        with self._lock:
            self._idle.append(child)
        succeeded, outcome = ForkingPickler.loads(answer)
        if not succeeded:
            raise outcome
        result: T = outcome
        return result

    def _acquire(self) -> _Child:
        """Return an idle process, or a new one."""
        with self._lock:
            if self._closed:
                raise WorkerDied("the pool is closed")
            if not self._idle:
                child = _Child()
                self._children.add(child)
                return child
            return self._idle.pop()

    def _reap(self, child: _Child) -> int:
        """Wait until a process has ended, and return its exit code."""
        with self._lock:
            self._children.discard(child)
        child.pipe.close()
        return child.process.wait()


class _Child:
    """A process that runs tasks."""

    def __init__(self) -> None:
        self.pipe, theirs = Pipe()
        path = {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}  # it can import what the caller can
        one_core = {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}  # not all cores for each process
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own code in our own interpreter
                [sys.executable, "-P", "-c", CODE.format(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=os.environ | path | one_core,
            )


def _block_interrupts() -> None:
    """Block SIGINT in this thread and in the processes that it starts: only the caller handles Ctrl-C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def serve(handle: int) -> None:
    """Run tasks until the caller ends: the main function of each process."""
    pipe = Connection(handle)
    tasks: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    while True:
        pipe.send_bytes(_perform(tasks.get()))


def _perform(task: bytes) -> bytes:
    """Run a pickled task and pickle whether it succeeded, and its result or exception."""
    try:
        fn, args, kwargs = ForkingPickler.loads(task)
        return bytes(ForkingPickler.dumps((True, fn(*args, **kwargs))))
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            answer = bytes(ForkingPickler.dumps((False, error)))
            ForkingPickler.loads(answer)  # some exceptions can be pickled, but not loaded again
        except Exception:
            substitute = RuntimeError(f"{type(error).__name__}: {error}")
            substitute.add_note(traceback.format_exc())
            return bytes(ForkingPickler.dumps((False, substitute)))
        return answer


def _receive(pipe: Connection, tasks: SimpleQueue[bytes]) -> None:
    """Receive tasks in a thread, so that a process whose caller was killed ends at once, also during a task."""
    try:
        while True:
            tasks.put(pipe.recv_bytes())
    except BaseException:
        os._exit(1)
