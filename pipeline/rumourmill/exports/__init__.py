"""Export of a dataset to one DuckDB or SQLite file, or to a folder of CSV files.

Modules:
    databases: writes DuckDB and SQLite files.
    csv_folder: writes CSV files and datapackage.json.
    statements: the schema as SQL statements.

An export is written under a temporary name and renamed when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.errors import UsageError
from rumourmill.exports.csv_folder import write_csv_folder
from rumourmill.exports.databases import write_duckdb, write_sqlite
from rumourmill.exports.statements import view_statements
from rumourmill.filesystem import remove, remove_folder, writing

__all__ = ["export", "view_statements"]

WRITERS: dict[str, Callable[[Snapshot, Path], None]] = {
    ".duckdb": write_duckdb,
    ".sqlite": write_sqlite,
    "": write_csv_folder,
}


def export(out: Path, target: Path, *, replace: bool = False) -> None:
    """Export a dataset.

    Args:
        out: folder of the dataset; a run may be writing to it.
        target: a `.duckdb` or `.sqlite` file, or a folder for CSV files (a name without a suffix).
        replace: whether to replace an existing file, or existing CSV files in the folder.

    Raises:
        UsageError: there is no dataset, the suffix is unknown, the target exists, or DuckDB is not installed.
        OutputError: the target cannot be written, or a part of the dataset is missing.
    """
    write = _checked_writer(out, target, replace)
    staged = target.with_name(f"{target.name}.staged")

    def write_staged(snapshot: Snapshot) -> None:
        _remove(staged)
        write(snapshot, staged)

    try:
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        with_snapshot(out, write_staged)
        _publish(staged, target)
    finally:
        _remove(staged)


def _checked_writer(out: Path, target: Path, replace: bool) -> Callable[[Snapshot, Path], None]:
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        raise UsageError(f"{target}: give a .duckdb file, a .sqlite file, or a folder (without a suffix) for CSV files")
    if target.exists() and target.is_dir() == bool(target.suffix):
        raise UsageError(f"{target} is {'a folder' if target.is_dir() else 'a file'}: choose another name")
    if target.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{target} is inside {out}: choose a path outside the tables")
    exists = any(target.iterdir()) if target.is_dir() else target.exists()
    if exists and not replace:
        raise UsageError(f"{target} already exists: choose another name, or replace it with --replace")
    return write


def _publish(staged: Path, target: Path) -> None:
    with writing(target):
        if staged.is_dir() and target.is_dir():  # other files in the folder are kept
            for file in sorted(staged.iterdir()):
                file.replace(target / file.name)
        else:
            staged.replace(target)


def _remove(staged: Path) -> None:
    remove_folder(staged) if staged.is_dir() else remove(staged)
