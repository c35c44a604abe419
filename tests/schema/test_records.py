import datetime as dt

import pytest
import spacy
from standin import Standin

from rumourmill.schema.records import RecordError, article_row, reject_row, rows_of, validate
from rumourmill.sources import Reject, from_bytes

NOW = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
DATE = {
    "article_id": "a",
    "start": 3,
    "end": 9,
    "text": "Monday",
    "start_date": "2020-09-21",
    "end_date": "2020-09-21",
    "granularity": "day",
    "relative": True,
}


@pytest.fixture
def article():
    return from_bytes(
        b" date 2020-09-23 Roma talks\n\nRoma offer \xc2\xa311m, then \xc2\xa312m. Roma wait.", "a.txt", "a", "h"
    )


@pytest.fixture
def doc(article):
    return next(iter(Standin()([article])))


def test_rows_carry_the_article_and_stand_in_order_of_their_start(doc, article):
    doc._.fees = doc._.fees[::-1]
    rows = rows_of(doc, article)
    assert [(r["article_id"], r["text"]) for r in rows["fees"]] == [("a", "£11m"), ("a", "£12m")]
    assert [s["start"] for s in rows["clubs"][0]["spans"]] == [0, 12, 40]
    assert rows["quotes"] == []


def test_two_rows_of_one_key_are_refused(doc, article):
    doc._.clubs = doc._.clubs * 2
    with pytest.raises(RecordError, match=r"clubs: two rows have the same article_id, club: \('a', 'Roma'\)"):
        rows_of(doc, article)


def test_days_become_dates_in_the_order_of_the_contract():
    row = validate("dates", dict(reversed(DATE.items())))
    assert list(row) == list(DATE)
    assert row["start_date"] == dt.date(2020, 9, 21)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "dates.colour: no such column"),
        ({"text": None}, "dates.text: it must not be null"),
        ({"start": "3"}, "dates.start: '3' is no whole"),
        ({"start": True}, "dates.start: True is no whole"),
        ({"start": 2**31}, "dates.start: 2147483648 is no whole (it does not fit"),
        ({"text": "half \ud83d"}, r"dates.text: 'half \\ud83d' is no text"),
        ({"relative": 1}, "dates.relative: 1 is no flag"),
        ({"start_date": "2020-02-30"}, "dates.start_date: '2020-02-30' is no day"),
        ({"start_date": dt.datetime(2020, 1, 1)}, "dates.start_date"),
        ({"granularity": "decade"}, "dates.granularity: 'decade' is none of day, week"),
    ],
)
def test_a_row_off_the_contract_is_refused_with_table_and_column(change, message):
    with pytest.raises(RecordError, match=message.replace("(", r"\(")):
        validate("dates", DATE | change)


def test_a_missing_column_is_refused():
    with pytest.raises(RecordError, match=r"dates\.text: the column is missing"):
        validate("dates", {name: value for name, value in DATE.items() if name != "text"})


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), "11", True])
def test_money_is_a_finite_number(doc, article, amount):
    doc._.fees[0]["amount"] = amount
    with pytest.raises(RecordError, match=r"fees\.amount"):
        rows_of(doc, article)


def test_whole_pounds_become_floats(doc, article):
    doc._.fees[0]["amount"] = 11_000_000
    assert isinstance(rows_of(doc, article)["fees"][0]["amount"], float)


@pytest.mark.parametrize("spans", [[], [{"start": 0, "end": 4}], [{"start": 0, "end": 4, "text": "Rome"}]])
def test_spans_must_be_there_and_hold_what_stands_in_the_text(doc, article, spans):
    doc._.clubs[0]["spans"] = spans
    with pytest.raises(RecordError, match="clubs"):
        rows_of(doc, article)


def test_text_must_be_its_slice_of_the_article(doc, article):
    doc._.fees[0]["start"] += 1
    with pytest.raises(RecordError, match="does not stand at"):
        rows_of(doc, article)


def test_offsets_never_count_from_the_end(doc, article):
    fee = doc._.fees[0]
    fee["start"], fee["end"] = fee["start"] - len(article.text), fee["end"] - len(article.text)
    with pytest.raises(RecordError, match="does not stand at -"):
        rows_of(doc, article)


def test_the_doc_of_another_text_is_refused(article):
    with pytest.raises(RecordError, match=r"a\.txt"):
        rows_of(spacy.blank("en")("Roma"), article)


def test_the_row_of_an_article(article):
    row = article_row(article, NOW, "m-1")
    assert (row["title"], row["published_on"], row["published_on_from"]) == (
        "Roma talks",
        dt.date(2020, 9, 23),
        "header",
    )
    assert (row["n_chars"], row["n_words"], row["extracted_at"], row["model_version"]) == (50, 9, NOW, "m-1")


def test_the_row_of_a_reject():
    assert reject_row("a.txt", Reject("empty", "It is empty."), NOW) == {
        "source_path": "a.txt",
        "reason": "empty",
        "detail": "It is empty.",
        "seen_at": NOW,
    }
