"""The index that the browser searches: terms in order, cut into small scripts; a search loads the few it needs.

A term has two lists of documents: those whose name or headline has it, and those whose text has it. Articles are
numbered from the newest, then clubs and players from the most told of, so that a lower number is a better answer.
Lists are differences of numbers in base 36. `assets/search.js` folds and cuts words by the same rules as `terms`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rumourmill.report.site import Site

__all__ = ["Document", "Index", "terms"]

FOLDED = {"æ": "ae", "ð": "d", "đ": "d", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "ß": "ss", "þ": "th"}
WORD = re.compile(r"[^\W_]+")
SHARD = 60_000  # characters of a script
BLOCK = 400  # documents of a script
TOO_COMMON = 0.5  # share of the documents from which a term says nothing
FEW = 200  # documents of which no term is too common
LONGEST = 40  # characters of a term


@dataclass(frozen=True)
class Document:
    """What the list of answers says of a page."""

    kind: str  # article, player or club
    title: str
    path: str
    note: str


def terms(text: str) -> set[str]:
    """The words of a text without case and accents."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text).lower() if unicodedata.category(c)[0] != "M")
        text = text.translate(TABLE)
    return {word[:LONGEST] for word in WORD.findall(text.lower())}


class Index:
    """An index in the making; it holds numbers, not texts."""

    def __init__(self) -> None:
        self._heads: dict[str, array[int]] = {}
        self._texts: dict[str, array[int]] = {}

    def add(self, number: int, head: str, text: str = "") -> None:
        """Add a document.

        Args:
            number: its number.
            head: its name or headline.
            text: its text.
        """
        in_head = terms(head)
        for found, where in ((in_head, self._heads), (terms(text) - in_head, self._texts)):
            for term in found:
                where.setdefault(term, array("l")).append(number)

    def write(self, site: Site, documents: Sequence[Document]) -> None:
        """Write the scripts.

        Args:
            site: where to.
            documents: all of them, in the order of their numbers.
        """
        most = TOO_COMMON * len(documents) if len(documents) > FEW else len(documents)
        common = sorted(term for term, numbers in self._texts.items() if len(numbers) > most)
        firsts = []
        for count, shard in enumerate(_shards(self._entries(set(common)))):
            firsts.append(shard[0][0])
            site.script(f"search/terms-{count}.js", "rumourmill.terms", [count, dict(shard)])
        for count, at in enumerate(range(0, len(documents), BLOCK)):
            rows = [[d.kind, d.title, d.path, d.note] for d in documents[at : at + BLOCK]]
            site.script(f"search/documents-{count}.js", "rumourmill.documents", [count, rows])
        articles = sum(document.kind == "article" for document in documents)
        start = {"firsts": firsts, "block": BLOCK, "articles": articles, "common": common, "folded": FOLDED}
        site.script("search/index.js", "rumourmill.start", [start])

    def _entries(self, common: set[str]) -> Iterator[tuple[str, list[str]]]:
        for term in sorted(self._heads.keys() | self._texts.keys()):
            texts = () if term in common else self._texts.get(term, ())
            lists = [_packed(self._heads.get(term, ())), _packed(texts)]
            if any(lists):
                yield term, lists


TABLE = str.maketrans(FOLDED)


def _shards(entries: Iterable[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    shard: list[tuple[str, list[str]]] = []
    size = 0
    for term, lists in entries:
        more = len(term) + sum(map(len, lists)) + 10
        if shard and size + more > SHARD:
            yield shard
            shard, size = [], 0
        shard.append((term, lists))
        size += more
    if shard:
        yield shard


def _packed(numbers: Iterable[int]) -> str:
    return " ".join(_base36(after - before) for before, after in pairwise([0, *sorted(numbers)]))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
