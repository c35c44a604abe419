"""A dataset on the disk: open, recover, commit, drop, read.

A commit takes these steps, and a run may be killed between any two of them:

1. stage    the part's files are written and flushed outside the tables (`parts.stage`)
2. place    they are moved into the tables' folders, and the folders flushed
3. publish  the manifest is replaced by one that names them, and not what they replace
4. sweep    what no manifest names is removed; what a killed run leaves, the next one sweeps
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import manifest
from pipeline.errors import OutputError, UsageError
from pipeline.files import flush, locked, move, remove, remove_folder, writing
from pipeline.manifest import STATE, Entry, Part, ledger_path, part_path
from pipeline.parts import StagedPart, stage_rest, staged_path
from pipeline.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Dataset", "check_place", "exists", "open_for_writing", "read", "read_arrow", "row_counts"]

PART_NAME = re.compile(r"([0-9a-f]{32})\.parquet")
TRIES = 20  # of a reader whose parts are replaced under its hands


class Dataset:
    """A dataset open for writing: made by `open_for_writing`, used by one process."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.staging = out / STATE / "staging"
        self._manifest = manifest.load(out)
        self.known: dict[str, tuple[Entry, str]] = {}  # by source path: what is known of it, and its part
        self._by_id: dict[str, str] = {}  # source path of each article

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each table."""
        return row_counts(self.out)

    def recipe_of(self, source_path: str) -> str:
        """The hash of the recipe that a known file was read by."""
        return self._manifest.parts[self.known[source_path][1]].recipe

    def recover(self) -> None:
        """Put right what a killed run left: keep the parts that are whole, sweep the rest."""
        with writing(self.out):
            remove_folder(self.staging)
            for folder in (*(self.out / name for name in TABLES), self.out / STATE / "ledgers"):
                folder.mkdir(parents=True, exist_ok=True)
            for key in [key for key in self._manifest.parts if not self._is_whole(key)]:
                del self._manifest.parts[key]
            self._sweep_all()
        for key in self._manifest.parts:
            self._learn(key, manifest.read_ledger(ledger_path(self.out, key)))

    def commit(self, staged: StagedPart, recipe: dict[str, str]) -> None:
        """Make a staged part visible, and the old rows of its files invisible, at a stroke.

        Args:
            staged: the new part.
            recipe: what its recipe's hash stands for.

        Raises:
            OutputError: it cannot be written; the dataset is as it was.
        """
        self._manifest.recipes[staged.part.recipe] = recipe
        same_id = (self._by_id.get(entry.article_id) for entry in staged.entries if entry.reason is None)
        replaced = {entry.source_path for entry in staged.entries} | {path for path in same_id if path}
        self._replace(replaced, [staged])

    def drop(self, source_paths: Collection[str]) -> None:
        """Remove the rows of files that are gone."""
        if source_paths:
            self._replace(set(source_paths), [])

    def _replace(self, replaced: set[str], staged: list[StagedPart]) -> None:
        old = {self.known[path][1] for path in replaced if path in self.known}
        staged = staged + [rest for key in sorted(old) if (rest := self._stage_rest(key, replaced))]
        with writing(self.out):
            self._place(staged)
            self._publish(old, staged)
            self._sweep(old - {s.part.key for s in staged})
        for path in replaced & self.known.keys():
            del self.known[path]
        for part in staged:
            self._learn(part.part.key, part.entries)

    def _stage_rest(self, key: str, replaced: set[str]) -> StagedPart | None:
        entries = manifest.read_ledger(ledger_path(self.out, key))
        rest = [entry for entry in entries if entry.source_path not in replaced]
        gone = [entry for entry in entries if entry.source_path in replaced]
        return stage_rest(self.out, self.staging, self._manifest.parts[key], rest, gone) if rest else None

    def _place(self, staged: Iterable[StagedPart]) -> None:
        for part in staged:
            for name in TABLES:
                move(staged_path(part.folder, name), part_path(self.out, name, part.part.key))
            move(staged_path(part.folder, "ledger"), ledger_path(self.out, part.part.key))
            part.folder.rmdir()
        for folder in (*(self.out / name for name in TABLES), self.out / STATE / "ledgers"):
            flush(folder)

    def _publish(self, old: Iterable[str], staged: Iterable[StagedPart]) -> None:
        parts = {key: part for key, part in self._manifest.parts.items() if key not in old}
        parts |= {part.part.key: part.part for part in staged}
        manifest.save(self.out, manifest.Manifest(parts, self._manifest.recipes))
        self._manifest.parts = parts

    def _sweep(self, keys: Iterable[str]) -> None:
        for key in keys:
            for name in TABLES:
                remove(part_path(self.out, name, key))
            remove(ledger_path(self.out, key))

    def _sweep_all(self) -> None:
        named = self._manifest.parts.keys()
        found = {path.stem for name in TABLES for path in (self.out / name).iterdir()}
        self._sweep((found | {path.stem for path in (self.out / STATE / "ledgers").iterdir()}) - named)
        remove(self.out / (manifest.NAME + ".staged"))

    def _is_whole(self, key: str) -> bool:
        paths = (*(part_path(self.out, name, key) for name in TABLES), ledger_path(self.out, key))
        return all(path.exists() for path in paths)

    def _learn(self, key: str, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.known[entry.source_path] = (entry, key)
            if entry.reason is None:
                self._by_id[entry.article_id] = entry.source_path


def exists(out: Path) -> bool:
    """Whether a folder holds a dataset, be it one whose first run was killed."""
    return (out / STATE).is_dir()


def check_place(out: Path) -> None:
    """Refuse a folder that holds anything but a dataset of ours; nothing is written.

    Raises:
        OutputError: naming what is in the way.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file: name a folder for the tables")
    try:
        foreign = next(_foreign(out), None)
    except OSError as error:
        raise OutputError(f"{out} cannot be read: {error.strerror}; check its permissions") from error
    if foreign:
        raise OutputError(f"{out} holds what rumourmill did not write ({foreign}): choose an empty or new folder")


@contextmanager
def open_for_writing(out: Path) -> Iterator[Dataset]:
    """Open a dataset, made if it is missing, as its only writer.

    Raises:
        OutputError: it cannot be written, holds foreign files, or is in use.
    """
    check_place(out)
    with writing(out):
        (out / STATE).mkdir(parents=True, exist_ok=True)
    with locked(out / STATE / "lock"):
        dataset = Dataset(out)
        dataset.recover()
        try:
            yield dataset
        finally:
            remove_folder(dataset.staging)


def row_counts(out: Path) -> dict[str, int]:
    """The rows of each table of a dataset.

    Raises:
        UsageError: there is no dataset.
    """
    if not exists(out):
        raise UsageError(f"{out} holds no tables: extract some first")
    parts = manifest.load(out).parts.values()
    return {name: sum(part.rows[name] for part in parts) for name in TABLES}


def read_arrow(out: str | Path, table: str) -> pa.Table:
    """One table of a dataset as Arrow, an exact snapshot also while a run writes.

    Raises:
        UsageError: there is no such table or no dataset.
        OutputError: a part of it is missing.
    """
    out = Path(out)
    if table not in TABLES:
        raise UsageError(f"there is no table {table!r}: the tables are {', '.join(TABLES)}")
    if not exists(out):
        raise UsageError(f"{out} holds no tables: extract some first")
    for _ in range(TRIES):
        try:
            return _read_parts(out, table, manifest.load(out).parts.values())
        except FileNotFoundError as error:  # a commit replaced the part: take the next manifest
            missing = error
    raise OutputError(f"{out} lacks a part of {table} ({missing}): run extract again to mend it") from missing


def read(out: str | Path, table: str) -> pd.DataFrame:
    """One table of a dataset as pandas has it; `pipeline.read` tells what of what type."""
    import pandas as pd  # noqa: PLC0415 - workers never need it

    arrow = read_arrow(out, table)
    nullable = {c.name for c in TABLES[table].columns if c.nullable and c.kind == "whole"}
    frame: pd.DataFrame = arrow.drop_columns(list(nullable)).to_pandas(date_as_object=False)
    for column in TABLES[table].columns:
        if column.name in nullable:
            frame[column.name] = pd.array(arrow[column.name].to_pylist(), dtype="Int32")
        elif column.kind == "choice":
            frame[column.name] = frame[column.name].cat.set_categories(list(column.choices))
    return frame[[column.name for column in TABLES[table].columns]]


def _read_parts(out: Path, table: str, parts: Iterable[Part]) -> pa.Table:
    schema = arrow_schema(table)
    pieces = [pq.read_table(part_path(out, table, part.key), partitioning=None) for part in parts]
    whole = pa.concat_tables([schema.empty_table(), *(piece.cast(schema) for piece in pieces)]).unify_dictionaries()
    # Rows of one article lie together and in order; the sort is stable.
    return whole.sort_by(schema.names[0]).replace_schema_metadata(schema.metadata)


def _foreign(out: Path) -> Iterator[str]:
    if not out.exists():
        return
    ours = {STATE, manifest.NAME, manifest.NAME + ".staged", *TABLES}
    for path in out.iterdir():
        if not exists(out) or path.name not in ours:
            yield path.name
    for name in TABLES:
        if (out / name).is_dir():
            yield from (f"{name}/{p.name}" for p in (out / name).iterdir() if not PART_NAME.fullmatch(p.name))
