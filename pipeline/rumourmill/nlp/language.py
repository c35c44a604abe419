"""The spaCy pipeline: which components run, in which order; how it is built, loaded and fed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

from rumourmill.nlp.extensions import register
from rumourmill.nlp.tokens import keep_text
from rumourmill.resources.gazetteer import models_dir

__all__ = ["COMPONENTS", "build", "flat_memory", "load", "make_doc", "model_version", "process"]

COMPONENTS = ("sentences", "clubs", "players", "fees", "dates", "quotes", "transfers")
FAST = {"components.ner.factory": "recogniser"}  # the model is plain spaCy's; ours finds the same and is faster
KEPT = 60_000  # words that stay in the vocabulary (20 MB); taking a word apart anew costs as much as all else on it
LONGEST = 2_000_000  # characters of a batch whose words may stay: debris has new words without end
BATCH = 16  # Docs in the recogniser at once: 64 took twice the memory at the same speed
LONGEST_WORD = 256  # characters; only a web address comes near
ENDLESS = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")


class Text(Protocol):
    """What the language side needs of an article."""

    @property
    def text(self) -> str: ...
    @property
    def published_on(self) -> dt.date | None: ...
    @property
    def title_end(self) -> int: ...


def load(path: Path | None = None) -> Language:
    """The trained pipeline, ready to run on one core.

    Args:
        path: a model directory; the shipped models/transfer_news by default.

    Returns:
        An ordinary spaCy `Language`; its Docs carry the spans and extensions of `annotations.py`.

    Raises:
        OSError: there is no model in that directory.
    """
    use_fast_matrix_product()
    return spacy.load(path or models_dir() / "transfer_news", config=FAST)


def use_fast_matrix_product() -> None:
    """NumPy's OpenBLAS on one thread: 18.7k tokens/s became 29.4k at width 96, depth 4, on two EPYC cores."""
    threadpool_limits(1, user_api="blas")
    set_current_ops(NumpyOps(use_blis=False))


def build(recogniser: Path) -> Language:
    """A pipeline from a trained recogniser and our components, as `make model` packages it.

    Args:
        recogniser: directory of a spaCy pipeline that has an `ner` component.

    Returns:
        The pipeline with the recogniser first and our components behind it.
    """
    nlp = spacy.load(recogniser)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def model_version(nlp: Language) -> str:
    """Name and version of the model behind a pipeline, such as `transfer_news-0.1.0`."""
    return f"{nlp.meta['name']}-{nlp.meta['version']}"


def make_doc(nlp: Language, article: Text) -> Doc:
    """The tokenised text of an article, with its publication day and the end of its headline."""
    doc = _tokenised(nlp, article.text)
    keep_text(doc, article.text)
    doc._.published_on = article.published_on.isoformat() if article.published_on else None
    doc._.title_end = article.title_end
    return doc


def _tokenised(nlp: Language, text: str) -> Doc:
    """The tokens of a text; spaCy's time grows with the square of a word's length, so endless words are cut."""
    words = (word.span() for word in ENDLESS.finditer(text))
    cuts = [at for start, end in words for at in range(start + LONGEST_WORD, end, LONGEST_WORD)]
    if not cuts:
        return nlp.make_doc(text)
    pieces = (text[start:end] for start, end in pairwise([0, *cuts, len(text)]))
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False)


def process(nlp: Language, articles: Sequence[Text]) -> Iterator[Doc]:
    """The annotated Docs of articles, in their order.

    The Docs live until the iteration goes on past the last one: take what you need from each as it comes.

    Args:
        nlp: a pipeline from `load`.
        articles: texts of at most `nlp.max_length` characters.

    Yields:
        One Doc for each article.
    """
    with flat_memory(nlp, articles):
        yield from nlp.pipe((make_doc(nlp, article) for article in articles), batch_size=BATCH)


def flat_memory(nlp: Language, articles: Sequence[Text]) -> AbstractContextManager[object]:
    """A block to process some articles in: new words are kept up to a bound, later ones forgotten at its end."""
    room = len(nlp.vocab) < KEPT and sum(len(article.text) for article in articles) < LONGEST
    return nullcontext() if room else nlp.memory_zone()


register()
