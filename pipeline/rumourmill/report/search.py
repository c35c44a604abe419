"""The search index: an inverted index in small scripts, of which the browser loads those that a query needs.

A term has two lists of documents: those with the term in their name or headline, and those with it in their text only.
Documents are numbered by rank (the newest article first, then subjects by number of entries), so lower numbers are
better results. Lists are delta-encoded in base 36. `assets/search.js` normalizes words by the same rules as
`tokenize`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rumourmill.report.site import Site

__all__ = ["Document", "SearchIndex", "tokenize"]

FOLDINGS = {"æ": "ae", "ð": "d", "đ": "d", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "ß": "ss", "þ": "th"}
WORD = re.compile(r"[^\W_]+")
SHARD_SIZE = 60_000  # characters of a script of terms
BLOCK_SIZE = 400  # documents of a script of documents
COMMON_RATIO = 0.5  # terms in the text of more documents than this are not indexed
MIN_DOCUMENTS = 200  # from which common terms are left out
MAX_TERM = 40  # characters


@dataclass(frozen=True)
class Document:
    """A search result."""

    kind: str  # article, player or club
    title: str
    path: str
    note: str


def tokenize(text: str) -> set[str]:
    """Return the words of a text in lower case and without accents."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if unicodedata.category(c)[0] != "M")
        text = text.translate(FOLDING_TABLE)
    return {word[:MAX_TERM] for word in WORD.findall(text.lower())}


class SearchIndex:
    """Builds the index in memory: document numbers by term, no texts."""

    def __init__(self) -> None:
        self._titles: dict[str, array[int]] = {}
        self._texts: dict[str, array[int]] = {}

    def add(self, number: int, title: str, text: str = "") -> None:
        """Add a document.

        Args:
            number: its rank.
            title: its name or headline.
            text: its text.
        """
        in_title = tokenize(title)
        for terms, postings in ((in_title, self._titles), (tokenize(text) - in_title, self._texts)):
            for term in terms:
                postings.setdefault(term, array("l")).append(number)

    def write(self, site: Site, documents: Sequence[Document]) -> None:
        """Write the scripts.

        Args:
            site: the site to write to.
            documents: all documents in order of their numbers.
        """
        limit = COMMON_RATIO * len(documents) if len(documents) > MIN_DOCUMENTS else len(documents)
        common = sorted(term for term, numbers in self._texts.items() if len(numbers) > limit)
        firsts = []
        for count, shard in enumerate(_shards(self._entries(set(common)))):
            firsts.append(shard[0][0])
            site.write_script(f"search/terms-{count}.js", "rumourmill.terms", [count, dict(shard)])
        for count, start in enumerate(range(0, len(documents), BLOCK_SIZE)):
            rows = [[d.kind, d.title, d.path, d.note] for d in documents[start : start + BLOCK_SIZE]]
            site.write_script(f"search/documents-{count}.js", "rumourmill.documents", [count, rows])
        articles = sum(document.kind == "article" for document in documents)
        settings = {"firsts": firsts, "block": BLOCK_SIZE, "articles": articles, "common": common, "folded": FOLDINGS}
        site.write_script("search/index.js", "rumourmill.start", [settings])

    def _entries(self, common: set[str]) -> Iterator[tuple[str, list[str]]]:
        for term in sorted(self._titles.keys() | self._texts.keys()):
            texts = () if term in common else self._texts.get(term, ())
            lists = [_encode(self._titles.get(term, ())), _encode(texts)]
            if any(lists):
                yield term, lists


FOLDING_TABLE = str.maketrans(FOLDINGS)


def _shards(entries: Iterable[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    shard: list[tuple[str, list[str]]] = []
    size = 0
    for term, lists in entries:
        more = len(term) + sum(map(len, lists)) + 10
        if shard and size + more > SHARD_SIZE:
            yield shard
            shard, size = [], 0
        shard.append((term, lists))
        size += more
    if shard:
        yield shard


def _encode(numbers: Iterable[int]) -> str:
    return " ".join(_base36(after - before) for before, after in pairwise([0, *sorted(numbers)]))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
