"""Places in object stores (`s3://bucket/news`), with what we need of `pathlib.Path`; fsspec knows the stores.

What a store is asked is told by its own environment variables and files (`AWS_ENDPOINT_URL`, `~/.aws` ...), as its
other tools have it: no option of ours carries a secret.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from rumourmill.errors import UsageError

__all__ = ["ObjectPath", "Place", "fetch", "place"]

PIECE = 1024 * 1024  # bytes that are read ahead


@dataclass(frozen=True, slots=True)
class ObjectPath:
    """An object, or what begins with its name and a slash as a folder does. Failures are OSErrors."""

    protocol: str
    key: str  # bucket and name, as fsspec writes them

    def __str__(self) -> str:
        return f"{self.protocol}://{self.key.lstrip('/')}"

    def __truediv__(self, name: str) -> ObjectPath:
        return ObjectPath(self.protocol, f"{self.key}/{name}")

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self.key.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """That without its suffix."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def parent(self) -> ObjectPath:
        """The folder that it stands in."""
        return ObjectPath(self.protocol, self.key.rpartition("/")[0])

    @property
    def only_here(self) -> bool:
        """Whether no other process sees it."""
        return self.protocol == "memory"

    def exists(self) -> bool:
        """Whether there is such an object or folder."""
        with _failures_as_os_errors():
            return bool(_store(self.protocol).exists(self.key))

    def is_dir(self) -> bool:
        """Whether it is a folder, and not empty."""
        with _failures_as_os_errors():
            return bool(_store(self.protocol).isdir(self.key))

    def is_file(self) -> bool:
        """Whether it is an object."""
        with _failures_as_os_errors():
            return bool(_store(self.protocol).isfile(self.key))

    def resolve(self) -> ObjectPath:
        """Itself: there are no links."""
        return self

    def mkdir(self, *, parents: bool = False, exist_ok: bool = False) -> None:
        """Nothing: folders are there as soon as something is in them."""

    def iterdir(self) -> Iterator[ObjectPath]:
        """What stands in the folder; nothing if it is not there."""
        with _failures_as_os_errors():
            try:
                found = _store(self.protocol).ls(self.key, detail=False)
            except FileNotFoundError:
                return
        yield from (
            ObjectPath(self.protocol, key.rstrip("/")) for key in found if key.strip("/") != self.key.strip("/")
        )

    def below(self) -> Iterator[tuple[str, ObjectPath, int, str]]:
        """Every object in it and in its folders: name from here, place, size, and what tells its version or ''."""
        with _failures_as_os_errors():
            try:
                found: Mapping[str, Mapping[str, Any]] = _store(self.protocol).find(self.key, detail=True)
            except FileNotFoundError:
                return
        for key, info in found.items():
            name = key[len(self.key) :].lstrip("/")
            if name and not key.endswith("/"):
                yield name, ObjectPath(self.protocol, key), int(info["size"] or 0), _version(info)

    def open(self, mode: str = "rb") -> io.BufferedReader:
        """Open it for reading, piece by piece."""
        with _failures_as_os_errors():
            return io.BufferedReader(_store(self.protocol).open(self.key, mode), PIECE)

    def read_bytes(self) -> bytes:
        """All that is in it."""
        with _failures_as_os_errors():
            data: bytes = _store(self.protocol).cat_file(self.key)
            return data

    def read_text(self, encoding: str = "utf8") -> str:
        """All that is in it, as text."""
        return self.read_bytes().decode(encoding)

    def write_bytes(self, data: bytes, *, new: bool = False) -> None:
        """Put it whole: others see the old object or the new one.

        Raises:
            FileExistsError: it is there, and should be new.
        """
        with _failures_as_os_errors():
            _store(self.protocol).pipe_file(self.key, data, mode="create" if new else "overwrite")

    @staticmethod
    def write_all(objects: Mapping[ObjectPath, bytes]) -> None:
        """Put objects of one store, many at a time."""
        for protocol in {path.protocol for path in objects}:
            with _failures_as_os_errors():
                _store(protocol).pipe({path.key: data for path, data in objects.items()})

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove it."""
        with _failures_as_os_errors():
            try:
                _store(self.protocol).rm_file(self.key)
            except FileNotFoundError:
                if not missing_ok:
                    raise


Place: TypeAlias = Path | ObjectPath
"""Where something is: on a disk, or in an object store."""


def place(text: str | Place) -> Place:
    """The place that a path or a URL names.

    Raises:
        UsageError: what the URL needs is not known or not installed.
    """
    if not isinstance(text, str):
        return text
    protocol, sign, rest = text.partition("://")
    if not sign:
        return Path(text)
    if protocol == "file":
        return Path(rest)
    try:
        store = _store(protocol)
    except ImportError as error:
        raise UsageError(
            f"{text} needs more ({error}): pip install '.[cluster]' in the checkout, for gs:// gcsfs"
        ) from error
    except ValueError as error:
        raise UsageError(f"{text} is no place to read or write ({error}): use s3://, gs:// or a path") from error
    key = str(store._strip_protocol(text)).rstrip("/")
    if not key.strip("/") and protocol != "memory":
        raise UsageError(f"{text} names no bucket: {protocol}://bucket/folder")
    return ObjectPath(protocol, key)


def fetch(paths: Sequence[ObjectPath]) -> list[bytes | OSError]:
    """What is in objects of one store, many at a time; an OSError for one that cannot be read."""
    if not paths:
        return []
    with _failures_as_os_errors():
        found = _store(paths[0].protocol).cat_ranges([path.key for path in paths], None, None, on_error="return")
    return [_as_os_error(data) if isinstance(data, Exception) else data for data in found]


@cache
def _store(protocol: str) -> Any:
    import fsspec  # noqa: PLC0415 - an extra

    return fsspec.filesystem(protocol, use_listings_cache=False)


def _version(info: Mapping[str, Any]) -> str:
    """A hash of what a store tells of an object's version, empty if it tells nothing that can be relied on."""
    told = next((str(info[name]) for name in ("ETag", "etag", "generation", "md5Hash") if info.get(name)), "")
    return hashlib.sha256(told.encode()).hexdigest() if told else ""


@contextmanager
def _failures_as_os_errors() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError):
            raise
        raise _as_os_error(error) from error


def _as_os_error(error: Exception) -> OSError:
    return error if isinstance(error, OSError) else OSError(f"{type(error).__name__}: {error}")
