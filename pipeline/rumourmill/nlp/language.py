"""Build and load the spaCy pipeline, and run it on articles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc

from rumourmill.nlp.extensions import register
from rumourmill.nlp.tokens import cache_text
from rumourmill.resources.gazetteer import models_dir

__all__ = [
    "BATCH_SIZE",
    "COMPONENTS",
    "TAKE_USER_LISTS",
    "bounded_vocab",
    "build",
    "load",
    "make_doc",
    "model_version",
    "process",
]

COMPONENTS = ("sentences", "clubs", "players", "fees", "dates", "quotes", "transfers")
TAKE_USER_LISTS = ("word_lists", "clubs", "players", "quotes", "transfers")  # components with the setting `user_lists`
OVERRIDES = {"components.ner.factory": "recogniser"}  # same model and entities as spaCy's `ner`, twice as fast
MAX_VOCAB = 60_000  # lexemes that are kept between batches (20 MB); creating one is the slowest part of tokenizing
MAX_CHARACTERS = 2_000_000  # of a batch whose lexemes are kept; noise has unlimited new words
BATCH_SIZE = 16  # Docs per call of the recogniser; 64 took twice the memory at the same speed
LONGEST_WORD = 256  # characters; only a web address comes near
ENDLESS_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")


class Text(Protocol):
    """The attributes of an article that the pipeline needs."""

    @property
    def text(self) -> str: ...
    @property
    def published_on(self) -> dt.date | None: ...
    @property
    def title_end(self) -> int: ...


def load(path: Path | None = None, user_lists: Mapping[str, str] | None = None) -> Language:
    """Load the trained pipeline. It changes no global state except that Doc extensions are registered.

    Args:
        path: a model directory; models/transfer_news by default.
        user_lists: file name -> text of a user's lists, as `UserLists.setting` returns them. They are a setting of the
            components: `nlp.config`, `nlp.to_disk` and `spacy.load` keep them.

    Returns:
        A spaCy `Language` whose Docs have the spans and attributes described in `rumourmill.nlp.extensions`.

    Raises:
        OSError: there is no model in that directory.
        GazetteerError: a list has an invalid line.
    """
    path = path or models_dir() / "transfer_news"
    if not user_lists:
        return spacy.load(path, config=OVERRIDES)
    config = util.load_config(path / "config.cfg", overrides=OVERRIDES)
    for name in TAKE_USER_LISTS:
        # Not by `overrides`, in whose keys a dot separates sections.
        config["components"][name]["user_lists"] = dict(user_lists)
    nlp = util.load_model_from_config(config, meta=util.get_model_meta(path))
    return nlp.from_disk(path, overrides=OVERRIDES)


def build(recogniser: Path) -> Language:
    """Build the pipeline from a trained recogniser and our components, as `make model` packages it.

    Args:
        recogniser: directory of a spaCy pipeline with the component `ner`.
    """
    nlp = spacy.load(recogniser)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def model_version(nlp: Language) -> str:
    """Return name and version of a pipeline's model, such as `transfer_news-0.1.0`."""
    return f"{nlp.meta['name']}-{nlp.meta['version']}"


def make_doc(nlp: Language, article: Text) -> Doc:
    """Tokenize an article and set its day of publication and the end of its headline."""
    doc = _tokenize(nlp, article.text)
    cache_text(doc, article.text)
    doc._.published_on = article.published_on.isoformat() if article.published_on else None
    doc._.title_end = article.title_end
    return doc


def _tokenize(nlp: Language, text: str) -> Doc:
    """Tokenize a text. Words over `LONGEST_WORD` are split: spaCy's time is quadratic in the length of a word."""
    words = (word.span() for word in ENDLESS_WORD.finditer(text))
    cuts = [at for start, end in words for at in range(start + LONGEST_WORD, end, LONGEST_WORD)]
    if not cuts:
        return nlp.make_doc(text)
    pieces = (text[start:end] for start, end in pairwise([0, *cuts, len(text)]))
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False)


def process(nlp: Language, articles: Sequence[Text]) -> Iterator[Doc]:
    """Run the pipeline on articles.

    The Docs are valid until the iteration ends: copy what you need from each one.

    Args:
        nlp: a pipeline from `load`.
        articles: texts of at most `nlp.max_length` characters.

    Yields:
        One annotated Doc per article, in order.
    """
    with bounded_vocab(nlp, articles):
        yield from nlp.pipe((make_doc(nlp, article) for article in articles), batch_size=BATCH_SIZE)


def bounded_vocab(nlp: Language, articles: Sequence[Text]) -> AbstractContextManager[object]:
    """Return a context in which to process articles: at its end new words are removed if the vocabulary is full."""
    room = len(nlp.vocab) < MAX_VOCAB and sum(len(article.text) for article in articles) < MAX_CHARACTERS
    return nullcontext() if room else nlp.memory_zone()


register()
