"""Rows of the tables in words, as the pages of articles show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rumourmill.report.addresses import Addresses
from rumourmill.report.source import Row
from rumourmill.report.wording import clip, day, money, pounds

__all__ = ["Cell", "Grid", "grid"]

BASIS = {
    "stated": "stated in pounds",
    "equivalent": "the text gives the pounds",
    "converted": "European Central Bank's rate of the day",
    "none": "no rate or no day is known",
}
MANY = 6  # forms of a name


@dataclass(frozen=True)
class Cell:
    """What a cell says, and the page that it leads to."""

    text: str = ""
    href: str | None = None


@dataclass(frozen=True)
class Grid:
    """Rows of one table with the columns that any of them fills."""

    headings: list[str]
    rows: list[tuple[str, list[Cell]]]  # id and cells


Columns: TypeAlias = dict[str, Callable[[Row, Addresses], Cell]]


def grid(table: str, rows: Sequence[tuple[str, Row]], addresses: Addresses) -> Grid:
    """Rows in words.

    Args:
        table: the table they are of.
        rows: each with the id that it gets.
        addresses: the pages that cells lead to.
    """
    columns = COLUMNS[table]
    made = [(id_, [cell(row, addresses) for cell in columns.values()]) for id_, row in rows]
    used = [n for n in range(len(columns)) if any(cells[n].text for _, cells in made)]
    headings = list(columns)
    return Grid([headings[n] for n in used], [(id_, [cells[n] for n in used]) for id_, cells in made])


def _text(column: str) -> Callable[[Row, Addresses], Cell]:
    return lambda row, _: Cell(clip(str(row[column])) if row[column] is not None else "")


def _subject(kind: str, column: str) -> Callable[[Row, Addresses], Cell]:
    return lambda row, go: Cell(clip(row[column]), go.subject(kind, row[column])) if row[column] else Cell()


def _speaker(row: Row, go: Addresses) -> Cell:
    return Cell(clip(row["speaker"]), go.known(row["speaker"])) if row["speaker"] else Cell()


def _forms(row: Row, _: Addresses) -> Cell:
    forms = Counter(span["text"] for span in row["spans"]).most_common()
    said = [clip(form, 60) + (f" ×{times}" if times > 1 else "") for form, times in forms[:MANY]]
    return Cell(", ".join(said) + (" …" if len(forms) > MANY else ""))


def _amount(row: Row, _: Addresses) -> Cell:
    return Cell(money(row["amount"], row["currency"], row["amount_max"]))


def _pounds(row: Row, _: Addresses) -> Cell:
    return Cell(pounds(row["amount_gbp"], row["amount_max_gbp"]))


def _when(row: Row, _: Addresses) -> Cell:
    if row["start_date"] is None and row["end_date"] is None:
        return Cell("not resolved")
    return Cell("counted from the day of publication" if row["relative"] else "told by its own words")


def _share(row: Row, _: Addresses) -> Cell:
    return Cell(f"{row['confidence']:.0%}")


def _said(column: str, words: Mapping[Any, str]) -> Callable[[Row, Addresses], Cell]:
    return lambda row, _: Cell(words.get(row[column], str(row[column] or "").replace("_", " ")))


COLUMNS: dict[str, Columns] = {
    "transfers": {
        "player": _subject("players", "player"),
        "from": _subject("clubs", "from_club"),
        "to": _subject("clubs", "to_club"),
        "status": _text("status"),
        "kind": _text("kind"),
        "price": lambda row, _: Cell(money(row["fee_amount"], row["fee_currency"])),
        "in pounds": lambda row, _: Cell(pounds(row["fee_gbp"])),
        "source": _text("reported_by"),
        "day": lambda row, _: Cell(day(row["event_date"])),
        "background": _said("historic", {True: "yes", False: ""}),
        "confidence": _share,
    },
    "fees": {
        "value": _amount,
        "in pounds": _pounds,
        "kind": _said("kind", {}),
        "exact": _said("qualifier", {}),
        "per": _text("period"),
        "player": _subject("players", "player"),
        "pounds from": _said("gbp_basis", BASIS),
    },
    "quotes": {
        "speaker": _speaker,
        "role": _text("speaker_role"),
        "kind": _text("kind"),
        "introduced by": _text("cue"),
        "words": lambda row, _: Cell(clip(row["text"], 160)),
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
        "as written": lambda row, _: Cell(clip(row["text"], 120)),
        "first day": lambda row, _: Cell(day(row["start_date"])),
        "last day": lambda row, _: Cell(day(row["end_date"])),
        "names a": _text("granularity"),
        "known how": _when,
    },
}
"""The columns of each table's rows, the tables in the order in which pages show them."""
