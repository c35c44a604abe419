"""Object stores (`s3://bucket/news`), which fsspec knows.

Keys and addresses come from where the store's other tools have them (`AWS_ENDPOINT_URL`, `~/.aws` ...): no option of
ours carries a secret.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, BinaryIO, ClassVar, cast

from rumourmill.errors import OutputError, UsageError
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
from rumourmill.filesystem.lease import hold_lease

__all__ = ["ObjectStore"]

BUFFER = 1024 * 1024  # bytes that are read ahead
CONCURRENT = 64  # objects that are fetched together
REPLACED = b'{"format": 2}'  # in place of a file that has numbered versions


@dataclass(frozen=True)
class ObjectStore(FileSystem):
    """The objects whose names begin with that of a folder."""

    protocol: str
    key: str  # bucket and name of the folder, as fsspec writes them
    concurrent: ClassVar[bool] = True

    @classmethod
    def from_url(cls, url: str) -> ObjectStore:
        """Return the folder of a URL.

        Raises:
            UsageError: the protocol is unknown, or the package that it needs is not installed.
        """
        protocol = url.partition("://")[0]
        try:
            store = _store(protocol)
        except ImportError as error:
            raise UsageError(
                f"{url} needs an optional package ({error}): pip install '.[cluster]' in the checkout, for gs:// gcsfs"
            ) from error
        except ValueError as error:
            raise UsageError(f"{url} is not a supported URL ({error}): use s3://, gs:// or a path") from error
        key = str(store._strip_protocol(url)).rstrip("/")
        if not key.strip("/") and protocol != "memory":
            raise UsageError(f"{url} names no bucket: {protocol}://bucket/folder")
        return cls(protocol, key)

    def __str__(self) -> str:
        return f"{self.protocol}://{self.key.lstrip('/')}"

    @property
    def scope(self) -> Scope:
        """Machines that have the keys of the store; fsspec's store in memory belongs to this process."""
        return "process" if self.protocol == "memory" else "network"

    @property
    def name(self) -> str:
        """Name of the folder itself."""
        return self.key.rpartition("/")[2]

    @property
    def parent(self) -> ObjectStore:
        """The folder above."""
        return ObjectStore(self.protocol, self.key.rpartition("/")[0])

    def resolve(self) -> ObjectStore:
        """Return the folder itself: there are no links."""
        return self

    def exists(self, path: str = "") -> bool:
        """Return whether there is an object or folder of that path."""
        with _as_os_errors():
            return bool(_store(self.protocol).exists(self._key(path)))

    def is_folder(self, path: str = "") -> bool:
        """Return whether there is an object below that path."""
        with _as_os_errors():
            return bool(_store(self.protocol).isdir(self._key(path)))

    def names(self, path: str = "") -> Sequence[str]:
        """Return the names of the objects and folders directly in a folder."""
        folder = self._key(path)
        with _as_os_errors():
            try:
                found = _store(self.protocol).ls(folder, detail=False)
            except FileNotFoundError:
                return []
        return [key.rstrip("/").rpartition("/")[2] for key in found if key.strip("/") != folder.strip("/")]

    def walk(self) -> Iterator[FileEntry]:
        """Yield every object below the folder, except hidden ones and those in hidden folders."""
        with _as_os_errors():
            try:
                found: Mapping[str, Mapping[str, Any]] = _store(self.protocol).find(self.key, detail=True)
            except FileNotFoundError:
                return
        for key, info in found.items():
            path = key[len(self.key) :].lstrip("/")
            if path and not key.endswith("/") and not any(part.startswith(".") for part in path.split("/")):
                yield FileEntry(path, "file", version=_version(info), size=int(info["size"] or 0))

    def open(self, path: str) -> BinaryIO:
        """Open an object for reading, piece by piece."""
        with _as_os_errors():
            return io.BufferedReader(_store(self.protocol).open(self._key(path), "rb"), BUFFER)

    def read_many(self, paths: Iterable[str]) -> Iterator[bytes]:
        """Yield the contents of objects, in order; many are fetched together."""
        rest = iter(paths)
        while some := list(islice(rest, CONCURRENT)):
            for content in self._fetch(some):
                if isinstance(content, OSError):
                    raise content
                yield content

    def load_many(self, paths: Sequence[str], limit: int) -> list[FileContent | OSError]:
        """Return the first `limit` bytes of objects and their hashes, or why an object cannot be read."""
        return [
            data if isinstance(data, OSError) else FileContent(data[:limit], hashlib.sha256(data).hexdigest(), None)
            for data in self._fetch(paths)
        ]

    def version(self, path: str) -> Version | None:
        """Return the version of an object; None if the store has none that can be relied on."""
        try:
            with _as_os_errors():
                return _version(_store(self.protocol).info(self._key(path)))
        except OSError:
            return None

    def make_folders(self, paths: Iterable[str]) -> None:
        """Do nothing: a folder exists as soon as there is an object in it."""

    def stage(self, folder: str, files: Mapping[str, Staged]) -> dict[str, Staged]:  # noqa: ARG002
        """Return the files as they are: an object cannot be renamed, so contents stay in memory until `place`."""
        return dict(files)

    def place(self, files: Mapping[str, Staged]) -> None:
        """Write objects, each one whole and many together."""
        contents = {self._key(path): cast("bytes", staged) for path, staged in files.items()}
        if contents:
            with _as_os_errors():
                _store(self.protocol).pipe(contents)

    def discard_staged(self, folder: str) -> None:
        """Do nothing: staged files are in memory."""

    def write(self, path: str, data: bytes) -> None:
        """Write an object: readers see the old content or the new one."""
        with _as_os_errors():
            _store(self.protocol).pipe_file(self._key(path), data, mode="overwrite")

    def create(self, path: str, data: bytes) -> None:
        """Write an object that must not exist.

        Raises:
            FileExistsError: it exists. Of several processes that create one object, one succeeds.
        """
        with _as_os_errors():
            _store(self.protocol).pipe_file(self._key(path), data, mode="create")

    def remove(self, path: str) -> None:
        """Remove an object, if it exists."""
        with _as_os_errors():
            try:
                _store(self.protocol).rm_file(self._key(path))
            except FileNotFoundError:
                return

    @contextmanager
    def lock(self, path: str) -> Iterator[Lock]:
        """Hold a lease, whose states are objects in the folder `path`."""
        with writing(self), _lease(self, path) as lease:
            yield lease

    def versioned_file(self, path: str, versions: str) -> VersionedFile:
        """Return a file whose versions are numbered objects: a store has no general way to replace conditionally."""
        return _NumberedFile(self, path, versions)

    def _key(self, path: str) -> str:
        return f"{self.key}/{path}" if path else self.key

    def _fetch(self, paths: Sequence[str]) -> list[bytes | OSError]:
        """Return the contents of objects, fetched together; an OSError for one that cannot be read."""
        if not paths:
            return []
        with _as_os_errors():
            keys = [self._key(path) for path in paths]
            found = _store(self.protocol).cat_ranges(keys, None, None, on_error="return")
        return [_as_os_error(data) if isinstance(data, Exception) else data for data in found]


def _lease(store: ObjectStore, path: str) -> AbstractContextManager[Lock]:
    return hold_lease(store, path)


class _NumberedFile(VersionedFile):
    """Versions are objects `00000001`, `00000002` ..., of which the highest counts.

    A version is created only if its number does not exist, so that one of several writers succeeds. Lower numbers are
    removed, but never before a higher one exists: a writer that creates a number which was removed finds the higher one
    when it looks again. The file `path` itself is written by earlier versions of rumourmill: it is read where there is
    no numbered one, and replaced by a text that makes them refuse the folder.
    """

    def __init__(self, store: ObjectStore, path: str, folder: str) -> None:
        self._store, self._path, self._folder = store, path, folder
        self._number = 0

    def read(self) -> bytes | None:
        """Return the content of the highest number; None if there is no version."""
        while True:
            number = max(self._numbers(), default=0)
            try:
                data = self._store.read(self._name(number) if number else self._path)
            except FileNotFoundError:
                data = None
            if (data is None and number) or (not number and self._numbers()):
                continue  # a higher number was created meanwhile
            self._number = number
            return data

    def replace(self, data: bytes) -> None:
        """Create the next number, and make sure that it is the highest."""
        number = self._number + 1
        try:
            self._store.create(self._name(number), data)
        except FileExistsError as error:
            raise self._taken_over() from error
        numbers = self._numbers()
        if max(numbers, default=0) != number:
            self._store.remove(self._name(number))
            raise self._taken_over()
        self._number = number
        if number == 1:
            self._store.write(self._path, REPLACED)
        for lower in numbers:
            if lower < number:
                self._store.remove(self._name(lower))

    def fence(self, data: bytes) -> None:
        """Create the next number."""
        self.replace(data)

    def _numbers(self) -> list[int]:
        return [int(stem) for name in self._store.names(self._folder) if (stem := name.partition(".")[0]).isdigit()]

    def _name(self, number: int) -> str:
        return f"{self._folder}/{number:08}.json"

    def _taken_over(self) -> OutputError:
        return OutputError(f"{self._store} was taken over by another run: earlier commits are complete")


@cache
def _store(protocol: str) -> Any:
    import fsspec  # noqa: PLC0415 - an optional dependency

    return fsspec.filesystem(protocol, use_listings_cache=False)


def _version(info: Mapping[str, Any]) -> Version | None:
    """Return the version of an object from its metadata; None if they do not identify its content."""
    tag = next((str(info[name]) for name in ("ETag", "etag", "generation", "md5Hash") if info.get(name)), "")
    return (int(info["size"] or 0), int(hashlib.sha256(tag.encode()).hexdigest()[:15], 16), 0) if tag else None


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Convert what the libraries of stores raise to OSErrors."""
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError):
            raise
        raise _as_os_error(error) from error


def _as_os_error(error: Exception) -> OSError:
    return error if isinstance(error, OSError) else OSError(f"{type(error).__name__}: {error}")
