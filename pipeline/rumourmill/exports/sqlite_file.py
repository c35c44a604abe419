"""Writes an SQLite database: types and keys of the contract; its meanings stand in the CREATE TABLE statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from rumourmill.dataset import Snapshot
from rumourmill.errors import OutputError
from rumourmill.exports.statements import SQLITE_TYPES, create_table, quoted
from rumourmill.exports.values import plain
from rumourmill.schema import TABLES

__all__ = ["write"]


def write(snapshot: Snapshot, path: Path) -> None:
    """Write a dataset into a new file. Days and moments are ISO texts, flags 0 and 1, spans JSON.

    Raises:
        OutputError: SQLite cannot write the file.
        Replaced: a part of the dataset was replaced meanwhile.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            for table in TABLES.values():
                database.execute(create_table(table, SQLITE_TYPES, told=True))
                places = ", ".join("?" * len(table.columns))
                insert = f"INSERT INTO {quoted(table.name)} VALUES ({places})"  # noqa: S608 - our names
                with database:
                    database.executemany(insert, (tuple(map(plain, row)) for row in snapshot.rows(table.name)))
    except sqlite3.Error as error:
        raise OutputError(f"{path} cannot be written: {error}") from error
