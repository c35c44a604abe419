"""One worker: a batch of files becomes a staged part."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyarrow as pa
from threadpoolctl import threadpool_limits

from rumourmill.dataset.manifest import Entry
from rumourmill.dataset.parts import StagedPart, stage
from rumourmill.errors import ModelError, UsageError
from rumourmill.resources import checksums
from rumourmill.resources.user_lists import UserLists
from rumourmill.schema import TABLES
from rumourmill.schema.records import Row, article_row, reject_row, rows_of
from rumourmill.sources import source as sources
from rumourmill.sources.article import Article, from_bytes
from rumourmill.sources.source import Content, Reject, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Reader", "Setup", "Worker", "load_reader", "read_one", "spare_pandas", "spare_the_collector"]


LONGEST_ERROR = 300  # characters of an error that a reject tells
NEW_OBJECTS = 50_000  # between two rounds of the garbage collector; an article makes some thousands
STANDARD_INPUT = Path("-")
Outcome: TypeAlias = dict[str, list[Row]] | Reject


class Reader(Protocol):
    """Makes Docs of articles, in their order; the pipeline, or a stand-in for it."""

    version: str

    def __call__(self, articles: Sequence[Article]) -> Iterator[Doc]:
        """The annotated Doc of each article."""


def spare_the_collector() -> None:
    """Model and gazetteer live as long as the process; walked over and over, they took a third of the time of moves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


class _NoPandas:
    """A finder of modules that says that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for pandas; leave all else to the other finders."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def spare_pandas() -> None:
    """Make pyarrow's first array without pandas, which it would import to know a series by: 0.25 s and 40 MB.

    Where pandas is wanted later (`Table.to_pandas`) pyarrow imports it then.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(_NoPandas)


@dataclass(frozen=True)
class Setup:
    """What a worker needs to know; small, and the same for all."""

    staging: Path | None  # None: the parts are handed over
    recipe: str
    load: Callable[[], Reader]  # a function of a module: it is sent to other processes by its name
    own: UserLists | None = None


class Worker:
    """Loads the reader at its first article, and keeps it."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._reader: Reader | None = None

    def prepare(self) -> Reader:
        """Load the reader, if it is not loaded yet.

        Raises:
            ModelError: it cannot be loaded.
        """
        if self._reader is None:
            self._reader = self._setup.load()
            threadpool_limits(1, user_api="blas")  # the workers share the cores; this process is ours
            spare_the_collector()
            spare_pandas()
        return self._reader

    def work(self, batch: Sequence[Source], killers: frozenset[str] = frozenset()) -> StagedPart:
        """Read a batch and stage its rows.

        Args:
            batch: files in order of their source path.
            killers: source paths of files that no worker survives; they are rejected unread.

        Returns:
            The staged part. A file that fails costs only itself: it is one of the rejects.

        Raises:
            OutputError: the part cannot be written.
        """
        now = dt.datetime.now(dt.UTC)
        contents = sources.read_all(batch)
        found = [_article(source, content, killers) for source, content in zip(batch, contents, strict=True)]
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        results = iter(self._results([a for a in found if isinstance(a, Article)], now))
        outcomes = [next(results) if isinstance(a, Article) else a for a in found]
        for source, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Reject):
                rows["rejects"].append(reject_row(source.source_path, _placed(source, outcome), now))
            else:
                for name, more in outcome.items():
                    rows[name] += more
        entries = [_entry(*three) for three in zip(batch, contents, outcomes, strict=True)]
        rows = {name: sorted(table, key=_place) for name, table in rows.items()}
        return stage(self._setup.staging, self._setup.recipe, entries, rows)

    def _results(self, articles: list[Article], now: dt.datetime) -> list[Outcome]:
        """The rows of each article, or why it has none."""
        if not articles:
            return []
        reader = self.prepare()
        results: list[Outcome] = []
        try:
            results += self._read(reader, articles, now)
        except Exception:
            for article in articles:
                results += self._read_alone(reader, article, now)
        return results

    @staticmethod
    def _read(reader: Reader, articles: list[Article], now: dt.datetime) -> list[dict[str, list[Row]]]:
        pairs = zip(articles, reader(articles), strict=True)
        return [
            {"articles": [article_row(article, now, reader.version)], **rows_of(doc, article)} for article, doc in pairs
        ]

    def _read_alone(self, reader: Reader, article: Article, now: dt.datetime) -> Iterable[Outcome]:
        try:
            return self._read(reader, [article], now)
        except Exception as error:
            return [Reject("failed", f"Reading it failed ({_shown(error)}): please report it.")]


class _Language:
    """The pipeline as a Reader."""

    def __init__(self, also: Sequence[str] = (), lists: UserLists | None = None) -> None:
        from rumourmill.nlp import language  # noqa: PLC0415 - only a worker with articles to read waits for it

        self._nlp = language.load(user_lists=lists.setting if lists else None)
        for name in also:
            self._nlp.add_pipe(name)
        self._process = language.process
        self.version = language.model_version(self._nlp)

    def __call__(self, articles: Sequence[Article]) -> Iterator[Doc]:
        return self._process(self._nlp, articles)


def load_reader(also: Sequence[str] = (), lists: UserLists | None = None) -> Reader:
    """The trained pipeline, ready to read.

    Args:
        also: names of further components to run at its end.
        lists: the user's own lists.

    Raises:
        ModelError: it cannot be loaded.
    """
    try:
        return _Language(also, lists)
    except (OSError, ValueError) as error:
        raise ModelError(f"the language model cannot be loaded ({error}): install rumourmill again") from error


def _article(source: Source, content: Content, killers: frozenset[str]) -> Article | Reject:
    if content.fault:
        return content.fault
    if source.source_path in killers:
        return Reject("worker_died", "The process that read it died, twice (out of memory?): please report it.")
    return from_bytes(content.data, source.source_path, source.article_id, content.content_hash or "", content.day)


def _placed(source: Source, reject: Reject) -> Reject:
    """A reject that tells which row of a table it is about."""
    return replace(reject, detail=f"Row {source.row.number:,}: {reject.detail}") if source.row else reject


def _shown(error: Exception) -> str:
    """An error in a few words that any table can hold."""
    words = f"{type(error).__name__}: {error}".encode(errors="backslashreplace").decode()
    return words if len(words) <= LONGEST_ERROR else words[:LONGEST_ERROR] + " ..."


def _entry(source: Source, content: Content, outcome: Outcome) -> Entry:
    reason = outcome.reason if isinstance(outcome, Reject) else None
    return Entry(source.source_path, source.article_id, content.content_hash, content.stamp, reason)


def _place(row: Row) -> str:
    key: str = row.get("article_id") or row["source_path"]
    return key


@contextmanager
def read_one(path: Path, own: UserLists | None = None, also: Sequence[str] = ()) -> Iterator[tuple[Doc, Article]]:
    """One article by itself, to look at; its Doc lives as long as the block.

    Args:
        path: a file; `-` is standard input.
        own: the user's own lists.
        also: names of further components to run, such as `reasons`.

    Raises:
        UsageError: it cannot be read.
        ModelError: the language model or the gazetteer is damaged.
    """
    source = Source(path.name, path)
    content = sources.read_stream(sys.stdin.buffer) if path == STANDARD_INPUT else sources.read(source)
    article = _article(source, content, frozenset())
    if isinstance(article, Reject):
        raise UsageError(f"{path}: {article.detail}")
    checksums.check()
    for doc in load_reader(also, own)([article]):
        yield doc, article
