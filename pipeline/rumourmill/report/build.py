"""Builds a report: reads the dataset once, writes the pages of each article, then all other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.filesystem import remove_folder, writing
from rumourmill.report.addresses import Addresses
from rumourmill.report.article_rows import iter_articles, load_heads, load_rejects
from rumourmill.report.articles import Neighbours, lay_out_pages, write_article
from rumourmill.report.formatting import iso_date, pluralize, truncate
from rumourmill.report.lists import write_lists
from rumourmill.report.overview import Statistics, write_overview
from rumourmill.report.search import Document, SearchIndex
from rumourmill.report.site import ReportSummary, Site, check_target
from rumourmill.report.subject_entries import EntryStore, collect_entries
from rumourmill.report.subjects import Subject, write_subjects
from rumourmill.sagas import dataset_sagas

__all__ = ["build_report"]

MAX_TITLE = 120  # characters of a search result


def build_report(
    out: str | Path, to: str | Path, *, progress: Callable[[int, int], None] | None = None
) -> ReportSummary:
    """Write a static site of a dataset.

    Args:
        out: folder of the dataset; a run may be writing to it.
        to: folder of the site; an existing report there is replaced when the new one is complete.
        progress: called after each article with the number done and the total.

    Raises:
        UsageError: there is no dataset, or `to` is inside it or contains something else. Nothing was written.
        OutputError: the site cannot be written, or the dataset cannot be read. An existing report is unchanged.
    """
    out, to = Path(out), Path(to).resolve()  # a symbolic link to the folder is kept
    check_target(to, out)
    site = Site(to)

    def build(snapshot: Snapshot) -> ReportSummary:
        _ReportBuilder(snapshot, site, progress or (lambda *_: None)).build()
        return site.publish()

    try:
        with writing(to):
            return with_snapshot(out, build)
    finally:
        remove_folder(site.folder)


class _ReportBuilder:
    """Holds what is collected from the articles until the pages about all of them are written."""

    def __init__(self, snapshot: Snapshot, site: Site, progress: Callable[[int, int], None]) -> None:
        site.start()
        self._snapshot, self._site, self._progress = snapshot, site, progress
        self._heads, self._rejects = load_heads(snapshot), load_rejects(snapshot)
        self._addresses, self._statistics, self._index = Addresses(self._heads), Statistics(), SearchIndex()

    def build(self) -> None:
        """Write all pages."""
        folder = self._site.folder / "entries"
        with EntryStore(folder) as store:
            self._write_articles(store)
            subjects = sorted(write_subjects(self._site, store, self._addresses), key=_rank)
        remove_folder(folder)
        write_lists(self._site, self._heads, subjects, self._rejects, self._addresses)
        sagas = dataset_sagas(self._snapshot)
        write_overview(self._site, self._statistics, sagas, self._rejects, self._addresses)
        self._write_search(subjects)

    def _write_articles(self, store: EntryStore) -> None:
        """Write the pages of all articles, and collect their entries, counts and terms."""
        numbers = {head.article_id: number for number, head in enumerate(self._heads)}
        for done, article_rows in enumerate(iter_articles(self._snapshot), start=1):
            article_id = article_rows.article["article_id"]
            number = numbers[article_id]
            layout = lay_out_pages(article_rows)
            self._addresses.set_page_starts(article_id, layout.starts)
            collect_entries(article_rows, self._addresses, store)
            self._statistics.add(article_rows, self._addresses)
            self._index.add(number, self._heads[number].title, article_rows.article["text"])
            write_article(self._site, article_rows, layout, self._neighbours(number), self._addresses)
            self._progress(done, len(self._heads))

    def _neighbours(self, number: int) -> Neighbours:
        newer = self._heads[number - 1] if number else None
        return Neighbours(newer, self._heads[number + 1] if number + 1 < len(self._heads) else None)

    def _write_search(self, subjects: Iterable[Subject]) -> None:
        documents = [
            Document("article", truncate(h.title, MAX_TITLE), self._addresses.article(h.article_id), iso_date(h.day))
            for h in self._heads
        ]
        for subject in subjects:
            self._index.add(len(documents), subject.name)
            note = ", ".join(pluralize(subject.counts[section], section[:-1]) for section in ("articles", "moves"))
            documents.append(Document(subject.kind[:-1], truncate(subject.name, MAX_TITLE), subject.path, note))
        self._site.write_page("search.html", "search.html", title="Search")
        self._index.write(self._site, documents)


def _rank(subject: Subject) -> tuple[int, str, str]:
    """Return the sort key of a subject: most entries first."""
    return -sum(subject.counts.values()), subject.kind, subject.name
