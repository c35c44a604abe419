"""Entries of player and club pages: collected article by article, stored on disk, read back subject by subject."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from rumourmill.report.addresses import Addresses
from rumourmill.report.article_rows import ArticleRows
from rumourmill.report.formatting import format_money, iso_date, truncate
from rumourmill.schema import Row

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["EntryStore", "Sections", "SubjectEntry", "collect_entries"]

SubjectEntry: TypeAlias = dict[str, Any]  # JSON values
Sections: TypeAlias = dict[str, list[SubjectEntry]]
BUCKETS = 64  # files; one is held in memory at a time
SUBJECTS = (("players", "player"), ("clubs", "club"))  # table and its column of names
FACTS = {"players": ("position", "nationality"), "clubs": ("country",)}


class EntryStore:
    """Temporary storage of entries in files, by a hash of the subject's name. A context manager.

    Args:
        folder: folder of the files, created here and removed by the caller.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._paths = [folder / f"{number:02}.jsonl" for number in range(BUCKETS)]
        self._open = ExitStack()

    def __enter__(self) -> EntryStore:
        self._files = [self._open.enter_context(path.open("w+", encoding="utf8")) for path in self._paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def add(self, kind: str, name: str, section: str, entry: SubjectEntry) -> None:
        """Store an entry.

        Args:
            kind: `players` or `clubs`.
            name: the player or club.
            section: the section of the page.
            entry: JSON values.
        """
        bucket = self._files[zlib.crc32(name.encode()) % BUCKETS]
        bucket.write(json.dumps([kind, name, section, entry], ensure_ascii=False) + "\n")

    def subjects(self) -> Iterator[tuple[str, str, Sections]]:
        """Yield kind, name and entries by section of every player and club; entries are in the order of `add`."""
        for bucket in self._files:
            bucket.seek(0)
            found: dict[tuple[str, str], Sections] = defaultdict(lambda: defaultdict(list))
            for kind, name, section, entry in map(json.loads, bucket):
                found[kind, name][section].append(entry)
            for (kind, name), sections in sorted(found.items()):
                yield kind, name, sections


def collect_entries(article_rows: ArticleRows, addresses: Addresses, store: EntryStore) -> None:
    """Store the entries of an article for every player and club in it, and give each of them an address.

    Args:
        article_rows: the article and its rows.
        addresses: the addresses of all pages; those of this article must be known.
        store: where to store the entries.
    """
    article = article_rows.article
    base = {
        "day": iso_date(article["published_on"]),
        "title": truncate(article["title"] or article["article_id"], 100),
        "article": addresses.article(article["article_id"]),
    }
    facts = _facts(article_rows)
    for (kind, name), mentions in sorted(_mention_counts(article_rows).items()):
        addresses.subject(kind, name)
        store.add(kind, name, "articles", {**base, "mentions": mentions, "facts": facts[kind, name]})
    mentions_in_text = _MentionIndex(article_rows)
    for table, entry_of in (("transfers", _move_entry), ("fees", _fee_entry), ("quotes", _quote_entry)):
        for number, row in enumerate(article_rows.rows[table]):
            href = addresses.record(article["article_id"], table, number, row["start"])
            entry = {**base, "href": href, **entry_of(row)}
            for kind, name, section in _pages_of_row(table, row, mentions_in_text):
                store.add(kind, name, section, entry)


class _MentionIndex:
    """The positions of all players and clubs in the text of an article."""

    def __init__(self, article_rows: ArticleRows) -> None:
        named = [(kind, row[column], row) for kind, column in SUBJECTS for row in article_rows.rows[kind]]
        self.subjects = {(kind, name) for kind, name, _ in named}
        self._spans = sorted(
            (span["start"], span["end"], kind, name) for kind, name, row in named for span in row["spans"]
        )

    def within(self, start: int, end: int) -> set[tuple[str, str]]:
        """Return kind and name of every subject mentioned in a range of the text."""
        spans = self._spans[bisect_left(self._spans, (start,)) : bisect_left(self._spans, (end,))]
        return {(kind, name) for _, stop, kind, name in spans if stop <= end}


def _mention_counts(article_rows: ArticleRows) -> Counter[tuple[str, str]]:
    """Return the number of mentions of every player and club that a row names."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in article_rows.rows["players"]:
        counts["players", row["player"]] += row["mentions"]
        counts["clubs", row["club"] or ""] += 0
    for row in article_rows.rows["clubs"]:
        counts["clubs", row["club"]] += row["mentions"]
    for row in (*article_rows.rows["transfers"], *article_rows.rows["fees"]):
        counts["players", row["player"] or ""] += 0
        for column in ("from_club", "to_club"):
            counts["clubs", row.get(column) or ""] += 0
    return Counter({(kind, name): count for (kind, name), count in counts.items() if name})


def _facts(article_rows: ArticleRows) -> dict[tuple[str, str], list[str]]:
    """Return position, nationality or country of every player and club, as far as the article gives them."""
    facts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, column in SUBJECTS:
        for row in article_rows.rows[kind]:
            facts[kind, row[column]] += [row[key] for key in FACTS[kind] if row[key]]
    return facts


def _move_entry(row: Row) -> SubjectEntry:
    keys = ("player", "from_club", "to_club", "kind", "status", "reported_by", "historic", "fee_gbp")
    entry: SubjectEntry = {key: row[key] for key in keys}
    entry["price"] = format_money(row["fee_amount"], row["fee_currency"])
    if row["event_date"]:
        entry["day"] = iso_date(row["event_date"])
    return {**entry, "words": truncate(row["sentence"])}


def _fee_entry(row: Row) -> SubjectEntry:
    entry: SubjectEntry = {key: row[key] for key in ("kind", "qualifier", "period", "currency", "amount_gbp")}
    entry["price"] = format_money(row["amount"], row["currency"], row["amount_max"])
    return {**entry, "written": truncate(row["text"], 60), "words": truncate(row["sentence"])}


def _quote_entry(row: Row) -> SubjectEntry:
    entry: SubjectEntry = {key: row[key] for key in ("kind", "speaker", "speaker_role")}
    return {**entry, "words": truncate(row["text"])}


def _pages_of_row(table: str, row: Row, mentions: _MentionIndex) -> Iterable[tuple[str, str, str]]:
    """Return kind, name and section of every page that shows a row."""
    if table == "transfers":
        named = [("players", row["player"]), ("clubs", row["from_club"]), ("clubs", row["to_club"])]
        return [(kind, name, "moves") for kind, name in dict.fromkeys(named) if name]
    if table == "fees":
        return [("players", row["player"], "prices")] if row["player"] else []
    speakers = {(kind, row["speaker"]) for kind, _ in SUBJECTS} & mentions.subjects
    mentioned = mentions.within(row["start"], row["end"]) - speakers
    return [(*who, "said") for who in sorted(speakers)] + [(*who, "about") for who in sorted(mentioned)]
