"""The interface of a file system: a folder and what is below it.

Paths are strings relative to the folder, with `/` between their parts. Failures are OSErrors.
"""

from __future__ import annotations

import errno
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Literal, Protocol, TypeAlias

from rumourmill.errors import OutputError

__all__ = [
    "EntryKind",
    "FileContent",
    "FileEntry",
    "FileSystem",
    "Lock",
    "Scope",
    "Staged",
    "Version",
    "VersionedFile",
    "writing",
]

Version: TypeAlias = tuple[int, int, int]
"""Changes whenever a file's content does. On a disk: size in bytes, and the times of the last change of content and of
the directory entry, in nanoseconds. In an object store: size, the first 60 bits of a hash of its ETag, and 0."""

Staged: TypeAlias = bytes | str
"""Content of a file that is not in its place yet: in memory, or the path of a flushed file."""

EntryKind: TypeAlias = Literal["file", "folder", "special", "missing"]
"""What a path is; `special` is a pipe, socket or device, `missing` the target of a broken link."""

Scope: TypeAlias = Literal["process", "machine", "network"]
"""Who sees the same files: this process only, all processes of this machine, or all machines."""

REMEDIES = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some of your quota and run again",
    errno.EACCES: "make the folder writable, or choose another folder",
    errno.EPERM: "make the folder writable, or choose another folder",
    errno.EROFS: "choose another folder, on a disk that is not mounted read-only",
}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file or folder that `FileSystem.walk` found. Of a symbolic link, `kind` is that of its target."""

    path: str
    kind: EntryKind
    link: Literal["inside", "outside", "broken", "loop"] | None = None  # where a symbolic link leads
    version: Version | None = None  # where listing the folder gives it, as the size in bytes
    size: int | None = None
    error: OSError | None = None  # why the folder cannot be listed or the link cannot be followed


@dataclass(frozen=True, slots=True)
class FileContent:
    """The beginning of a file, and what identifies the whole file."""

    data: bytes
    sha256: str  # of the whole file
    version: Version | None  # None if the file changed so recently that a later change may have the same version


class Lock(Protocol):
    """The lock of a folder, while it is held."""

    @property
    def owner(self) -> str:
        """An identifier that no two holders share; empty if the system guarantees that there is only one holder."""

    def check(self) -> None:
        """Raise OutputError if another process has taken the lock over."""


class VersionedFile(ABC):
    """A file that several writers replace: no writer ever overwrites a version that it has not read."""

    @abstractmethod
    def read(self) -> bytes | None:
        """Return the latest content; None if there is no such file."""

    @abstractmethod
    def replace(self, data: bytes) -> None:
        """Write the next version, atomically and durably.

        Raises:
            OutputError: another writer has written a version since `read` or `replace` was called last.
        """

    @abstractmethod
    def fence(self, data: bytes) -> None:
        """Make `replace` fail for every other writer that does not read the file again.

        Args:
            data: the present content in any form.

        Raises:
            OutputError: another writer has written a version since `read` or `replace` was called last.
        """


class FileSystem(ABC):
    """A folder on a disk or in an object store, with all operations that sources and datasets need.

    Implementations are immutable, hashable and picklable, so that they can be sent to workers.
    """

    concurrent: ClassVar[bool]
    """Whether writing many files takes about as long as writing one."""

    @property
    @abstractmethod
    def scope(self) -> Scope:
        """Who sees the same files."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Name of the folder itself."""

    @property
    @abstractmethod
    def parent(self) -> FileSystem:
        """The folder above."""

    @abstractmethod
    def __str__(self) -> str: ...

    def url(self, path: str) -> str:
        """Return the full path or URL of a file, for messages."""
        return f"{self}/{path}"

    @abstractmethod
    def resolve(self) -> FileSystem:
        """Return the same folder with an absolute path without symbolic links."""

    def is_below(self, other: FileSystem) -> bool:
        """Return whether this folder is the other one or lies inside it."""
        return f"{self.resolve()}/".startswith(f"{other.resolve()}/")

    @abstractmethod
    def exists(self, path: str = "") -> bool:
        """Return whether there is a file or folder of that path."""

    @abstractmethod
    def is_folder(self, path: str = "") -> bool:
        """Return whether there is a folder of that path; an object store has no empty ones."""

    @abstractmethod
    def names(self, path: str = "") -> Sequence[str]:
        """Return the names of the files and folders directly in a folder; none if it does not exist."""

    @abstractmethod
    def walk(self) -> Iterator[FileEntry]:
        """Yield everything below the folder except hidden files and folders, in no particular order.

        Symbolic links to folders are reported and not followed. A folder that cannot be listed has an `error`.
        """

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """Open a file for reading; it is read piece by piece."""

    @abstractmethod
    def read_many(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield the contents of files, in order.

        Raises:
            OSError: a file cannot be read.
        """

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        return next(iter(self.read_many([path])))

    @abstractmethod
    def load_many(self, paths: Sequence[str], limit: int) -> list[FileContent | OSError]:
        """Return the first `limit` bytes of files and what identifies them, or why a file cannot be read."""

    @abstractmethod
    def version(self, path: str) -> Version | None:
        """Return the version of a file without reading it; None if it cannot be determined."""

    @abstractmethod
    def make_folders(self, paths: Iterable[str]) -> None:
        """Create folders and their parents, unless they exist."""

    @abstractmethod
    def stage(self, folder: str, files: Mapping[str, Staged]) -> dict[str, Staged]:
        """Prepare files for `place`, so that it is fast and cannot run out of space.

        Args:
            folder: for temporary files, on the same disk as the folder. Files staged there already stay as they are.
            files: contents by name.
        """

    def open_staged(self, staged: Staged) -> BinaryIO:
        """Open a staged file for reading."""
        return io.BytesIO(staged) if isinstance(staged, bytes) else self.open(staged)

    @abstractmethod
    def place(self, files: Mapping[str, Staged]) -> None:
        """Make staged files visible under their paths, each one atomically, and return when they are durable."""

    @abstractmethod
    def discard_staged(self, folder: str) -> None:
        """Remove staged files that were never placed; what cannot be removed is left."""

    @abstractmethod
    def remove(self, path: str) -> None:
        """Remove a file, if it exists."""

    @abstractmethod
    def lock(self, path: str) -> AbstractContextManager[Lock]:
        """Hold an exclusive lock, which is released when this process ends, however it ends.

        Raises:
            OutputError: another process holds it, or it cannot be written.
        """

    @abstractmethod
    def versioned_file(self, path: str, versions: str) -> VersionedFile:
        """Return a file that several writers replace.

        Args:
            path: of the file.
            versions: folder for its versions, where the file system cannot replace a file conditionally.
        """


@contextmanager
def writing(what: FileSystem | Path) -> Iterator[None]:
    """Convert an OSError raised in the block to an OutputError that names what cannot be written and the remedy."""
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "earlier commits are complete; run again when the fault is repaired")
        raise OutputError(f"{what} cannot be written: {error.strerror or error}; {remedy}") from error
