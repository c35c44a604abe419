"""Reads a dataset for comparison with gold: its rows become one Reading per article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rumourmill import dataset
from rumourmill.errors import UsageError
from rumourmill.evaluation.items import Date, Fee, Forms, Move, Name, Quote, Reading
from rumourmill.evaluation.matching import plain
from rumourmill.sources import article_id_of

__all__ = ["load"]

Row = Mapping[str, Any]


def load(out: Path) -> dict[str, Reading]:
    """The articles of a dataset, by article_id; one that was rejected states nothing.

    Raises:
        UsageError: there is no dataset.
        OutputError: a part of it is missing.
    """
    if not out.is_dir():
        raise UsageError(f"{out} is no folder: name the folder of the tables, made by extract")
    rejects = dataset.read_arrow(out, "rejects").to_pylist()
    found = {article_id_of(row["source_path"]): Reading() for row in rejects}
    articles = dataset.read_arrow(out, "articles").select(["article_id", "published_on"]).to_pylist()
    names = ("players", "clubs", "fees", "dates", "quotes", "transfers")
    tables = {name: _by_article(out, name) for name in names}
    for row in articles:
        article = row["article_id"]
        found[article] = _reading(row, {name: rows[article] for name, rows in tables.items()})
    return found


def _by_article(out: Path, table: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in dataset.read_arrow(out, table).to_pylist():
        rows[row["article_id"]].append(row)
    return rows


def _reading(article: Row, rows: Mapping[str, list[Row]]) -> Reading:
    return Reading(
        _day(article["published_on"]),
        players=tuple(Name((row["player"],)) for row in rows["players"]),
        clubs=tuple(Name((row["club"],)) for row in rows["clubs"]),
        fees=tuple(
            Fee(row["text"], row["amount"], row["amount_max"], row["currency"], row["kind"]) for row in rows["fees"]
        ),
        dates=tuple(Date(row["text"], _day(row["start_date"]), _day(row["end_date"])) for row in rows["dates"]),
        quotes=tuple(
            Quote(row["text"], tuple(plain(row["text"]).split()), row["speaker"])
            for row in rows["quotes"]
            if row["kind"] == "direct"
        ),
        transfers=tuple(
            Move((row["player"],), _forms(row["from_club"]), _forms(row["to_club"]), row["status"], row["fee_amount"])
            for row in rows["transfers"]
        ),
    )


def _day(value: Any) -> str | None:
    return value and str(value)


def _forms(name: str | None) -> Forms:
    return (name,) if name else ()
