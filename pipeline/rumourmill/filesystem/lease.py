"""The lock of an object store: a lease, which its holder renews and which expires after the holder has died.

Leases are numbered, and the last one stays. A process that finds it expired creates the next number, which the store
grants to one process only. A lease alone cannot stop a holder that slept through its expiry from writing: that is what
`VersionedFile` is for, and the identifier that no two holders share.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from rumourmill.errors import OutputError
from rumourmill.filesystem.base import Lock

__all__ = ["LEASE", "Store", "hold_lease"]

LEASE = 120.0  # seconds until a lease expires; it is renewed four times in that


class Store(Protocol):
    """What a lease needs of an object store."""

    def names(self, path: str = "") -> Any:
        """Return the names of the objects in a folder."""

    def read(self, path: str) -> bytes:
        """Return the content of an object."""

    def write(self, path: str, data: bytes) -> None:
        """Write an object."""

    def create(self, path: str, data: bytes) -> None:
        """Write an object that must not exist, or raise FileExistsError."""

    def remove(self, path: str) -> None:
        """Remove an object, if it exists."""


class _Lease:
    """A lease that this process holds or held.

    Args:
        store: the object store.
        folder: of the leases.
    """

    def __init__(self, store: Store, folder: str) -> None:
        self.owner = uuid.uuid4().hex
        self._store, self._folder = store, folder
        self._path = self._take()

    def check(self) -> None:
        """Raise OutputError if another process has taken the lock over."""
        if self._last() != self._path or not self.is_held():
            raise OutputError(f"{self._store} was taken over by another run: earlier commits are complete")

    def is_held(self) -> bool:
        """Return whether this process is still named as the holder."""
        state = self._read(self._path)
        return state is not None and state["holder"] == self.owner

    def write(self, seconds: float) -> None:
        """Make the lease expire after some seconds."""
        self._store.write(self._path, self._state(seconds))

    def _take(self) -> str:
        last = self._last()
        state = self._read(last) if last else None
        if state and (left := state["until"] - time.time()) > 0:
            raise OutputError(
                f"{self._store} is in use by another run ({state['where']}): wait until it ends;"
                f" if it was killed, its lock expires in {left:.0f} seconds"
            )
        number = int(last.rpartition("/")[2]) + 1 if last else 1
        path = f"{self._folder}/{number:08}"
        try:
            self._store.create(path, self._state(LEASE))
        except FileExistsError as error:
            message = f"{self._store} is in use by another run, which has just begun: wait until it ends"
            raise OutputError(message) from error
        if last:
            self._store.remove(last)
        return path

    def _last(self) -> str | None:
        numbers = [name for name in self._store.names(self._folder) if name.isdigit()]
        return f"{self._folder}/{max(numbers, key=int)}" if numbers else None

    def _read(self, path: str) -> dict[str, Any] | None:
        """Return the state of a lease; None if it no longer exists."""
        try:
            state: dict[str, Any] = json.loads(self._store.read(path))
        except FileNotFoundError:
            return None
        return state

    def _state(self, seconds: float) -> bytes:
        where = f"process {os.getpid()} of {socket.gethostname()}"
        return json.dumps({"holder": self.owner, "where": where, "until": time.time() + seconds}).encode()


@contextmanager
def hold_lease(store: Store, folder: str) -> Iterator[Lock]:
    """Hold the lock of an object store.

    Args:
        store: the object store.
        folder: of the leases.

    Raises:
        OutputError: another process holds it.
        OSError: the store cannot be written.
    """
    lease, ended = _Lease(store, folder), threading.Event()
    renewing = threading.Thread(target=_renew, args=(lease, ended), daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        ended.set()
        renewing.join()
        with suppress(OSError):
            if lease.is_held():
                lease.write(0.0)


def _renew(lease: _Lease, ended: threading.Event) -> None:
    while not ended.wait(LEASE / 4):
        with suppress(OSError):
            if not lease.is_held():
                return
            lease.write(LEASE)
