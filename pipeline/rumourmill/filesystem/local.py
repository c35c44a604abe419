"""Local disks. Whatever changes a disk here survives a power cut: files are flushed before they are renamed."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from rumourmill.errors import OutputError
from rumourmill.filesystem.base import (
    EntryKind,
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

try:
    import fcntl
except ImportError as error:  # pragma: no cover - Windows
    raise ImportError("rumourmill does not run on Windows, which has no fcntl: use Linux, macOS or WSL") from error

__all__ = ["SETTLED", "LocalDisk", "flush", "move", "remove", "remove_folder", "replace_file"]

SETTLED = 2.0  # seconds: the resolution of the coarsest file system clock in use (FAT)
STAGED = ".staged"


@dataclass(frozen=True)
class LocalDisk(FileSystem):
    """A folder on a local disk."""

    root: Path
    concurrent: ClassVar[bool] = False

    def __str__(self) -> str:
        return str(self.root)

    @property
    def scope(self) -> Scope:
        """All processes of this machine."""
        return "machine"

    @property
    def name(self) -> str:
        """Name of the folder itself."""
        return self.root.name

    @property
    def parent(self) -> LocalDisk:
        """The folder above."""
        return LocalDisk(self.root.parent)

    def resolve(self) -> LocalDisk:
        """Return the same folder with an absolute path without symbolic links."""
        return LocalDisk(self.root.resolve())

    def exists(self, path: str = "") -> bool:
        """Return whether there is a file or folder of that path."""
        return (self.root / path).exists()

    def is_folder(self, path: str = "") -> bool:
        """Return whether there is a folder of that path."""
        return (self.root / path).is_dir()

    def names(self, path: str = "") -> Sequence[str]:
        """Return the names of the files and folders directly in a folder; none if it does not exist."""
        try:
            return [entry.name for entry in (self.root / path).iterdir()]
        except FileNotFoundError:
            return []

    def walk(self) -> Iterator[FileEntry]:
        """Yield everything below the folder except hidden files and folders."""
        waiting = [str(self.root)]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    visible = [entry for entry in entries if not entry.name.startswith(".")]
            except OSError as error:
                yield FileEntry(self._relative(folder), "folder", error=error)
                continue
            for entry in visible:
                if entry.is_symlink():
                    yield self._follow(Path(entry.path))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    yield FileEntry(self._relative(entry.path), "folder")
                else:
                    is_file = entry.is_file(follow_symlinks=False)
                    yield FileEntry(self._relative(entry.path), "file" if is_file else "special")

    def _follow(self, path: Path) -> FileEntry:
        """Return the entry of a symbolic link."""
        name = self._relative(str(path))
        try:
            target = path.resolve(strict=True)
        except FileNotFoundError:
            return FileEntry(name, "missing", "broken")
        except (RuntimeError, OSError) as error:  # Python 3.11 and 3.12 raise RuntimeError for a loop
            if isinstance(error, OSError) and error.errno != errno.ELOOP:
                return FileEntry(name, "missing", "broken", error=error)
            return FileEntry(name, "missing", "loop")
        kind: EntryKind = "folder" if target.is_dir() else "file" if target.is_file() else "special"
        if not target.is_relative_to(self.root):
            return FileEntry(name, kind, "outside")
        return FileEntry(name, kind, "loop" if path.is_relative_to(target) else "inside")

    def _relative(self, path: str) -> str:
        return path[len(str(self.root)) :].lstrip("/")

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading."""
        return (self.root / path).open("rb")

    def read_many(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield the contents of files, in order."""
        for path in paths:
            yield (self.root / path).read_bytes()

    def load_many(self, paths: Sequence[str], limit: int) -> list[FileContent | OSError]:
        """Return the first `limit` bytes of files and what identifies them, or why a file cannot be read."""
        return [self._load(self.root / path, limit) for path in paths]

    @staticmethod
    def _load(path: Path, limit: int) -> FileContent | OSError:
        try:
            with path.open("rb") as file:
                before = os.fstat(file.fileno())
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                data = file.read(limit)
        except OSError as error:
            return error
        settled = time.time() - max(before.st_mtime, before.st_ctime) >= SETTLED
        return FileContent(data, digest, _version(before) if settled else None)

    def version(self, path: str) -> Version | None:
        """Return the version of a file without reading it; None if it cannot be determined."""
        try:
            return _version((self.root / path).stat())
        except OSError:
            return None

    def make_folders(self, paths: Iterable[str]) -> None:
        """Create folders and their parents, unless they exist."""
        for path in paths:
            (self.root / path).mkdir(parents=True, exist_ok=True)

    def stage(self, folder: str, files: Mapping[str, Staged]) -> dict[str, Staged]:
        """Write files that are still in memory into a temporary folder, and flush them."""
        if not any(isinstance(content, bytes) for content in files.values()):
            return dict(files)
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        staged: dict[str, Staged] = {}
        for name, content in files.items():
            if isinstance(content, bytes):
                staged[name] = f"{folder}/{name}{STAGED}"  # a suffix that no glob for Parquet files matches
                _write(self.root / folder / f"{name}{STAGED}", content)
            else:
                staged[name] = content
        return staged

    def place(self, files: Mapping[str, Staged]) -> None:
        """Rename staged files to their paths, remove their temporary folders and flush the folders they are in now."""
        emptied: dict[Path, None] = {}
        for path, staged in files.items():
            if isinstance(staged, bytes):
                raise TypeError(f"{path} is not staged")
            move(self.root / staged, self.root / path)
            emptied[(self.root / staged).parent] = None
        for folder in emptied:
            folder.rmdir()
        for folder in dict.fromkeys((self.root / path).parent for path in files):
            flush(folder)

    def discard_staged(self, folder: str) -> None:
        """Remove staged files that were never placed, and files that were to replace others; what cannot is left."""
        remove_folder(self.root / folder)
        for path in self.root.glob(f"*{STAGED}"):
            with suppress(OSError):
                remove(path)

    def remove(self, path: str) -> None:
        """Remove a file, if it exists."""
        remove(self.root / path)

    @contextmanager
    def lock(self, path: str) -> Iterator[Lock]:
        """Hold an exclusive lock (flock), which the system releases when this process ends."""
        with writing(self):
            handle = os.open(self.root / path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(f"{self} is in use by another run: wait until it ends") from error
            yield _SystemLock()
        finally:
            os.close(handle)

    def versioned_file(self, path: str, versions: str) -> VersionedFile:  # noqa: ARG002 - a file is replaced in place
        """Return a file that only the holder of the lock replaces."""
        return _LocalFile(self.root / path)


class _SystemLock:
    """A lock of the operating system: nobody can take it over."""

    owner = ""

    def check(self) -> None:
        """Do nothing: the lock is held until it is released."""


class _LocalFile(VersionedFile):
    """A file that is replaced by renaming. The lock guarantees that there is one writer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """Return the content; None if there is no such file."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None

    def replace(self, data: bytes) -> None:
        """Replace the file atomically and durably."""
        replace_file(self._path, data)

    def fence(self, data: bytes) -> None:
        """Do nothing: there is no other writer."""


def flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(staged: Path, path: Path) -> None:
    """Rename a flushed file atomically; the folder must still be flushed."""
    staged.replace(path)


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content atomically and durably: readers see the old content or the new one."""
    staged = path.with_name(path.name + STAGED)
    _write(staged, data)
    move(staged, path)
    flush(path.parent)


def remove(path: Path) -> None:
    """Remove a file, if it exists."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder with its content, if it exists; what cannot be removed is left."""
    shutil.rmtree(path, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    flush(path)


def _version(found: os.stat_result) -> Version:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
