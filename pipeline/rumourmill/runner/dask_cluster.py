"""A pool of the workers of a Dask cluster: runs the tasks of `processes` on other machines."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from rumourmill.errors import UsageError, WorkerError
from rumourmill.resources.user_lists import UserLists
from rumourmill.runner import fingerprint
from rumourmill.runner.processes import WorkerDied

__all__ = ["DaskCluster"]

P = ParamSpec("P")
T = TypeVar("T")
WAIT = 60.0  # seconds until a worker must answer: a cluster that scales on demand may have none yet
TASK_LOCK = threading.Lock()  # a Dask worker may have several threads, but the pipeline is not thread-safe
REMEDY = "start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`"


class DaskCluster(Executor):
    """An executor whose tasks run on a Dask cluster.

    If a worker dies, another one takes its task over. The future of a task that several workers died of raises
    WorkerDied, as in a `ProcessPool`.

    Args:
        address: of the scheduler, such as `tcp://host:8786`.
        workers: the number of workers to expect at least, if the cluster scales on demand.

    Raises:
        UsageError: there is no cluster, or its workers lack this package.
        WorkerError: the workers have another version of the package, model or libraries.
    """

    def __init__(self, address: str, workers: int = 1) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError(
                "--dask needs Dask: pip install '.[cluster]' in the checkout, here and on the workers"
            ) from error
        self._address, self._at_least = address, workers
        try:
            self._client = Client(address, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # a timeout is an OSError
            raise UsageError(f"there is no Dask scheduler at {address} ({error}): {REMEDY}") from error
        self._pool = self._client.get_executor(pure=False)
        try:
            self._check_worker()
        except BaseException:
            self.shutdown()
            raise

    @property
    def workers(self) -> int:
        """The number of worker processes, present or expected."""
        return max(self._at_least, len(self._client.nthreads()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function, whose first argument is the `Setup`, on a worker."""
        future: Future[T] = Future()
        theirs = self._pool.submit(_run_checked, fn, args, kwargs)
        theirs.add_done_callback(lambda done: self._forward(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002 - the interface of executors
        """Cancel pending tasks and disconnect; the cluster goes on running."""
        if self._client.status != "closed":
            self._pool.shutdown(wait=False)
            self._client.close()

    def _check_worker(self) -> None:
        """Make sure that there is a worker, and that it has the same package."""
        try:
            found = self._pool.submit(_identify).result(WAIT)
        except TimeoutError as error:
            raise UsageError(f"no worker of {self._address} answers within {WAIT:.0f} seconds: {REMEDY}") from error
        except ImportError as error:
            raise UsageError(f"the workers of {self._address} lack rumourmill ({error}): install it there") from error
        _compare(found, fingerprint.digest(fingerprint.current()))

    def _forward(self, done: Future[T], future: Future[T]) -> None:
        """Set the outcome of a task as a `ProcessPool` would."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        if done.cancelled():
            future.set_exception(WorkerError(f"the cluster at {self._address} is gone: start it and run again"))
        elif isinstance(error := done.exception(), KilledWorker):
            future.set_exception(WorkerDied(f"on {error.last_worker.address}, after others"))
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(done.result())


def _run_checked(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run a task on a worker, if its package is that of the caller."""
    with TASK_LOCK:
        _compare(_identify(args[0].own), args[0].fingerprint)
        return fn(*args, **kwargs)


def _identify(own: UserLists | None = None) -> tuple[str, str]:
    """Return the name of this machine and the fingerprint of its package."""
    return socket.gethostname(), fingerprint.digest(fingerprint.current(own))


def _compare(found: tuple[str, str], expected: str) -> None:
    host, actual = found
    if actual != expected:
        raise WorkerError(f"the worker on {host} has another rumourmill, model or library: install the same everywhere")
