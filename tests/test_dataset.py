import json
import subprocess
import sys
import threading

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
import standin

import pipeline
from pipeline import batch, dataset, files, manifest
from pipeline.errors import OutputError, UsageError
from pipeline.schema import ENUMERATIONS, TABLES, arrow_schema


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
    monkeypatch.setattr(batch, "BATCH", 3)
    batch.extract(source, tmp_path / "out", load=standin.load, executor=standin.Here)
    return tmp_path / "out"


def extract(source, out):
    return batch.extract(source, out, load=standin.load, executor=standin.Here)


def test_every_reader_sees_the_same_rows_while_staging_lies_about(out):
    staging = out / manifest.STATE / "staging" / "x"
    staging.mkdir(parents=True)
    (staging / "fees.staged").write_bytes(b"half a file")
    for name in TABLES:
        ours = dataset.read(out, name)
        key = list(ours.columns[:2])
        frames = [
            pd.read_parquet(out / name),
            pl.read_parquet(f"{out}/{name}/*.parquet").to_pandas(),
            duckdb.sql(f"FROM '{out}/{name}/*.parquet'").df(),
        ]
        for frame in frames:
            assert list(frame.columns) == list(ours.columns)
            assert frame[key].sort_values(key).values.tolist() == ours[key].values.tolist()


def test_files_carry_the_schema_with_its_descriptions(out):
    for name in TABLES:
        for path in (out / name).iterdir():
            assert pq.read_schema(path).equals(arrow_schema(name), check_metadata=True)


def test_pandas_has_proper_dtypes(out):
    articles, fees, quotes = (pipeline.read(out, t) for t in ("articles", "fees", "quotes"))
    assert str(articles.dtypes["published_on"]).startswith("datetime64")
    assert articles.published_on.dt.day.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert fees.amount.dtype == "float64"
    assert tuple(fees.kind.cat.categories) == ENUMERATIONS["fees", "kind"]
    assert fees.kind.tolist() == ["bid"] * 7
    assert quotes.dtypes["speaker_start"] == "Int32"
    assert [list(pipeline.read(out, t).columns) for t in TABLES] == [
        [c.name for c in t.columns] for t in TABLES.values()
    ]


def test_reading_refuses_what_is_not_there(out, tmp_path):
    with pytest.raises(UsageError, match="no table 'goals': the tables are articles, players"):
        dataset.read(out, "goals")
    with pytest.raises(UsageError, match="holds no tables"):
        dataset.read(tmp_path / "nowhere", "fees")


def test_garbage_that_no_manifest_names_is_swept_and_the_rest_kept(source, out):
    key = "0" * 32
    garbage = [manifest.part_path(out, name, key) for name in TABLES] + [manifest.ledger_path(out, key)]
    for path in garbage:
        path.write_bytes(b"of a killed run")
    (out / "manifest.json.staged").write_bytes(b"half")
    assert len(dataset.read(out, "fees")) == 7
    extract(source, out)
    assert not any(path.exists() for path in [*garbage, out / "manifest.json.staged"])
    assert len(pd.read_parquet(out / "fees")) == 7


def test_a_lost_part_is_told_by_readers_and_made_again(source, out):
    next((out / "fees").iterdir()).unlink()
    with pytest.raises(OutputError, match="lacks a part of fees"):
        dataset.read(out, "fees")
    assert extract(source, out).read in {1, 3}
    assert len(dataset.read(out, "fees")) == 7


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": 1, "parts": [{"key": 1}], "recipes": {}}'])
def test_a_damaged_manifest_is_told(source, out, text):
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
        "import sys, time; from pathlib import Path; from pipeline import dataset\n"
        "with dataset.open_for_writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
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
        real = getattr(files, name)
        monkeypatch.setattr(files, name, lambda *a, n=name, real=real: (steps.append((n, a[0].name)), real(*a)))
    files.replace_text(tmp_path / "x.json", "new")
    assert (tmp_path / "x.json").read_text(encoding="utf8") == "new"
    assert steps == [("flush", "x.json.staged"), ("move", "x.json.staged"), ("flush", tmp_path.name)]
