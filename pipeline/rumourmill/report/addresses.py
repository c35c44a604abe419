"""Where each page of the site lies: names that any disk and any URL can hold, one of its own for each key."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from anyascii import anyascii

from rumourmill.report.source import Head

__all__ = ["Addresses", "Names", "page_path"]

LONGEST = 60  # characters of a name
NO_NAME = "unnamed"


class Names:
    """Names for keys: letters, digits and hyphens; two keys never share one, be it on a disk that ignores case."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._next: dict[str, int] = {}  # the number to try next, by the name without one
        self._taken: set[str] = set()

    def __call__(self, key: str) -> str:
        """The name of a key; made when it is asked for first."""
        if key not in self._names:
            self._names[key] = self._free(re.sub(r"[^a-z0-9]+", "-", anyascii(key).lower())[:LONGEST].strip("-"))
        return self._names[key]

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def _free(self, plain: str) -> str:
        plain = name = plain or NO_NAME
        while name in self._taken:
            self._next[plain] = self._next.get(plain, 1) + 1
            name = f"{plain}-{self._next[plain]}"
        self._taken.add(name)
        return name


class Addresses:
    """The paths of all pages, from the root of the site."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._articles = Names()
        self._subjects = {"players": Names(), "clubs": Names()}
        self._cuts: dict[str, list[int]] = {}  # where the later pages of a long article begin
        for head in heads:
            self._articles(head.article_id)

    def cut(self, article_id: str, starts: Sequence[int]) -> None:
        """Remember where the pages of a long article begin."""
        if len(starts) > 1:
            self._cuts[article_id] = list(starts)

    def article(self, article_id: str, page: int = 1) -> str:
        """The path of a page of an article."""
        return page_path(f"articles/{self._articles(article_id)}", page)

    def record(self, article_id: str, table: str, number: int, start: int) -> str:
        """The path of a row on the page of its article.

        Args:
            article_id: its article.
            table: its table.
            number: which of the article's rows it is, from 0.
            start: where it stands in the text.
        """
        page = bisect_right(self._cuts.get(article_id, [0]), start)
        return f"{self.article(article_id, page)}#{table}-{number}"

    def subject(self, kind: str, name: str, page: int = 1) -> str:
        """The path of a page of a player or club; asking for it is the promise that it will be written."""
        return page_path(f"{kind}/{self._subjects[kind](name)}", page)

    def known(self, name: str) -> str | None:
        """The path of the page of whoever bears a name, if there is one."""
        for kind, names in self._subjects.items():
            if name in names:
                return self.subject(kind, name)
        return None


def page_path(stem: str, page: int) -> str:
    """The path of one of several pages; no name holds a dot, so no other page has it."""
    return f"{stem}.html" if page == 1 else f"{stem}.{page}.html"
