"""Aggregation of the moves of all articles to sagas: one row per player and destination club.

Rows are grouped by destination and then by player. A name joins the longer name that ends in it, if exactly one does.
Rows of a one-word name ("Young") with two different sellers are taken for two players. A gap of more than a year
between two articles starts a new saga.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.filesystem import writing
from rumourmill.resources.gazetteer import fold
from rumourmill.schema import arrow_schema

__all__ = ["MoveReport", "Saga", "build_sagas", "dataset_sagas", "write_sagas"]

MAX_GAP = dt.timedelta(days=365)  # between two reports of one saga
CLOSED = ("completed", "collapsed", "rejected", "agreed")  # final statuses that are an outcome; others are "open"
OFFERS = frozenset({"bid", "rejected", "agreed", "completed"})  # statuses whose price was offered
ROW_GROUP = 10_000  # rows
STAGING_SUFFIX = ".staged"


@dataclass(frozen=True)
class MoveReport:
    """One row of `transfers` with the day of publication of its article."""

    day: dt.date | None
    article_id: str
    player: str
    from_club: str | None
    status: str
    fee_gbp: float | None


@dataclass(frozen=True)
class Saga:
    """One row of the table `sagas`."""

    player: str
    to_club: str
    from_club: str | None
    first_on: dt.date | None
    last_on: dt.date | None
    statuses: tuple[str, ...]
    highest_bid_gbp: float | None
    outcome: str
    articles: tuple[str, ...]


def write_sagas(out: Path, to: Path | None = None) -> int:
    """Write the sagas of a dataset as a Parquet table.

    Args:
        out: folder of the dataset.
        to: the file, by default OUT/sagas/sagas.parquet. It is replaced atomically.

    Returns:
        The number of rows.

    Raises:
        UsageError: there is no dataset, or it is empty.
        OutputError: the dataset cannot be read, or the file cannot be written.
    """
    rows = with_snapshot(out, dataset_sagas)
    path = to or out / "sagas" / "sagas.parquet"
    staged = path.with_name(path.name + STAGING_SUFFIX)
    schema = arrow_schema("sagas")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(staged, schema) as writer:
            for start in range(0, len(rows), ROW_GROUP):
                group = [{name: getattr(s, name) for name in schema.names} for s in rows[start : start + ROW_GROUP]]
                writer.write_table(pa.Table.from_pylist(group, schema=schema))
        staged.replace(path)
    return len(rows)


def dataset_sagas(snapshot: Snapshot) -> list[Saga]:
    """Return the sagas of a dataset.

    Raises:
        OutputError: a part cannot be read.
        Replaced: a part was removed after the snapshot was taken.
    """
    return build_sagas(_reports_by_club(snapshot))


def _reports_by_club(snapshot: Snapshot) -> dict[str, list[MoveReport]]:
    """Return the moves of a dataset by destination, without historic moves and moves without a destination."""
    days: dict[str, dt.date | None] = {}
    for batch in snapshot.batches("articles", ("article_id", "published_on")):
        days.update(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    names = ("article_id", "player", "from_club", "status", "fee_gbp", "to_club", "historic")
    reports: dict[str, list[MoveReport]] = defaultdict(list)
    for batch in snapshot.batches("transfers", names):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            article, player, seller, status, fee, club, historic = row
            if club is not None and not historic:
                reports[club].append(MoveReport(days.get(article), article, player, seller, status, fee))
    return reports


def build_sagas(reports: dict[str, list[MoveReport]]) -> list[Saga]:
    """Group moves into sagas.

    Args:
        reports: the moves to each destination club, in any order.

    Returns:
        The sagas, sorted by player, club and first day.
    """
    sagas = [_saga(club, group) for club, moves in reports.items() for group in _groups(moves)]
    return sorted(sagas, key=lambda saga: (saga.player, saga.to_club, saga.first_on or dt.date.max, saga.articles))


def _groups(reports: Sequence[MoveReport]) -> Iterator[list[MoveReport]]:
    """Yield the moves to one destination grouped by player, seller and period."""
    full_names = _full_names({report.player for report in reports})
    ordered = sorted(reports, key=lambda r: (full_names[r.player], *_order(r)))
    for _, same_player in groupby(ordered, key=lambda r: full_names[r.player]):
        for same_seller in _split_by_seller(list(same_player)):
            yield from _split_by_gap(same_seller)


def _order(report: MoveReport) -> tuple[dt.date, str, str, str, str]:
    """Return the sort key: by day, undated rows last. The other columns make the order independent of the files."""
    return report.day or dt.date.max, report.article_id, report.player, report.from_club or "", report.status


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Map each name to a folded full name: the only longer name that ends in it, or itself."""
    folded = {name: fold(name) for name in names}
    longest_first = sorted(set(folded.values()), key=lambda name: (-len(name.split()), name))
    full: dict[str, str] = {}
    for name in longest_first:
        longer = {full[other] for other in full if other.endswith(f" {name}")}
        full[name] = longer.pop() if len(longer) == 1 else name
    return {name: full[key] for name, key in folded.items()}


def _split_by_seller(reports: Sequence[MoveReport]) -> Iterator[list[MoveReport]]:
    """Split the rows of a one-word name by seller; a row without a seller follows the row before it."""
    sellers = list(dict.fromkeys(report.from_club for report in reports if report.from_club))
    if len(sellers) <= 1 or any(len(report.player.split()) > 1 for report in reports):
        yield list(reports)
        return
    by_seller: dict[str, list[MoveReport]] = {seller: [] for seller in sellers}
    last = sellers[0]
    for report in reports:
        last = report.from_club or last
        by_seller[last].append(report)
    yield from by_seller.values()


def _split_by_gap(reports: Sequence[MoveReport]) -> Iterator[list[MoveReport]]:
    """Split rows in order of their days where two are more than MAX_GAP apart; undated rows join the last group."""
    group: list[MoveReport] = []
    last: dt.date | None = None
    for report in reports:
        if group and report.day and last and report.day - last > MAX_GAP:
            yield group
            group = []
        group.append(report)
        last = report.day or last
    yield group


def _saga(club: str, reports: Sequence[MoveReport]) -> Saga:
    days = [report.day for report in reports if report.day]
    statuses = tuple(status for status, _ in groupby(report.status for report in reports))
    offers = [r.fee_gbp for r in reports if r.fee_gbp is not None and r.status in OFFERS]
    return Saga(
        player=max((report.player for report in reports), key=lambda name: (len(name), name)),
        to_club=club,
        from_club=_most_common(report.from_club for report in reports if report.from_club),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        statuses=statuses,
        highest_bid_gbp=max(offers, default=None),
        outcome="completed" if "completed" in statuses else statuses[-1] if statuses[-1] in CLOSED else "open",
        articles=tuple(dict.fromkeys(report.article_id for report in reports)),
    )


def _most_common(names: Iterable[str]) -> str | None:
    """Return the most frequent name, the first one if several are equally frequent."""
    return max(Counter(names).items(), key=lambda item: item[1], default=(None, 0))[0]
