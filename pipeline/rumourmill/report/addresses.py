"""Paths of the pages: file names that are valid on every file system and in URLs, unique for each key."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from anyascii import anyascii

from rumourmill.report.article_rows import ArticleHead

__all__ = ["Addresses", "FileNames", "page_path"]

MAX_NAME = 60  # characters
NO_NAME = "unnamed"


class FileNames:
    """Unique file names of lower-case letters, digits and hyphens, assigned to keys on first use."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._next: dict[str, int] = {}  # last number used, by the name without a number
        self._taken: set[str] = set()

    def __call__(self, key: str) -> str:
        """Return the name of a key."""
        if key not in self._names:
            self._names[key] = self._unused_name(
                re.sub(r"[^a-z0-9]+", "-", anyascii(key).lower())[:MAX_NAME].strip("-")
            )
        return self._names[key]

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def _unused_name(self, plain: str) -> str:
        plain = name = plain or NO_NAME
        while name in self._taken:
            self._next[plain] = self._next.get(plain, 1) + 1
            name = f"{plain}-{self._next[plain]}"
        self._taken.add(name)
        return name


class Addresses:
    """The paths of all pages, relative to the root of the site."""

    def __init__(self, heads: Sequence[ArticleHead]) -> None:
        self._articles = FileNames()
        self._subjects = {"players": FileNames(), "clubs": FileNames()}
        self._page_starts: dict[str, list[int]] = {}  # of articles with several pages
        for head in heads:
            self._articles(head.article_id)

    def set_page_starts(self, article_id: str, starts: Sequence[int]) -> None:
        """Record the offsets at which the pages of an article start."""
        if len(starts) > 1:
            self._page_starts[article_id] = list(starts)

    def article(self, article_id: str, page: int = 1) -> str:
        """Return the path of a page of an article."""
        return page_path(f"articles/{self._articles(article_id)}", page)

    def record(self, article_id: str, table: str, number: int, start: int) -> str:
        """Return the path and fragment of a row on the page of its article.

        Args:
            article_id: the article.
            table: the table.
            number: index of the row among the article's rows of that table.
            start: offset of the row in the text.
        """
        page = bisect_right(self._page_starts.get(article_id, [0]), start)
        return f"{self.article(article_id, page)}#{table}-{number}"

    def subject(self, kind: str, name: str, page: int = 1) -> str:
        """Return the path of a page of a player or club. Every subject requested here must be written."""
        return page_path(f"{kind}/{self._subjects[kind](name)}", page)

    def find_subject(self, name: str) -> str | None:
        """Return the path of the player or club with a name, or None."""
        for kind, names in self._subjects.items():
            if name in names:
                return self.subject(kind, name)
        return None


def page_path(stem: str, page: int) -> str:
    """Return the path of a numbered page. File names contain no dots, so it is unique."""
    return f"{stem}.html" if page == 1 else f"{stem}.{page}.html"
