"""Where the time of our pipeline goes: a worker's steps one by one, each under its own clock."""

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

NEURAL = "ner"  # the step that is the neural pass


class Clock:
    """Adds up seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Count the time of the block for a step."""
        began = perf_counter()
        yield
        self.seconds[step] += perf_counter() - began


def profile(folder: Path) -> dict[str, float]:
    """Seconds of each step over the articles of a folder: files to staged Parquet, in one process.

    Args:
        folder: articles that can all be read.

    Returns:
        Step -> seconds, in the order in which the steps run.
    """
    nlp, clock = language.load(), Clock()
    tune_collector()
    articles = ArticleFolder.open(folder)
    found = articles.list_articles().sources
    with tempfile.TemporaryDirectory() as temporary:
        out = LocalDisk(Path(temporary))
        for start in range(0, len(found), BATCH_SIZE):
            _batch(nlp, articles, found[start : start + BATCH_SIZE], out, clock)
    return dict(clock.seconds)


def _batch(nlp: Language, folder: ArticleFolder, batch: Sequence[Source], out: LocalDisk, clock: Clock) -> None:
    """What a worker does with a batch of files."""
    now = dt.datetime.now(dt.UTC)
    with clock("reading"):
        contents = folder.read_articles(batch)
    with clock("decoding"):
        found = [from_content(source, content) for source, content in zip(batch, contents, strict=True)]
    articles = [article for article in found if isinstance(article, Article)]
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    with language.bounded_vocab(nlp, articles):
        for start in range(0, len(articles), language.BATCH_SIZE):
            few = articles[start : start + language.BATCH_SIZE]
            for article, doc in zip(few, _annotated(nlp, few, clock), strict=True):
                with clock("records"):
                    rows["articles"].append(article_row(article, now, "bench"))
                    for name, more in rows_of(doc, article).items():
                        rows[name] += more
    with clock("writing"):
        stage(out, "bench", (), rows)


def _annotated(nlp: Language, articles: Sequence[Article], clock: Clock) -> list[Doc]:
    """What `nlp.pipe` does with a batch of texts, component by component."""
    with clock("tokeniser"):
        docs = [language.make_doc(nlp, article) for article in articles]
    for name, component in nlp.pipeline:
        with clock(name):
            docs = (
                list(component.pipe(docs, batch_size=language.BATCH_SIZE))
                if isinstance(component, Pipe)
                else [component(doc) for doc in docs]
            )
    return docs


if __name__ == "__main__":
    print(json.dumps({"neural": NEURAL, "seconds": profile(Path(sys.argv[1]))}))
