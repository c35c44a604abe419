"""Parses the pages of a report: elements, ids, links and text."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "input", "img", "source", "br"}


class Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []  # text and its enclosing elements
        self._open: list[tuple[str, str]] = []
        self.feed(path.read_text(encoding="utf8"))
        self.close()
        assert self._open == [], f"{path}: not closed"

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"{self.path}: an attribute twice in {tag}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("id") or ""))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open and self._open.pop()[0] == tag, f"{self.path}: </{tag}> closes another element"

    def handle_data(self, data):
        self.texts.append((tuple(word for element in self._open for word in element), data))

    @property
    def ids(self) -> Counter[str]:
        return Counter(attrs["id"] for _, attrs in self.elements if attrs.get("id"))

    @property
    def links(self) -> list[str]:
        names = ("href", "src", "srcset", "action")
        return [attrs[name] or "" for _, attrs in self.elements for name in names if name in attrs]

    def text(self, inside: str = "body") -> str:
        """Return the text in elements with a name or id."""
        return "".join(data for holders, data in self.texts if inside in holders)

    def paragraphs(self) -> list[str]:
        """Return the lines of the text of an article."""
        return self.text("text").split("\n")

    def rows(self, table: str) -> list[str]:
        """Return the ids of the rows of a table."""
        found = [attrs.get("id") or "" for tag, attrs in self.elements if tag == "tr"]
        return [id_ for id_ in found if id_.startswith(f"{table}-")]


def pages_of(site: Path) -> dict[str, Page]:
    """Return the pages of a site by path."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
