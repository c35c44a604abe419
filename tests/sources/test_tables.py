"""Parquet and JSON-lines files as sources of articles."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import standin
from command import here, run

from rumourmill import dataset
from rumourmill.errors import UsageError
from rumourmill.filesystem import LocalDisk
from rumourmill.runner import batch, plan
from rumourmill.sources import ArticleFolder, Columns
from rumourmill.sources.tables import iter_rows

DAY = dt.date(2020, 9, 23)
Rows = list[dict[str, Any]]


def stories(*numbers: int) -> Rows:
    return [{"id": f"s{n}", "text": f"Roma bid £{n}m.", "date": f"2020-09-{n % 28 + 1:02}"} for n in numbers]


def write(path: Path, rows: Rows) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=3)
    else:
        lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(lines) if path.name.endswith(".gz") else lines)
    return path


def extract(source, out, **options):
    return batch.extract(source, out, load=standin.load, executor=standin.Here, **options)


def rows(out):
    frames = {name: dataset.read(out, name) for name in ("articles", "fees", "rejects")}
    return {n: f.drop(columns=["extracted_at", "seen_at"], errors="ignore").to_csv() for n, f in frames.items()}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 3)


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.parquet", "NEWS.PARQUET"])
def test_rows_of_a_table_are_articles(tmp_path, out, name):
    source = write(tmp_path / name, stories(*range(1, 11)))
    summary = extract(source, out)
    assert (summary.found, summary.read, summary.rejected) == (10, 10, 0)
    articles = dataset.read(out, "articles").set_index("article_id")
    assert sorted(articles.index) == sorted(f"s{n}" for n in range(1, 11))
    assert articles.text["s7"] == "Roma bid £7m."
    assert articles.source_path["s7"] == f"{name}/s7"
    assert (articles.published_on["s7"].date(), articles.published_on_from["s7"]) == (dt.date(2020, 9, 8), "column")
    assert set(dataset.read(out, "fees").article_id) == set(articles.index)
    assert extract(source, out).unchanged == 10


def test_a_folder_may_hold_files_and_tables(tmp_path, out):
    source = tmp_path / "in"
    write(source / "2020/a.jsonl", stories(1, 2))
    write(source / "b.parquet", stories(3))
    (source / "c.txt").write_text("Roma bid £4m.", encoding="utf8")
    (source / ".hidden.jsonl").write_text("{", encoding="utf8")
    assert extract(source, out).read == 4
    assert set(dataset.read(out, "articles").source_path) == {
        "2020/a.jsonl/s1", "2020/a.jsonl/s2", "b.parquet/s3", "c.txt",
    }  # fmt: skip


def test_columns_have_the_names_that_the_options_give(tmp_path):
    source = write(tmp_path / "news.parquet", [{"url": "https://x/1", "body": "Roma bid £7m.", "day": DAY, "text": 5}])
    named = ("--text-column", "body", "--id-column", "url", "--date-column", "day")
    done = run("extract", source, tmp_path / "out", *named, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    [article] = dataset.read(tmp_path / "out", "articles").itertuples()
    assert (article.article_id, article.text, article.published_on.date()) == ("https://x/1", "Roma bid £7m.", DAY)


@pytest.mark.parametrize(
    ("name", "row", "options", "words"),
    [
        ("a.jsonl", {"id": 1, "body": "x"}, [], ["no column 'text'", "id, body", "--text-column"]),
        ("a.parquet", {"url": "1", "text": "x"}, [], ["no column 'id'", "url, text", "--id-column"]),
        ("a.parquet", {"id": "1", "text": "x"}, ["--date-column", "when"], ["no column 'when'", "--date-column"]),
        ("a.parquet", {"id": 1.5, "text": "x"}, [], ["'id' is double", "--id-column"]),
        ("a.parquet", {"id": "1", "text": ["x"]}, [], ["'text' is list", "--text-column"]),
        ("a.parquet", {"id": "1", "text": "x", "date": 20200923}, [], ["'date' is int64", "--date-column"]),
    ],
)
def test_a_missing_or_unfit_column_is_told_before_any_work(tmp_path, name, row, options, words):
    write(tmp_path / "in" / name, [row])
    write(tmp_path / "in/0.jsonl", stories(1))
    done = here("extract", tmp_path / "in", tmp_path / "out", *options)
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
    for word in words:
        assert word in " ".join(done.stderr.split())


DATES = [
    ("2020-09-23", DAY), ("2020-09-23T23:30:00-05:00", DAY), ("2020-09-23 10:00:00", DAY), ("20200923", DAY),
    ("Wed, 23 Sep 2020 17:17:00 GMT", DAY), ("23 September 2020", DAY), (DAY, DAY), (dt.datetime(2020, 9, 23, 4), DAY),
    ("", None), (None, None), ("soon", "bad_row"), ("2020-13-45", "bad_row"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "day"), DATES)
@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_days_of_every_kind(tmp_path, name, date, day):
    value = str(date) if name == "a.jsonl" and isinstance(date, dt.date) else date
    path = write(tmp_path / name, [{"id": "1", "text": "x", "date": value}])
    articles = ArticleFolder.open(path)
    [source] = articles.list_articles().sources
    [[row]] = articles.load_batches([[source]], remote=False)
    assert (source.fault.reason if source.fault else row.content.day) == day


HOSTILE: dict[bytes, tuple[str, str, str]] = {
    b"{": ("a.jsonl:{}", "bad_row", "no JSON"),
    b"[1, 2]": ("a.jsonl:{}", "bad_row", "no JSON object"),
    b"[" * 100_000: ("a.jsonl:{}", "bad_row", "no JSON"),
    b'{"id": ' + b"9" * 5000 + b"}": ("a.jsonl:{}", "bad_row", "no JSON"),
    b'{"text": "x"}': ("a.jsonl:{}", "bad_row", "no id in its column id"),
    b'{"id": null, "text": "x"}': ("a.jsonl:{}", "bad_row", "no id"),
    b'{"id": true, "text": "x"}': ("a.jsonl:{}", "bad_row", "no id"),
    b'{"id": " ", "text": "x"}': ("a.jsonl:{}", "bad_row", "no id"),
    b'{"id": "a\\u0000b", "text": "x"}': ("a.jsonl:{}", "bad_row", "is not valid"),
    b'{"id": "a\\ud800", "text": "x"}': ("a.jsonl:{}", "bad_row", "is not valid"),
    b'{"id": "' + b"x" * 1001 + b'", "text": "x"}': ("a.jsonl:{}", "bad_row", "is not valid"),
    b'{"id": "caf\xe9", "text": "x"}': ("a.jsonl:{}", "undecodable", "not UTF-8"),
    b'{"id": "no text"}': ("a.jsonl/no text", "empty", "no text in its column text"),
    b'{"id": "null", "text": null}': ("a.jsonl/null", "empty", "no text"),
    b'{"id": "list", "text": ["x"]}': ("a.jsonl/list", "bad_row", "holds no text (list)"),
    b'{"id": "blank", "text": " \\n"}': ("a.jsonl/blank", "empty", "white space"),
    b'{"id": "half", "text": "x \\ud83d"}': ("a.jsonl/half", "undecodable", "half a character"),
    b'{"id": "nul", "text": "a\\u0000b"}': ("a.jsonl/nul", "binary", "zero bytes"),
    b'{"id": "day", "text": "x", "date": "32 May"}': ("a.jsonl/day", "bad_row", "date '32 May' is no day"),
    b'{"id": "epoch", "text": "x", "date": 1600812000}': ("a.jsonl/epoch", "bad_row", "1600812000 is no day"),
    b'{"id": "long", "text": "' + b"x" * 1_000_001 + b'"}': ("a.jsonl/long", "too_long", "1,000,001 characters"),
    b'{"id": "big", "pad": "' + b"x" * 34_000_000 + b'"}': ("a.jsonl:{}", "too_long", "33,554,432 bytes"),
    b'{"id": "ok", "text": "again"}': ("a.jsonl:{}", "duplicate", "'ok' is also the id of a.jsonl:1"),
}


def test_a_bad_row_is_a_reject_with_its_place_and_its_neighbours_are_read(tmp_path, out):
    good = '\ufeff{"id": "ok", "text": "Roma bid £5m."}\r\n\r\n'.encode()
    last = b'{"id": 7, "text": "Roma bid \xc2\xa36m.", "nan": NaN}'  # and no end of line
    (tmp_path / "a.jsonl").write_bytes(good + b"\n".join(HOSTILE) + b"\n" + last)
    summary = extract(tmp_path / "a.jsonl", out)
    assert (summary.read, summary.rejected) == (2, len(HOSTILE))
    assert list(dataset.read(out, "fees").article_id) == ["7", "ok"]
    rejects = dataset.read(out, "rejects").set_index("source_path")
    for line, (path, reason, detail) in enumerate(HOSTILE.values(), 3):
        found = rejects.loc[path.format(line)]
        assert found.reason == reason, path
        assert found.detail.startswith(f"Row {line}: ") and detail in found.detail
    assert extract(tmp_path / "a.jsonl", out).read == 0


def test_a_bad_value_of_parquet_costs_its_row(tmp_path, out):
    text = pa.array([b"Roma bid \xa35m.", b"Roma bid 6.", None]).cast(pa.binary())
    texts = pa.StringArray.from_buffers(3, *text.buffers()[1:])  # as a careless writer makes it
    times = pa.array([0, 0, 2**62], pa.int64()).cast(pa.timestamp("us"))
    pq.write_table(pa.table({"id": [1, 2, 3], "text": texts, "date": times}), tmp_path / "a.parquet")
    assert extract(tmp_path / "a.parquet", out).read == 1
    rejects = dataset.read(out, "rejects")
    assert list(rejects.source_path) == ["a.parquet:1", "a.parquet:3"]
    assert list(rejects.reason) == ["undecodable", "bad_row"]


def test_a_table_that_breaks_off_gives_what_stands_before(tmp_path, out, monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 500)
    source = tmp_path / "in"
    whole = write(source / "a.jsonl.gz", stories(*range(2000))).read_bytes()
    (source / "a.jsonl.gz").write_bytes(whole[:-100])
    (source / "b.parquet").write_bytes(write(tmp_path / "b.parquet", stories(1)).read_bytes()[:-9])
    (source / "c.jsonl").write_bytes(b"[\n" + b"1,\n" * 500)
    (source / "d.jsonl").write_bytes(b"")
    extract(source, out)
    rejects = dataset.read(out, "rejects").set_index("source_path")
    assert {path: rejects.reason[path] for path in ("a.jsonl.gz", "b.parquet", "c.jsonl", "d.jsonl")} == {
        "a.jsonl.gz": "undecodable", "b.parquet": "undecodable", "c.jsonl": "undecodable", "d.jsonl": "empty",
    }  # fmt: skip
    read = len(dataset.read(out, "articles"))
    assert f"after row {read:,}" in rejects.detail["a.jsonl.gz"] and read > 500
    assert len(rejects) < 200  # of a file without JSON few lines are told
    (source / "a.jsonl.gz").write_bytes(whole)
    assert extract(source, out).read == 2000 - read
    (source / "a.jsonl.gz").write_bytes(whole[:200])
    assert extract(source, out, prune=True).rows["articles"] == 2000  # what cannot be seen is not gone


def test_a_changed_table_equals_one_read_anew(tmp_path, out):
    source = tmp_path / "in"
    write(source / "a.jsonl", [*stories(1, 2, 3, 4), {"id": "", "text": "x"}, {"id": "s9", "text": None}])
    write(source / "b.parquet", stories(4, 5, 6))
    extract(source, out)
    assert dataset.read(out, "rejects").reason.tolist() == ["empty", "bad_row", "duplicate"]
    changed = stories(7, 3, 1, 9)  # one is new, one moved, one mended; 2, 4 and the bad one are gone
    write(source / "a.jsonl", [changed[0], changed[1] | {"text": "Roma bid £33m."}, changed[2], changed[3]])
    summary = extract(source, out)
    assert (summary.read, summary.unchanged) == (4, 3)  # 7, 3, 9, and 4 of the other table
    assert {"s2", "s4"} < set(dataset.read(out, "articles").article_id)
    assert extract(source, out, prune=True).dropped == 1
    extract(source, tmp_path / "anew")
    assert rows(out) == rows(tmp_path / "anew")


def test_a_row_that_moves_to_another_table_is_not_doubled(tmp_path, out):
    source = tmp_path / "in"
    first = write(source / "b.jsonl", stories(1, 2))
    extract(source, out)
    first.rename(source / "a.jsonl")
    extract(source, out)
    assert dataset.read(out, "articles").source_path.tolist() == ["a.jsonl/s1", "a.jsonl/s2"]


def test_another_column_changes_what_is_read(tmp_path, out):
    source = write(tmp_path / "a.jsonl", [{"id": 1, "text": "Roma bid £1m.", "lead": "Roma bid £2m."}])
    extract(source, out)
    assert extract(source, out, columns=Columns(text="lead")).read == 1
    assert dataset.read(out, "fees").text.tolist() == ["£2m"]


def test_a_table_that_changes_while_it_is_read_doubles_and_loses_nothing(tmp_path, out):
    source = write(tmp_path / "a.jsonl", stories(*range(12)))

    def change(progress):
        if progress.done == 0:
            write(source, stories(0, 1, 2, 3, *range(5, 13)))

    extract(source, out, progress=change)
    assert dataset.read(out, "articles").article_id.nunique() == 4
    assert set(dataset.read(out, "rejects").reason) == {"unreadable"}
    extract(source, out, prune=True)
    extract(source, tmp_path / "anew")
    assert rows(out) == rows(tmp_path / "anew")


def test_a_table_is_read_piece_by_piece(tmp_path):
    path = write(tmp_path / "a.jsonl", stories(*range(20_000)))
    opened = []

    class Watched(LocalDisk):
        def open(self, name):
            opened.append(super().open(name))
            return opened[-1]

    read = iter_rows(Watched(tmp_path), path.name, Columns())
    assert len(list(itertools.islice(read, 10))) == 10
    assert opened[0].tell() < path.stat().st_size / 2


def test_one_giant_row_group_is_never_in_memory_as_a_whole(tmp_path):
    words = pd.Series(range(40_000)).astype(str).str.repeat(500)
    table = pa.table({"id": list(range(40_000)), "text": pa.array(words)})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=40_000, use_dictionary=False, compression="none")
    size = table.nbytes
    del table, words
    before = pa.total_allocated_bytes()
    most = max(pa.total_allocated_bytes() - before for _ in iter_rows(LocalDisk(tmp_path), "a.parquet", Columns()))
    assert most < size / 5, f"{most:,} of {size:,} bytes"


def test_batches_of_long_texts_are_cut_by_their_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "BATCH_BYTES", 2500)
    path = write(tmp_path / "a.jsonl", [{"id": n, "text": "x" * 1000} for n in range(5)])
    found = ArticleFolder.open(path).list_articles().sources
    assert [len(few) for few in plan.make_batches(found)] == [2, 2, 1]


def test_one_table_is_no_folder_and_other_files_are_refused(tmp_path, out):
    (tmp_path / "a.csv").write_text("id,text\n", encoding="utf8")
    with pytest.raises(UsageError, match=r"a\.csv is a file, but not a table of articles"):
        extract(tmp_path / "a.csv", out)
