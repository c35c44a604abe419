"""Writing so that a power cut cannot undo it, and the lock of a dataset. All changes of the disk pass through here.

In an object store nothing is staged or moved: an object is put whole, and is then there to stay.
"""

from __future__ import annotations

import errno
import fcntl
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from rumourmill.errors import OutputError
from rumourmill.filesystem.leases import leased
from rumourmill.filesystem.objects import ObjectPath, Place, fetch

__all__ = ["flush", "locked", "move", "opened", "put_objects", "remove", "remove_folder", "replace_text", "writing"]

AT_ONCE = 64  # objects that are fetched together

REMEDIES = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some of your quota and run again",
    errno.EACCES: "give yourself the right to write there, or choose another folder",
    errno.EPERM: "give yourself the right to write there, or choose another folder",
    errno.EROFS: "choose a folder on a disk that can be written",
}


@contextmanager
def writing(what: Place) -> Iterator[None]:
    """Tell any failure to write inside as an OutputError about `what`."""
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "what was committed before is whole; run again when it is mended")
        raise OutputError(f"{what} cannot be written: {error.strerror or error}; {remedy}") from error


def flush(path: Place) -> None:
    """Wait until a file or folder is on the disk."""
    if isinstance(path, ObjectPath):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_objects(contents: Mapping[Place, bytes]) -> None:
    """Put objects, each whole."""
    ObjectPath.write_all({path: data for path, data in contents.items() if isinstance(path, ObjectPath)})


def move(staged: Path, place: Place) -> None:
    """Put a flushed file into its place at a stroke; the folder is still to be flushed."""
    staged.replace(str(place))


def replace_text(path: Place, text: str) -> None:
    """Replace a file's content at a stroke: readers see the old text or the new one, whole."""
    if isinstance(path, ObjectPath):
        path.write_bytes(text.encode())
        return
    staged = path.with_name(path.name + ".staged")
    staged.write_text(text, encoding="utf8")
    flush(staged)
    move(staged, path)
    flush(path.parent)


def opened(paths: Iterable[Place]) -> Iterator[Path | io.BytesIO]:
    """Files to read, in their order: those of a disk themselves, of objects their content."""
    rest = iter(paths)
    while few := list(islice(rest, AT_ONCE)):
        objects = [path for path in few if isinstance(path, ObjectPath)]
        contents = iter(fetch(objects))
        for path in few:
            if isinstance(path, Path):
                yield path
            elif isinstance(content := next(contents), OSError):
                raise content
            else:
                yield io.BytesIO(content)


def remove(path: Place) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Place) -> None:
    """Remove a folder of leftovers, if it is there; what cannot be removed now is left for the next time."""
    if isinstance(path, ObjectPath):
        return  # nothing is staged there
    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def locked(path: Place) -> Iterator[Callable[[], None]]:
    """Hold the lock of a dataset; the system frees it when this process ends, however it ends.

    Yields:
        Raises OutputError when called after another run has taken the lock over, as may happen in an object store.

    Raises:
        OutputError: another process holds it.
    """
    if isinstance(path, ObjectPath):
        with writing(path.parent.parent), leased(path, path.parent.parent) as check:
            yield check
        return
    with writing(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"{path.parent.parent} is in use by another run: wait until it ends") from error
        yield lambda: None
    finally:
        os.close(handle)
