"""A folder becomes a dataset: plan, work, commit. The only module that composes the steps."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rumourmill.dataset import writer
from rumourmill.dataset.writer import Dataset
from rumourmill.errors import UsageError
from rumourmill.filesystem.objects import ObjectPath, Place, place
from rumourmill.resources import checksums, user_lists
from rumourmill.runner import fingerprint, scheduler
from rumourmill.runner.dask_cluster import Cluster
from rumourmill.runner.processes import Processes
from rumourmill.runner.worker import Reader, Setup, load_reader
from rumourmill.sources import folders, tables
from rumourmill.sources import source as sources
from rumourmill.sources.source import Source
from rumourmill.sources.tables import USUAL, Columns

__all__ = ["BATCH", "Progress", "Summary", "extract"]

BATCH = 128  # files or rows: what a kill can cost, what a part holds
BATCH_BYTES = 8 * 1024 * 1024  # of the texts of rows, which are in memory while their batch is read
KINDS = ".txt, .txt.gz, .parquet, .jsonl or .jsonl.gz"
AHEAD = 2  # batches handed out for each worker, so that none waits for the commit of another's
ROW = re.compile(r"(.+):\d+", re.DOTALL)  # the source path of a row without an id, behind its table's


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    done: int
    total: int  # files and rows to read in this run


@dataclass(frozen=True)
class Summary:
    """What a run did. Every file (or row of a table) found is one of read, unchanged, rejected or left."""

    found: int
    read: int  # new or changed articles
    unchanged: int  # articles that were in the tables already
    rejected: int  # files that cannot be read, now or before
    left: int  # for the next run, by `limit`
    dropped: int  # files gone, by `prune`
    seconds: float
    rows: dict[str, int] = field(default_factory=dict)  # of each table of the dataset
    from_tables: bool = False  # whether rows of tables were found

    @property
    def articles_per_second(self) -> float:
        """How many articles were read in a second of the whole run."""
        return self.read / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Plan:
    """What is to be done."""

    found: list[Source]
    changed: list[Source]  # new ones among them
    gone: list[str]
    mended: list[str]  # rejected rows without an id of their own that are no longer there or have one now


def extract(
    source: str | Place,
    out: str | Place,
    *,
    workers: int = 1,
    dask: str | None = None,
    prune: bool = False,
    limit: int | None = None,
    columns: Columns = USUAL,
    gazetteer: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    load: Callable[[], Reader] | None = None,
    executor: Callable[[int], Executor] | None = None,
) -> Summary:
    """Read the articles below `source` into the tables below `out`; see `rumourmill.extract`.

    Args:
        source: folder of articles, or a table of them; a path or a URL, as `out` is.
        out: folder of the dataset.
        workers: processes that read.
        dask: address of the scheduler of a cluster that reads instead.
        prune: drop the rows of articles whose file is gone.
        limit: read at most so many new or changed files.
        columns: those of a table that hold id, text and day.
        gazetteer: folder of the user's own lists.
        progress: called before the first batch and after each one.
        load: makes the reader in each worker; a function of a module. The trained pipeline by default.
        executor: makes what runs the work instead, given the number of workers.

    Returns:
        What was done.

    Raises:
        UsageError: the folders or options cannot be used; nothing was done.
        OutputError: `out` cannot be written or is in use; what was committed before is whole.
        ModelError: the language model or the gazetteer is damaged.
        CrewError: the workers cannot start.
    """
    began = time.monotonic()
    source, out = place(source), place(out)
    with _read_or_told(source):
        _check(source, out, workers, limit)
    checksums.check()
    own = user_lists.read_user_lists(gazetteer)
    writer.check_place(out)
    with _read_or_told(source):
        files = folders.walk(source)
    if unread := next((item.fault for item in files if item.folder and item.source_path == "."), None):
        raise UsageError(f"{source}: {unread.detail}")
    if not any(not item.folder for item in files):
        raise UsageError(f"{source} holds no articles: there is no {KINDS} file in it or below it")
    found = tables.expand(files, columns)
    made_by = fingerprint.current(own)
    crew_of = executor or (partial(Cluster, dask) if dask else Processes)
    with crew_of(workers) as pool, writer.open_for_writing(out) as data:
        plan = make_plan(
            found, {item.source_path for item in files if item.is_table}, data, fingerprint.digest(made_by)
        )
        todo = plan.changed[:limit]
        far = pool if isinstance(pool, Cluster) else None  # its workers may not see our disk
        staging = data.staging.resolve() if data.staging and not far else None
        setup = Setup(staging, fingerprint.digest(made_by), load or partial(load_reader, lists=own), own)
        report = progress or (lambda _: None)
        report(Progress(0, len(todo)))
        done = 0
        with pool:  # the workers end before the staging goes
            handed_out = tables.loaded(batches(todo), columns, files=far is not None)
            at_once = AHEAD * (far.workers if far else workers)
            for ready in scheduler.work_through(handed_out, setup, pool, at_once):
                # A store takes as long for many objects as for one; on a disk each part is safe as soon as may be.
                for staged in [ready] if isinstance(out, ObjectPath) else [[part] for part in ready]:
                    data.commit(staged, made_by)
                    done += sum(len(part.entries) for part in staged)
                    report(Progress(done, len(todo)))
        data.drop(plan.mended + (plan.gone if prune else []))
        return _summary(plan, todo, data, len(plan.gone) if prune else 0, time.monotonic() - began)


def make_plan(found: list[Source], scanned: Collection[str], data: Dataset, made_by: str) -> Plan:
    """Compare what is in the folder with what is in the dataset.

    Args:
        found: the files of the folder and the rows of its tables.
        scanned: the source paths of its tables.
        data: the dataset.
        made_by: hash of the recipe that rows are made by now.
    """
    changed = [source for source in found if not _is_known(source, data, made_by)]
    present = {source.source_path for source in found}
    hidden = tuple(source.source_path + sign for source in found if source.folder for sign in "/:")
    gone = sorted(path for path in data.known if path not in present and not path.startswith(hidden))
    mended = {path for path in gone if (row := ROW.fullmatch(path)) and row[1] in scanned}
    return Plan(found, changed, [path for path in gone if path not in mended], sorted(mended))


def batches(files: Sequence[Source]) -> Iterator[list[Source]]:
    """Files in batches, always the same for the same files."""
    batch: list[Source] = []
    size = 0
    for source in files:
        size += source.row.size if source.row else 0
        if len(batch) == BATCH or (batch and size > BATCH_BYTES):
            yield batch
            batch, size = [], source.row.size if source.row else 0
        batch.append(source)
    if batch:
        yield batch


def _is_known(source: Source, data: Dataset, made_by: str) -> bool:
    """Whether the dataset has what would come of a file; it is opened only when its entry tells too little."""
    if source.source_path not in data.known or data.recipe_of(source.source_path) != made_by:
        return False
    entry, _ = data.known[source.source_path]
    if source.fault:
        return entry.reason == source.fault.reason
    if source.row:
        return entry.content_hash == source.row.content_hash
    if entry.stamp is not None and entry.stamp == sources.stamp_of(source):
        return True
    content = sources.read(source)
    if content.content_hash is None:
        return content.fault is not None and entry.reason == content.fault.reason
    return entry.content_hash == content.content_hash


@contextmanager
def _read_or_told(source: Place) -> Iterator[None]:
    """Tell what a store says that refuses us."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error}") from error


def _check(source: Place, out: Place, workers: int, limit: int | None) -> None:
    if workers < 1:
        raise UsageError(f"workers must be 1 or more, not {workers}")
    if limit is not None and limit < 1:
        raise UsageError(f"limit must be 1 or more, not {limit}")
    if not source.exists():
        raise UsageError(f"{source} does not exist: name the folder that holds the articles")
    if not source.is_dir() and not source.name.lower().endswith(sources.TABLES):
        raise UsageError(f"{source} is a file, and no table of articles: name the folder that holds it")
    inner, outer = (f"{folder.resolve()}/" for folder in (out, source))
    if inner.startswith(outer):
        raise UsageError(f"{out} lies inside {source}: keep the tables out of the folder of articles")


def _summary(plan: Plan, todo: list[Source], data: Dataset, dropped: int, seconds: float) -> Summary:
    known = [data.known[s.source_path][0] for s in plan.found if s.source_path in data.known]
    left = {s.source_path for s in plan.changed[len(todo) :]}
    rejected = {entry.source_path for entry in known if entry.reason} - left
    read = sum(s.source_path not in rejected for s in todo)
    unchanged = len(plan.found) - len(plan.changed) - len(rejected - {s.source_path for s in todo})
    from_tables = any(source.row for source in plan.found)
    return Summary(len(plan.found), read, unchanged, len(rejected), len(left), dropped, seconds, data.rows, from_tables)
