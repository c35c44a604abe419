"""docs/fees-and-dates.md says what the code does."""

from pathlib import Path

import pytest
from marked import marked_doc, run

from rumourmill.money import find_amounts
from rumourmill.schema import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "fees-and-dates.md").read_text(encoding="utf8")
PUBLISHED = "2020-09-23"


def table(columns: int) -> list[list[str]]:
    """The cells of the rows of the page's table that has so many columns."""
    rows = [line[2:-2].split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    return [row for row in rows if len(row) == columns][1:]


FEES, DATES, BASES = table(7), table(4), table(2)


@pytest.mark.parametrize(("sentence", "text", "value", "currency", "qualifier", "kind", "period"), FEES)
def test_examples_of_fees(rules, sentence, text, value, currency, qualifier, kind, period):
    doc = run(rules, marked_doc(rules, sentence, PUBLISHED), ["sentences", "fees"])
    (row,) = doc._.fees
    amounts = [f"{amount:,.0f}" for amount in (row["amount"], row["amount_max"]) if amount is not None]
    assert (row["text"], " to ".join(amounts)) == (text, value)
    assert (row["currency"], row["qualifier"], row["kind"]) == (currency, qualifier, kind)
    assert row["period"] == (None if period == "-" else period)


@pytest.mark.parametrize(("sentence", "text", "first", "last"), DATES)
def test_examples_of_dates(rules, sentence, text, first, last):
    doc = run(rules, marked_doc(rules, sentence, PUBLISHED), ["sentences", "dates"])
    (row,) = doc._.dates
    found = [str(row[column] or "-") for column in ("start_date", "end_date")]
    assert (row["text"], found) == (text, [first, last])


def test_every_kind_qualifier_and_basis_is_documented():
    choices = {column.name: set(column.choices) for column in TABLES["fees"].columns if column.choices}
    assert {row[0] for row in BASES} == choices["gbp_basis"]
    assert {row[4] for row in FEES} == choices["qualifier"]
    assert {row[5] for row in FEES} == choices["kind"]


@pytest.mark.parametrize("form", ["Â£30m", "CHF 12m", "US$58m", "25.000.000 euros", "two million pounds", "EUR 40m"])
def test_a_documented_form_is_one_amount(form):
    assert f"`{form}`" in PAGE
    assert len(find_amounts(f"They paid {form} for him.")) == 1
