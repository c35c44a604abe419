"""The writer of a dataset.

A commit takes four steps, and the process may be killed between any two of them:

1. stage    the part's files are written outside the tables' folders and flushed (`parts.stage`)
2. place    they are moved into the tables' folders, and the folders flushed
3. publish  the manifest is replaced by one that names them, and no longer what they replace
4. sweep    what the manifest does not name is removed

A reader of the manifest sees a commit at one instant. A listing of a folder shows, from 2 to 4, both the new rows and
those that they replace: the manifest never names a file that is not in its place, so both must be there when it
changes. A commit that fails or is interrupted sweeps before the run ends; after one that was killed, the next run
does.

Two writers. On a disk the system guarantees that there is one. In an object store a process that slept through the
expiry of its lock may wake up at any step, beside the new holder. These rules keep the dataset consistent even then:

- the manifest is replaced only by a writer that knows its latest version (`VersionedFile.replace`)
- before unnamed parts are removed, the folders are listed, then the manifest is read, then a new version of it is
  written (`VersionedFile.fence`): no other writer can publish a part that was listed
- no two writers use the same name for a part (`Lock.owner`), so that what one removes is never what another wrote
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import LEDGERS, STATE, LedgerEntry, Manifest, part_files
from rumourmill.dataset.parts import STAGING, StagedPart, check_schema, stage_without, write_staged
from rumourmill.dataset.reader import exists
from rumourmill.errors import OutputError
from rumourmill.filesystem import FileSystem, Location, Lock, open_file_system, writing
from rumourmill.schema import DERIVED, TABLES

__all__ = ["Dataset", "check_folder", "open_for_writing"]

PART_NAME = re.compile(r"([0-9a-f]{32})\.parquet")
FOLDERS = (*TABLES, LEDGERS)


class Dataset:
    """A dataset that is open for writing. Made by `open_for_writing`; only one process uses it.

    Args:
        files: folder of the dataset.
        lock: the lock of the dataset, held.
    """

    def __init__(self, files: FileSystem, lock: Lock) -> None:
        self.files = files
        self.known: dict[
            str, tuple[LedgerEntry, str]
        ] = {}  # by source path: what is known of a file, and its part's key
        self._lock = lock
        self._manifest_file = manifest.open_manifest(files)
        self._manifest = Manifest()
        self._paths_by_id: dict[str, str] = {}  # source path of each article
        self._recover()

    @property
    def owner(self) -> str:
        """Identifier of this writer, which becomes part of the names of its parts."""
        return self._lock.owner

    @property
    def rows(self) -> dict[str, int]:
        """The number of rows of each table."""
        return self._manifest.rows

    def fingerprint_of(self, source_path: str) -> str:
        """Return the fingerprint that a known file was read with."""
        return self._manifest.parts[self.known[source_path][1]].fingerprint

    def commit_all(self, staged: Sequence[StagedPart], fingerprint: dict[str, str]) -> Iterator[int]:
        """Commit parts, and yield after each commit how many articles it had.

        On a disk each part is committed alone, to be safe as soon as possible; in an object store all together, which
        takes hardly longer than one.
        """
        for group in [staged] if self.files.concurrent else [[part] for part in staged]:
            self.commit(group, fingerprint)
            yield sum(len(part.entries) for part in group)

    def commit(self, staged: Sequence[StagedPart], fingerprint: dict[str, str]) -> None:
        """Make staged parts visible, and the earlier rows of their articles invisible, at one instant.

        Args:
            staged: the new parts.
            fingerprint: components of their fingerprint.

        Raises:
            OutputError: a part cannot be written or does not have the schema, or another process has taken the
                dataset over; the dataset is as it was.
        """
        for part in staged:
            check_schema(part, self.files)
            self._manifest.fingerprints[part.part.fingerprint] = fingerprint
        written = [write_staged(part, self.files) for part in staged]
        entries = [entry for part in written for entry in part.entries]
        same_id = (self._paths_by_id.get(entry.article_id) for entry in entries if entry.reason is None)
        self._replace({entry.source_path for entry in entries} | {path for path in same_id if path}, written)

    def drop(self, source_paths: Collection[str]) -> None:
        """Remove the rows of files that no longer exist."""
        if source_paths:
            self._replace(set(source_paths), [])

    def _recover(self) -> None:
        """Remove what a killed run left: parts that no manifest names, and those of which a file is missing."""
        with writing(self.files):
            self.files.discard_staged(STAGING)
            self.files.make_folders(FOLDERS)
            listed = {f"{folder}/{name}" for folder in FOLDERS for name in self.files.names(folder)}
            self._manifest = manifest.load(self.files, self._manifest_file)
            for key in [key for key in self._manifest.parts if not self._is_complete(key, listed)]:
                del self._manifest.parts[key]
            unnamed = {_key(path) for path in listed} - self._manifest.parts.keys()
            if unnamed:
                self._manifest_file.fence(manifest.to_bytes(self._manifest))
                self._remove(unnamed)
        keys = list(self._manifest.parts)
        for key, entries in zip(keys, manifest.read_ledgers(self.files, keys), strict=True):
            self._add_known(key, entries)

    def _is_complete(self, key: str, listed: Collection[str]) -> bool:
        return all(path in listed or self.files.exists(path) for path in part_files(key).values())

    def _replace(self, replaced: set[str], staged: list[StagedPart]) -> None:
        old = {self.known[path][1] for path in replaced if path in self.known}
        staged = staged + [rest for key in sorted(old) if (rest := self._stage_rest(key, replaced))]
        new = {part.part.key for part in staged}
        with self._cleaned_up_on_failure(old | new), writing(self.files):
            self._place(staged)
            self._publish(old, staged)
            self._remove(old - new)
        for path in replaced & self.known.keys():
            del self.known[path]
        for part in staged:
            self._add_known(part.part.key, part.entries)

    def _stage_rest(self, key: str, replaced: set[str]) -> StagedPart | None:
        """Stage the rows of a part's other articles; None if there are none."""
        try:
            [entries] = manifest.read_ledgers(self.files, [key])
            stay = [entry for entry in entries if entry.source_path not in replaced]
            removed = [entry for entry in entries if entry.source_path in replaced]
            part = self._manifest.parts[key]
            return stage_without(self.files, part, stay, removed, self.owner) if stay else None
        except FileNotFoundError as error:
            self._lock.check()
            raise OutputError(f"{self.files} lacks a part ({error}): run extract again to repair it") from error

    def _place(self, staged: Iterable[StagedPart]) -> None:
        for part in staged:
            paths = part_files(part.part.key)
            self.files.place({paths[name]: content for name, content in part.files.items()})

    def _publish(self, old: Iterable[str], staged: Iterable[StagedPart]) -> None:
        parts = {key: part for key, part in self._manifest.parts.items() if key not in old}
        parts |= {part.part.key: part.part for part in staged}
        self._lock.check()
        self._manifest_file.replace(manifest.to_bytes(Manifest(parts, self._manifest.fingerprints)))
        self._manifest.parts = parts

    @contextmanager
    def _cleaned_up_on_failure(self, keys: Collection[str]) -> Iterator[None]:
        """On any failure, also Ctrl-C, remove those of some parts that the manifest does not name, if possible."""
        try:
            yield
        except BaseException:
            with suppress(OSError, OutputError):
                self._lock.check()  # the parts are the new holder's concern
                file = manifest.open_manifest(self.files)  # another one: nothing can be committed with ours afterwards
                current = manifest.load(self.files, file)
                if unnamed := set(keys) - current.parts.keys():
                    file.fence(manifest.to_bytes(current))
                    self._remove(unnamed)
            raise

    def _remove(self, keys: Iterable[str]) -> None:
        for key in keys:
            for path in part_files(key).values():
                self.files.remove(path)

    def _add_known(self, key: str, entries: Iterable[LedgerEntry]) -> None:
        for entry in entries:
            self.known[entry.source_path] = (entry, key)
            if entry.reason is None:
                self._paths_by_id[entry.article_id] = entry.source_path


def check_folder(out: Location) -> None:
    """Make sure that a folder is empty, missing or a dataset; nothing is written.

    Raises:
        OutputError: it holds something else, which the message names, or cannot be read.
    """
    files = open_file_system(out)
    try:
        if files.exists() and not files.is_folder():
            raise OutputError(f"{files} is a file: name a folder for the tables")
        foreign = next(_foreign(files), None)
    except OSError as error:
        raise OutputError(f"{files} cannot be read: {error.strerror or error}; check its permissions") from error
    if foreign:
        raise OutputError(f"{files} holds what rumourmill did not write ({foreign}): choose an empty or new folder")


@contextmanager
def open_for_writing(out: Location) -> Iterator[Dataset]:
    """Open a dataset as its only writer; it is created if it does not exist.

    Raises:
        OutputError: it cannot be written, holds foreign files, or another run is writing it.
    """
    files = open_file_system(out)
    check_folder(files)
    with writing(files):
        files.make_folders([STATE])
    with files.lock(f"{STATE}/lock") as lock:
        dataset = Dataset(files, lock)
        try:
            yield dataset
        finally:
            files.discard_staged(STAGING)


def _key(path: str) -> str:
    """Return the key of the part that a file belongs to."""
    return path.rpartition("/")[2].partition(".")[0]


def _foreign(files: FileSystem) -> Iterator[str]:
    """Yield the paths of files that are not part of a dataset."""
    is_dataset = exists(files)
    ours = {STATE, manifest.NAME, f"{manifest.NAME}.staged", *TABLES, *DERIVED}
    for name in files.names():
        if not is_dataset or name not in ours:
            yield name
    for table in TABLES:
        yield from (f"{table}/{name}" for name in files.names(table) if not PART_NAME.fullmatch(name))
