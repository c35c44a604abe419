"""The workers of a Dask cluster as an executor: the same tasks as in `processes`, on other machines."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from rumourmill.errors import CrewError, UsageError
from rumourmill.resources.user_lists import UserLists
from rumourmill.runner import fingerprint
from rumourmill.runner.processes import WorkerDied

__all__ = ["Cluster"]

P = ParamSpec("P")
T = TypeVar("T")
WAIT = 60.0  # seconds for a first worker: a cluster that grows on demand may have none yet
ONE_AT_A_TIME = threading.Lock()  # the language pipeline is not made for threads, which a Dask worker has
REMEDY = "start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`"


class Cluster(Executor):
    """An executor whose tasks run on a Dask cluster.

    A worker that dies is no matter, as long as another takes its task over; a task that several workers died of
    raises WorkerDied, as that of one process does.

    Args:
        address: of the scheduler, as `tcp://host:8786`.
        workers: how many it may come to have at least, where it grows on demand.

    Raises:
        UsageError: there is no cluster, or one without our package.
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
        except (OSError, ValueError, TypeError) as error:  # a time-out is an OSError
            raise UsageError(f"there is no Dask scheduler at {address} ({error}): {REMEDY}") from error
        self._pool = self._client.get_executor(pure=False)
        try:
            self._meet_a_worker()
        except BaseException:
            self.shutdown()
            raise

    @property
    def workers(self) -> int:
        """How many processes there are, or will be."""
        return max(self._at_least, len(self._client.nthreads()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function, whose first argument is the setup of the work, on a worker."""
        future: Future[T] = Future()
        theirs = self._pool.submit(_there, fn, args, kwargs)
        theirs.add_done_callback(lambda done: self._pass_on(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002 - as executors have it
        """Take back what is not done, and leave the cluster to others."""
        if self._client.status != "closed":
            self._pool.shutdown(wait=False)
            self._client.close()

    def _meet_a_worker(self) -> None:
        """See that there is a worker, with our package."""
        try:
            found = self._pool.submit(_here).result(WAIT)
        except TimeoutError as error:
            raise UsageError(f"no worker of {self._address} answers within {WAIT:.0f} seconds: {REMEDY}") from error
        except ImportError as error:
            raise UsageError(f"the workers of {self._address} lack rumourmill ({error}): install it there") from error
        _compare(found, fingerprint.digest(fingerprint.current()))

    def _pass_on(self, done: Future[T], future: Future[T]) -> None:
        """Tell the outcome of a task as our own processes would."""
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        if done.cancelled():
            future.set_exception(CrewError(f"the cluster at {self._address} is gone: start it and run again"))
        elif isinstance(error := done.exception(), KilledWorker):
            future.set_exception(WorkerDied(f"on {error.last_worker.address}, as others before"))
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(done.result())


def _there(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """On a worker: run a task, if this is the rumourmill that it was planned by."""
    with ONE_AT_A_TIME:
        _compare(_here(args[0].own), args[0].recipe)
        return fn(*args, **kwargs)


def _here(own: UserLists | None = None) -> tuple[str, str]:
    """This machine, and the recipe that it makes rows by."""
    return socket.gethostname(), fingerprint.digest(fingerprint.current(own))


def _compare(found: tuple[str, str], expected: str) -> None:
    host, made_by = found
    if made_by != expected:
        raise CrewError(f"the worker on {host} has another rumourmill, model or library: install the same everywhere")
