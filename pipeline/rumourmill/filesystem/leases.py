"""The lock of a dataset in an object store: a lease that its holder renews, and that runs out when it dies.

Locks are numbered, and the last one stays. Who finds that it has run out makes the next, which the store lets one of
several do; and who holds one sees before each change of the manifest that it is still the last.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from rumourmill.errors import OutputError
from rumourmill.filesystem.objects import ObjectPath

__all__ = ["LEASE", "leased"]

LEASE = 120.0  # seconds that a lock lasts; it is renewed four times in that


@contextmanager
def leased(folder: ObjectPath, what: ObjectPath) -> Iterator[Callable[[], None]]:
    """Hold the lock of a dataset.

    Args:
        folder: where its locks are.
        what: the dataset, for messages.

    Yields:
        Raises OutputError when called after another run has taken the lock over.

    Raises:
        OutputError: another run holds it.
        OSError: the store cannot be written.
    """
    mine, ended = uuid.uuid4().hex, threading.Event()
    lock = _take(folder, what, mine)
    renewing = threading.Thread(target=_renew, args=(lock, mine, ended), daemon=True)
    renewing.start()

    def check() -> None:
        if _last(folder) != lock or _held_by(lock) != mine:
            raise OutputError(f"{what} was taken over by another run: what was committed before is whole")

    try:
        yield check
    finally:
        ended.set()
        renewing.join()
        with suppress(OSError):
            if _held_by(lock) == mine:
                lock.write_bytes(_text(mine, 0.0))


def _take(folder: ObjectPath, what: ObjectPath, mine: str) -> ObjectPath:
    """Make the next lock, if the last one has run out."""
    last = _last(folder)
    held = _read(last) if last else None
    if held and (left := held["until"] - time.time()) > 0:
        raise OutputError(
            f"{what} is in use by another run ({held['where']}): wait until it ends;"
            f" if it was killed, its lock runs out in {left:.0f} seconds"
        )
    lock = folder / f"{int(last.name) + 1 if last else 1:08}"
    try:
        lock.write_bytes(_text(mine, LEASE), new=True)
    except FileExistsError as error:
        raise OutputError(f"{what} is in use by another run, which has just begun: wait until it ends") from error
    if last:
        last.unlink(missing_ok=True)
    return lock


def _last(folder: ObjectPath) -> ObjectPath | None:
    locks = (path for path in folder.iterdir() if path.name.isdigit())
    return max(locks, key=lambda path: int(path.name), default=None)


def _renew(lock: ObjectPath, mine: str, ended: threading.Event) -> None:
    while not ended.wait(LEASE / 4):
        with suppress(OSError):
            if _held_by(lock) != mine:
                return
            lock.write_bytes(_text(mine, LEASE))


def _text(mine: str, seconds: float) -> bytes:
    where = f"process {os.getpid()} of {socket.gethostname()}"
    return json.dumps({"holder": mine, "where": where, "until": time.time() + seconds}).encode()


def _held_by(lock: ObjectPath) -> str | None:
    held = _read(lock)
    return held["holder"] if held else None


def _read(lock: ObjectPath) -> dict[str, Any] | None:
    """What a lock tells; None when it is no longer there."""
    try:
        held: dict[str, Any] = json.loads(lock.read_text())
    except FileNotFoundError:
        return None
    return held
