"""Profile of the steps of a worker: the time of reading, each component and writing."""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from rumourmill.dataset import stage
from rumourmill.filesystem import LocalDisk
from rumourmill.nlp import language
from rumourmill.runner.plan import BATCH_SIZE
from rumourmill.runner.worker import tune_collector
from rumourmill.schema import TABLES, Row
from rumourmill.schema.records import article_row, rows_of
from rumourmill.sources import Article, ArticleFolder, Source, from_content

__all__ = ["NEURAL", "profile"]

NEURAL = "ner"  # the step with the neural network


class StepTimer:
    """Sums seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Add the time of the block to a step."""
        start = perf_counter()
        yield
        self.seconds[step] += perf_counter() - start


def profile(folder: Path) -> dict[str, float]:
    """Return the seconds of each step for the articles of a folder, from files to Parquet, in one process.

    Args:
        folder: valid articles only.

    Returns:
        Seconds by step, in order of execution.
    """
    nlp, timer = language.load(), StepTimer()
    tune_collector()
    articles = ArticleFolder.open(folder)
    found = articles.list_articles().sources
    with tempfile.TemporaryDirectory() as temporary:
        out = LocalDisk(Path(temporary))
        for start in range(0, len(found), BATCH_SIZE):
            _batch(nlp, articles, found[start : start + BATCH_SIZE], out, timer)
    return dict(timer.seconds)


def _batch(nlp: Language, folder: ArticleFolder, batch: Sequence[Source], out: LocalDisk, timer: StepTimer) -> None:
    """Process a batch of files as a worker does."""
    now = dt.datetime.now(dt.UTC)
    with timer("reading"):
        contents = folder.read_articles(batch)
    with timer("decoding"):
        found = [from_content(source, content) for source, content in zip(batch, contents, strict=True)]
    articles = [article for article in found if isinstance(article, Article)]
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    with language.bounded_vocab(nlp, articles):
        for start in range(0, len(articles), language.BATCH_SIZE):
            few = articles[start : start + language.BATCH_SIZE]
            for article, doc in zip(few, _annotated(nlp, few, timer), strict=True):
                with timer("records"):
                    rows["articles"].append(article_row(article, now, "bench"))
                    for name, more in rows_of(doc, article).items():
                        rows[name] += more
    with timer("writing"):
        stage(out, "bench", (), rows)


def _annotated(nlp: Language, articles: Sequence[Article], timer: StepTimer) -> list[Doc]:
    """Process a batch of texts as `nlp.pipe` does, component by component."""
    with timer("tokeniser"):
        docs = [language.make_doc(nlp, article) for article in articles]
    for name, component in nlp.pipeline:
        with timer(name):
            docs = (
                list(component.pipe(docs, batch_size=language.BATCH_SIZE))
                if isinstance(component, Pipe)
                else [component(doc) for doc in docs]
            )
    return docs


if __name__ == "__main__":
    print(json.dumps({"neural": NEURAL, "seconds": profile(Path(sys.argv[1]))}))
