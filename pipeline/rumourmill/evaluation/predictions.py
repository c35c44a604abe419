"""Read the tables of a dataset as `Annotations`, one per article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rumourmill import dataset
from rumourmill.errors import UsageError
from rumourmill.evaluation.annotations import AnnotatedMove, Annotations, Date, Entity, Fee, Names, Quote
from rumourmill.evaluation.matching import normalize
from rumourmill.schema import Row
from rumourmill.schema.records import DOC_TABLES
from rumourmill.sources import article_id_of

__all__ = ["load_predictions"]


def load_predictions(out: Path) -> dict[str, Annotations]:
    """Return the extracted items of every article by article_id; a rejected article has none.

    Raises:
        UsageError: there is no dataset.
        OutputError: a part of it is missing.
    """
    if not out.is_dir():
        raise UsageError(f"{out} is not a folder: give the folder that extract wrote the tables to")
    rejects = dataset.read_arrow(out, "rejects").to_pylist()
    predictions = {article_id_of(row["source_path"]): Annotations() for row in rejects}
    articles = dataset.read_arrow(out, "articles").select(["article_id", "published_on"]).to_pylist()
    tables = {name: _rows_by_article(out, name) for name in DOC_TABLES}
    for row in articles:
        article = row["article_id"]
        predictions[article] = _annotations(row, {name: rows[article] for name, rows in tables.items()})
    return predictions


def _rows_by_article(out: Path, table: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in dataset.read_arrow(out, table).to_pylist():
        rows[row["article_id"]].append(row)
    return rows


def _annotations(article: Row, rows: Mapping[str, list[Row]]) -> Annotations:
    return Annotations(
        _iso_day(article["published_on"]),
        players=tuple(Entity((row["player"],)) for row in rows["players"]),
        clubs=tuple(Entity((row["club"],)) for row in rows["clubs"]),
        fees=tuple(
            Fee(row["text"], row["amount"], row["amount_max"], row["currency"], row["kind"]) for row in rows["fees"]
        ),
        dates=tuple(Date(row["text"], _iso_day(row["start_date"]), _iso_day(row["end_date"])) for row in rows["dates"]),
        quotes=tuple(
            Quote(row["text"], tuple(normalize(row["text"]).split()), row["speaker"])
            for row in rows["quotes"]
            if row["kind"] == "direct"
        ),
        transfers=tuple(
            AnnotatedMove(
                (row["player"],), _names(row["from_club"]), _names(row["to_club"]), row["status"], row["fee_amount"]
            )
            for row in rows["transfers"]
        ),
    )


def _iso_day(value: Any) -> str | None:
    return value and str(value)


def _names(name: str | None) -> Names:
    return (name,) if name else ()
