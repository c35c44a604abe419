"""Sagas: the moves of all articles as one row per player and club."""

import datetime as dt

import pandas as pd
import pyarrow.parquet as pq
import pytest
from command import here, run
from hypothesis import given
from hypothesis import strategies as st

from rumourmill.runner import batch
from rumourmill.sagas import MoveReport, build_sagas
from rumourmill.schema import DERIVED, arrow_schema


def report(day, player, status, seller="Roma", fee=None, article=None):
    when = dt.date.fromisoformat(day) if day else None
    return MoveReport(when, article or f"a-{day}", player, seller, status, fee)


def sagas_of(*reports, club="Everton"):
    return build_sagas({club: list(reports)})


def test_days_statuses_and_articles_in_order():
    (saga,) = sagas_of(
        report("2019-08-03", "Zico Amaral", "bid", fee=12e6),
        report("2019-08-01", "Zico Amaral", "interest"),
        report("2019-08-02", "Zico Amaral", "interest"),
        report("2019-08-05", "Zico Amaral", "completed", fee=15e6),
    )
    assert (saga.first_on, saga.last_on) == (dt.date(2019, 8, 1), dt.date(2019, 8, 5))
    assert saga.statuses == ("interest", "bid", "completed")
    assert saga.articles == ("a-2019-08-01", "a-2019-08-02", "a-2019-08-03", "a-2019-08-05")
    assert (saga.highest_bid_gbp, saga.outcome) == (15e6, "completed")


OUTCOMES = [
    (["interest"], "open"),
    (["interest", "talks"], "open"),
    (["interest", "bid"], "open"),
    (["bid", "rejected"], "rejected"),
    (["rejected", "bid"], "open"),
    (["rejected", "bid", "agreed"], "agreed"),
    (["agreed", "collapsed"], "collapsed"),
    (["agreed", "completed"], "completed"),
    (["completed", "interest"], "completed"),
    (["collapsed", "talks"], "open"),
]


@pytest.mark.parametrize(("statuses", "outcome"), OUTCOMES)
def test_outcome(statuses, outcome):
    reports = [report(f"2019-08-{n:02}", "Zico Amaral", status) for n, status in enumerate(statuses, 1)]
    assert sagas_of(*reports)[0].outcome == outcome


# names with their sellers, players of the sagas
NAMES = [
    ([("Zico Amaral", "Roma"), ("Amaral", "Roma")], ["Zico Amaral"]),
    ([("Zico Amaral", "Roma"), ("Amaral", None)], ["Zico Amaral"]),
    ([("Zico Amaral", "Roma"), ("Zíco Amaral", "Roma")], ["Zíco Amaral"]),
    # a surname of two players joins neither
    ([("Zico Amaral", "Roma"), ("Tito Amaral", "Lille"), ("Amaral", "Roma")], ["Amaral", "Tito Amaral", "Zico Amaral"]),
    # a one-word name with two sellers: two players
    ([("Juninho", "Celtic"), ("Juninho", "Vasco da Gama")], ["Juninho", "Juninho"]),
    ([("Juninho", "Celtic"), ("Juninho", None)], ["Juninho"]),
    # a full name with two sellers: one player
    ([("Zico Amaral", "Roma"), ("Zico Amaral", "Lazio")], ["Zico Amaral"]),
    # a name with the same first word only
    ([("Zico Amaral", "Roma"), ("Zico", "Roma")], ["Zico", "Zico Amaral"]),
    # the end of another word
    ([("Zico Amaral", "Roma"), ("Maral", "Roma")], ["Maral", "Zico Amaral"]),
]


@pytest.mark.parametrize(("names", "players"), NAMES)
def test_names_are_joined_by_their_last_words(names, players):
    reports = [report(f"2019-08-{n:02}", name, "interest", seller) for n, (name, seller) in enumerate(names, 1)]
    assert [saga.player for saga in sagas_of(*reports)] == players


def test_each_club_has_its_own_saga():
    rows = build_sagas({club: [report("2019-08-01", "Zico Amaral", "bid")] for club in ("Everton", "Burnley")})
    assert [saga.to_club for saga in rows] == ["Burnley", "Everton"]


def test_a_gap_of_a_year_starts_a_new_saga():
    first, second = sagas_of(
        report("2017-08-01", "Zico Amaral", "rejected"), report("2019-01-05", "Zico Amaral", "bid")
    )
    assert (first.outcome, second.outcome) == ("rejected", "open")


def test_undated_articles_come_last():
    (saga,) = sagas_of(report(None, "Zico Amaral", "completed"), report("2019-08-01", "Zico Amaral", "bid"))
    assert saga.statuses == ("bid", "completed")
    assert (saga.first_on, saga.last_on) == (dt.date(2019, 8, 1), dt.date(2019, 8, 1))
    assert sagas_of(report(None, "Zico Amaral", "bid"))[0].first_on is None


def test_a_price_that_was_not_offered_is_no_bid():
    assert sagas_of(report("2019-08-01", "Zico Amaral", "interest", fee=20e6))[0].highest_bid_gbp is None


PLAYERS = ["Zico Amaral", "Amaral", "Tito Amaral", "Juninho"]
REPORTS = st.builds(
    report,
    st.none() | st.dates(dt.date(2018, 1, 1), dt.date(2021, 1, 1)).map(dt.date.isoformat),
    st.sampled_from(PLAYERS),
    st.sampled_from(["interest", "bid", "completed"]),
    st.sampled_from([None, "Roma", "Lille"]),
    article=st.sampled_from(["a", "b", "c", "d"]),
)


@given(st.lists(REPORTS, min_size=1, max_size=8), st.randoms())
def test_no_row_is_lost_and_their_order_does_not_matter(reports, random):
    rows = sagas_of(*reports)
    assert {article for saga in rows for article in saga.articles} == {m.article_id for m in reports}
    days = sorted(m.day for m in reports if m.day)
    assert min((s.first_on for s in rows if s.first_on), default=None) == (days[0] if days else None)
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert {(s.player, s.first_on, s.last_on) for s in sagas_of(*shuffled)} == {
        (s.player, s.first_on, s.last_on) for s in rows
    }


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sagas")
    (folder / "in").mkdir()
    stories = {
        "one.txt": " date 2019-08-01\n\nEverton have had a £9m bid for Roma winger Tomas Verrell rejected.",
        "two.txt": " date 2019-08-06\n\nEverton have signed winger Tomas Verrell from Roma for £12m.",
    }
    for name, text in stories.items():
        (folder / "in" / name).write_text(text, encoding="utf8")
    batch.extract(folder / "in", folder / "out")
    return folder


def test_the_command_writes_a_table_that_says_what_it_is(dataset):
    done = run("sagas", "out", cwd=dataset)
    assert (done.returncode, done.stdout) == (0, "1 sagas written to out/sagas\n"), done.stderr
    row = pd.read_parquet(dataset / "out" / "sagas").iloc[0]
    assert (row.player, row.to_club, row.from_club) == ("Tomas Verrell", "Everton", "Roma")
    assert (list(row.statuses), row.highest_bid_gbp, row.outcome) == (["rejected", "completed"], 12e6, "completed")
    assert list(row.articles) == ["one", "two"]
    schema = pq.read_schema(dataset / "out" / "sagas" / "sagas.parquet")
    assert schema.equals(arrow_schema("sagas"), check_metadata=True)
    assert all(field.metadata[b"description"] for field in schema)
    assert [column.name for column in DERIVED["sagas"].columns] == schema.names


def test_it_is_replaced_and_the_dataset_goes_on(dataset):
    assert here("sagas", "out", cwd=dataset).returncode == 0
    assert run("extract", "in", "out", "--quiet", cwd=dataset).returncode == 0
    assert [path.name for path in (dataset / "out" / "sagas").iterdir()] == ["sagas.parquet"]


def test_another_file(dataset):
    assert here("sagas", "out", "--to", "elsewhere.parquet", cwd=dataset).returncode == 0
    assert len(pd.read_parquet(dataset / "elsewhere.parquet")) == 1


def test_a_folder_without_tables(tmp_path):
    done = here("sagas", "nothing", cwd=tmp_path)
    assert done.returncode == 2
    assert "extract some first" in done.stderr
