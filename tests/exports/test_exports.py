"""Export to DuckDB, SQLite and CSV files; views."""

import csv
import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import duckdb
import pandas as pd
import pytest
import standin
from command import here, run

import rumourmill
from rumourmill import exports
from rumourmill.dataset import Replaced, Snapshot, snapshot
from rumourmill.exports.csv_folder import escape_formula, to_plain_value
from rumourmill.runner import batch
from rumourmill.schema import TABLES

TARGETS = {"database": ".duckdb", "file": ".sqlite", "folder": ""}


@pytest.fixture(scope="module")
def exported(samples_tables, tmp_path_factory):
    """One export of the samples of each kind, written by the command."""
    folder = tmp_path_factory.mktemp("exports")
    for name, suffix in TARGETS.items():
        done = run("export", samples_tables, "--to", folder / "new" / f"{name}{suffix}")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {path.name for path in (folder / "new").iterdir()} == {f"{name}{suffix}" for name, suffix in TARGETS.items()}
    return folder / "new"


@pytest.fixture
def small_dataset(tmp_path):
    """Tables of three short articles with texts that start like formulas."""
    (tmp_path / "in").mkdir()
    for n, text in enumerate(["=HYPERLINK(0)\n\nRoma bid £1m.", "- Roma\n- £2m", "@Roma £3m"]):
        (tmp_path / f"in/{n}.txt").write_text(text, encoding="utf8")
    extract(tmp_path)
    return tmp_path / "out"


def extract(folder):
    batch.extract(folder / "in", folder / "out", load=standin.load, executor=standin.Here)


def expected(out, table):
    """The rows of a table as plain values, sorted."""
    rows = list(Snapshot(out).rows(table))
    return sorted([tuple(to_plain_value(value) for value in row) for row in rows], key=str)


@pytest.mark.parametrize("table", TABLES)
def test_every_export_has_all_rows(exported, samples_tables, table):
    rows = expected(samples_tables, table)
    assert len(rows) == len(rumourmill.read(samples_tables, table))
    with duckdb.connect(str(exported / "database.duckdb"), read_only=True) as database:
        database.execute("SET TimeZone = 'UTC'")
        found = database.execute(f'FROM "{table}"').fetchall()
        assert sorted([tuple(to_plain_value(value) for value in row) for row in found], key=str) == rows
    with closing(sqlite3.connect(exported / "file.sqlite")) as database:
        assert sorted(database.execute(f'SELECT * FROM "{table}"'), key=str) == rows  # noqa: S608
    with (exported / f"folder/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *cells = csv.reader(file)
    assert header == [column.name for column in TABLES[table].columns]
    assert sorted(cells) == sorted([cell(value) for value in row] for row in rows)


def cell(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(escape_formula(value))


def test_databases_enforce_keys_and_choices(exported, tmp_path):
    orphan = """INSERT INTO clubs VALUES ('nowhere', 'Roma', NULL, 1, '[]')"""
    duplicate = "INSERT INTO clubs SELECT * FROM clubs LIMIT 1"
    invalid = "UPDATE transfers SET status = 'perhaps'"
    with closing(sqlite3.connect(exported / "file.sqlite")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for statement in (orphan, duplicate, invalid):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((exported / "database.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as database:
        for statement in (orphan.replace("'[]'", "[]"), duplicate, invalid):
            with pytest.raises(duckdb.ConstraintException):
                database.execute(statement)


def test_every_export_has_the_descriptions_of_tables_and_columns(exported):
    with duckdb.connect(str(exported / "database.duckdb"), read_only=True) as database:
        comments = database.execute("SELECT table_name, column_name, comment FROM duckdb_columns()").fetchall()
        comments += database.execute("SELECT table_name, '', comment FROM duckdb_tables()").fetchall()
    with closing(sqlite3.connect(exported / "file.sqlite")) as database:
        statements = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    package = json.loads((exported / "folder/datapackage.json").read_text(encoding="utf8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    for name, table in TABLES.items():
        fields = {field["name"]: field["description"] for field in resources[name]["schema"]["fields"]}
        assert (name, "", table.description) in comments
        assert f"-- {table.description}\n" in statements[name]
        assert resources[name]["description"] == table.description
        for column in table.columns:
            assert (name, column.name, column.description) in comments
            assert f" -- {column.description}\n" in statements[name]
            assert fields[column.name] == column.description


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("- £2m", "'- £2m"),
        ("@dave", "'@dave"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("£11m", "£11m"),
        ("a=b", "a=b"),
        (-1.5, -1.5),
        (None, None),
    ],
)
def test_formulas_are_escaped_with_an_apostrophe(value, cell):
    assert escape_formula(value) == cell


def test_csv_files_contain_no_formulas(small_dataset, tmp_path):
    exports.export(small_dataset, tmp_path / "csv")
    articles = pd.read_csv(tmp_path / "csv/articles.csv")
    assert articles.text.str[0].tolist() == ["'"] * 3
    assert articles.text.str[1:].tolist() == rumourmill.read(small_dataset, "articles").text.tolist()


def test_sql_creates_views_with_comments_also_for_a_folder_with_special_characters(small_dataset, tmp_path):
    odd = small_dataset.rename(tmp_path / "it's [an] *odd* folder?")
    done = here("sql", odd)
    assert (done.returncode, done.stderr) == (0, "")
    with duckdb.connect() as database:
        database.execute(done.stdout)
        for table in TABLES:
            rows = database.execute(f'FROM "{table}"').fetchall()
            assert len(rows) == len(rumourmill.read(odd, table))
        comments = "SELECT comment FROM duckdb_columns() WHERE table_name = 'fees' ORDER BY column_index"
        descriptions = [(column.description,) for column in TABLES["fees"].columns]
        assert database.execute(comments).fetchall() == descriptions


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere", "--to", "new.duckdb"], "nowhere holds no tables: extract some first"),
        (["out", "--to", "new.xlsx"], "give a .duckdb file, a .sqlite file, or a folder"),
        (["out", "--to", "there.sqlite"], "there.sqlite already exists: choose another name, or replace it"),
        (["out", "--to", "in"], "in already exists"),
        (["out", "--to", "folder.duckdb"], "folder.duckdb is a folder"),
        (["out", "--to", "file"], "file is a file"),
        (["out", "--to", "out/fees/x.sqlite"], "is inside out"),
        (["out"], "Missing option '--to'"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_reported_with_a_remedy(small_dataset, tmp_path, args, message):
    (tmp_path / "there.sqlite").touch()
    (tmp_path / "file").touch()
    (tmp_path / "folder.duckdb").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = here("export", *args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_sql_of_no_dataset(tmp_path):
    done = here("sql", tmp_path)
    assert done.returncode == 2 and "holds no tables" in done.stderr


def test_missing_duckdb_is_reported_and_no_file_is_left(small_dataset, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/duckdb.py").write_text("raise ImportError('not here')", encoding="utf8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); from rumourmill.cli.commands import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "export", small_dataset, "--to", tmp_path / "new.duckdb"],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install duckdb, or export to .sqlite" in done.stderr
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize("name", ["new.duckdb", "new.sqlite", "new"])
def test_replace_writes_a_new_export_and_keeps_other_files(small_dataset, tmp_path, name):
    exports.export(small_dataset, tmp_path / name)
    if not (tmp_path / name).suffix:
        (tmp_path / name / "notes.md").touch()
    (tmp_path / "in/0.txt").write_text("Roma bid £7m.", encoding="utf8")
    extract(tmp_path)
    exports.export(small_dataset, tmp_path / name, replace=True)
    exports.export(small_dataset, tmp_path / f"other{name}")
    if (tmp_path / name).suffix:
        assert tables_in(tmp_path / name) == tables_in(tmp_path / f"other{name}")
    else:
        ours, other = (
            {p.name: p.read_bytes() for p in folder.iterdir()} for folder in (tmp_path / name, tmp_path / "othernew")
        )
        assert ours == {**other, "notes.md": b""}


def tables_in(path):
    connect = duckdb.connect if path.suffix == ".duckdb" else sqlite3.connect
    with closing(connect(str(path))) as database:
        return {table: sorted(database.execute(f'SELECT * FROM "{table}"').fetchall(), key=str) for table in TABLES}  # noqa: S608


def test_an_export_starts_again_when_a_part_was_replaced(small_dataset, tmp_path, monkeypatch):
    stale = Snapshot(small_dataset)
    snapshots = iter([stale])
    (tmp_path / "in/0.txt").write_text("Roma bid £7m.", encoding="utf8")
    extract(tmp_path)
    with pytest.raises(Replaced):
        list(stale.rows("fees"))
    monkeypatch.setattr(snapshot, "Snapshot", lambda out: next(snapshots, None) or Snapshot(out))
    exports.export(small_dataset, tmp_path / "new.sqlite")
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as database:
        assert database.execute("SELECT amount FROM fees ORDER BY amount").fetchall() == [(2e6,), (3e6,), (7e6,)]
