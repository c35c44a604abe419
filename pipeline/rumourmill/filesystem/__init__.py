"""One interface to local disks and object stores.

- `base`: `FileSystem`, the interface; `VersionedFile`, a file that writers replace one after the other
- `local`: `LocalDisk`
- `object_store`: `ObjectStore`, over fsspec (`s3://`, `gs://`, `memory://`)
- `lease`: the lock of an object store

`open_file_system` chooses the implementation; no other package asks which one it has.
"""

from __future__ import annotations

from pathlib import Path

from rumourmill.filesystem.base import (
    FileContent,
    FileEntry,
    FileSystem,
    Lock,
    Scope,
    Staged,
    Version,
    VersionedFile,
    writing,
)
from rumourmill.filesystem.local import LocalDisk, remove, remove_folder
from rumourmill.filesystem.object_store import ObjectStore

__all__ = [
    "FileContent",
    "FileEntry",
    "FileSystem",
    "LocalDisk",
    "Location",
    "Lock",
    "Scope",
    "Staged",
    "Version",
    "VersionedFile",
    "open_file_system",
    "remove",
    "remove_folder",
    "writing",
]

Location = str | Path | FileSystem
"""A folder as a caller may name it: a path, a URL, or a file system that is open already."""


def open_file_system(location: Location) -> FileSystem:
    """Return the file system whose root is a folder.

    Args:
        location: a path or a URL; the folder need not exist.

    Raises:
        UsageError: the URL's protocol is unknown, or the package that it needs is not installed.
    """
    if isinstance(location, FileSystem):
        return location
    protocol, separator, rest = str(location).partition("://")
    if isinstance(location, Path) or not separator:
        return LocalDisk(Path(location))
    if protocol == "file":
        return LocalDisk(Path(rest))
    return ObjectStore.from_url(str(location))
