"""A reader that stands in for the trained pipeline where a test is about the frame around it.

It finds "Roma" and pounds ("£11m"), and does on demand what no reader should: fail, break the contract, die.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from rumourmill.nlp import extensions
from rumourmill.sources.article import Article


class Standin:
    version = "standin-1"

    def __init__(self) -> None:
        self._nlp = spacy.blank("en")

    def __call__(self, articles: Sequence[Article]) -> Iterator[Doc]:
        for article in articles:
            yield self._annotated(article.text)

    def _annotated(self, text: str) -> Doc:
        if "FAIL" in text:
            raise ValueError("told to fail")
        if "DIE" in text and not _spared(text):
            os._exit(9)
        extensions.register()
        doc = self._nlp(text)
        doc._.fees = [fee(m) for m in re.finditer(r"£(\d+)m", text)]
        spans = [{"start": m.start(), "end": m.end(), "text": m[0]} for m in re.finditer("Roma", text)]
        if spans:
            doc._.clubs = [{"club": "Roma", "country": "Italy", "mentions": len(spans), "spans": spans}]
        if "BREAK" in text:
            doc._.fees[0]["kind"] = "ransom"
        return doc


def fee(found: re.Match[str]) -> extensions.Row:
    amount = float(found[1]) * 1e6
    return {
        "start": found.start(),
        "end": found.end(),
        "text": found[0],
        "amount": amount,
        "amount_max": None,
        "currency": "GBP",
        "amount_gbp": amount,
        "amount_max_gbp": None,
        "gbp_basis": "stated",
        "qualifier": "exact",
        "kind": "bid",
        "period": None,
        "player": None,
        "sentence": found.string,
    }


def load() -> Standin:
    return Standin()


def _spared(text: str) -> bool:
    """Whether the text is to kill once only ("DIE ONCE file"), and has: then the file is there."""
    found = re.search(r"DIE ONCE (\S+)", text)
    if found is None:
        return False
    spared = Path(found[1]).exists()
    Path(found[1]).touch()
    return spared


def die() -> Standin:
    os._exit(9)


class Here(Executor):
    """Runs tasks in this process, where a test can look at what they do."""

    def __init__(self, workers: int = 1) -> None:
        pass

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
