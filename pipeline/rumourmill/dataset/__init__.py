"""A dataset: tables in Parquet, on a disk or in an object store, that one run at a time writes and anybody reads.

- `reader`: whole tables: `read`, `read_arrow`, `row_counts`
- `snapshot`: `Snapshot`, a dataset piece by piece as it was at one instant
- `writer`: `Dataset`, opened by `open_for_writing`: commits parts
- `parts`: rows become the files of a part
- `manifest`: which parts the dataset consists of, and what is known of the files they were made of
"""

from __future__ import annotations

from rumourmill.dataset.manifest import LedgerEntry
from rumourmill.dataset.parts import StagedPart, stage
from rumourmill.dataset.reader import exists, read, read_arrow, row_counts
from rumourmill.dataset.snapshot import Replaced, Snapshot, with_snapshot
from rumourmill.dataset.writer import Dataset, check_folder, open_for_writing

__all__ = [
    "Dataset",
    "LedgerEntry",
    "Replaced",
    "Snapshot",
    "StagedPart",
    "check_folder",
    "exists",
    "open_for_writing",
    "read",
    "read_arrow",
    "row_counts",
    "stage",
    "with_snapshot",
]
