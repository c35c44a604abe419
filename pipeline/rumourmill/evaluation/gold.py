"""Read gold: a folder of NAME.txt and NAME.gold.json files as `Annotations`, one per article."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rumourmill.errors import UsageError
from rumourmill.evaluation.annotations import AnnotatedMove, Annotations, Date, Entity, Fee, Names, Quote
from rumourmill.evaluation.gold_format import find_format_errors, locate_quotes
from rumourmill.evaluation.matching import normalize

__all__ = ["SUFFIX", "load_gold"]

SUFFIX = ".gold.json"
FORMAT_PAGE = "the format is described in docs/evaluation.md"

GoldEntry = Mapping[str, Any]


def load_gold(folder: Path, known_ids: Container[str] = ()) -> dict[str, Annotations]:
    """Return the annotated articles of a folder and its subfolders by article_id.

    Args:
        folder: contains NAME.txt and NAME.gold.json files.
        known_ids: the article_ids of the dataset. The article_id is the file's path without its suffix. If that is
            not in the dataset but the annotation's `id` is, the `id` is used: ids of table rows can be no file names.

    Raises:
        UsageError: the folder does not exist or contains no gold, or a file is invalid.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: give the folder of the annotated articles")
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    if not paths:
        raise UsageError(f"{folder} contains no *{SUFFIX}: give a folder of annotated articles; {FORMAT_PAGE}")
    articles: dict[str, Annotations] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
        stated_id, annotations = _read_article(path)
        articles[stated_id if stated_id in known_ids and name not in known_ids else name] = annotations
    return articles


def _read_article(path: Path) -> tuple[str, Annotations]:
    """Return the `id` of an annotation file and its content."""
    article = path.with_name(path.name.removesuffix(SUFFIX) + ".txt")
    try:
        text = article.read_text(encoding="utf8", errors="replace")
        gold = json.loads(path.read_text(encoding="utf8"))
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read ({error.strerror}): {path.name} needs it") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON in UTF-8 ({error}): correct it") from error
    if message := next(find_format_errors(gold, text), None):
        raise UsageError(f"{path}: {message}; {FORMAT_PAGE}")
    return str(gold.get("id")), _annotations(gold, text)


def _annotations(gold: Mapping[str, Any], text: str) -> Annotations:
    return Annotations(
        gold["published_on"],
        players=tuple(Entity(_names(e, "aliases"), _is_optional(e)) for e in gold["players"]),
        clubs=tuple(Entity(_names(e, "surfaces"), _is_optional(e)) for e in gold["clubs"]),
        fees=tuple(
            Fee(e["text"], e["amount"], e.get("amount_max"), e["currency"], e["kind"], _is_optional(e))
            for e in gold["fees"]
        ),
        dates=tuple(Date(e["text"], e.get("from"), e.get("to"), _is_optional(e)) for e in gold["dates"]),
        quotes=tuple(_quotes(gold["quotes"], text)),
        transfers=tuple(_moves(gold)),
    )


def _names(entry: GoldEntry, others: str) -> Names:
    return (entry["name"], *(entry.get(others) or ()))


def _is_optional(entry: GoldEntry) -> bool:
    return bool(entry.get("optional"))


def _quotes(entries: Sequence[GoldEntry], text: str) -> Iterable[Quote]:
    """Yield quotations with their whole text; entries contain only the first and last words."""
    for entry, (start, end) in zip(entries, locate_quotes(entries, text), strict=True):
        body = text[start:end]
        quote = Quote(body, tuple(normalize(body).split()), entry.get("speaker"), _is_optional(entry))
        yield replace(quote, optional=quote.optional or quote.is_short)


def _moves(gold: Mapping[str, list[GoldEntry]]) -> Iterable[AnnotatedMove]:
    """Yield moves with all forms of the names in them, from the lists of players, people and clubs."""
    people = {entry["name"]: _names(entry, "aliases") for entry in gold["players"] + gold["people"]}
    clubs = {entry["name"]: _names(entry, "surfaces") for entry in gold["clubs"]}
    prices = {entry["text"]: entry["amount"] for entry in gold["fees"]}
    for entry in gold["transfers"]:
        seller, buyer = (clubs.get(entry.get(key) or "", ()) for key in ("from_club", "to_club"))
        price = prices.get(entry.get("fee_text"))
        yield AnnotatedMove(people[entry["player"]], seller, buyer, entry["status"], price, _is_optional(entry))
