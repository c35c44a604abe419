"""The code of the cookbook is run: each question has the same answer in SQL and in pandas."""

import os
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from rumourmill.exports import export, view_statements

PAGE = (Path(__file__).parents[2] / "docs/cookbook.md").read_text(encoding="utf8")
HEAD, *QUESTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def given(samples_tables, tmp_path_factory):
    """The variables of the page's first code block, run in a folder with the tables of the samples in `out`."""
    folder, here = tmp_path_factory.mktemp("cookbook"), Path.cwd()
    (folder / "out").symlink_to(samples_tables)
    names = {}
    try:
        os.chdir(folder)
        for kind, code in BLOCK.findall(HEAD):
            assert kind == "python"
            exec(code, names)  # noqa: S102 - code of the page
    finally:
        os.chdir(here)
    return names


@pytest.fixture(scope="module", params=["views", "tables"])
def database(request, samples_tables, tmp_path_factory):
    """A database with views of the dataset, and one that holds an export of it."""
    if request.param == "tables":
        path = tmp_path_factory.mktemp("cookbook") / "out.duckdb"
        export(samples_tables, path)
        return duckdb.connect(str(path), read_only=True)
    database = duckdb.connect()
    for statement in view_statements(samples_tables):
        database.execute(statement)
    return database


def test_there_are_twelve_questions_numbered_in_order():
    assert [question.split(".")[0] for question in QUESTIONS] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.partition("\n")[0])
def test_sql_and_pandas_give_the_same_answer(question, given, database):
    blocks = BLOCK.findall(question)
    assert [kind for kind, _ in blocks] == ["sql", "python"]
    ours = dict(given)
    exec(blocks[1][1], ours)  # noqa: S102 - code of the page
    sql = database.execute(blocks[0][1])
    columns, rows = [column[0] for column in sql.description], sql.fetchall()
    assert rows
    assert list(ours["answer"].columns) == columns
    assert [[comparable(value) for value in row] for row in ours["answer"].values.tolist()] == [
        [comparable(value) for value in row] for row in rows
    ]


@pytest.mark.parametrize("wages", ["without a period", "missing"])
def test_wages_and_fees_without_a_wage_per_period(wages, given):
    (question,) = (question for question in QUESTIONS if question.startswith("7."))
    fees = given["fees"].copy()
    is_wage = fees.kind == "wage"
    assert is_wage.any()
    fees = fees[~is_wage] if wages == "missing" else fees.assign(period=fees.period.where(~is_wage))
    names = {**given, "fees": fees}
    (sql, python) = (code for _, code in BLOCK.findall(question))
    exec(python, names)  # noqa: S102 - code of the page
    with duckdb.connect() as database:
        database.register("fees", fees.astype({"kind": str, "period": object}).drop(columns="sentence"))
        columns = [column[0] for column in database.execute(sql).description]
        assert database.fetchall() == []
    assert list(names["answer"].columns) == columns
    assert names["answer"].empty


def comparable(value):
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    return str(value)[:10] if hasattr(value, "year") else pytest.approx(float(value))
