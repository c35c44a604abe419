"""A dataset on the disk: open, recover, commit, drop.

A commit takes these steps, and a run may be killed between any two of them:

1. stage    the part's files are written and flushed outside the tables (`parts.stage`)
2. place    they are moved into the tables' folders, and the folders flushed
3. publish  the manifest is replaced by one that names them, and not what they replace
4. sweep    what the manifest does not name is removed

Whoever asks the manifest sees a commit at one stroke. Whoever lists a folder sees, from 2 to 4, both the new rows and
those they replace: the manifest never names what is not in its place, so both must lie there when it changes. A commit
that fails or is interrupted sweeps before the run ends; of one that was killed outright the next run does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import STATE, Entry, ledger_path, part_path
from rumourmill.dataset.parts import StagedPart, check, put_down, stage_rest, staged_path
from rumourmill.dataset.reader import exists, read, read_arrow, row_counts
from rumourmill.errors import OutputError
from rumourmill.filesystem.files import flush, locked, move, put_objects, remove, remove_folder, writing
from rumourmill.filesystem.objects import Place
from rumourmill.schema import DERIVED, TABLES

__all__ = ["Dataset", "check_place", "exists", "open_for_writing", "read", "read_arrow", "row_counts"]

PART_NAME = re.compile(r"([0-9a-f]{32})\.parquet")


class Dataset:
    """A dataset open for writing: made by `open_for_writing`, used by one process."""

    def __init__(self, out: Place, still_ours: Callable[[], None] = lambda: None) -> None:
        self.out = out
        self.staging = out / STATE / "staging" if isinstance(out, Path) else None  # objects are put whole
        self._still_ours = still_ours
        self._folders = (*(out / name for name in TABLES), out / STATE / "ledgers")
        self._manifest = manifest.load(out)
        self.known: dict[str, tuple[Entry, str]] = {}  # by source path: what is known of it, and its part
        self._by_id: dict[str, str] = {}  # source path of each article

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each table."""
        return self._manifest.rows

    def recipe_of(self, source_path: str) -> str:
        """The hash of the recipe that a known file was read by."""
        return self._manifest.parts[self.known[source_path][1]].recipe

    def recover(self) -> None:
        """Put right what a killed run left: keep the parts that are whole, sweep the rest."""
        with writing(self.out):
            if self.staging:
                remove_folder(self.staging)
            for folder in self._folders:
                folder.mkdir(parents=True, exist_ok=True)
            names = [{path.name for path in folder.iterdir()} for folder in self._folders]
            for key in [key for key in self._manifest.parts if not self._is_whole(key, names)]:
                del self._manifest.parts[key]
            self._sweep_unnamed(self._manifest.parts)
        keys = list(self._manifest.parts)
        ledgers = manifest.read_ledgers(ledger_path(self.out, key) for key in keys)
        for key, entries in zip(keys, ledgers, strict=True):
            self._learn(key, entries)

    def commit(self, staged: Sequence[StagedPart], recipe: dict[str, str]) -> None:
        """Make staged parts visible, and the old rows of their files invisible, at a stroke.

        Args:
            staged: the new parts.
            recipe: what their recipe's hash stands for.

        Raises:
            OutputError: it cannot be written or breaks the schema; the dataset is as it was.
        """
        for part in staged:
            check(part)
            self._manifest.recipes[part.part.recipe] = recipe
        here = [put_down(part, self.staging) if self.staging and not part.folder else part for part in staged]
        entries = [entry for part in here for entry in part.entries]
        same_id = (self._by_id.get(entry.article_id) for entry in entries if entry.reason is None)
        self._replace({entry.source_path for entry in entries} | {path for path in same_id if path}, here)

    def drop(self, source_paths: Collection[str]) -> None:
        """Remove the rows of files that are gone."""
        if source_paths:
            self._replace(set(source_paths), [])

    def _replace(self, replaced: set[str], staged: list[StagedPart]) -> None:
        old = {self.known[path][1] for path in replaced if path in self.known}
        staged = staged + [rest for key in sorted(old) if (rest := self._stage_rest(key, replaced))]
        with self._swept_on_failure(), writing(self.out):
            self._place(staged)
            self._publish(old, staged)
            self._sweep(old - {s.part.key for s in staged})
        for path in replaced & self.known.keys():
            del self.known[path]
        for part in staged:
            self._learn(part.part.key, part.entries)

    @contextmanager
    def _swept_on_failure(self) -> Iterator[None]:
        """Leave the tables' folders as the manifest on the disk says, if that can be done, also on Ctrl-C."""
        try:
            yield
        except BaseException:
            with suppress(OSError, OutputError):
                self._sweep_unnamed(manifest.load(self.out).parts)
            raise

    def _stage_rest(self, key: str, replaced: set[str]) -> StagedPart | None:
        [entries] = manifest.read_ledgers([ledger_path(self.out, key)])
        rest = [entry for entry in entries if entry.source_path not in replaced]
        gone = [entry for entry in entries if entry.source_path in replaced]
        return stage_rest(self.out, self.staging, self._manifest.parts[key], rest, gone) if rest else None

    def _place(self, staged: Iterable[StagedPart]) -> None:
        for part in staged:
            files = dict(self._places(part.part.key))
            if part.folder is None:
                put_objects({place: part.files[name] for name, place in files.items()})
                continue
            for name, place in files.items():
                move(staged_path(part.folder, name), place)
            part.folder.rmdir()
        for folder in self._folders:
            flush(folder)

    def _publish(self, old: Iterable[str], staged: Iterable[StagedPart]) -> None:
        parts = {key: part for key, part in self._manifest.parts.items() if key not in old}
        parts |= {part.part.key: part.part for part in staged}
        self._still_ours()
        manifest.save(self.out, manifest.Manifest(parts, self._manifest.recipes))
        self._manifest.parts = parts

    def _sweep(self, keys: Iterable[str]) -> None:
        for key in keys:
            for _, place in self._places(key):
                remove(place)

    def _sweep_unnamed(self, named: Collection[str]) -> None:
        self._sweep({path.stem for folder in self._folders for path in folder.iterdir()} - set(named))
        remove(self.out / (manifest.NAME + ".staged"))

    def _is_whole(self, key: str, names: Iterable[Collection[str]]) -> bool:
        return all(place.name in there for (_, place), there in zip(self._places(key), names, strict=True))

    def _places(self, key: str) -> Iterator[tuple[str, Place]]:
        """Where the files of a part belong, in the order of the folders."""
        yield from ((name, part_path(self.out, name, key)) for name in TABLES)
        yield "ledger", ledger_path(self.out, key)

    def _learn(self, key: str, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.known[entry.source_path] = (entry, key)
            if entry.reason is None:
                self._by_id[entry.article_id] = entry.source_path


def check_place(out: Place) -> None:
    """Refuse a folder that holds anything but a dataset of ours; nothing is written.

    Raises:
        OutputError: naming what is in the way.
    """
    try:
        if out.exists() and not out.is_dir():
            raise OutputError(f"{out} is a file: name a folder for the tables")
        foreign = next(_foreign(out), None)
    except OSError as error:
        raise OutputError(f"{out} cannot be read: {error.strerror or error}; check its permissions") from error
    if foreign:
        raise OutputError(f"{out} holds what rumourmill did not write ({foreign}): choose an empty or new folder")


@contextmanager
def open_for_writing(out: Place) -> Iterator[Dataset]:
    """Open a dataset, made if it is missing, as its only writer.

    Raises:
        OutputError: it cannot be written, holds foreign files, or is in use.
    """
    check_place(out)
    with writing(out):
        (out / STATE).mkdir(parents=True, exist_ok=True)
    with locked(out / STATE / "lock") as still_ours:
        dataset = Dataset(out, still_ours)
        dataset.recover()
        try:
            yield dataset
        finally:
            if dataset.staging:
                remove_folder(dataset.staging)


def _foreign(out: Place) -> Iterator[str]:
    if not out.exists():
        return
    ours = {STATE, manifest.NAME, manifest.NAME + ".staged", *TABLES, *DERIVED}
    for path in out.iterdir():
        if not exists(out) or path.name not in ours:
            yield path.name
    for name in TABLES:
        if (out / name).is_dir():
            yield from (f"{name}/{p.name}" for p in (out / name).iterdir() if not PART_NAME.fullmatch(p.name))
