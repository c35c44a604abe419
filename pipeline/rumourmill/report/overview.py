"""The overview page with counts, charts, biggest bids, most reported sagas and rejects; the page of the tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rumourmill.report.addresses import Addresses
from rumourmill.report.article_rows import ArticleRows
from rumourmill.report.charts import Chart, write_chart
from rumourmill.report.formatting import format_money, format_short_pounds, truncate
from rumourmill.report.site import Site
from rumourmill.sagas import Saga
from rumourmill.schema import ENUMERATIONS, TABLES, Row

__all__ = ["Bid", "Statistics", "make_charts", "write_overview"]

TOP = 15  # bids, sagas and clubs shown
REJECTS = 20  # shown
DIRECTIONS = (("to_club", "to the club"), ("from_club", "from the club"))
# Time spans in days up to which rows are counted by day, by month or by year, with the format of the labels.
TIME_UNITS = ((62, "day", "%Y-%m-%d"), (1500, "month", "%Y-%m"), (float("inf"), "year", "%Y"))


@dataclass
class Bid:
    """A bid and the number of articles that report it."""

    pounds: float
    written: str
    player: str
    day: dt.date | None
    path: str
    words: str
    articles: int = 1


class Statistics:
    """Counts over all articles."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()  # by table
        self.by_day: Counter[tuple[dt.date, str]] = Counter()  # rows by day of publication and table
        self.moves: Counter[tuple[str, str]] = Counter()  # by club and direction
        self.statuses: Counter[str] = Counter()
        self.versions: set[str] = set()
        self._bids: dict[tuple[str, int], Bid] = {}  # by player (or article if none is named) and rounded pounds

    def add(self, article_rows: ArticleRows, addresses: Addresses) -> None:
        """Count the rows of an article."""
        article = article_rows.article
        day = article["published_on"]
        self.versions.add(f"rumourmill {article['pipeline_version']}, model {article['model_version']}")
        for table, rows in {**article_rows.rows, "articles": [article]}.items():
            self.rows[table] += len(rows)
            if day is not None:
                self.by_day[day, table] += len(rows)
        for move in article_rows.rows["transfers"]:
            self.statuses[move["status"]] += 1
            self.moves.update((move[column], direction) for column, direction in DIRECTIONS if move[column])
        self._add_bids(article_rows, addresses)

    def biggest_bids(self, number: int) -> list[Bid]:
        """Return the biggest bids, each once."""
        return sorted(self._bids.values(), key=lambda bid: (-bid.pounds, bid.player))[:number]

    def busiest_clubs(self, number: int) -> list[str]:
        """Return the clubs with most moves."""
        total: Counter[str] = Counter()
        for (club, _), moves in self.moves.items():
            total[club] += moves
        return sorted(total, key=lambda club: (-total[club], club))[:number]

    def _add_bids(self, article_rows: ArticleRows, addresses: Addresses) -> None:
        article_id, day = article_rows.article["article_id"], article_rows.article["published_on"]
        first: dict[tuple[str, int], tuple[int, Row]] = {}
        for number, row in enumerate(article_rows.rows["fees"]):
            if row["kind"] == "bid" and row["amount_gbp"] is not None:
                first.setdefault((row["player"] or article_id, round(row["amount_gbp"])), (number, row))
        for key, (number, row) in first.items():
            if key in self._bids:
                self._bids[key].articles += 1
                continue
            self._bids[key] = Bid(
                pounds=row["amount_gbp"],
                written=format_money(row["amount"], row["currency"], row["amount_max"]),
                player=row["player"] or "",
                day=day,
                path=addresses.record(article_id, "fees", number, row["start"]),
                words=truncate(row["sentence"], 160),
            )


def write_overview(
    site: Site, statistics: Statistics, sagas: Sequence[Saga], rejects: Sequence[Row], addresses: Addresses
) -> None:
    """Write the overview page and the page that describes the tables.

    Args:
        site: the site to write to.
        statistics: counts over all articles.
        sagas: the sagas of the dataset.
        rejects: the rows of `rejects`.
        addresses: the addresses of all pages.
    """
    counts = {name: statistics.rows[name] for name in TABLES} | {"rejects": len(rejects)}
    bids = statistics.biggest_bids(TOP)
    charts = [chart for chart in make_charts(statistics, bids) if chart.rows]
    for chart in charts:
        write_chart(site, chart)
    days = sorted({day for day, _ in statistics.by_day})
    site.write_page(
        "index.html",
        "overview.html",
        title="Overview",
        counts=counts,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        versions=sorted(statistics.versions),
        charts=charts,
        bids=bids,
        sagas=sorted(sagas, key=lambda saga: -len(saga.articles))[:TOP],
        reasons=Counter(str(row["reason"]) for row in rejects).most_common(),
        rejects=rejects[:REJECTS],
        subject_path=addresses.subject,
        find_subject=addresses.find_subject,
        short=format_short_pounds,
    )
    site.write_page("tables.html", "tables.html", title="Tables", counts=counts)


def make_charts(statistics: Statistics, bids: Sequence[Bid]) -> list[Chart]:
    """Return the charts of the overview page; a chart without rows is not shown."""
    clubs = statistics.busiest_clubs(TOP)
    moves = [(club, way, n) for club in clubs for _, way in DIRECTIONS if (n := statistics.moves[club, way])]
    counts = [(s, "moves", n) for s in ENUMERATIONS["transfers", "status"] if (n := statistics.statuses[s])]
    amounts = [
        (f"{format_short_pounds(bid.pounds)} {bid.player or 'no player named'}", "pounds", bid.pounds) for bid in bids
    ]
    return [
        _rows_over_time(statistics),
        Chart("clubs", "Moves by club", "moves", moves),
        Chart("statuses", "Moves by status", "moves", counts),
        Chart("bids", "Biggest bids", "pounds", amounts),
    ]


def _rows_over_time(statistics: Statistics) -> Chart:
    """Return the chart of rows by day, month or year of publication, depending on the time span."""
    days = [day for day, _ in statistics.by_day]
    length = (max(days) - min(days)).days if days else 0
    unit, label_format = next((unit, form) for longest, unit, form in TIME_UNITS if length <= longest)
    rows: Counter[tuple[str, str]] = Counter()
    for (day, table), count in statistics.by_day.items():
        if table in {"transfers", "fees", "quotes"}:
            rows[day.strftime(label_format), table] += count
    labels = sorted({label for label, _ in rows})
    shown = [(label, table, n) for label in labels for table in TABLES if (n := rows[label, table])]
    return Chart("days", f"Rows by {unit} of publication", "rows", shown, vertical=True)
