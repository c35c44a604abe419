"""The forms that currencies take in text, from currencies.csv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rumourmill.resources import gazetteer

__all__ = ["form_of", "forms", "of_country", "resolve", "uses_of"]

EURO_SINCE = "2002"  # the year of its notes and coins

COLUMNS = ("code", "use", "form", "hints")


@cache
def forms(use: str) -> tuple[str, ...]:
    """The forms of one use (symbol, code or word), longest first."""
    rows = gazetteer.rows("currencies.csv", COLUMNS, ("hints",))
    return tuple(sorted({row["form"] for row in rows if row["use"] == use}, key=lambda form: (-len(form), form)))


@cache
def _uses() -> dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]:
    """Every form, lower case, with its currencies; those with a hint first."""
    forms: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
    for row in gazetteer.rows("currencies.csv", COLUMNS, ("hints",)):
        if row["use"] == "country":
            continue
        hint = re.compile(rf"\b(?:{row['hints']})\b") if row["hints"] else None
        forms.setdefault(row["form"].lower(), []).append((row["code"], hint))
    return {form: tuple(sorted(uses, key=lambda use: use[1] is None)) for form, uses in forms.items()}


def form_of(written: str | None) -> str:
    """A form as currencies.csv has it; empty for None."""
    return (written or "").strip(" -\u00a0\u202f\u2009").lower().removeprefix("of ").removeprefix("in ")


@cache
def uses_of(form: str) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """The currencies a form may stand for, each with the hint that decides for it."""
    uses = _uses()
    return uses.get(form) or uses.get(form.removesuffix("s")) or uses[form[-1:]]


def resolve(form: str, text: str) -> str:
    """The currency of a form; hints in the text decide between several."""
    uses = uses_of(form)
    return next((code for code, hint in uses if hint is not None and hint.search(text)), uses[-1][0])


@lru_cache(maxsize=4096)
def of_country(country: str, day: str | None) -> str:
    """The currency in which a country's clubs reckon; empty where they use several or none is known.

    Args:
        country: as clubs.csv names it.
        day: ISO day of publication, or None.
    """
    rows = gazetteer.rows("currencies.csv", COLUMNS, ("hints",))
    code = next((row["code"] for row in rows if row["use"] == "country" and row["form"] == country), "")
    return "" if code == "EUR" and day is not None and day < EURO_SINCE else code
