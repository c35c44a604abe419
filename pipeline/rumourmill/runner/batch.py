"""One run over a folder: list, plan, work, commit. The only module that composes these steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rumourmill import dataset
from rumourmill.dataset import Dataset
from rumourmill.errors import UsageError
from rumourmill.filesystem import FileSystem, Location, open_file_system
from rumourmill.resources import checksums, user_lists
from rumourmill.runner import fingerprint, scheduler
from rumourmill.runner.dask_cluster import DaskCluster
from rumourmill.runner.plan import Plan, make_batches, make_plan
from rumourmill.runner.processes import ProcessPool
from rumourmill.runner.worker import Reader, Setup, load_reader
from rumourmill.sources import ArticleFolder, Columns, Source

__all__ = ["Progress", "Summary", "extract"]

QUEUED = 2  # batches in progress for each worker, so that none waits while another's is committed
DEFAULT_COLUMNS = Columns()


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    done: int
    total: int  # files and rows to read in this run


@dataclass(frozen=True)
class Summary:
    """What a run did. Every file or row found is one of read, unchanged, rejected or left."""

    found: int
    read: int  # new or changed articles
    unchanged: int  # articles that the tables had already
    rejected: int  # files and rows that cannot be read, in this run or an earlier one
    left: int  # for the next run, because of `limit`
    dropped: int  # articles whose file is gone, with `prune`
    seconds: float
    rows: dict[str, int] = field(default_factory=dict)  # of each table of the dataset
    from_tables: bool = False  # whether rows of tables were found

    @property
    def articles_per_second(self) -> float:
        """Articles read per second of the whole run."""
        return self.read / self.seconds if self.seconds else 0.0


def extract(
    source: Location,
    out: Location,
    *,
    workers: int = 1,
    dask: str | None = None,
    prune: bool = False,
    limit: int | None = None,
    columns: Columns = DEFAULT_COLUMNS,
    gazetteer: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    load: Callable[[], Reader] | None = None,
    executor: Callable[[int], Executor] | None = None,
) -> Summary:
    """Read the articles below `source` into the tables below `out`; see `rumourmill.extract`.

    Args:
        source: folder of articles, or a table of them; a path or a URL, as `out` is.
        out: folder of the dataset.
        workers: number of processes that read.
        dask: address of the scheduler of a Dask cluster that reads instead.
        prune: remove the rows of articles whose file is gone.
        limit: the maximum number of new or changed files to read.
        columns: the columns of a table that hold id, text and day.
        gazetteer: folder of the user's own lists.
        progress: called before the first batch and after each one.
        load: makes the reader in each worker; a function of a module. The trained pipeline by default.
        executor: makes another pool of workers, given their number.

    Raises:
        UsageError: the folders or options cannot be used; nothing was written.
        OutputError: `out` cannot be written, or another run is writing it; earlier commits are complete.
        ModelError: the trained pipeline or the gazetteer is damaged.
        WorkerError: the workers cannot be started.
    """
    began = time.monotonic()
    _check_options(workers, limit)
    files = open_file_system(out)
    articles = ArticleFolder.open(source, columns)
    _check_nesting(articles, files)
    checksums.check()
    own = user_lists.read_user_lists(gazetteer)
    dataset.check_folder(files)
    listing = articles.list_articles()
    made_by = fingerprint.current(own)
    make_pool = executor or (partial(DaskCluster, dask) if dask else ProcessPool)
    with make_pool(workers) as pool, dataset.open_for_writing(files) as data:
        plan = make_plan(articles, listing, data, fingerprint.digest(made_by))
        todo = plan.changed[:limit]
        remote = isinstance(pool, DaskCluster)  # its workers may not see our disk
        setup = Setup(
            articles.resolve(),
            None if remote else files.resolve(),
            data.owner,
            fingerprint.digest(made_by),
            load or partial(load_reader, lists=own),
            own,
        )
        report = progress or (lambda _: None)
        report(Progress(0, len(todo)))
        done = 0
        with pool:  # the workers end before the staged files are removed
            batches = articles.load_batches(make_batches(todo), remote=remote)
            queued = QUEUED * (pool.workers if isinstance(pool, DaskCluster) else workers)
            for ready in scheduler.run_batches(batches, setup, pool, queued):
                for committed in data.commit_all(ready, made_by):
                    done += committed
                    report(Progress(done, len(todo)))
        data.drop(plan.obsolete + (plan.gone if prune else []))
        return _summarize(plan, todo, data, len(plan.gone) if prune else 0, time.monotonic() - began)


def _check_options(workers: int, limit: int | None) -> None:
    if workers < 1:
        raise UsageError(f"workers must be 1 or more, not {workers}")
    if limit is not None and limit < 1:
        raise UsageError(f"limit must be 1 or more, not {limit}")


def _check_nesting(articles: ArticleFolder, out: FileSystem) -> None:
    if not articles.only and out.is_below(articles.files):
        raise UsageError(f"{out} lies inside {articles}: keep the tables out of the folder of articles")


def _summarize(plan: Plan, todo: list[Source], data: Dataset, dropped: int, seconds: float) -> Summary:
    known = [data.known[s.source_path][0] for s in plan.found if s.source_path in data.known]
    left = {s.source_path for s in plan.changed[len(todo) :]}
    rejected = {entry.source_path for entry in known if entry.reason} - left
    read = sum(s.source_path not in rejected for s in todo)
    unchanged = len(plan.found) - len(plan.changed) - len(rejected - {s.source_path for s in todo})
    from_tables = any(source.row for source in plan.found)
    return Summary(len(plan.found), read, unchanged, len(rejected), len(left), dropped, seconds, data.rows, from_tables)
