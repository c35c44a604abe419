"""A dataset in one file or folder for other tools: DuckDB, SQLite, or CSV for spreadsheets.

`statements` writes the contract as SQL and `package` as a data package; `values` are what a text format can hold of a
row; `duckdb_file`, `sqlite_file` and `csv_folder` each write one kind of target, row by row. What is half written has
another name, so that a target is either whole or not there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.errors import UsageError
from rumourmill.exports import csv_folder, duckdb_file, sqlite_file
from rumourmill.exports.statements import views
from rumourmill.filesystem import remove, remove_folder, writing

__all__ = ["export", "views"]

WRITERS: dict[str, Callable[[Snapshot, Path], None]] = {
    ".duckdb": duckdb_file.write,
    ".sqlite": sqlite_file.write,
    "": csv_folder.write,
}


def export(out: Path, target: Path, *, replace: bool = False) -> None:
    """Write a dataset into one file or folder.

    Args:
        out: folder of the dataset; a run may go on writing it.
        target: a new `.duckdb` or `.sqlite` file, or a new folder for CSV files (a name without a suffix).
        replace: whether a file of that name, or the CSV files of that folder, may be replaced.

    Raises:
        UsageError: there is no dataset, the target's kind is not known, it is there already, or DuckDB is missing.
        OutputError: the target cannot be written, or a part of the dataset is missing.
    """
    write = _writer(out, target, replace)
    staged = target.with_name(f"{target.name}.staged")

    def write_staged(snapshot: Snapshot) -> None:
        _clear(staged)
        write(snapshot, staged)

    try:
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        with_snapshot(out, write_staged)
        _publish(staged, target)
    finally:
        _clear(staged)


def _writer(out: Path, target: Path, replace: bool) -> Callable[[Snapshot, Path], None]:
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        raise UsageError(f"{target}: name a .duckdb file, a .sqlite file, or a folder (without a suffix) for CSV files")
    if target.exists() and target.is_dir() == bool(target.suffix):
        raise UsageError(f"{target} is {'a folder' if target.is_dir() else 'a file'}: choose another name")
    if target.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{target} lies inside {out}: keep the tables apart")
    taken = any(target.iterdir()) if target.is_dir() else target.exists()
    if taken and not replace:
        raise UsageError(f"{target} is there already: choose another name, or replace it with --replace")
    return write


def _publish(staged: Path, target: Path) -> None:
    with writing(target):
        if staged.is_dir() and target.is_dir():  # a folder may hold more than our files: that stays
            for file in sorted(staged.iterdir()):
                file.replace(target / file.name)
        else:
            staged.replace(target)


def _clear(staged: Path) -> None:
    remove_folder(staged) if staged.is_dir() else remove(staged)
