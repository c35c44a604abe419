"""A dataset against gold: the figures that docs and tests quote, and every error behind them.

Gold is a folder of NAME.txt beside NAME.gold.json; rows are joined on article_id == NAME. Figures are micro-averaged.
Gold items marked optional cost nothing when missed and nothing when found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import dataset
from pipeline.errors import UsageError
from pipeline.matching import bare_date, overlap, plain, same_amount, same_club, same_person

__all__ = ["Rate", "Report", "Tally", "evaluate"]

Item = dict[str, Any]
Same = Callable[[Any, Any], bool]
TABLES = ("articles", "players", "clubs", "fees", "dates", "quotes", "transfers")
MOVE_MONEY = frozenset({"bid", "fee", "asking_price", "release_clause", "loan_fee", "add_ons"})
ALIKE = ({"agreed", "completed"}, {"interest", "talks"})  # statuses that count as one
SHORTEST_QUOTE = 4  # words; shorter ones count only where gold has them
SAME_QUOTE = 0.7  # of the words shared


@dataclass
class Tally:
    """Found, spurious and missed items of one figure, with the errors kept for reading."""

    found: int = 0
    spurious: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def match(
        self, where: str, gold: Sequence[Any], rows: Sequence[Any], same: Same, best: Same | None = None
    ) -> list[tuple[Any, Any]]:
        """Pair gold items with rows one to one: required ones first, a `best` partner before any `same` one."""
        left, pairs = list(rows), []

        def first(item: Any) -> tuple[bool, bool]:
            return _optional(item), not (best is not None and any(best(item, row) for row in rows))

        for item in sorted(gold, key=first):
            hit = next((i for i, row in enumerate(left) if best and best(item, row)), None)
            hit = hit if hit is not None else next((i for i, row in enumerate(left) if same(item, row)), None)
            if hit is not None:
                pairs.append((item, left.pop(hit)))
                self.found += not _optional(item)
            elif not _optional(item):
                self.missed += 1
                self.errors.append(f"{where}: missed {item}")
        self.spurious += len(left)
        self.errors += [f"{where}: spurious {row}" for row in left]
        return pairs

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 and the number of gold items."""
        precision = self.found / max(self.found + self.spurious, 1)
        recall = self.found / max(self.found + self.missed, 1)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"p": precision, "r": recall, "f1": f1, "gold": self.found + self.missed}


@dataclass
class Rate:
    """The share of right answers among the pairs that were asked."""

    right: int = 0
    asked: int = 0
    errors: list[str] = field(default_factory=list)

    def ask(self, where: str, right: bool, what: str) -> None:
        """Count one answer."""
        self.asked += 1
        self.right += right
        if not right:
            self.errors.append(f"{where}: {what}")

    def figures(self) -> dict[str, float]:
        """Accuracy and the number of answers."""
        return {"accuracy": self.right / max(self.asked, 1), "asked": self.asked}


class Report:
    """All figures of one evaluation, by name, in the order in which they are printed."""

    def __init__(self) -> None:
        tallies = ("players", "clubs", "fees", "dates", "quotes", "quotes+speaker", "transfers", "transfers+status")
        rates = (
            "fee kind (move/wage/other)", "fee kind (fine)", "date value", "speaker", "transfer from_club",
            "transfer status", "transfer fee", "published_on",
        )  # fmt: skip
        self.tallies = {name: Tally() for name in tallies}
        self.rates = {name: Rate() for name in rates}

    def figures(self) -> dict[str, dict[str, float]]:
        """Name -> figures."""
        return {name: part.figures() for name, part in self._parts().items()}

    def errors(self, figure: str) -> list[str]:
        """Every error behind one figure."""
        return self._parts()[figure].errors

    def _parts(self) -> dict[str, Tally | Rate]:
        return {**self.tallies, **self.rates}


def evaluate(out: Path, gold: Path) -> Report:
    """Compare the tables of `out` with the gold annotations of a folder.

    Args:
        out: a dataset made by `extract` from the texts of the gold folder.
        gold: folder of NAME.txt and NAME.gold.json.

    Returns:
        The report; `figures()` has the numbers.

    Raises:
        UsageError: the folder holds no gold.
    """
    files = sorted(gold.glob("*.gold.json"))
    if not files:
        raise UsageError(f"{gold} holds no *.gold.json: name a folder of annotated articles")
    rows = {name: _by_article(out, name) for name in TABLES}
    report = Report()
    for path in files:
        name = path.name.removesuffix(".gold.json")
        annotation = json.loads(path.read_text(encoding="utf8"))
        text = path.with_name(f"{name}.txt").read_text(encoding="utf8", errors="replace")
        _compare(report, name, annotation, text, {table: rows[table][name] for table in TABLES})
    return report


def _by_article(out: Path, table: str) -> Mapping[str, list[Item]]:
    rows: dict[str, list[Item]] = defaultdict(list)
    for row in dataset.read_arrow(out, table).to_pylist():
        rows[row["article_id"]].append(row)
    return rows


def _compare(report: Report, name: str, gold: Item, text: str, rows: Mapping[str, list[Item]]) -> None:
    if gold["published_on"]:
        stated = str((rows["articles"] or [{}])[0].get("published_on") or "")[:10]
        right = stated == gold["published_on"]
        report.rates["published_on"].ask(name, right, f"{stated} for {gold['published_on']}")
    _names(report, name, gold, rows)
    _fees(report, name, gold["fees"], rows["fees"])
    _dates(report, name, gold["dates"], rows["dates"])
    _quotes(report, name, _quote_items(gold["quotes"], text), rows["quotes"])
    _transfers(report, name, gold, rows["transfers"])


def _names(report: Report, name: str, gold: Item, rows: Mapping[str, list[Item]]) -> None:
    def person(item: Item, found: str) -> bool:
        return any(same_person(form, found) for form in (item["name"], *item.get("aliases", [])))

    def club(item: Item, found: str) -> bool:
        return any(same_club(form, found) for form in (item["name"], *item["surfaces"]))

    report.tallies["players"].match(name, gold["players"], [row["player"] for row in rows["players"]], person)
    report.tallies["clubs"].match(name, gold["clubs"], [row["club"] for row in rows["clubs"]], club)


def _fees(report: Report, name: str, gold: list[Item], rows: list[Item]) -> None:
    def same(item: Item, row: Item) -> bool:
        upper = item.get("amount_max")
        return (
            row["currency"] == item["currency"]
            and same_amount(row["amount"], item["amount"])
            and (not upper or same_amount(row.get("amount_max") or 0.0, upper))
        )

    shown = [{k: row.get(k) for k in ("text", "amount", "amount_max", "currency", "kind")} for row in rows]
    for item, row in report.tallies["fees"].match(name, gold, shown, same):
        what = f"{item['text']}: {row['kind']} for {item['kind']}"
        coarse = ["move" if kind in MOVE_MONEY else kind for kind in (item["kind"], row["kind"])]
        report.rates["fee kind (move/wage/other)"].ask(name, coarse[0] == coarse[1], what)
        report.rates["fee kind (fine)"].ask(name, item["kind"] == row["kind"], what)


def _dates(report: Report, name: str, gold: list[Item], rows: list[Item]) -> None:
    def same(item: Item, row: Item) -> bool:
        a, b = bare_date(item["text"]), bare_date(row["text"])
        return bool(a and b) and (a in b or b in a)

    def best(item: Item, row: Item) -> bool:
        return bare_date(item["text"]) == bare_date(row["text"])

    shown = [
        {"text": r["text"], "from": str(r["start_date"] or "")[:10], "to": str(r["end_date"] or "")[:10]} for r in rows
    ]
    for item, row in report.tallies["dates"].match(name, gold, shown, same, best):
        if item["from"] and item["to"]:
            right = (row["from"], row["to"]) == (item["from"], item["to"])
            what = f"{item['text']}: {row['from']}..{row['to']} for {item['from']}..{item['to']}"
            report.rates["date value"].ask(name, right, what)


def _quote_items(quotes: Iterable[Item], text: str) -> list[Item]:
    """Gold quotations with their words, found in the text by their first and last words, in order."""
    items, at = [], 0
    for quote in quotes:
        start = text.find(quote["starts"], at)
        start = text.find(quote["starts"]) if start < 0 else start
        body = text[start : text.find(quote["ends"], start) + len(quote["ends"])]
        at = start + 1
        words = plain(body).split()
        optional = bool(quote.get("optional")) or len(words) < SHORTEST_QUOTE
        items.append({"words": words, "speaker": quote["speaker"], "optional": optional, "text": body[:60]})
    return items


def _quotes(report: Report, name: str, gold: list[Item], rows: list[Item]) -> None:
    def same(item: Item, row: Item) -> bool:
        return overlap(item["words"], row["words"]) >= SAME_QUOTE

    def speaker(item: Item, row: Item) -> bool:
        stated = item["speaker"]
        return same_person(stated, row["speaker"]) or (bool(stated) and same_club(stated, row["speaker"]))

    def same_spoken(item: Item, row: Item) -> bool:
        return same(item, row) and (item["optional"] or speaker(item, row))

    said = [
        {"words": plain(r["text"]).split(), "speaker": r["speaker"], "text": r["text"][:60]}
        for r in rows
        if r["kind"] != "indirect"
    ]
    said = [row for row in said if len(row["words"]) >= SHORTEST_QUOTE or any(same(item, row) for item in gold)]
    for item, row in report.tallies["quotes"].match(name, gold, said, same):
        if not item["optional"]:
            what = f"{item['text']!r}: {row['speaker']} for {item['speaker']}"
            report.rates["speaker"].ask(name, speaker(item, row), what)
    report.tallies["quotes+speaker"].match(name, gold, said, same_spoken)


def _transfers(report: Report, name: str, gold: Item, rows: list[Item]) -> None:
    surfaces = {club["name"]: [club["name"], *club["surfaces"]] for club in gold["clubs"]}
    people = {p["name"]: [p["name"], *p.get("aliases", [])] for p in gold["players"] + gold["people"]}
    amounts = {fee["text"]: fee["amount"] for fee in gold["fees"]}

    def club(stated: str | None, found: str | None) -> bool:
        if not stated or not found:
            return not stated and not found
        return any(same_club(form, found) for form in surfaces.get(stated, [stated]))

    def move(item: Item, row: Item) -> bool:
        forms = people.get(item["player"], [item["player"]])
        return any(same_person(form, row["player"]) for form in forms) and club(item["to_club"], row["to_club"])

    def status(item: Item, row: Item) -> bool:
        return item["status"] == row["status"] or any({item["status"], row["status"]} <= pair for pair in ALIKE)

    shown = [{k: row.get(k) for k in ("player", "from_club", "to_club", "status", "fee_amount")} for row in rows]
    for item, row in report.tallies["transfers"].match(name, gold["transfers"], shown, move):
        if not item.get("optional"):
            who, want = item["player"], amounts.get(item.get("fee_text"))
            from_club, fee = row["from_club"], row["fee_amount"]
            right = club(item["from_club"], from_club)
            report.rates["transfer from_club"].ask(name, right, f"{who}: {from_club} for {item['from_club']}")
            right = status(item, row)
            report.rates["transfer status"].ask(name, right, f"{who}: {row['status']} for {item['status']}")
            report.rates["transfer fee"].ask(name, same_amount(fee, want), f"{who}: {fee} for {want}")
    report.tallies["transfers+status"].match(
        name, gold["transfers"], shown, lambda g, r: move(g, r) and (bool(g.get("optional")) or status(g, r))
    )


def _optional(item: Any) -> bool:
    return bool(isinstance(item, dict) and item.get("optional"))
