"""A story -> what it tells of each player and club in it, put by for their pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from rumourmill.report.addresses import Addresses
from rumourmill.report.source import Row, Story
from rumourmill.report.spool import Entry, Spool
from rumourmill.report.wording import clip, day, money

__all__ = ["gather"]

SUBJECTS = (("players", "player"), ("clubs", "club"))  # tables, and their column of names


def gather(story: Story, addresses: Addresses, spool: Spool) -> None:
    """Put by what an article tells of each player and club; from here on each has an address.

    Args:
        story: the article and its rows.
        addresses: of all pages; this article's pages are known.
        spool: where to.
    """
    article = story.article
    base = {
        "day": day(article["published_on"]),
        "title": clip(article["title"] or article["article_id"], 100),
        "article": addresses.article(article["article_id"]),
    }
    facts = _facts(story)
    for (kind, name), mentions in sorted(_mentions(story).items()):
        addresses.subject(kind, name)
        spool.put(kind, name, "articles", {**base, "mentions": mentions, "facts": facts[kind, name]})
    places = _Places(story)
    for table, entry_of in (("transfers", _move), ("fees", _price), ("quotes", _quotation)):
        for number, row in enumerate(story.rows[table]):
            href = addresses.record(article["article_id"], table, number, row["start"])
            entry = {**base, "href": href, **entry_of(row)}
            for kind, name, section in _concerns(table, row, places):
                spool.put(kind, name, section, entry)


class _Places:
    """Where the text mentions players and clubs."""

    def __init__(self, story: Story) -> None:
        self._places = sorted(
            (span["start"], span["end"], kind, row[column])
            for kind, column in SUBJECTS
            for row in story.rows[kind]
            for span in row["spans"]
        )
        self.names = {(kind, row[column]) for kind, column in SUBJECTS for row in story.rows[kind]}

    def within(self, start: int, end: int) -> set[tuple[str, str]]:
        """The kind and name of all that a stretch of the text mentions."""
        found = self._places[bisect_left(self._places, (start,)) : bisect_left(self._places, (end,))]
        return {(kind, name) for _, stop, kind, name in found if stop <= end}


def _mentions(story: Story) -> Counter[tuple[str, str]]:
    """Every player and club that any row names, and how often the text mentions each."""
    found: Counter[tuple[str, str]] = Counter()
    for row in story.rows["players"]:
        found["players", row["player"]] += row["mentions"]
        found["clubs", row["club"] or ""] += 0
    for row in story.rows["clubs"]:
        found["clubs", row["club"]] += row["mentions"]
    for row in (*story.rows["transfers"], *story.rows["fees"]):
        found["players", row["player"] or ""] += 0
        for column in ("from_club", "to_club"):
            found["clubs", row.get(column) or ""] += 0
    return Counter({(kind, name): times for (kind, name), times in found.items() if name})


def _facts(story: Story) -> dict[tuple[str, str], list[str]]:
    """What the article says that each is."""
    told = {"players": ("position", "nationality"), "clubs": ("country",)}
    facts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, column in SUBJECTS:
        for row in story.rows[kind]:
            facts[kind, row[column]] += [row[key] for key in told[kind] if row[key]]
    return facts


def _move(row: Row) -> Entry:
    keys = ("player", "from_club", "to_club", "kind", "status", "reported_by", "historic", "fee_gbp")
    entry: Entry = {key: row[key] for key in keys}
    entry["price"] = money(row["fee_amount"], row["fee_currency"])
    if row["event_date"]:
        entry["day"] = day(row["event_date"])
    return {**entry, "words": clip(row["sentence"])}


def _price(row: Row) -> Entry:
    entry: Entry = {key: row[key] for key in ("kind", "qualifier", "period", "currency", "amount_gbp")}
    entry["price"] = money(row["amount"], row["currency"], row["amount_max"])
    return {**entry, "written": clip(row["text"], 60), "words": clip(row["sentence"])}


def _quotation(row: Row) -> Entry:
    entry: Entry = {key: row[key] for key in ("kind", "speaker", "speaker_role")}
    return {**entry, "words": clip(row["text"])}


def _concerns(table: str, row: Row, places: _Places) -> Iterable[tuple[str, str, str]]:
    """Whose pages a row belongs on, as kind, name and section."""
    if table == "transfers":
        named = [("players", row["player"]), ("clubs", row["from_club"]), ("clubs", row["to_club"])]
        return [(kind, name, "moves") for kind, name in dict.fromkeys(named) if name]
    if table == "fees":
        return [("players", row["player"], "prices")] if row["player"] else []
    speakers = {(kind, row["speaker"]) for kind, _ in SUBJECTS} & places.names
    spoken_of = places.within(row["start"], row["end"]) - speakers
    return [(*who, "said") for who in sorted(speakers)] + [(*who, "about") for who in sorted(spoken_of)]
