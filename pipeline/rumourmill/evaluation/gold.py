"""Reads gold: a folder of NAME.txt beside NAME.gold.json becomes one Reading per article."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rumourmill.errors import UsageError
from rumourmill.evaluation.gold_format import faults, stretches
from rumourmill.evaluation.items import Date, Fee, Forms, Move, Name, Quote, Reading
from rumourmill.evaluation.matching import plain

__all__ = ["SUFFIX", "load"]

SUFFIX = ".gold.json"
FORMAT_PAGE = "docs/evaluation.md tells the format"

Entry = Mapping[str, Any]


def load(folder: Path, known: Container[str] = ()) -> dict[str, Reading]:
    """The annotated articles of a folder and its sub-folders, by article_id.

    Args:
        folder: holds NAME.txt and NAME.gold.json.
        known: the article_ids of the dataset. A name is one of them, or the `id` that the annotation tells is: rows of
            a table have ids that no file can be named by.

    Raises:
        UsageError: the folder is missing or holds no gold, or a file of it is not in the format.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name the folder of the annotated articles")
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    if not paths:
        raise UsageError(f"{folder} holds no *{SUFFIX}: name a folder of annotated articles; {FORMAT_PAGE}")
    readings: dict[str, Reading] = {}
    for path in paths:
        name, (told, reading) = path.relative_to(folder).as_posix().removesuffix(SUFFIX), _read(path)
        readings[told if told in known and name not in known else name] = reading
    return readings


def _read(path: Path) -> tuple[str, Reading]:
    """The id that an annotation tells, and what it says."""
    article = path.with_name(path.name.removesuffix(SUFFIX) + ".txt")
    try:
        text = article.read_text(encoding="utf8", errors="replace")
        gold = json.loads(path.read_text(encoding="utf8"))
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read ({error.strerror}): {path.name} needs it") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON in UTF-8 ({error}): mend it") from error
    if fault := next(faults(gold, text), None):
        raise UsageError(f"{path}: {fault}; {FORMAT_PAGE}")
    return str(gold.get("id")), _reading(gold, text)


def _reading(gold: Mapping[str, Any], text: str) -> Reading:
    return Reading(
        gold["published_on"],
        players=tuple(Name(_forms(e, "aliases"), _optional(e)) for e in gold["players"]),
        clubs=tuple(Name(_forms(e, "surfaces"), _optional(e)) for e in gold["clubs"]),
        fees=tuple(
            Fee(e["text"], e["amount"], e.get("amount_max"), e["currency"], e["kind"], _optional(e))
            for e in gold["fees"]
        ),
        dates=tuple(Date(e["text"], e.get("from"), e.get("to"), _optional(e)) for e in gold["dates"]),
        quotes=tuple(_quotes(gold["quotes"], text)),
        transfers=tuple(_moves(gold)),
    )


def _forms(entry: Entry, others: str) -> Forms:
    return (entry["name"], *(entry.get(others) or ()))


def _optional(entry: Entry) -> bool:
    return bool(entry.get("optional"))


def _quotes(entries: Sequence[Entry], text: str) -> Iterable[Quote]:
    """Quotations with all their words; gold has the first and last ones."""
    for entry, (start, end) in zip(entries, stretches(entries, text), strict=True):
        body = text[start:end]
        quote = Quote(body, tuple(plain(body).split()), entry.get("speaker"), _optional(entry))
        yield replace(quote, optional=quote.optional or quote.is_short)


def _moves(gold: Mapping[str, list[Entry]]) -> Iterable[Move]:
    """Moves with every form of the names in them, as gold lists these elsewhere."""
    people = {entry["name"]: _forms(entry, "aliases") for entry in gold["players"] + gold["people"]}
    clubs = {entry["name"]: _forms(entry, "surfaces") for entry in gold["clubs"]}
    prices = {entry["text"]: entry["amount"] for entry in gold["fees"]}
    for entry in gold["transfers"]:
        seller, buyer = (clubs.get(entry.get(key) or "", ()) for key in ("from_club", "to_club"))
        price = prices.get(entry.get("fee_text"))
        yield Move(people[entry["player"]], seller, buyer, entry["status"], price, _optional(entry))
