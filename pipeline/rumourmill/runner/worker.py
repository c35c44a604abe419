"""A worker: reads a batch of articles and stages the part that it becomes."""

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

from rumourmill.dataset import LedgerEntry, StagedPart, stage
from rumourmill.errors import ModelError, UsageError
from rumourmill.filesystem import FileSystem
from rumourmill.resources import checksums
from rumourmill.resources.user_lists import UserLists
from rumourmill.schema import TABLES, Row
from rumourmill.schema.records import article_row, reject_row, rows_of
from rumourmill.sources import Article, ArticleFolder, Content, Reject, Source, from_content, read_file

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Reader", "Setup", "Worker", "load_reader", "read_one", "skip_pandas", "tune_collector"]

MAX_ERROR = 300  # characters of an error in a reject
NEW_OBJECTS = 50_000  # between two garbage collections; an article creates some thousands
Outcome: TypeAlias = dict[str, list[Row]] | Reject


class Reader(Protocol):
    """Converts articles to annotated Docs: the trained pipeline, or a substitute in tests."""

    version: str

    def __call__(self, articles: Sequence[Article]) -> Iterator[Doc]:
        """Yield the annotated Doc of each article, in order."""


def tune_collector() -> None:
    """Exempt all present objects from garbage collection, and collect less often.

    Model and gazetteer live as long as the process. Scanning them again and again took a third of the time that the
    component `transfers` needs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


class _NoPandas:
    """A module finder that reports that pandas is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Raise ModuleNotFoundError for pandas; leave other modules to the other finders."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def skip_pandas() -> None:
    """Create pyarrow's first array without pandas, which pyarrow would import to recognise a Series: 0.25 s and 40 MB.

    If pandas is needed later (`Table.to_pandas`), pyarrow imports it then.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(_NoPandas)


@dataclass(frozen=True)
class Setup:
    """The settings of all workers of a run; small, because they are sent with each batch."""

    articles: ArticleFolder
    out: FileSystem | None  # None: the worker does not see it, and returns the part's files
    owner: str  # of the dataset's lock
    fingerprint: str
    load: Callable[[], Reader]  # a function of a module, which is pickled by its name
    own: UserLists | None = None  # the user's own lists


class Worker:
    """Reads batches; it loads the reader when there is a first article."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._reader: Reader | None = None

    def prepare(self) -> Reader:
        """Return the reader, which is loaded at the first call.

        Raises:
            ModelError: it cannot be loaded.
        """
        if self._reader is None:
            self._reader = self._setup.load()
            threadpool_limits(1, user_api="blas")  # the workers share the cores; this process is ours
            tune_collector()
            skip_pandas()
        return self._reader

    def process(self, batch: Sequence[Source], quarantined: frozenset[str] = frozenset()) -> StagedPart:
        """Read a batch and stage its rows; an article that fails is one of its rejects.

        Args:
            batch: sources in the order of the listing.
            quarantined: source paths of articles that kill their worker; they are rejected unread.

        Raises:
            OutputError: the part cannot be written.
        """
        now = dt.datetime.now(dt.UTC)
        contents = self._setup.articles.read_articles(batch)
        found = [_parse(source, content, quarantined) for source, content in zip(batch, contents, strict=True)]
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        results = iter(self._results([a for a in found if isinstance(a, Article)], now))
        outcomes = [next(results) if isinstance(a, Article) else a for a in found]
        for source, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Reject):
                rows["rejects"].append(reject_row(source.source_path, _with_row_number(source, outcome), now))
            else:
                for name, more in outcome.items():
                    rows[name] += more
        entries = [_to_entry(*triple) for triple in zip(batch, contents, outcomes, strict=True)]
        rows = {name: sorted(table, key=_order) for name, table in rows.items()}
        return stage(self._setup.out, self._setup.fingerprint, entries, rows, self._setup.owner)

    def _results(self, articles: list[Article], now: dt.datetime) -> list[Outcome]:
        """Return the rows of each article, or why it has none."""
        if not articles:
            return []
        reader = self.prepare()
        results: list[Outcome] = []
        try:
            results += self._read(reader, articles, now)
        except Exception:
            for article in articles:
                results += self._read_one(reader, article, now)
        return results

    @staticmethod
    def _read(reader: Reader, articles: list[Article], now: dt.datetime) -> list[dict[str, list[Row]]]:
        pairs = zip(articles, reader(articles), strict=True)
        return [
            {"articles": [article_row(article, now, reader.version)], **rows_of(doc, article)} for article, doc in pairs
        ]

    def _read_one(self, reader: Reader, article: Article, now: dt.datetime) -> Iterable[Outcome]:
        try:
            return self._read(reader, [article], now)
        except Exception as error:
            return [Reject("failed", f"Reading it failed ({_shorten(error)}): please report it.")]


class _Language:
    """The trained pipeline as a Reader."""

    def __init__(self, also: Sequence[str] = (), lists: UserLists | None = None) -> None:
        from rumourmill.nlp import language  # noqa: PLC0415 - slow, and needed only if there are articles to read

        self._nlp = language.load(user_lists=lists.setting if lists else None)
        for name in also:
            self._nlp.add_pipe(name)
        self._process = language.process
        self.version = language.model_version(self._nlp)

    def __call__(self, articles: Sequence[Article]) -> Iterator[Doc]:
        return self._process(self._nlp, articles)


def load_reader(also: Sequence[str] = (), lists: UserLists | None = None) -> Reader:
    """Return the trained pipeline as a Reader.

    Args:
        also: names of further components to add at its end.
        lists: the user's own lists.

    Raises:
        ModelError: it cannot be loaded.
    """
    try:
        return _Language(also, lists)
    except (OSError, ValueError) as error:
        raise ModelError(f"the language model cannot be loaded ({error}): install rumourmill again") from error


def _parse(source: Source, content: Content, quarantined: frozenset[str]) -> Article | Reject:
    if source.source_path in quarantined and not content.fault:
        return Reject("worker_died", "The process that read it died, twice (out of memory?): please report it.")
    return from_content(source, content)


def _with_row_number(source: Source, reject: Reject) -> Reject:
    """Add the number of the row to the Reject of a table's row."""
    return replace(reject, detail=f"Row {source.row.number:,}: {reject.detail}") if source.row else reject


def _shorten(error: Exception) -> str:
    """Return an error as a short text that any table can hold."""
    words = f"{type(error).__name__}: {error}".encode(errors="backslashreplace").decode()
    return words if len(words) <= MAX_ERROR else words[:MAX_ERROR] + " ..."


def _to_entry(source: Source, content: Content, outcome: Outcome) -> LedgerEntry:
    reason = outcome.reason if isinstance(outcome, Reject) else None
    return LedgerEntry(source.source_path, source.article_id, content.content_hash, content.version, reason)


def _order(row: Row) -> str:
    key: str = row.get("article_id") or row["source_path"]
    return key


@contextmanager
def read_one(path: Path, own: UserLists | None = None, also: Sequence[str] = ()) -> Iterator[tuple[Doc, Article]]:
    """Read one article by itself; its Doc is valid only within the block.

    Args:
        path: a file; `-` is standard input.
        own: the user's own lists.
        also: names of further components to run, such as `reasons`.

    Raises:
        UsageError: it cannot be read.
        ModelError: the language model or the gazetteer is damaged.
    """
    article = read_file(path)
    if isinstance(article, Reject):
        raise UsageError(f"{path}: {article.detail}")
    checksums.check()
    for doc in load_reader(also, own)([article]):
        yield doc, article
