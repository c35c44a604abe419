"""What formats made of text can hold of a row's values."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

__all__ = ["plain", "safe"]

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def plain(value: Any) -> Any:
    """A value as text or number: days and moments as ISO 8601 has them, spans as JSON."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def safe(value: Any) -> Any:
    """A value that a spreadsheet shows and never runs: a text that begins as a formula does gets an apostrophe before.

    The list of such beginnings is the OWASP's ("CSV Injection"). Numbers, days and flags cannot begin so.
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
