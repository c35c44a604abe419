"""Cells of the tables on article pages: values of rows as text, with links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rumourmill.report.addresses import Addresses
from rumourmill.report.formatting import format_money, format_pounds, iso_date, truncate
from rumourmill.schema import Row

__all__ = ["COLUMNS", "Cell", "Grid", "make_grid"]

GBP_BASIS = {
    "stated": "stated in pounds",
    "equivalent": "pounds given in the text",
    "converted": "converted at the rate of the European Central Bank",
    "none": "no exchange rate or no day",
}
MAX_FORMS = 6  # forms of a name shown


@dataclass(frozen=True)
class Cell:
    """The text of a cell and the path of the page it links to."""

    text: str = ""
    href: str | None = None


@dataclass(frozen=True)
class Grid:
    """The rows of a table; columns without any value are left out."""

    headings: list[str]
    rows: list[tuple[str, list[Cell]]]  # HTML id, cells


Columns: TypeAlias = dict[str, Callable[[Row, Addresses], Cell]]


def make_grid(table: str, rows: Sequence[tuple[str, Row]], addresses: Addresses) -> Grid:
    """Return rows as cells.

    Args:
        table: name of the table.
        rows: HTML id and values of each row.
        addresses: the addresses of linked pages.
    """
    columns = COLUMNS[table]
    cells_of_rows = [(id_, [cell(row, addresses) for cell in columns.values()]) for id_, row in rows]
    used = [n for n in range(len(columns)) if any(cells[n].text for _, cells in cells_of_rows)]
    headings = list(columns)
    return Grid([headings[n] for n in used], [(id_, [cells[n] for n in used]) for id_, cells in cells_of_rows])


def _text(column: str) -> Callable[[Row, Addresses], Cell]:
    return lambda row, _: Cell(truncate(str(row[column])) if row[column] is not None else "")


def _subject(kind: str, column: str) -> Callable[[Row, Addresses], Cell]:
    return lambda row, go: Cell(truncate(row[column]), go.subject(kind, row[column])) if row[column] else Cell()


def _speaker(row: Row, addresses: Addresses) -> Cell:
    return Cell(truncate(row["speaker"]), addresses.find_subject(row["speaker"])) if row["speaker"] else Cell()


def _forms(row: Row, _: Addresses) -> Cell:
    forms = Counter(span["text"] for span in row["spans"]).most_common()
    shown = [truncate(form, 60) + (f" ×{count}" if count > 1 else "") for form, count in forms[:MAX_FORMS]]
    return Cell(", ".join(shown) + (" …" if len(forms) > MAX_FORMS else ""))


def _amount(row: Row, _: Addresses) -> Cell:
    return Cell(format_money(row["amount"], row["currency"], row["amount_max"]))


def _pounds(row: Row, _: Addresses) -> Cell:
    return Cell(format_pounds(row["amount_gbp"], row["amount_max_gbp"]))


def _resolution(row: Row, _: Addresses) -> Cell:
    if row["start_date"] is None and row["end_date"] is None:
        return Cell("not resolved")
    return Cell("the day of publication" if row["relative"] else "the expression itself")


def _confidence(row: Row, _: Addresses) -> Cell:
    return Cell(f"{row['confidence']:.0%}")


def _label(column: str, labels: Mapping[Any, str]) -> Callable[[Row, Addresses], Cell]:
    return lambda row, _: Cell(labels.get(row[column], str(row[column] or "").replace("_", " ")))


COLUMNS: dict[str, Columns] = {
    "transfers": {
        "player": _subject("players", "player"),
        "from": _subject("clubs", "from_club"),
        "to": _subject("clubs", "to_club"),
        "status": _text("status"),
        "kind": _text("kind"),
        "price": lambda row, _: Cell(format_money(row["fee_amount"], row["fee_currency"])),
        "in pounds": lambda row, _: Cell(format_pounds(row["fee_gbp"])),
        "source": _text("reported_by"),
        "day": lambda row, _: Cell(iso_date(row["event_date"])),
        "background": _label("historic", {True: "yes", False: ""}),
        "confidence": _confidence,
    },
    "fees": {
        "value": _amount,
        "in pounds": _pounds,
        "kind": _label("kind", {}),
        "precision": _label("qualifier", {}),
        "per": _text("period"),
        "player": _subject("players", "player"),
        "conversion": _label("gbp_basis", GBP_BASIS),
    },
    "quotes": {
        "speaker": _speaker,
        "role": _text("speaker_role"),
        "kind": _text("kind"),
        "introduced by": _text("cue"),
        "words": lambda row, _: Cell(truncate(row["text"], 160)),
    },
    "players": {
        "player": _subject("players", "player"),
        "position": _text("position"),
        "nationality": _text("nationality"),
        "club": _subject("clubs", "club"),
        "mentions": _text("mentions"),
        "as written": _forms,
    },
    "clubs": {
        "club": _subject("clubs", "club"),
        "country": _text("country"),
        "mentions": _text("mentions"),
        "as written": _forms,
    },
    "dates": {
        "as written": lambda row, _: Cell(truncate(row["text"], 120)),
        "first day": lambda row, _: Cell(iso_date(row["start_date"])),
        "last day": lambda row, _: Cell(iso_date(row["end_date"])),
        "granularity": _text("granularity"),
        "resolved by": _resolution,
    },
}
"""The columns of each table, the tables in display order."""
