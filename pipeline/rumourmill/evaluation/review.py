"""Articles of a dataset as drafts of gold, for a person to correct: a sample of them, drawn by a seed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.errors import UsageError
from rumourmill.evaluation.draft import as_json, draft, file_text
from rumourmill.evaluation.gold import SUFFIX
from rumourmill.filesystem import writing
from rumourmill.schema import Row
from rumourmill.schema.records import DOC_TABLES

__all__ = ["Drafts", "review"]

LONGEST = 200  # bytes of a file's name, which gets a suffix
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Drafts:
    """Which drafts were written, and which were there already and stay as they are: their article_ids."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def review(out: Path, folder: Path, sample: int, seed: int = 0) -> Drafts:
    """Write a sample of articles as drafts of gold, NAME.txt and NAME.gold.json, which `evaluate` reads.

    A seed draws the same articles each time, and mostly the same ones when the dataset has grown.

    Args:
        out: folder of the dataset.
        folder: where to write; gold that is there already is left as it is.
        sample: how many articles to draw.
        seed: another one draws others.

    Raises:
        UsageError: there is no dataset, or the folder lies inside it.
        OutputError: the folder cannot be written, or the dataset cannot be read.
    """
    if folder.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{folder} lies inside {out}: keep the drafts out of the tables")
    tables = with_snapshot(out, lambda snapshot: _drawn(snapshot, sample, seed))
    written: list[str] = []
    kept: list[str] = []
    for article in tables["articles"]:
        name = article["article_id"]
        gold = folder / f"{file_name(name)}{SUFFIX}"
        if gold.exists():
            kept.append(name)
            continue
        rows = {table: [row for row in tables[table] if row["article_id"] == name] for table in DOC_TABLES}
        with writing(folder):
            gold.parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{file_name(name)}.txt").write_text(file_text(article), encoding="utf8")
            gold.write_text(as_json(draft(article, rows)), encoding="utf8")
        written.append(name)
    return Drafts(tuple(written), tuple(kept))


def file_name(article_id: str) -> str:
    """A path below the folder: the article_id itself, or a hash of one that is none, as rows of a table may have."""
    parts = article_id.split("/")
    is_path = all(part and part[0] != "." and part.isprintable() and len(part.encode()) <= LONGEST for part in parts)
    return article_id if is_path else hashlib.sha256(article_id.encode()).hexdigest()[:16]


def _drawn(snapshot: Snapshot, sample: int, seed: int) -> Tables:
    """The rows of the articles drawn: those whose names have the lowest hashes."""
    names = (name for batch in snapshot.batches("articles") for name in batch.column("article_id").to_pylist())
    drawn = nsmallest(sample, names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    wanted = pa.array(drawn, pa.string())
    tables: Tables = defaultdict(list)
    for table in ("articles", *DOC_TABLES):
        for batch in snapshot.batches(table):
            tables[table] += batch.filter(pc.is_in(batch.column("article_id"), wanted)).to_pylist()
    return tables
