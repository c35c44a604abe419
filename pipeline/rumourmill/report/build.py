"""Composes the steps: a dataset is read once, and its pages are written as it passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.filesystem import remove_folder, writing
from rumourmill.report import articles, lists, overview, subjects
from rumourmill.report.addresses import Addresses
from rumourmill.report.articles import Neighbours
from rumourmill.report.gather import gather
from rumourmill.report.search import Document, Index
from rumourmill.report.site import Site, Summary, check_place
from rumourmill.report.source import heads, rejects, stories
from rumourmill.report.spool import Spool
from rumourmill.report.subjects import Subject
from rumourmill.report.tally import Tally
from rumourmill.report.wording import clip, counted, day
from rumourmill.sagas import of_dataset

__all__ = ["Summary", "build"]


def build(out: str | Path, to: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Summary:
    """Make a site of a dataset.

    Args:
        out: folder of the dataset; it may be written meanwhile.
        to: folder of the site; a report that lies there is replaced when the new one is whole.
        progress: called after each article with how many are done, and of how many.

    Returns:
        What was made.

    Raises:
        UsageError: there is no dataset, `to` lies in it or holds something that is no report; nothing was done.
        OutputError: the site cannot be written, or the dataset not read; what lay at `to` is as it was.
    """
    out, to = Path(out), Path(to).resolve()  # a link to a folder stays one
    check_place(to, out)
    site = Site(to)

    def make(snapshot: Snapshot) -> Summary:
        _Report(snapshot, site, progress or (lambda *_: None)).make()
        return site.publish()

    try:
        with writing(to):
            return with_snapshot(out, make)
    finally:
        remove_folder(site.folder)


class _Report:
    """A report in the making: whoever takes something of each story, and the steps."""

    def __init__(self, snapshot: Snapshot, site: Site, progress: Callable[[int, int], None]) -> None:
        site.start()
        self._snapshot, self._site, self._progress = snapshot, site, progress
        self._heads, self._rejects = heads(snapshot), rejects(snapshot)
        self._addresses, self._tally, self._index = Addresses(self._heads), Tally(), Index()

    def make(self) -> None:
        """Write all pages."""
        spool_folder = self._site.folder / "spool"
        with Spool(spool_folder) as spool:
            self._read(spool)
            people = sorted(subjects.write(self._site, spool, self._addresses), key=_rank)
        remove_folder(spool_folder)
        lists.write(self._site, self._heads, people, self._rejects, self._addresses)
        overview.write(self._site, self._tally, of_dataset(self._snapshot), self._rejects, self._addresses)
        self._write_search(people)

    def _read(self, spool: Spool) -> None:
        """Write the pages of all articles, and hand each to whoever makes something of it."""
        places = {head.article_id: number for number, head in enumerate(self._heads)}
        for done, story in enumerate(stories(self._snapshot), start=1):
            article = story.article
            number = places[article["article_id"]]
            layout = articles.lay_out(story)
            self._addresses.cut(article["article_id"], layout.starts)
            gather(story, self._addresses, spool)
            self._tally.add(story, self._addresses)
            self._index.add(number, self._heads[number].title, article["text"])
            articles.write(self._site, story, layout, self._neighbours(number), self._addresses)
            self._progress(done, len(self._heads))

    def _neighbours(self, number: int) -> Neighbours:
        newer = self._heads[number - 1] if number else None
        return Neighbours(newer, self._heads[number + 1] if number + 1 < len(self._heads) else None)

    def _write_search(self, people: Iterable[Subject]) -> None:
        path = self._addresses.article
        documents = [Document("article", clip(h.title, 120), path(h.article_id), day(h.day)) for h in self._heads]
        for subject in people:
            self._index.add(len(documents), subject.name)
            note = ", ".join(counted(subject.counts[section], section[:-1]) for section in ("articles", "moves"))
            documents.append(Document(subject.kind[:-1], clip(subject.name, 120), subject.path, note))
        self._site.page("search.html", "search.html", title="Search")
        self._index.write(self._site, documents)


def _rank(subject: Subject) -> tuple[int, str, str]:
    """The most told of first."""
    return -sum(subject.counts.values()), subject.kind, subject.name
