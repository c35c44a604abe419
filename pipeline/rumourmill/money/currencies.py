"""Currencies and the forms in which text writes them: symbols, codes and words, from currencies.csv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rumourmill.resources import gazetteer

__all__ = ["candidate_currencies", "country_currency", "currency_forms", "normalise_form", "resolve_currency"]

EURO_SINCE = "2002"  # the year in which euro notes and coins were introduced
COLUMNS = ("code", "use", "form", "hints")


@cache
def currency_forms(use: str) -> tuple[str, ...]:
    """Return the forms of one use, longest first.

    Args:
        use: `symbol`, `code`, `word`, or `lead` for a word that stands before the number.
    """
    rows = gazetteer.rows("currencies.csv", COLUMNS, ("hints",))
    return tuple(sorted({row["form"] for row in rows if row["use"] == use}, key=lambda form: (-len(form), form)))


@cache
def _candidates_by_form() -> dict[str, tuple[tuple[str, re.Pattern[str] | None], ...]]:
    """Return form in lower case -> (ISO code, hint) of each currency that it may mean, those with a hint first."""
    candidates: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
    for row in gazetteer.rows("currencies.csv", COLUMNS, ("hints",)):
        if row["use"] == "country":
            continue
        hint = re.compile(rf"\b(?:{row['hints']})\b") if row["hints"] else None
        candidates.setdefault(row["form"].lower(), []).append((row["code"], hint))
    return {form: tuple(sorted(of_form, key=lambda c: c[1] is None)) for form, of_form in candidates.items()}


def normalise_form(written: str | None) -> str:
    """Return a form as currencies.csv has it: lower case, without spaces and "of" or "in"; empty for None."""
    return (written or "").strip(" -\u00a0\u202f\u2009").lower().removeprefix("of ").removeprefix("in ")


@cache
def candidate_currencies(form: str) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """Return the currencies that a normalised form may mean, each with the hint that selects it.

    Raises:
        KeyError: currencies.csv does not have the form.
    """
    candidates = _candidates_by_form()
    return candidates.get(form) or candidates.get(form.removesuffix("s")) or candidates[form[-1:]]


def resolve_currency(form: str, text: str) -> str:
    """Return the ISO 4217 code of a normalised form; where it has several, the first whose hint matches the text."""
    candidates = candidate_currencies(form)
    return next((code for code, hint in candidates if hint is not None and hint.search(text)), candidates[-1][0])


@lru_cache(maxsize=4096)
def country_currency(country: str, day: str | None) -> str:
    """Return the currency of a country's clubs.

    Args:
        country: as clubs.csv names it.
        day: ISO day of publication, or None.

    Returns:
        ISO 4217 code; empty where the country is not in currencies.csv or had not introduced the euro by that day.
    """
    rows = gazetteer.rows("currencies.csv", COLUMNS, ("hints",))
    code = next((row["code"] for row in rows if row["use"] == "country" and row["form"] == country), "")
    return "" if code == "EUR" and day is not None and day < EURO_SINCE else code
