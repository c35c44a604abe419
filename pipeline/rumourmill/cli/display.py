"""Terminal output of the commands: articles with their rows, run summaries, table descriptions, figures."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from operator import methodcaller
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from spacy.tokens import Doc

from rumourmill.cli.explanations import explain_reason
from rumourmill.evaluation import Report
from rumourmill.evaluation.metrics import LEVEL
from rumourmill.filesystem import FileSystem
from rumourmill.runner.batch import Summary
from rumourmill.runner.fingerprint import model_version
from rumourmill.schema import TABLES, Row
from rumourmill.schema.records import article_row, rows_of
from rumourmill.sources import Article

__all__ = ["article_view", "evaluation_view", "json_lines", "print_summary", "reason_lines", "table_view"]

COLOURS = {
    "players": "bold green",
    "clubs": "bold blue",
    "fees": "bold yellow",
    "dates": "magenta",
    "quotes": "italic cyan",
}
OFFSETS = {"article_id", "start", "end", "spans", "sentence", "speaker_start", "speaker_end"}
CURRENCY = {
    **dict.fromkeys(("amount", "amount_max", "amount_gbp", "amount_max_gbp"), "currency"),
    **dict.fromkeys(("fee_amount", "fee_gbp"), "fee_currency"),
}
HIDDEN = OFFSETS | {"gbp_basis", *CURRENCY.values()}  # the currency is shown after its amount
MAX_CELL = 60  # characters


def article_view(doc: Doc, article: Article) -> RenderableType:
    """Return the text of an article with coloured spans, and its rows as tables."""
    tables = rows_of(doc, article)
    text = Text(article.text)
    for table, colour in reversed(COLOURS.items()):
        for start, end in _spans(tables[table]):
            text.stylize(colour, start, end)
    if article.title:
        text.stylize("underline", 0, article.title_end)
    day = article.published_on or "unknown"
    head = Text(f"{article.source_path}, published {day} (from: {article.published_on_from})", "dim")
    notes = [Text(note, "dim") for note in article.notes]
    records = (_rows_view(name, rows) for name, rows in tables.items() if rows)
    return Group(head, *notes, Text(), text, Text(), *records)


def json_lines(doc: Doc, article: Article) -> Iterator[str]:
    """Yield the rows of an article as JSON objects, the row of `articles` first; the key `table` names the table."""
    first = article_row(article, dt.datetime.now(dt.UTC), model_version())
    for name, rows in {"articles": [first], **rows_of(doc, article)}.items():
        for row in rows:
            yield json.dumps({"table": name, **row}, default=methodcaller("isoformat"), ensure_ascii=False)


def reason_lines(doc: Doc) -> Iterator[str]:
    """Yield for each move its sentence, the phrases that set its status, and the strongest features of the models."""
    for row, why in zip(doc._.transfers, doc._.why, strict=True):
        seller = f" from {row['from_club']}" if row["from_club"] else ""
        historic = ", background" if row["historic"] else ""
        yield f"{row['player']} to {row['to_club']}{seller}: {row['status']}{historic} ({row['confidence']:.2f})"
        yield f"  {' '.join(row['sentence'].split())}"
        yield from (f"    {explain_reason(reason)}" for reason in why)


def table_view(name: str, rows: int) -> RenderableType:
    """Return the description of a table: its rows, columns, types and meanings."""
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


def print_summary(summary: Summary, out: FileSystem, console: Console) -> None:
    """Print the counts of a run and how to open its tables."""
    counts = [(summary.read, "read"), (summary.unchanged, "unchanged"), (summary.rejected, "rejected")]
    optional = [(summary.left, "left for the next run"), (summary.dropped, "deleted")]
    counts += [(n, label) for n, label in optional if n]
    unit = "files and rows" if summary.from_tables else "files"
    console.print(f"{summary.found:,} {unit}: " + ", ".join(f"{n:,} {label}" for n, label in counts), highlight=False)
    console.print("rows: " + ", ".join(f"{name} {n:,}" for name, n in summary.rows.items()), highlight=False)
    rate = f" ({summary.articles_per_second:,.1f} articles/s)" if summary.read else ""
    console.print(f"{summary.seconds:,.1f} seconds{rate}", highlight=False)
    fees = out.url("fees")
    console.print(Text(f'pandas: pd.read_parquet("{fees}")'), soft_wrap=True)
    console.print(Text(f"DuckDB: FROM '{fees}/*.parquet'"), soft_wrap=True)


def evaluation_view(report: Report) -> RenderableType:
    """Return the figures of an evaluation as two tables: items found, and attributes right in what was found."""
    figures = report.figures()
    articles = f"{len(report.articles):,} articles" if len(report.articles) != 1 else "1 article"
    level = f"{LEVEL}% interval"
    items = _figure_table(f"Found in {articles}", "precision", "recall", "F1", level, "found", "spurious")
    for name in report.f1_scores:
        numbers = figures[name]
        rates = (f"{numbers[rate]:.3f}" for rate in ("precision", "recall", "f1"))
        found = f"{numbers['found']:,} of {numbers['found'] + numbers['missed']:,}"
        items.add_row(name, *rates, _interval(numbers), found, f"{numbers['spurious']:,}")
    attributes = _figure_table("Right in what was found", "accuracy", level, "right")
    for name in report.accuracies:
        numbers = figures[name]
        rate = f"{numbers['accuracy']:.3f}" if numbers["asked"] else "-"
        attributes.add_row(name, rate, _interval(numbers), f"{numbers['right']:,} of {numbers['asked']:,}")
    return Group(items, attributes)


def _figure_table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("figure", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _interval(numbers: Mapping[str, Any]) -> str:
    return "{:.3f}-{:.3f}".format(*numbers["interval"]) if numbers["interval"] else "-"


def _spans(rows: Iterable[Row]) -> Iterable[tuple[int, int]]:
    for row in rows:
        for span in row.get("spans") or [row]:
            yield span["start"], span["end"]


def _rows_view(name: str, rows: list[Row]) -> RenderableType:
    columns = [c.name for c in TABLES[name].columns if c.name not in HIDDEN]
    used = [c for c in columns if any(_is_shown(row, c) for row in rows)]
    view = Table(title=Text(name, COLOURS.get(name, "bold")), title_justify="left")
    for column in used:
        view.add_column(column.replace("_", " "))  # a narrow terminal can wrap at spaces
    for row in rows:
        view.add_row(*(_cell(row, column) for column in used))
    return view


def _is_shown(row: Mapping[str, Any], column: str) -> bool:
    """Return whether a cell differs from the default (GBP, False, exact); columns of defaults are left out."""
    if column.endswith("_gbp") and row[CURRENCY[column]] == "GBP":
        return False
    return row[column] is not None and row[column] is not False and row[column] != "exact"


def _cell(row: Mapping[str, Any], column: str) -> Text:
    value = row[column]
    text = "" if value is None else f"{value:,.0f}" if isinstance(value, float) and value > 1 else str(value)
    if text and column in CURRENCY:
        text += " GBP" if column.endswith("_gbp") else f" {row[CURRENCY[column]]}"
    text = " ".join(text.split())
    return Text(text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…")
