"""Sagas: what the articles of a dataset tell of one player and one club, day after day, as one row.

Names are joined with care. Within one destination a shorter name is the longer one that ends in it when exactly one
does. Rows of a single name ("Young") that name two sellers are two players; a year's silence ends a saga.
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

__all__ = ["Mention", "Saga", "of_dataset", "sagas", "write"]

APART = dt.timedelta(days=365)  # between two tellings of one saga at most
SETTLED = ("completed", "collapsed", "rejected", "agreed")  # outcomes; anything else is open
OFFERS = frozenset({"bid", "rejected", "agreed", "completed"})  # states whose price somebody offered
ROWS = 10_000  # written at once
STAGED = ".staged"


@dataclass(frozen=True)
class Mention:
    """One row of `transfers` with the day of its article."""

    day: dt.date | None
    article_id: str
    player: str
    from_club: str | None
    status: str
    pounds: float | None


@dataclass(frozen=True)
class Saga:
    """One row of `sagas`."""

    player: str
    to_club: str
    from_club: str | None
    first_on: dt.date | None
    last_on: dt.date | None
    statuses: tuple[str, ...]
    highest_bid_gbp: float | None
    outcome: str
    articles: tuple[str, ...]


def write(out: Path, to: Path | None = None) -> int:
    """Write the sagas of a dataset as a Parquet table.

    Args:
        out: folder of the dataset.
        to: the file; OUT/sagas/sagas.parquet by default. It is replaced at once, when all is written.

    Returns:
        The number of rows.

    Raises:
        UsageError: there is no dataset, or nothing in it yet.
        OutputError: the dataset cannot be read, or the file not be written.
    """
    rows = with_snapshot(out, of_dataset)
    path = to or out / "sagas" / "sagas.parquet"
    staged = path.with_name(path.name + STAGED)
    schema = arrow_schema("sagas")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(staged, schema) as writer:
            for at in range(0, len(rows), ROWS):
                piece = [{name: getattr(saga, name) for name in schema.names} for saga in rows[at : at + ROWS]]
                writer.write_table(pa.Table.from_pylist(piece, schema=schema))
        staged.replace(path)
    return len(rows)


def of_dataset(snapshot: Snapshot) -> list[Saga]:
    """The sagas of a dataset.

    Raises:
        OutputError: a part cannot be read.
        Replaced: a part went since the snapshot was taken.
    """
    return sagas(_mentions(snapshot))


def _mentions(snapshot: Snapshot) -> dict[str, list[Mention]]:
    """The moves of a dataset by destination; background from the past and moves without a destination are left out."""
    days: dict[str, dt.date | None] = {}
    for batch in snapshot.batches("articles", ("article_id", "published_on")):
        days.update(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    names = ("article_id", "player", "from_club", "status", "fee_gbp", "to_club", "historic")
    found: dict[str, list[Mention]] = defaultdict(list)
    for batch in snapshot.batches("transfers", names):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            article, player, seller, status, pounds, club, historic = row
            if club is not None and not historic:
                found[club].append(Mention(days.get(article), article, player, seller, status, pounds))
    return found


def sagas(mentions: dict[str, list[Mention]]) -> list[Saga]:
    """The sagas of moves.

    Args:
        mentions: for each destination its moves, in any order.

    Returns:
        One row for each player and destination, and for each pursuit of its own; by player, club and first day.
    """
    rows = [_saga(club, told) for club, found in mentions.items() for told in _joined(found)]
    return sorted(rows, key=lambda saga: (saga.player, saga.to_club, saga.first_on or dt.date.max, saga.articles))


def _joined(found: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The moves of one destination parted by player, seller and pursuit."""
    person = _people({mention.player for mention in found})
    ordered = sorted(found, key=lambda m: (person[m.player], *_when(m)))
    for _, same in groupby(ordered, key=lambda m: person[m.player]):
        for told in _by_seller(list(same)):
            yield from _pursuits(told)


def _when(mention: Mention) -> tuple[dt.date, str, str, str, str]:
    """Order of telling; what ties leave open is settled by the words, so that no order of files matters."""
    day = mention.day or dt.date.max
    return day, mention.article_id, mention.player, mention.from_club or "", mention.status


def _people(names: Iterable[str]) -> dict[str, str]:
    """The folded full name that each name stands for: a shorter one joins the only longer one that ends in it."""
    folded = {name: fold(name) for name in names}
    longest = sorted(set(folded.values()), key=lambda name: (-len(name.split()), name))
    stands: dict[str, str] = {}
    for name in longest:
        longer = {stands[other] for other in stands if other.endswith(f" {name}")}
        stands[name] = longer.pop() if len(longer) == 1 else name
    return {name: stands[key] for name, key in folded.items()}


def _by_seller(same: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Namesakes apart: a single name that leaves two clubs; a row without a seller belongs to the one before it."""
    sellers = list(dict.fromkeys(m.from_club for m in same if m.from_club))
    if len(sellers) <= 1 or any(len(mention.player.split()) > 1 for mention in same):
        yield list(same)
        return
    told: dict[str, list[Mention]] = {seller: [] for seller in sellers}
    last = sellers[0]
    for mention in same:
        last = mention.from_club or last
        told[last].append(mention)
    yield from told.values()


def _pursuits(told: Sequence[Mention]) -> Iterator[list[Mention]]:
    """One saga's rows in a year's reach of each other; undated rows belong to the last."""
    piece: list[Mention] = []
    last: dt.date | None = None
    for mention in told:
        if piece and mention.day and last and mention.day - last > APART:
            yield piece
            piece = []
        piece.append(mention)
        last = mention.day or last
    yield piece


def _saga(club: str, told: Sequence[Mention]) -> Saga:
    days = [mention.day for mention in told if mention.day]
    statuses = tuple(status for status, _ in groupby(mention.status for mention in told))
    offers = [m.pounds for m in told if m.pounds is not None and m.status in OFFERS]
    return Saga(
        player=max((mention.player for mention in told), key=lambda name: (len(name), name)),
        to_club=club,
        from_club=_most(mention.from_club for mention in told if mention.from_club),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        statuses=statuses,
        highest_bid_gbp=max(offers, default=None),
        outcome="completed" if "completed" in statuses else statuses[-1] if statuses[-1] in SETTLED else "open",
        articles=tuple(dict.fromkeys(mention.article_id for mention in told)),
    )


def _most(names: Iterable[str]) -> str | None:
    """The name told most often, the first of those told equally often."""
    return max(Counter(names).items(), key=lambda item: item[1], default=(None, 0))[0]
