import datetime as dt
import json
import os
import subprocess
import sys
import threading

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import standin

import rumourmill
from rumourmill import dataset, exports, sagas
from rumourmill.dataset import manifest, parts, snapshot
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem import LocalDisk, local
from rumourmill.runner import batch, plan
from rumourmill.schema import ENUMERATIONS, SCHEMA_VERSION, TABLES, arrow_schema
from rumourmill.schema.records import article_row
from rumourmill.sources import Article


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(7):
        (folder / f"a{n}.txt").write_text(f" date 2020-09-0{n + 1} Roma talks\n\nRoma bid £{n}m.", encoding="utf8")
    (folder / "b.txt").write_bytes(b"")
    return folder


@pytest.fixture
def out(source, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 3)
    batch.extract(source, tmp_path / "out", load=standin.load, executor=standin.Here)
    return tmp_path / "out"


def extract(source, out):
    return batch.extract(source, out, load=standin.load, executor=standin.Here)


def test_every_reader_sees_the_same_rows_while_staging_lies_about(out):
    staging = out / manifest.STATE / "staging" / "x"
    staging.mkdir(parents=True)
    (staging / "fees.staged").write_bytes(b"half a file")
    for name in TABLES:
        schema = arrow_schema(name)
        ours = dataset.read_arrow(out, name)
        theirs = {
            "pandas": pa.Table.from_pandas(pd.read_parquet(out / name), preserve_index=False),
            "polars": pl.read_parquet(f"{out}/{name}/*.parquet").to_arrow(),
            "duckdb": duckdb.sql(f"FROM '{out}/{name}/*.parquet'").to_arrow_table(),
        }
        for reader, table in theirs.items():
            assert table.column_names == schema.names, reader
            rows = table.cast(schema).sort_by(schema.names[0]).to_pylist()
            assert rows == ours.to_pylist(), reader


def a_part(out, n):
    """A staged part of one article, as a worker leaves it."""
    entry = manifest.LedgerEntry(f"c{n}.txt", f"c{n}", "0" * 64, None)
    now = dt.datetime(2026, 1, n, tzinfo=dt.UTC)
    row = article_row(Article(f"c{n}", f"c{n}.txt", "0" * 64, "Roma.", None, 0, None, "none"), now, "m-1")
    return parts.stage(LocalDisk(out), "r", [entry], {"articles": [row]})


def test_committing_twice_changes_nothing(out):
    with dataset.open_for_writing(out) as data:
        data.commit([a_part(out, 1)], {})
        files, rows = sorted(out.rglob("*")), dataset.read_arrow(out, "articles")
        data.commit([a_part(out, 1)], {})
        assert sorted(out.rglob("*")) == files
        assert dataset.read_arrow(out, "articles").equals(rows)


SPOILT = {
    "another column": lambda table: table.rename_columns(["article", *table.column_names[1:]]),
    "another type": lambda table: table.set_column(7, table.field(7).with_type(pa.int64()), table[7].cast(pa.int64())),
    "a row too many": lambda table: pa.concat_tables([table, table]),
    "no description": lambda table: table.replace_schema_metadata({}),
}


@pytest.mark.parametrize("spoil", [*SPOILT.values(), None], ids=[*SPOILT, "half a file"])
def test_a_part_that_breaks_the_schema_never_becomes_visible(out, spoil):
    with dataset.open_for_writing(out) as data:
        before = sorted(out.rglob("*.parquet"))
        staged = a_part(out, 2)
        path = out / staged.files["articles"]
        if spoil:
            pq.write_table(spoil(pq.read_table(path)), path)
        else:
            os.truncate(path, 100)
        with pytest.raises(OutputError, match="a batch of articles"):
            data.commit([staged], {})
        assert sorted(out.rglob("*.parquet")) == before
    assert len(dataset.read_arrow(out, "articles")) == 7


def test_files_carry_the_schema_with_its_descriptions(out):
    for name in TABLES:
        for path in (out / name).iterdir():
            assert pq.read_schema(path).equals(arrow_schema(name), check_metadata=True)


def of_schema(out, version):
    """Give a dataset what another version of the package would have written: another schema, one column fewer."""
    path = out / "manifest.json"
    data = json.loads(path.read_text(encoding="utf8"))
    ((_, recipe),) = data["recipes"].items()
    recipe |= {"schema": str(version)}
    data["recipes"] = {"of-another-version": recipe}
    for part in data["parts"]:
        part["recipe"] = "of-another-version"
        fees = out / manifest.part_path("fees", part["key"])
        pq.write_table(pq.read_table(fees, partitioning=None).drop_columns(["kind"]), fees)
    path.write_text(json.dumps(data), encoding="utf8")


READERS = {
    "read": lambda out: rumourmill.read(out, "articles"),
    "tables": dataset.row_counts,
    "report": snapshot.Snapshot,
    "sql": lambda out: list(exports.view_statements(out)),
    "sagas": sagas.write_sagas,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    ("version", "error", "words"),
    [
        (SCHEMA_VERSION - 1, UsageError, "upgrade it with `rumourmill extract IN .*out --prune`"),
        (SCHEMA_VERSION + 1, OutputError, "a later rumourmill .* use that version"),
    ],
    ids=["older", "later"],
)
def test_tables_of_another_schema_are_refused_with_the_remedy(out, version, error, words, reader):
    of_schema(out, version)
    with pytest.raises(error, match=words):
        reader(out)


def test_extract_upgrades_tables_of_an_older_schema_also_in_two_goes(source, out):
    fresh = {
        name: dataset.read_arrow(out, name) for name in TABLES if name not in {"articles", "rejects"}
    }  # they tell when
    of_schema(out, SCHEMA_VERSION - 1)
    (source / "a6.txt").rename(source / "c.txt")
    batch.extract(source, out, limit=4, load=standin.load, executor=standin.Here)
    with pytest.raises(UsageError, match="upgrade it"):
        dataset.read(out, "fees")
    (source / "c.txt").rename(source / "a6.txt")
    summary = batch.extract(source, out, prune=True, load=standin.load, executor=standin.Here)
    assert summary.rows["fees"] == 7
    assert {name: dataset.read_arrow(out, name) for name in fresh} == fresh


def test_extract_leaves_tables_of_a_later_schema_alone(source, out):
    of_schema(out, SCHEMA_VERSION + 1)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(OutputError, match="a later rumourmill"):
        extract(source, out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_pandas_has_proper_dtypes(out):
    articles, fees, quotes = (rumourmill.read(out, t) for t in ("articles", "fees", "quotes"))
    assert str(articles.dtypes["published_on"]).startswith("datetime64")
    assert articles.published_on.dt.day.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert fees.amount.dtype == "float64"
    assert tuple(fees.kind.cat.categories) == ENUMERATIONS["fees", "kind"]
    assert fees.kind.tolist() == ["bid"] * 7
    assert quotes.dtypes["speaker_start"] == "Int32"
    assert [list(rumourmill.read(out, t).columns) for t in TABLES] == [
        [c.name for c in t.columns] for t in TABLES.values()
    ]


def test_reading_refuses_what_is_not_there(out, tmp_path):
    with pytest.raises(UsageError, match="no table 'goals': the tables are articles, players"):
        dataset.read(out, "goals")
    with pytest.raises(UsageError, match="holds no tables"):
        dataset.read(tmp_path / "nowhere", "fees")


def test_files_that_no_manifest_names_are_removed_and_the_rest_stays(source, out):
    key = "0" * 32
    garbage = [out / path for path in manifest.part_files(key).values()]
    for path in garbage:
        path.write_bytes(b"of a killed run")
    (out / "manifest.json.staged").write_bytes(b"half")
    assert len(dataset.read(out, "fees")) == 7
    extract(source, out)
    assert not any(path.exists() for path in [*garbage, out / "manifest.json.staged"])
    assert len(pd.read_parquet(out / "fees")) == 7


def test_readers_report_a_missing_part_and_extract_makes_it_again(source, out):
    next((out / "fees").iterdir()).unlink()
    with pytest.raises(OutputError, match="lacks a part of fees"):
        dataset.read(out, "fees")
    assert extract(source, out).read in {1, 3}
    assert len(dataset.read(out, "fees")) == 7


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": 1, "parts": [{"key": 1}], "recipes": {}}'])
def test_a_damaged_manifest_is_an_error(source, out, text):
    (out / "manifest.json").write_text(text, encoding="utf8")
    with pytest.raises(OutputError, match=r"manifest\.json is damaged"):
        extract(source, out)
    with pytest.raises(OutputError, match="remove the folder and extract again"):
        dataset.read(out, "fees")


def test_the_manifest_of_a_later_version_is_left_alone(source, out):
    data = json.loads((out / "manifest.json").read_text(encoding="utf8"))
    (out / "manifest.json").write_text(json.dumps(data | {"format": 2}), encoding="utf8")
    with pytest.raises(OutputError, match="another version"):
        extract(source, out)


@pytest.mark.parametrize("name", ["fees/mine.parquet", "notes.txt", "goals/x.parquet"])
def test_foreign_files_are_refused_and_left_alone(source, out, name):
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_bytes(b"mine")
    with pytest.raises(OutputError, match="did not write"):
        extract(source, out)
    assert (out / name).read_bytes() == b"mine"


def test_the_lock_dies_with_its_holder(source, out):
    code = (
        "import sys, time; from rumourmill import dataset\n"
        "with dataset.open_for_writing(sys.argv[1]): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(out)], stdout=subprocess.PIPE)
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    with pytest.raises(OutputError, match="in use by another run"):
        extract(source, out)
    holder.kill()
    holder.communicate()
    assert extract(source, out).unchanged == 7


def test_a_reader_sees_each_article_whole_while_a_run_writes(source, out):
    done = threading.Event()
    seen = []

    def look():
        while not done.is_set():
            fees = dataset.read(out, "fees")
            seen.append(fees.article_id.value_counts().to_dict())

    reader = threading.Thread(target=look)
    reader.start()
    for n in range(6):
        for path in source.glob("a*.txt"):
            path.write_text(f"Roma bid £{n + 1}m. Roma bid £{n + 2}m", encoding="utf8")
        extract(source, out)
    done.set()
    reader.join()
    assert len(seen) > 1
    for counts in seen:
        assert len(counts) == 7
        assert set(counts.values()) <= {1, 2}


def test_writing_the_same_text_flushes_it_before_it_replaces(tmp_path, monkeypatch):
    steps = []
    for name in ("flush", "move"):
        real = getattr(local, name)
        monkeypatch.setattr(local, name, lambda *a, n=name, real=real: (steps.append((n, a[0].name)), real(*a)))
    local.replace_file(tmp_path / "x.json", b"new")
    assert (tmp_path / "x.json").read_text(encoding="utf8") == "new"
    assert steps == [("flush", "x.json.staged"), ("move", "x.json.staged"), ("flush", tmp_path.name)]
