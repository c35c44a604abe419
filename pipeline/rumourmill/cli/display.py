"""What the commands show on a terminal: an article with its records, a summary, the tables of a dataset."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from operator import methodcaller
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from spacy.tokens import Doc

from rumourmill.filesystem import FileSystem
from rumourmill.runner.batch import Summary
from rumourmill.runner.fingerprint import model_version
from rumourmill.schema import TABLES, Row
from rumourmill.schema.records import article_row, rows_of
from rumourmill.sources import Article

__all__ = ["article_view", "reasons", "record_lines", "summary_lines", "table_view"]

COLOURS = {
    "players": "bold green",
    "clubs": "bold blue",
    "fees": "bold yellow",
    "dates": "magenta",
    "quotes": "italic cyan",
}
PLACES = {"article_id", "start", "end", "spans", "sentence", "speaker_start", "speaker_end"}
CURRENCY = {
    **dict.fromkeys(("amount", "amount_max", "amount_gbp", "amount_max_gbp"), "currency"),
    **dict.fromkeys(("fee_amount", "fee_gbp"), "fee_currency"),
}
HIDDEN = PLACES | {"gbp_basis", *CURRENCY.values()}  # a currency stands behind its amount
WIDEST = 60  # characters of a cell


def article_view(doc: Doc, article: Article) -> RenderableType:
    """An article: its text with coloured spans, its records below."""
    tables = rows_of(doc, article)
    text = Text(article.text)
    for table, colour in reversed(COLOURS.items()):
        for start, end in _places(tables[table]):
            text.stylize(colour, start, end)
    if article.title:
        text.stylize("underline", 0, article.title_end)
    day = article.published_on or "unknown"
    head = Text(f"{article.source_path}, published {day} (from: {article.published_on_from})", "dim")
    notes = [Text(note, "dim") for note in article.notes]
    records = (_records(name, rows) for name, rows in tables.items() if rows)
    return Group(head, *notes, Text(), text, Text(), *records)


def record_lines(doc: Doc, article: Article) -> Iterator[str]:
    """The rows of an article as JSON objects, a line each, that of `articles` first; `table` names the table."""
    of_article = article_row(article, dt.datetime.now(dt.UTC), model_version())
    for name, rows in {"articles": [of_article], **rows_of(doc, article)}.items():
        for row in rows:
            yield json.dumps({"table": name, **row}, default=methodcaller("isoformat"), ensure_ascii=False)


def reasons(doc: Doc) -> Iterator[str]:
    """What made each move of an article: its evidence, the phrases that tell its status, the weights that spoke."""
    for row, why in zip(doc._.transfers, doc._.why, strict=True):
        seller = f" from {row['from_club']}" if row["from_club"] else ""
        past = ", background" if row["historic"] else ""
        yield f"{row['player']} to {row['to_club']}{seller}: {row['status']}{past} ({row['confidence']:.2f})"
        yield f"  {' '.join(row['sentence'].split())}"
        yield from (f"    {reason}" for reason in why)


def table_view(name: str, rows: int) -> RenderableType:
    """One table of a dataset: what a row is, how many there are, and what its columns mean."""
    table = TABLES[name]
    title = f"[bold]{name}[/] ({rows:,} rows): {escape(table.description)}"
    view = Table(title=title, title_justify="left", expand=False)
    for heading in ("column", "type", "meaning"):
        view.add_column(heading)
    for column in table.columns:
        kind = column.kind + (" or null" if column.nullable else "")
        choices = f" One of: {', '.join(column.choices)}." if column.choices else ""
        view.add_row(column.name, kind, escape(column.description + choices))
    return view


def summary_lines(summary: Summary, out: FileSystem, console: Console) -> None:
    """Print what a run did and how to open its result."""
    always = [(summary.read, "read"), (summary.unchanged, "unchanged"), (summary.rejected, "rejected")]
    sometimes = [(summary.left, "left for the next run"), (summary.dropped, "gone and dropped")]
    did = always + [(n, what) for n, what in sometimes if n]
    what = "files and rows" if summary.from_tables else "files"
    console.print(f"{summary.found:,} {what}: " + ", ".join(f"{n:,} {what}" for n, what in did), highlight=False)
    console.print("rows: " + ", ".join(f"{name} {n:,}" for name, n in summary.rows.items()), highlight=False)
    rate = f" ({summary.articles_per_second:,.1f} articles/s)" if summary.read else ""
    console.print(f"{summary.seconds:,.1f} seconds{rate}", highlight=False)
    fees = out.url("fees")
    console.print(Text(f'pandas: pd.read_parquet("{fees}")'), soft_wrap=True)
    console.print(Text(f"DuckDB: FROM '{fees}/*.parquet'"), soft_wrap=True)


def _places(rows: Iterable[Row]) -> Iterable[tuple[int, int]]:
    for row in rows:
        for place in row.get("spans") or [row]:
            yield place["start"], place["end"]


def _records(name: str, rows: list[Row]) -> RenderableType:
    columns = [c.name for c in TABLES[name].columns if c.name not in HIDDEN]
    used = [c for c in columns if any(_tells(row, c) for row in rows)]
    view = Table(title=Text(name, COLOURS.get(name, "bold")), title_justify="left")
    for column in used:
        view.add_column(column.replace("_", " "))  # which a narrow terminal may wrap
    for row in rows:
        view.add_row(*(_cell(row, column) for column in used))
    return view


def _tells(row: Mapping[str, Any], column: str) -> bool:
    """Whether a cell says more than what goes without saying: a terminal is narrow."""
    if column.endswith("_gbp") and row[CURRENCY[column]] == "GBP":
        return False
    return row[column] is not None and row[column] is not False and row[column] != "exact"


def _cell(row: Mapping[str, Any], column: str) -> Text:
    value = row[column]
    text = "" if value is None else f"{value:,.0f}" if isinstance(value, float) and value > 1 else str(value)
    if text and column in CURRENCY:
        text += " GBP" if column.endswith("_gbp") else f" {row[CURRENCY[column]]}"
    text = " ".join(text.split())
    return Text(text if len(text) <= WIDEST else text[: WIDEST - 1] + "…")
