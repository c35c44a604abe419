from __future__ import annotations

import pytest

from rumourmill.money.qualifiers import find_period, find_qualifier


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("for ", "", "exact"),
        ("for about ", "", "about"),
        ("for around ", "", "about"),
        ("for roughly ", "", "about"),
        ("in the region of ", "", "about"),
        ("close to ", "", "about"),
        ("an estimated ", "", "about"),
        ("nearly ", "", "about"),
        ("for ", " or so", "about"),
        ("at least ", "", "at_least"),
        ("more than ", "", "at_least"),
        ("in excess of ", "", "at_least"),
        ("upwards of ", "", "at_least"),
        ("north of ", "", "at_least"),
        ("a minimum of ", "", "at_least"),
        ("a ", "-plus", "at_least"),
        ("a ", "+", "at_least"),
        ("a ", "+ fee", "at_least"),
        ("for ", " or more", "at_least"),
        ("will not sell for less than ", "", "at_least"),
        ("up to ", "", "at_most"),
        ("as much as ", "", "at_most"),
        ("could rise to ", "", "at_most"),
        ("initial £1m rising to ", "", "at_most"),
        ("which could reach ", "", "at_most"),
        ("less than ", "", "at_most"),
        ("no more than ", "", "at_most"),
        ("do not want to go above ", "", "at_most"),
        ("unwilling to go above ", "", "at_most"),
        ("neither bid exceeded ", "", "at_most"),
        ("a row over a ", " fee", "exact"),
        ("fell out over the ", " bid", "exact"),
        ("just over ", "", "at_least"),
        ("for ", " plus add-ons", "exact"),
        ("for ", " plus the loan of a striker", "exact"),
        ("for ", "+£2m", "exact"),
        ("Wandsworth have ", "", "exact"),
    ],
)
def test_qualifier(before: str, after: str, expected: str) -> None:
    assert find_qualifier(f"{before}£5m{after}", len(before), len(before) + 3) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", " a week", "week"),
        ("", "-a-week", "week"),
        ("", " per week", "week"),
        ("", " per-week", "week"),
        ("", "/week", "week"),
        ("", " each week", "week"),
        ("", " p/w", "week"),
        ("", "pw", None),
        ("", " pw", "week"),
        ("his ", " weekly wage", "week"),
        ("a weekly wage of ", "", "week"),
        ("", " a month", "month"),
        ("", " per month", "month"),
        ("", " a year", "year"),
        ("", "-a-year", "year"),
        ("", " per annum", "year"),
        ("", " a season", "year"),
        ("an annual salary of around ", "", "year"),
        ("", " a year ago", None),
        ("", " a week later", None),
        ("", " a year after joining", None),
        ("", " a man", None),
        ("", "", None),
    ],
)
def test_period(before: str, after: str, expected: str | None) -> None:
    assert find_period(f"{before}£5m{after}", len(before), len(before) + 3) == expected
