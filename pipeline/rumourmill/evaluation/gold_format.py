"""The format of gold: every key of an annotated article, and what is wrong with one that does not keep to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from rumourmill.schema import ENUMERATIONS

__all__ = ["FORMAT", "Key", "faults", "stretches"]


@dataclass(frozen=True)
class Key:
    """One key of an entry: what its value may be. What may be null may be left out."""

    kind: Literal["text", "texts", "number", "flag", "day"] = "text"
    nullable: bool = False
    choices: tuple[str, ...] = ()
    in_text: bool = False  # must stand in the article
    among: str = ""  # must be a name or text that gold lists: people, clubs, fees


DAY_FORM = re.compile(r"\d{4}-\d\d-\d\d")
OPTIONAL = Key("flag", nullable=True)
TEXT, TEXTS, DAY = Key(in_text=True), Key("texts", nullable=True), Key("day", nullable=True)
NTH = Key("number", nullable=True)
ROLES = tuple(role for role in ENUMERATIONS["quotes", "speaker_role"] if role not in ("player", "unknown"))

FORMAT: Mapping[str, Mapping[str, Key]] = MappingProxyType(
    {
        "players": {"name": Key(), "aliases": TEXTS, "optional": OPTIONAL},
        "people": {"name": Key(), "aliases": TEXTS, "role": Key(choices=ROLES)},
        "clubs": {"name": Key(), "surfaces": Key("texts"), "optional": OPTIONAL},
        "fees": {
            "text": TEXT,
            "nth": NTH,
            "amount": Key("number"),
            "amount_max": Key("number", nullable=True),
            "currency": Key(),
            "kind": Key(choices=ENUMERATIONS["fees", "kind"]),
            "player": Key(nullable=True, among="people"),
            "optional": OPTIONAL,
        },
        "dates": {"text": TEXT, "nth": NTH, "from": DAY, "to": DAY, "optional": OPTIONAL},
        "quotes": {"starts": TEXT, "ends": TEXT, "speaker": Key(nullable=True), "optional": OPTIONAL},
        "transfers": {
            "player": Key(among="people"),
            "from_club": Key(nullable=True, among="clubs"),
            "to_club": Key(nullable=True, among="clubs"),
            "status": Key(choices=ENUMERATIONS["transfers", "status"]),
            "kind": Key(choices=ENUMERATIONS["transfers", "kind"]),
            "fee_text": Key(nullable=True, among="fees"),
            "reported_by": Key(nullable=True),
            "optional": OPTIONAL,
        },
    }
)
"""The lists of an annotated article, and the keys of their entries."""

KINDS = {
    "text": "a text",
    "texts": "a list of texts",
    "number": "a number above 0",
    "flag": "true or false",
    "day": "a day such as 2020-09-23",
}


def faults(gold: Any, text: str) -> Iterator[str]:
    """What is wrong with an annotated article, the worst first.

    Args:
        gold: the annotation, as JSON has it.
        text: the article.

    Yields:
        One sentence per fault, naming list, entry (counted from 1) and key.
    """
    if not isinstance(gold, dict):
        yield "it is no JSON object"
        return
    yield from (f"unknown key {key!r}" for key in sorted(gold.keys() - FORMAT.keys() - {"id", "published_on"}))
    if "published_on" not in gold:
        yield "published_on is missing: a day, or null where the text tells none"
    yield from _of_value("published_on", DAY, gold.get("published_on"))
    shapeless = [name for name in FORMAT if not _is_list_of_objects(gold.get(name))]
    yield from (f"{name} is missing or no list of objects" for name in shapeless)
    if not shapeless:
        wrong = list(_of_entries(gold, text))
        yield from wrong or _of_quotes(gold["quotes"], text)


def _of_entries(gold: dict[str, list[dict[str, Any]]], text: str) -> Iterator[str]:
    listed = {
        "people": [entry.get("name") for entry in gold["players"] + gold["people"]],
        "clubs": [entry.get("name") for entry in gold["clubs"]],
        "fees": [entry.get("text") for entry in gold["fees"]],
    }
    for name, keys in FORMAT.items():
        for number, entry in enumerate(gold[name], 1):
            where = f"{name} {number}"
            yield from (f"{where}: unknown key {key!r}" for key in sorted(entry.keys() - keys.keys()))
            for key, meaning in keys.items():
                value = entry.get(key)
                yield from _of_value(f"{where}: {key}", meaning, value)
                if isinstance(value, str) and meaning.in_text and value not in text:
                    yield f"{where}: {key} {value!r} does not stand in the text"
                if value and meaning.among and value not in listed[meaning.among]:
                    yield f"{where}: {key} {value!r} is not listed under {meaning.among}"


def _of_quotes(quotes: Sequence[Mapping[str, Any]], text: str) -> Iterator[str]:
    for number, (start, end) in enumerate(stretches(quotes, text), 1):
        if end < start:
            quote = quotes[number - 1]
            yield f"quotes {number}: ends {quote['ends']!r} does not stand after {quote['starts']!r}"


def stretches(quotes: Iterable[Mapping[str, Any]], text: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand, found by their first and last words in order; the end is before the start if nowhere."""
    at = 0
    for quote in quotes:
        start = text.find(quote["starts"], at)
        start = text.find(quote["starts"]) if start < 0 else start
        last = text.find(quote["ends"], start)
        yield start, last + len(quote["ends"]) if last >= 0 else -1
        at = start + 1


def _of_value(where: str, key: Key, value: Any) -> Iterator[str]:
    if value is None:
        if not key.nullable:
            yield f"{where} is missing"
    elif not _is_of_kind(value, key.kind):
        yield f"{where} is {value!r}, not {KINDS[key.kind]}"
    elif key.choices and value not in key.choices:
        yield f"{where} is {value!r}, none of {', '.join(key.choices)}"


def _is_of_kind(value: Any, kind: str) -> bool:
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if kind == "texts":
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    if kind == "day":
        return isinstance(value, str) and bool(DAY_FORM.fullmatch(value)) and _is_in_calendar(value)
    return isinstance(value, bool if kind == "flag" else str)


def _is_in_calendar(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
