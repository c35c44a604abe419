"""What the overview tells, counted story by story."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from rumourmill.report.addresses import Addresses
from rumourmill.report.source import Row, Story
from rumourmill.report.wording import clip, money

__all__ = ["WAYS", "Bid", "Tally"]


@dataclass
class Bid:
    """A bid, however many articles tell of it."""

    pounds: float
    written: str
    player: str
    day: dt.date | None
    path: str
    words: str
    articles: int = 1


class Tally:
    """Counts of a whole dataset."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.by_day: Counter[tuple[dt.date, str]] = Counter()  # by day and table
        self.moves: Counter[tuple[str, str]] = Counter()  # by club and whether it buys or sells
        self.statuses: Counter[str] = Counter()
        self.versions: set[str] = set()
        self._bids: dict[tuple[str, int], Bid] = {}  # by player, or article where none is named, and pounds

    def add(self, story: Story, addresses: Addresses) -> None:
        """Count a story."""
        article = story.article
        day = article["published_on"]
        self.versions.add(f"rumourmill {article['pipeline_version']}, model {article['model_version']}")
        for table, rows in {**story.rows, "articles": [article]}.items():
            self.rows[table] += len(rows)
            if day is not None:
                self.by_day[day, table] += len(rows)
        for move in story.rows["transfers"]:
            self.statuses[move["status"]] += 1
            self.moves.update((move[column], way) for column, way in WAYS if move[column])
        self._add_bids(story, addresses)

    def biggest_bids(self, most: int) -> list[Bid]:
        """The biggest bids, each once."""
        return sorted(self._bids.values(), key=lambda bid: (-bid.pounds, bid.player))[:most]

    def busiest_clubs(self, most: int) -> list[str]:
        """The clubs with most moves to and from them."""
        total: Counter[str] = Counter()
        for (club, _), moves in self.moves.items():
            total[club] += moves
        return sorted(total, key=lambda club: (-total[club], club))[:most]

    def _add_bids(self, story: Story, addresses: Addresses) -> None:
        id_, day = story.article["article_id"], story.article["published_on"]
        first: dict[tuple[str, int], tuple[int, Row]] = {}
        for number, row in enumerate(story.rows["fees"]):
            if row["kind"] == "bid" and row["amount_gbp"] is not None:
                first.setdefault((row["player"] or id_, round(row["amount_gbp"])), (number, row))
        for key, (number, row) in first.items():
            if key in self._bids:
                self._bids[key].articles += 1
                continue
            path = addresses.record(id_, "fees", number, row["start"])
            written = money(row["amount"], row["currency"], row["amount_max"])
            self._bids[key] = Bid(
                row["amount_gbp"], written, row["player"] or "", day, path, clip(row["sentence"], 160)
            )


WAYS = (("to_club", "to the club"), ("from_club", "from the club"))
