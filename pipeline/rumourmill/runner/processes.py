"""Tasks in processes of their own; one that dies fails its own task and no other.

`concurrent.futures.ProcessPoolExecutor` fails every task in hand when one process dies, and has each process import
the caller's script anew, so that a script without a guard cannot use it. Here each thread of a pool talks to a process
that imports nothing but the task's own module.
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
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

__all__ = ["Processes", "WorkerDied", "serve"]

P = ParamSpec("P")
T = TypeVar("T")
CODE = "from rumourmill.runner.processes import serve; serve({})"


class WorkerDied(Exception):  # noqa: N818 - it tells what happened
    """The process that had the task in hand ended without an answer."""


class Processes(Executor):
    """An executor whose tasks are functions of modules: they are sent to a process by their name.

    Args:
        workers: how many tasks run at once; each in a process that is started when there is first need of it.
    """

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers, "worker", initializer=_leave_ctrl_c_to_the_caller)
        self._lock = threading.Lock()  # of all below
        self._children: set[_Child] = set()
        self._idle: list[_Child] = []
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a process; the future raises what it raises, or WorkerDied."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the processes at once, whatever they are at and whatever is asked for."""
        with self._lock:
            self._closed = True
            for child in self._children:
                child.process.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for child in tuple(self._children):
            self._bury(child)

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        child = self._take()
        try:
            child.pipe.send((fn, args, kwargs))
            done, answer = child.pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied(f"exit code {self._bury(child)}") from error
        with self._lock:
            self._idle.append(child)
        if not done:
            raise answer
        result: T = answer
        return result

    def _take(self) -> _Child:
        with self._lock:
            if self._closed:
                raise WorkerDied("no process is started any more")
            if not self._idle:
                child = _Child()
                self._children.add(child)
                return child
            return self._idle.pop()

    def _bury(self, child: _Child) -> int:
        with self._lock:
            self._children.discard(child)
        child.pipe.close()
        return child.process.wait()


class _Child:
    """A process that answers tasks."""

    def __init__(self) -> None:
        self.pipe, theirs = Pipe()
        here = {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}  # what the caller can import, it can
        one_core = {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}  # not all cores for each process
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own code in our own interpreter
                [sys.executable, "-P", "-c", CODE.format(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=os.environ | here | one_core,
            )


def _leave_ctrl_c_to_the_caller() -> None:
    """In a thread: the processes that it starts inherit that it does not hear Ctrl-C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def serve(handle: int) -> None:
    """Answer tasks until the caller ends: what each child process runs."""
    pipe = Connection(handle)
    tasks: SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    while True:
        fn, args, kwargs = tasks.get()
        try:
            answer = True, fn(*args, **kwargs)
        except Exception as error:
            error.add_note(traceback.format_exc())
            answer = False, error
        pipe.send(answer)


def _receive(pipe: Connection, tasks: SimpleQueue[Any]) -> None:
    """Take tasks as they come, in a thread: so a process whose caller was killed ends at once, also in mid-task."""
    try:
        while True:
            tasks.put(pipe.recv())
    except BaseException:
        os._exit(1)
