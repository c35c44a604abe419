"""The rows of an article as a draft of gold: what a person would have written who agrees with every row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rumourmill.evaluation.gold_format import ROLES
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.schema import Row

__all__ = ["as_json", "draft", "file_text"]

FIRST_WORDS, LAST_WORDS = 6, 4  # of a quotation
WORD = re.compile(r"\S+")

Rows = Mapping[str, Sequence[Row]]


def file_text(article: Row) -> str:
    """The text of the draft's file: the article's behind a header that tells its day of publication."""
    return _header(article) + str(article["text"])


def draft(article: Row, rows: Rows) -> dict[str, Any]:
    """What the rows of an article say, in the format of gold.

    Args:
        article: its row in the table `articles`.
        rows: its rows in the other tables, in their order.
    """
    text, at = file_text(article), len(_header(article))
    players = {row["player"]: _forms(row) for row in rows["players"]}
    clubs = {row["club"]: _forms(row) for row in rows["clubs"]}
    people = dict(_people(rows, players.keys() | clubs.keys()))
    return {
        "id": article["article_id"],
        "published_on": _day(article["published_on"]),
        "players": [
            {"name": name, "aliases": [form for form in forms if form != name]} for name, forms in players.items()
        ],
        "people": [{"name": name, "role": role} for name, role in people.items()],
        "clubs": [{"name": name, "surfaces": forms} for name, forms in clubs.items()],
        "fees": [_fee(row, text, at) for row in rows["fees"] if row["amount"] > 0],
        "dates": [
            {**_occurrence(row, text, at), "from": _day(row["start_date"]), "to": _day(row["end_date"])}
            for row in rows["dates"]
        ],
        "quotes": list(_quotes(rows["quotes"], text, at)),
        "transfers": [_move(row, rows["fees"], clubs) for row in rows["transfers"]],
    }


def as_json(gold: Mapping[str, Any]) -> str:
    """Gold as JSON with an entry a line, easy to correct by hand."""
    lines = []
    for key, value in gold.items():
        entries = [json.dumps(entry, ensure_ascii=False) for entry in value] if isinstance(value, list) else []
        shown = "[\n    " + ",\n    ".join(entries) + "\n  ]" if entries else json.dumps(value, ensure_ascii=False)
        lines.append(f"  {json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _header(article: Row) -> str:
    day = _day(article["published_on"])
    return f" date {day} " if day else ""


def _day(value: Any) -> str | None:
    return value and str(value)


def _forms(row: Row) -> list[str]:
    return list(dict.fromkeys(span["text"] for span in row["spans"]))


def _people(rows: Rows, others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The speakers, and those of moves and fees, that are neither players nor organisations, with their roles."""
    told = {*others, *(outlet for _, outlet in Gazetteer.of().outlets)}
    named = [(row["speaker"], row["speaker_role"]) for row in rows["quotes"]]
    named += [(row["player"], "other") for table in ("transfers", "fees") for row in rows[table]]
    for name, role in named:
        if name and name not in told:
            told.add(name)
            yield name, role if role in ROLES else "other"


def _occurrence(row: Row, text: str, at: int) -> dict[str, Any]:
    """The words of a row, and which occurrence of these very characters in the file it is."""
    place, nth = row["start"] + at, 1
    found = text.find(row["text"])
    while found < place:
        nth += 1
        found = text.find(row["text"], found + 1)
    return {"text": row["text"], "nth": nth}


def _fee(row: Row, text: str, at: int) -> dict[str, Any]:
    return {
        **_occurrence(row, text, at),
        "amount": _amount(row["amount"]),
        "amount_max": _amount(row["amount_max"]),
        "currency": row["currency"],
        "kind": row["kind"],
        "player": row["player"],
    }


def _amount(value: float | None) -> float | None:
    return int(value) if value is not None and value.is_integer() else value


def _quotes(rows: Iterable[Row], text: str, at: int) -> Iterator[dict[str, Any]]:
    """Direct quotations by as many of their first and last words as tell where they stand."""
    before = 0
    for row in rows:
        if row["kind"] != "direct":
            continue
        start, end = row["start"] + at, row["end"] + at
        words = [(word.start() + start, word.end() + start) for word in WORD.finditer(row["text"])]
        firsts = [text[start:stop] for _, stop in words]
        lasts = [text[first:end] for first, _ in reversed(words)]
        starts = next((s for s in firsts[FIRST_WORDS - 1 :] if text.find(s, before) == start), firsts[-1])
        ends = next((e for e in lasts[LAST_WORDS - 1 :] if text.find(e, start) + len(e) == end), lasts[-1])
        yield {"starts": starts, "ends": ends, "speaker": row["speaker"]}
        before = start + 1


def _move(row: Row, fees: Sequence[Row], clubs: Iterable[str]) -> dict[str, Any]:
    price = [fee for fee in fees if (fee["amount"], fee["currency"]) == (row["fee_amount"], row["fee_currency"])]
    best = min(price, key=lambda fee: (fee["player"] != row["player"], abs(fee["start"] - row["start"])), default=None)
    move = {
        "player": row["player"],
        "from_club": row["from_club"] if row["from_club"] in clubs else None,
        "to_club": row["to_club"] if row["to_club"] in clubs else None,
        "status": row["status"],
        "kind": row["kind"],
        "fee_text": best and best["text"],
        "reported_by": row["reported_by"],
    }
    return move | ({"optional": True} if row["historic"] else {})
