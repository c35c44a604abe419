"""The format of NAME.gold.json files: their lists and keys, and a validator."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from rumourmill.schema import ENUMERATIONS

__all__ = ["FORMAT", "ROLES", "Key", "find_format_errors", "locate_quotes"]


@dataclass(frozen=True)
class Key:
    """The type of the value of one key. A nullable key may be absent."""

    kind: Literal["text", "texts", "number", "flag", "day"] = "text"
    nullable: bool = False
    choices: tuple[str, ...] = ()
    in_text: bool = False  # the value must occur in the article
    references: str = ""  # the list that must contain the value: people, clubs, fees


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
            "player": Key(nullable=True, references="people"),
            "optional": OPTIONAL,
        },
        "dates": {"text": TEXT, "nth": NTH, "from": DAY, "to": DAY, "optional": OPTIONAL},
        "quotes": {"starts": TEXT, "ends": TEXT, "speaker": Key(nullable=True), "optional": OPTIONAL},
        "transfers": {
            "player": Key(references="people"),
            "from_club": Key(nullable=True, references="clubs"),
            "to_club": Key(nullable=True, references="clubs"),
            "status": Key(choices=ENUMERATIONS["transfers", "status"]),
            "kind": Key(choices=ENUMERATIONS["transfers", "kind"]),
            "fee_text": Key(nullable=True, references="fees"),
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


def find_format_errors(gold: Any, text: str) -> Iterator[str]:
    """Validate an annotated article.

    Args:
        gold: the parsed JSON.
        text: the article.

    Yields:
        A message per error, with list, entry (counted from 1) and key; structural errors come first.
    """
    if not isinstance(gold, dict):
        yield "it is not a JSON object"
        return
    yield from (f"unknown key {key!r}" for key in sorted(gold.keys() - FORMAT.keys() - {"id", "published_on"}))
    if "published_on" not in gold:
        yield "published_on is missing: give a day, or null if the text has none"
    yield from _value_errors("published_on", DAY, gold.get("published_on"))
    malformed = [name for name in FORMAT if not _is_list_of_objects(gold.get(name))]
    yield from (f"{name} is missing or not a list of objects" for name in malformed)
    if not malformed:
        errors = list(_entry_errors(gold, text))
        yield from errors or _quote_errors(gold["quotes"], text)


def _entry_errors(gold: dict[str, list[dict[str, Any]]], text: str) -> Iterator[str]:
    names = {
        "people": [entry.get("name") for entry in gold["players"] + gold["people"]],
        "clubs": [entry.get("name") for entry in gold["clubs"]],
        "fees": [entry.get("text") for entry in gold["fees"]],
    }
    for name, keys in FORMAT.items():
        for number, entry in enumerate(gold[name], 1):
            where = f"{name} {number}"
            yield from (f"{where}: unknown key {key!r}" for key in sorted(entry.keys() - keys.keys()))
            for key, expected in keys.items():
                value = entry.get(key)
                yield from _value_errors(f"{where}: {key}", expected, value)
                if isinstance(value, str) and expected.in_text and value not in text:
                    yield f"{where}: {key} {value!r} is not in the text"
                if value and expected.references and value not in names[expected.references]:
                    yield f"{where}: {key} {value!r} is not listed under {expected.references}"


def _quote_errors(quotes: Sequence[Mapping[str, Any]], text: str) -> Iterator[str]:
    for number, (start, end) in enumerate(locate_quotes(quotes, text), 1):
        if end < start:
            quote = quotes[number - 1]
            yield f"quotes {number}: ends {quote['ends']!r} is not found after {quote['starts']!r}"


def locate_quotes(quotes: Iterable[Mapping[str, Any]], text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each quotation, found in order by its first and last words; end < start if not found."""
    at = 0
    for quote in quotes:
        start = text.find(quote["starts"], at)
        start = text.find(quote["starts"]) if start < 0 else start
        last = text.find(quote["ends"], start)
        yield start, last + len(quote["ends"]) if last >= 0 else -1
        at = start + 1


def _value_errors(where: str, key: Key, value: Any) -> Iterator[str]:
    if value is None:
        if not key.nullable:
            yield f"{where} is missing"
    elif not _has_type(value, key.kind):
        yield f"{where} is {value!r}, not {KINDS[key.kind]}"
    elif key.choices and value not in key.choices:
        yield f"{where} is {value!r}, not one of {', '.join(key.choices)}"


def _has_type(value: Any, kind: str) -> bool:
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if kind == "texts":
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    if kind == "day":
        return isinstance(value, str) and bool(DAY_FORM.fullmatch(value)) and _is_calendar_day(value)
    return isinstance(value, bool if kind == "flag" else str)


def _is_calendar_day(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
