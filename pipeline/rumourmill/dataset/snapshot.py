"""A dataset piece by piece, as it was at one instant: for whoever cannot hold it in memory at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.dataset import manifest
from rumourmill.dataset.manifest import ledger_path, part_path
from rumourmill.dataset.reader import TRIES, exists
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem.files import opened
from rumourmill.filesystem.objects import Place
from rumourmill.schema import TABLES, arrow_schema

__all__ = ["Replaced", "Snapshot", "steadily"]

T = TypeVar("T")


class Replaced(Exception):  # noqa: N818 - it tells what happened
    """A run replaced a part since the manifest was read: a snapshot taken anew has what came in its place."""


class Snapshot:
    """The parts that a dataset's manifest names now.

    Args:
        out: folder of the dataset.

    Raises:
        UsageError: there is no dataset, or nothing in it yet, or it has an older schema.
        OutputError: it cannot be read.
        Replaced: a part went since the manifest was read.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        parts = manifest.load_to_read(out).parts if exists(out) else {}
        if not parts:
            raise UsageError(f"{out} holds no tables: extract some first")
        self._keys = sorted(parts, key=self._first_file)

    def batches(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of one table; those of an article lie together and in order, and articles have one order in all.

        Args:
            table: its name.
            columns: those to be read; all when left out.

        Raises:
            KeyError: there is no such table.
            OutputError: a part cannot be read.
            Replaced: a part went since the snapshot was taken.
        """
        whole = arrow_schema(table)
        schema = whole if columns is None else pa.schema([whole.field(name) for name in columns])
        for key in self._keys:
            path = part_path(self.out, table, key)
            with _reading(path):
                [file] = opened([path])
                piece = pq.read_table(file, partitioning=None, columns=schema.names).cast(schema)
            yield from piece.to_batches()

    def rows(self, table: str) -> Iterator[tuple[object, ...]]:
        """The rows of one table, their values in the order of the contract's columns."""
        for batch in self.batches(table):
            columns = [batch.column(column.name).to_pylist() for column in TABLES[table].columns]
            yield from zip(*columns, strict=True)

    def _first_file(self, key: str) -> str:
        """The source path of a part's first file: parts come in the order of what they hold."""
        path = ledger_path(self.out, key)
        with _reading(path):
            return path.read_text(encoding="utf8").partition("\n")[0]


def steadily(out: Path, work: Callable[[Snapshot], T]) -> T:
    """What some work makes of a snapshot; where a run replaces parts meanwhile, the work begins anew.

    Args:
        out: folder of the dataset.
        work: may be done several times; only the last one counts.

    Raises:
        UsageError: there is no dataset, or nothing in it yet.
        OutputError: a part is missing or cannot be read.
    """
    for _ in range(TRIES):
        try:
            return work(Snapshot(out))
        except Replaced as error:
            missing = error
    raise OutputError(f"{out} lacks a part ({missing}): run extract again to mend it") from missing


@contextmanager
def _reading(path: Place) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Replaced(path.name) from error
    except (OSError, pa.ArrowInvalid) as error:
        raise OutputError(f"{path} cannot be read ({error}): remove the folder and extract again") from error
