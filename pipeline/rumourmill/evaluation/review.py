"""Write a random sample of articles with their extracted rows as drafts of gold, to be corrected by hand."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from rumourmill.dataset import Snapshot, with_snapshot
from rumourmill.errors import UsageError
from rumourmill.evaluation.gold import SUFFIX
from rumourmill.evaluation.gold_format import ROLES
from rumourmill.filesystem import writing
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.schema import Row
from rumourmill.schema.records import DOC_TABLES

__all__ = ["Drafts", "draft_gold", "write_drafts"]

MAX_NAME_BYTES = 200  # of a file name, without its suffix
FIRST_WORDS, LAST_WORDS = 6, 4  # of a quotation, at least
WORD = re.compile(r"\S+")

Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Drafts:
    """The article_ids of drafts that were written, and of existing files that were left unchanged."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write_drafts(out: Path, folder: Path, sample: int, seed: int = 0) -> Drafts:
    """Write a sample of articles as NAME.txt and NAME.gold.json, the input of `evaluate`.

    The same seed draws the same articles, and mostly the same ones after the dataset has grown.

    Args:
        out: folder of the dataset.
        folder: where to write; existing gold files are left unchanged.
        sample: number of articles.
        seed: seed of the sample.

    Raises:
        UsageError: there is no dataset, or the folder is inside it.
        OutputError: the folder cannot be written, or the dataset cannot be read.
    """
    if folder.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{folder} is inside {out}: choose a folder outside the tables")
    tables = with_snapshot(out, lambda snapshot: _sample_rows(snapshot, sample, seed))
    written: list[str] = []
    unchanged: list[str] = []
    for article in tables["articles"]:
        article_id = article["article_id"]
        gold = folder / f"{_file_stem(article_id)}{SUFFIX}"
        if gold.exists():
            unchanged.append(article_id)
            continue
        rows = {table: [row for row in tables[table] if row["article_id"] == article_id] for table in DOC_TABLES}
        with writing(folder):
            gold.parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{_file_stem(article_id)}.txt").write_text(_file_text(article), encoding="utf8")
            gold.write_text(_gold_json(draft_gold(article, rows)), encoding="utf8")
        written.append(article_id)
    return Drafts(tuple(written), tuple(unchanged))


def _sample_rows(snapshot: Snapshot, sample: int, seed: int) -> dict[str, list[Row]]:
    """Return the rows of the sampled articles by table: the articles whose ids have the smallest seeded hashes."""
    ids = (id_ for batch in snapshot.batches("articles") for id_ in batch.column("article_id").to_pylist())
    drawn = nsmallest(sample, ids, key=lambda id_: hashlib.sha256(f"{seed} {id_}".encode()).digest())
    wanted = pa.array(drawn, pa.string())
    tables: dict[str, list[Row]] = defaultdict(list)
    for table in ("articles", *DOC_TABLES):
        for batch in snapshot.batches(table):
            tables[table] += batch.filter(pc.is_in(batch.column("article_id"), wanted)).to_pylist()
    return tables


def _file_stem(article_id: str) -> str:
    """Return a path below the folder: the article_id, or a hash if it cannot be a relative path."""
    parts = article_id.split("/")
    is_path = all(
        part and part[0] != "." and part.isprintable() and len(part.encode()) <= MAX_NAME_BYTES for part in parts
    )
    return article_id if is_path else hashlib.sha256(article_id.encode()).hexdigest()[:16]


def draft_gold(article: Row, rows: Rows) -> dict[str, Any]:
    """Return the rows of an article in the gold format.

    Args:
        article: its row in the table `articles`.
        rows: its rows in the other tables, in table order.
    """
    text, offset = _file_text(article), len(_header(article))
    players = {row["player"]: _surface_forms(row) for row in rows["players"]}
    clubs = {row["club"]: _surface_forms(row) for row in rows["clubs"]}
    people = dict(_other_people(rows, players.keys() | clubs.keys()))
    return {
        "id": article["article_id"],
        "published_on": _iso_day(article["published_on"]),
        "players": [
            {"name": name, "aliases": [form for form in forms if form != name]} for name, forms in players.items()
        ],
        "people": [{"name": name, "role": role} for name, role in people.items()],
        "clubs": [{"name": name, "surfaces": forms} for name, forms in clubs.items()],
        "fees": [_draft_fee(row, text, offset) for row in rows["fees"] if row["amount"] > 0],
        "dates": [
            {**_occurrence(row, text, offset), "from": _iso_day(row["start_date"]), "to": _iso_day(row["end_date"])}
            for row in rows["dates"]
        ],
        "quotes": list(_draft_quotes(rows["quotes"], text, offset)),
        "transfers": [_draft_move(row, rows["fees"], clubs) for row in rows["transfers"]],
    }


def _gold_json(gold: Mapping[str, Any]) -> str:
    """Return gold as JSON with one entry per line, for editing by hand."""
    lines = []
    for key, value in gold.items():
        entries = [json.dumps(entry, ensure_ascii=False) for entry in value] if isinstance(value, list) else []
        shown = "[\n    " + ",\n    ".join(entries) + "\n  ]" if entries else json.dumps(value, ensure_ascii=False)
        lines.append(f"  {json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _file_text(article: Row) -> str:
    """Return the content of the text file: a date header, if the day of publication is known, and the article."""
    return _header(article) + str(article["text"])


def _header(article: Row) -> str:
    day = _iso_day(article["published_on"])
    return f" date {day} " if day else ""


def _iso_day(value: Any) -> str | None:
    return value and str(value)


def _surface_forms(row: Row) -> list[str]:
    return list(dict.fromkeys(span["text"] for span in row["spans"]))


def _other_people(rows: Rows, others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and role of speakers and persons of moves and fees that are not players, clubs or outlets."""
    seen = {*others, *(outlet for _, outlet in Gazetteer.of().outlets)}
    named = [(row["speaker"], row["speaker_role"]) for row in rows["quotes"]]
    named += [(row["player"], "other") for table in ("transfers", "fees") for row in rows[table]]
    for name, role in named:
        if name and name not in seen:
            seen.add(name)
            yield name, role if role in ROLES else "other"


def _occurrence(row: Row, text: str, offset: int) -> dict[str, Any]:
    """Return the text of a row and which occurrence of that string in the file it is, counted from 1."""
    start, nth = row["start"] + offset, 1
    found = text.find(row["text"])
    while found < start:
        nth += 1
        found = text.find(row["text"], found + 1)
    return {"text": row["text"], "nth": nth}


def _draft_fee(row: Row, text: str, offset: int) -> dict[str, Any]:
    return {
        **_occurrence(row, text, offset),
        "amount": _json_number(row["amount"]),
        "amount_max": _json_number(row["amount_max"]),
        "currency": row["currency"],
        "kind": row["kind"],
        "player": row["player"],
    }


def _json_number(value: float | None) -> float | None:
    return int(value) if value is not None and value.is_integer() else value


def _draft_quotes(rows: Iterable[Row], text: str, offset: int) -> Iterator[dict[str, Any]]:
    """Yield direct quotations, each with as many first and last words as identify its position."""
    search_from = 0
    for row in rows:
        if row["kind"] != "direct":
            continue
        start, end = row["start"] + offset, row["end"] + offset
        words = [(word.start() + start, word.end() + start) for word in WORD.finditer(row["text"])]
        firsts = [text[start:stop] for _, stop in words]
        lasts = [text[first:end] for first, _ in reversed(words)]
        starts = next((s for s in firsts[FIRST_WORDS - 1 :] if text.find(s, search_from) == start), firsts[-1])
        ends = next((e for e in lasts[LAST_WORDS - 1 :] if text.find(e, start) + len(e) == end), lasts[-1])
        yield {"starts": starts, "ends": ends, "speaker": row["speaker"]}
        search_from = start + 1


def _draft_move(row: Row, fees: Sequence[Row], clubs: Iterable[str]) -> dict[str, Any]:
    prices = [fee for fee in fees if (fee["amount"], fee["currency"]) == (row["fee_amount"], row["fee_currency"])]
    nearest = min(prices, key=lambda f: (f["player"] != row["player"], abs(f["start"] - row["start"])), default=None)
    move = {
        "player": row["player"],
        "from_club": row["from_club"] if row["from_club"] in clubs else None,
        "to_club": row["to_club"] if row["to_club"] in clubs else None,
        "status": row["status"],
        "kind": row["kind"],
        "fee_text": nearest and nearest["text"],
        "reported_by": row["reported_by"],
    }
    return move | ({"optional": True} if row["historic"] else {})
