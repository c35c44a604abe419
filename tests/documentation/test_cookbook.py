"""The cookbook's code blocks are what is run: each question has the same answer in SQL and in pandas."""

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
    """The tables as the page has them, in a folder where `out` is the dataset of samples."""
    folder, here = tmp_path_factory.mktemp("cookbook"), Path.cwd()
    (folder / "out").symlink_to(samples_tables)
    names = {}
    try:
        os.chdir(folder)
        for kind, code in BLOCK.findall(HEAD):
            assert kind == "python"
            exec(code, names)  # noqa: S102 - the page's own code
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
    exec(blocks[1][1], ours)  # noqa: S102 - the page's own code
    sql = database.execute(blocks[0][1])
    columns, rows = [column[0] for column in sql.description], sql.fetchall()
    assert rows
    assert list(ours["answer"].columns) == columns
    assert [[plain(value) for value in row] for row in ours["answer"].values.tolist()] == [
        [plain(value) for value in row] for row in rows
    ]


def plain(value):
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return value
    return str(value)[:10] if hasattr(value, "year") else pytest.approx(float(value))
