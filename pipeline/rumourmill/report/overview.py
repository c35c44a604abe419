"""The front page: counts, charts, biggest bids, busiest sagas, rejects; and the page that explains the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rumourmill.report.addresses import Addresses
from rumourmill.report.charts import Chart, draw
from rumourmill.report.site import Site
from rumourmill.report.source import Row
from rumourmill.report.tally import WAYS, Bid, Tally
from rumourmill.report.wording import short_pounds
from rumourmill.sagas import Saga
from rumourmill.schema import ENUMERATIONS, TABLES

__all__ = ["charts_of", "write"]

MOST = 15  # bids, sagas, clubs
REJECTS = 20
# The longest time that is shown by the day, by the month, by the year; and how each is written.
UNITS = ((62, "day", "%Y-%m-%d"), (1500, "month", "%Y-%m"), (float("inf"), "year", "%Y"))


def write(site: Site, tally: Tally, sagas: Sequence[Saga], rejects: Sequence[Row], addresses: Addresses) -> None:
    """Write the front page and the page of the tables.

    Args:
        site: where to.
        tally: the counts.
        sagas: those of the whole dataset.
        rejects: the files that could not be read.
        addresses: of all pages.
    """
    counts = {name: tally.rows[name] for name in TABLES} | {"rejects": len(rejects)}
    bids = tally.biggest_bids(MOST)
    charts = [chart for chart in charts_of(tally, bids) if chart.rows]
    for chart in charts:
        draw(site, chart)
    days = sorted({day for day, _ in tally.by_day})
    site.page(
        "index.html",
        "overview.html",
        title="Overview",
        counts=counts,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        versions=sorted(tally.versions),
        charts=charts,
        bids=bids,
        sagas=sorted(sagas, key=lambda saga: -len(saga.articles))[:MOST],
        reasons=Counter(str(row["reason"]) for row in rejects).most_common(),
        rejects=rejects[:REJECTS],
        subject_path=addresses.subject,
        known=addresses.known,
        short=short_pounds,
    )
    site.page("tables.html", "tables.html", title="Tables", counts=counts)


def charts_of(tally: Tally, bids: Sequence[Bid]) -> list[Chart]:
    """The charts of the front page, `bids` those of its table; one without rows is not to be drawn."""
    clubs = tally.busiest_clubs(MOST)
    statuses = ENUMERATIONS["transfers", "status"]
    return [
        _over_time(tally),
        Chart(
            "clubs",
            "Moves by club",
            "moves",
            [(club, way, n) for club in clubs for _, way in WAYS if (n := tally.moves[club, way])],
        ),
        Chart("statuses", "Moves by status", "moves", [(s, "moves", n) for s in statuses if (n := tally.statuses[s])]),
        Chart(
            "bids",
            "Biggest bids",
            "pounds",
            [(f"{short_pounds(bid.pounds)} {bid.player or 'no player named'}", "pounds", bid.pounds) for bid in bids],
        ),
    ]


def _over_time(tally: Tally) -> Chart:
    """Rows over time: by the day, month or year, as the days lie."""
    days = [day for day, _ in tally.by_day]
    length = (max(days) - min(days)).days if days else 0
    unit, form = next((unit, form) for longest, unit, form in UNITS if length <= longest)
    rows: Counter[tuple[str, str]] = Counter()
    for (day, table), count in tally.by_day.items():
        if table in {"transfers", "fees", "quotes"}:
            rows[day.strftime(form), table] += count
    labels = sorted({label for label, _ in rows})
    shown = [(label, table, n) for label in labels for table in TABLES if (n := rows[label, table])]
    return Chart("days", f"Rows by {unit} of publication", "rows", shown, upright=True)
