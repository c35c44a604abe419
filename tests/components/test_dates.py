from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from rumourmill.dates.detection import find_expressions, lowercase_ascii
from rumourmill.dates.patterns import KIND_PATTERNS, MONTHS, OPENING
from tests.date_cases import CASES
from tests.marked import marked_doc

NLP = spacy.blank("en")
NLP.add_pipe("sentences")
NLP.add_pipe("dates")

MARK = re.compile(r"\[([^\]=]+)=([^\]]+)\]")


def cases():
    for published, block in CASES.items():
        for line in block.strip().splitlines():
            if line and not line.startswith("#"):
                found = [(text, None if value == "?" else value) for text, value in MARK.findall(line)]
                yield pytest.param(published, MARK.sub(r"\1", line), found, id=f"{published}: {line}")


def dates_of(text, published=None):
    return annotated(NLP.make_doc(text), published)._.dates


def annotated(doc: Doc, published=None) -> Doc:
    doc._.published_on = published
    for _, component in NLP.pipeline:
        doc = component(doc)
    return doc


def value(row):
    first, last = row["start_date"], row["end_date"]
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(("published", "text", "expected"), list(cases()))
def test_dates_are_found_with_their_first_and_last_day(published, text, expected):
    assert [(row["text"], value(row)) for row in dates_of(text, published)] == expected


def test_there_are_at_least_250_cases():
    assert len(list(cases())) >= 250


def test_every_expression_begins_with_a_known_word():
    text = lowercase_ascii("\n".join(case.values[1] for case in cases()))
    starts = {m.start() for pattern in KIND_PATTERNS.values() for m in re.finditer(rf"(?<!\w){pattern.pattern}", text)}
    assert len(starts) > 250
    assert [text[at : at + 20] for at in sorted(starts) if not re.compile(OPENING).match(text, at)] == []


@pytest.mark.parametrize(
    ("text", "granularity", "relative"),
    [
        ("on 23 September 2020", "day", False),
        ("on Tuesday", "day", True),
        ("this week", "week", True),
        ("in January", "month", True),
        ("in January 2019", "month", False),
        ("the January window", "window", True),
        ("the summer window", "window", True),
        ("last summer", "season", True),
        ("the 2019/20 season", "season", False),
        ("last season", "season", True),
        ("in 1995", "year", False),
        ("last year", "year", True),
        ("in the next few days", "other", True),
        ("in the 1990s", "other", False),
        ("on 30 June", "day", True),
        ("two weeks ago", "week", True),
    ],
)
def test_granularity_and_relative(text, granularity, relative):
    (row,) = dates_of(text, "2020-09-23")
    assert (row["granularity"], row["relative"]) == (granularity, relative)


@pytest.mark.parametrize(
    "marked",
    [
        "He told the {Sunday World|OUTLET} so.",
        "He won {Copa 2019|COMPETITION}.",
        "He likes {Soccer Saturday Live|OUTLET}.",
        "He met {June Pell|PERSON} in Rome.",
    ],
)
def test_part_of_an_entity_is_no_date(marked):
    assert annotated(marked_doc(NLP, marked))._.dates == []


def test_a_weekday_that_is_an_entity_is_a_date():
    doc = annotated(marked_doc(NLP, "He signed on {Tuesday|OUTLET}."), "2020-09-23")
    assert [row["text"] for row in doc._.dates] == ["Tuesday"]


@pytest.mark.parametrize(
    ("group", "text", "name"),
    [
        ("clubs", "Hull beat Wednesday on Friday.", "Wednesday"),
        ("players", "Hull sold Kit March on Friday.", "Kit March"),
        ("players", "Hull sold August on Friday.", "August"),
        ("people", "Hull sacked Summer Lowe on Friday.", "Summer Lowe"),
    ],
)
def test_mentions_of_clubs_and_people_are_no_dates(group, text, name):
    doc = NLP.make_doc(text)
    at = text.index(name)
    doc.spans[group] = [doc.char_span(at, at + len(name))]
    assert [row["text"] for row in annotated(doc, "2020-09-23")._.dates] == ["Friday"]


def test_deadline_day_is_that_of_the_clubs_country():
    doc = NLP.make_doc("Roma sold him on deadline day.")
    doc._.clubs = [{"club": "Roma", "country": "Italy", "mentions": 1, "spans": []}]
    assert [value(row) for row in annotated(doc, "2018-08-14")._.dates] == ["2018-08-17"]
    assert [value(row) for row in dates_of("Hull sold him on deadline day.", "2018-08-14")] == ["2018-08-09"]


def test_rows_and_spans_survive_bytes():
    doc = annotated(NLP.make_doc("He signed on Tuesday and leaves in the summer of 2022."), "2020-09-23")
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert again._.dates == doc._.dates
    assert [span.text for span in again.spans["dates"]] == ["Tuesday", "summer of 2022"]


WRITTEN = (
    "{d} {month} {y}",
    "{month} {d}, {y}",
    "{month} {d} {y}",
    "{d} {short} {y}",
    "{short}. {d}, {y}",
    "the {d} of {month} {y}",
    "{d:02}/{m:02}/{y}",
    "{d:02}.{m:02}.{y}",
    "{y}-{m:02}-{d:02}",
)


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)), st.sampled_from(WRITTEN), st.sampled_from(["", "2020-09-23"]))
def test_a_full_date_in_any_form_is_resolved(day, form, published):
    month = MONTHS[day.month - 1].capitalize()
    written = form.format(d=day.day, m=day.month, y=day.year, month=month, short=month[:3])
    written = written.replace("May.", "May")
    (row,) = dates_of(f"He signed for Hull on {written}.", published or None)
    assert (row["start_date"], row["end_date"], row["relative"]) == (day.isoformat(), day.isoformat(), False)
    assert row["text"] == written.removeprefix("the ")


@given(st.integers(1900, 2040), st.sampled_from(["{a}/{b:02}", "{a}-{b:02}", "{a}–{b:02} season", "{a}/{c}"]))
def test_a_season_in_any_form_is_resolved(start, form):
    written = form.format(a=start, b=(start + 1) % 100, c=start + 1)
    (row,) = dates_of(f"He scored nine in the {written}.")
    assert (row["text"], value(row)) == (written, f"{start}-07-01..{start + 1}-06-30")


@given(st.dates(date(2003, 1, 1), date(2027, 12, 31)), st.sampled_from(["Monday", "Friday", "Sunday"]))
def test_weekdays_lie_within_a_week_of_publication(published, weekday):
    (past,) = dates_of(f"He signed on {weekday}.", published.isoformat())
    (future,) = dates_of(f"He will sign on {weekday}.", published.isoformat())
    before = (published - date.fromisoformat(past["start_date"])).days
    ahead = (date.fromisoformat(future["start_date"]) - published).days
    assert 0 <= before < 7
    assert (before + ahead) in (0, 7)


PLAIN = "he roma hull signs signed bid bids £5m 2-0 4-4-2 24/7 may second march 19 U21 the of a for six deal".split()


@given(st.lists(st.sampled_from(PLAIN), max_size=20))
def test_other_words_have_no_dates(words):
    assert [e for e in find_expressions(" ".join(words)) if e.kind not in ("month",)] == []


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("last next 30 June May 2019 - / . , ' week ago\n".split(" "))).map(" ".join)
)
def test_any_text_is_processed_and_offsets_are_exact(text):
    rows = dates_of(text, "2020-02-29")
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert all(row["start_date"] <= row["end_date"] for row in rows if row["start_date"])
    assert all(a["end"] <= b["start"] for a, b in pairwise(rows))


NOISE = [
    "1",
    "£",
    "1,",
    "-",
    "1 ",
    "£1",
    "'",
    "'9",
    "last ",
    "2019/",
    "a few ",
    "30 ",
    "May ",
    "1-",
    "end of the ",
    "\n",
    " ",
]


@pytest.mark.parametrize("unit", NOISE)
def test_a_megabyte_of_noise_is_processed(unit):
    text = unit * (1_000_000 // len(unit))
    assert all(text[e.start : e.end] for e in find_expressions(text))


def test_a_date_after_a_megabyte_of_noise_is_found():
    text = "1-£" * 300_000 + "\n" + "He smiled. " * 60 + "He left on 30 June 2019. " + "He smiled and he waved. " * 400
    assert [text[e.start : e.end] for e in find_expressions(text)] == ["30 June 2019"]
