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

from rumourmill.dataset.parts import stage
from rumourmill.nlp import language
from rumourmill.runner.batch import BATCH
from rumourmill.runner.worker import spare_the_collector
from rumourmill.schema import TABLES
from rumourmill.schema.records import Row, article_row, rows_of
from rumourmill.sources import folders
from rumourmill.sources import source as sources
from rumourmill.sources.article import Article, from_bytes

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
    spare_the_collector()
    found = folders.walk(folder)
    with tempfile.TemporaryDirectory() as temporary:
        staging = Path(temporary) / "_state" / "staging"
        for start in range(0, len(found), BATCH):
            _batch(nlp, found[start : start + BATCH], staging, clock)
    return dict(clock.seconds)


def _batch(nlp: Language, batch: Sequence[sources.Source], staging: Path, clock: Clock) -> None:
    """What a worker does with a batch of files."""
    now = dt.datetime.now(dt.UTC)
    with clock("reading"):
        contents = [sources.read(source) for source in batch]
    with clock("decoding"):
        found = [
            from_bytes(content.data, source.source_path, source.article_id, content.content_hash or "")
            for source, content in zip(batch, contents, strict=True)
        ]
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
        stage(staging, "bench", (), rows)


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
