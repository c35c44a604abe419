"""A dataset piece by piece, as it was at one instant: for readers that cannot hold it in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import ledger_path, part_path
from rumourmill.dataset.reader import RETRIES, exists
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem import Location, open_file_system
from rumourmill.schema import TABLES, arrow_schema

__all__ = ["Replaced", "Snapshot", "with_snapshot"]

T = TypeVar("T")


class Replaced(Exception):  # noqa: N818 - it is no error of the caller
    """A run has replaced a part since the manifest was read: a new snapshot has what came in its place."""


class Snapshot:
    """The parts that a dataset's manifest names now.

    Args:
        out: folder of the dataset.

    Raises:
        UsageError: there is no dataset, it is empty, or it has an older schema.
        OutputError: it cannot be read.
        Replaced: a part was removed after the manifest was read.
    """

    def __init__(self, out: Location) -> None:
        self._files = open_file_system(out)
        parts = manifest.load_current(self._files).parts if exists(self._files) else {}
        if not parts:
            raise UsageError(f"{self._files} holds no tables: extract some first")
        self._keys = sorted(parts, key=self._first_entry)

    def batches(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the rows of one table. Those of an article are together, and articles have one order in all tables.

        Args:
            table: name of the table.
            columns: the columns to read; None for all.

        Raises:
            KeyError: there is no such table.
            OutputError: a part cannot be read.
            Replaced: a part was removed since the snapshot was taken.
        """
        whole = arrow_schema(table)
        schema = whole if columns is None else pa.schema([whole.field(name) for name in columns])
        for key in self._keys:
            path = part_path(table, key)
            with self._reading(path):
                content = pa.BufferReader(self._files.read(path))
                piece = pq.read_table(content, partitioning=None, columns=schema.names).cast(schema)
            yield from piece.to_batches()

    def rows(self, table: str) -> Iterator[tuple[object, ...]]:
        """Yield the rows of one table as tuples, in the order of the schema's columns."""
        for batch in self.batches(table):
            columns = [batch.column(column.name).to_pylist() for column in TABLES[table].columns]
            yield from zip(*columns, strict=True)

    def _first_entry(self, key: str) -> str:
        """Return the first line of a part's ledger, by which parts are ordered."""
        path = ledger_path(key)
        with self._reading(path):
            return self._files.read(path).partition(b"\n")[0].decode()

    @contextmanager
    def _reading(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise Replaced(path.rpartition("/")[2]) from error
        except (OSError, pa.ArrowInvalid) as error:
            full = self._files.url(path)
            raise OutputError(f"{full} cannot be read ({error}): remove the folder and extract again") from error


def with_snapshot(out: Location, work: Callable[[Snapshot], T]) -> T:
    """Return the result of a function of a snapshot; it is called again if a run replaces parts meanwhile.

    Args:
        out: folder of the dataset.
        work: may be called several times; only the last call counts.

    Raises:
        UsageError: there is no dataset, or it is empty.
        OutputError: a part is missing or cannot be read.
    """
    for _ in range(RETRIES):
        try:
            return work(Snapshot(out))
        except Replaced as error:
            missing = error
    raise OutputError(f"{out} lacks a part ({missing}): run extract again to repair it") from missing
