"""Writing so that a power cut cannot undo it, and the lock of a dataset. All changes of the disk pass through here."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError

__all__ = ["flush", "locked", "move", "remove", "remove_folder", "replace_text", "writing"]

REMEDIES = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some of your quota and run again",
    errno.EACCES: "give yourself the right to write there, or choose another folder",
    errno.EPERM: "give yourself the right to write there, or choose another folder",
    errno.EROFS: "choose a folder on a disk that can be written",
}


@contextmanager
def writing(what: Path) -> Iterator[None]:
    """Tell any failure to write inside as an OutputError about `what`."""
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "what was committed before is whole; run again when it is mended")
        raise OutputError(f"{what} cannot be written: {error.strerror or error}; {remedy}") from error


def flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(staged: Path, place: Path) -> None:
    """Put a flushed file into its place at a stroke; the folder is still to be flushed."""
    staged.replace(place)


def replace_text(path: Path, text: str) -> None:
    """Replace a file's content at a stroke: readers see the old text or the new one, whole."""
    staged = path.with_name(path.name + ".staged")
    staged.write_text(text, encoding="utf8")
    flush(staged)
    move(staged, path)
    flush(path.parent)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder of leftovers, if it is there; what cannot be removed now is left for the next time."""
    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a dataset; the system frees it when this process ends, however it ends.

    Raises:
        OutputError: another process holds it.
    """
    with writing(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"{path.parent.parent} is in use by another run: wait until it ends") from error
        yield
    finally:
        os.close(handle)
