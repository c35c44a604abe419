import gzip
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import standin

from rumourmill import dataset
from rumourmill.dataset import manifest
from rumourmill.errors import OutputError, UsageError, WorkerError
from rumourmill.filesystem import LocalDisk
from rumourmill.runner import batch, fingerprint, plan
from rumourmill.runner.processes import ProcessPool
from rumourmill.schema import TABLES

DATA_TABLES = [name for name in TABLES if name != "rejects"]


def write(folder: Path, articles: dict[str, str]) -> Path:
    for name, text in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    return folder


def story(n: int) -> str:
    return f" date 2020-09-{n % 28 + 1:02} Roma bid £{n}m, then £{n + 1}m.\n"


def extract(source, out, load=standin.load, **options):
    """Extract in this process, or by as many workers as the test names."""
    executor = ProcessPool if "workers" in options else standin.Here
    return batch.extract(source, out, load=load, executor=executor, **options)


def rows(out, *tables):
    """The rows of a dataset, without the times at which it was made."""
    frames = {name: dataset.read(out, name) for name in tables or TABLES}
    return {
        n: f.drop(columns=["extracted_at", "seen_at"], errors="ignore").to_dict("records") for n, f in frames.items()
    }


def same(a, b):
    return str(rows(a)) == str(rows(b))


def snapshot(out):
    return {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in out.rglob("*") if p.is_file()}


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 3)


@pytest.fixture
def source(tmp_path):
    folder = write(tmp_path / "in", {f"2020-{n % 3 + 1:02}/a{n:02}.txt": story(n) for n in range(10)})
    (folder / "bad.txt").write_bytes(b"\0\0")
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_a_folder_becomes_tables(source, out):
    (source / "z.txt.gz").write_bytes(gzip.compress(story(50).encode()))
    summary = extract(source, out)
    assert (summary.found, summary.read, summary.unchanged, summary.rejected) == (12, 11, 0, 1)
    assert summary.rows == {name: len(dataset.read(out, name)) for name in TABLES}
    assert summary.rows["fees"] == 22
    articles = dataset.read(out, "articles")
    assert list(articles.article_id) == sorted(articles.article_id)
    assert {"2020-01/a00", "z"} < set(articles.article_id)
    texts = dict(zip(articles.article_id, articles.text, strict=True))
    for fee in dataset.read(out, "fees").itertuples():
        assert texts[fee.article_id][fee.start : fee.end] == fee.text


def test_rows_of_a_part_stand_in_order_of_article_and_start(source, out):
    extract(source, out)
    for path in (out / "fees").iterdir():
        frame = pd.read_parquet(path)
        keys = list(zip(frame.article_id, frame.start, strict=True))
        assert keys == sorted(keys)


def test_workers_change_nothing_in_the_result(source, tmp_path, small_batches):
    extract(source, tmp_path / "one")
    extract(source, tmp_path / "two", workers=2)
    assert same(tmp_path / "one", tmp_path / "two")
    assert {p.name for p in (tmp_path / "one/fees").iterdir()} == {p.name for p in (tmp_path / "two/fees").iterdir()}


def test_running_again_with_nothing_new_reads_nothing_and_rewrites_no_file(source, out, small_batches):
    extract(source, out)
    before = snapshot(out)
    summary = extract(source, out)
    assert (summary.read, summary.unchanged, summary.rejected) == (0, 10, 1)
    assert snapshot(out) == before


def test_settled_files_are_not_even_opened(source, out, monkeypatch):
    for path in source.rglob("*.txt"):
        os.utime(path, (1, 1))
    monkeypatch.setattr("rumourmill.filesystem.local.SETTLED", -1.0)
    extract(source, out)
    monkeypatch.setattr(LocalDisk, "load_many", lambda _, paths, __: pytest.fail(f"{paths} were opened"))
    assert extract(source, out).unchanged == 10


def test_a_changed_article_is_read_alone_and_its_rows_replaced(source, out, small_batches):
    extract(source, out)
    before = dataset.read(out, "articles").set_index("article_id").extracted_at
    write(source, {"2020-01/a03.txt": " date 2020-09-05 Roma bid £99m.\n"})
    summary = extract(source, out)
    assert (summary.read, summary.unchanged) == (1, 9)
    fees = dataset.read(out, "fees")
    assert list(fees[fees.article_id == "2020-01/a03"].text) == ["£99m"]
    assert len(fees) == 19
    after = dataset.read(out, "articles").set_index("article_id").extracted_at
    assert list(after.index[after != before]) == ["2020-01/a03"]


def test_a_changed_dataset_equals_one_made_anew(source, tmp_path, small_batches):
    extract(source, tmp_path / "old")
    write(source, {"2020-01/a03.txt": story(40), "new.txt": story(41), "bad.txt": story(42)})
    (source / "2020-02/a01.txt").unlink()
    extract(source, tmp_path / "old", prune=True)
    extract(source, tmp_path / "new")
    assert same(tmp_path / "old", tmp_path / "new")


def test_rows_of_missing_files_stay_until_pruned(source, out):
    extract(source, out)
    (source / "2020-01/a03.txt").unlink()
    (source / "bad.txt").unlink()
    assert extract(source, out).rows["articles"] == 10
    summary = extract(source, out, prune=True)
    assert (summary.dropped, summary.rows["articles"], summary.rows["rejects"]) == (2, 9, 0)
    assert "2020-01/a03" not in set(dataset.read(out, "fees").article_id)


def test_a_limit_goes_on_where_the_last_run_stopped(source, out):
    assert extract(source, out, limit=4).left == 7
    assert extract(source, out, limit=4).rows["articles"] == 8
    assert extract(source, out).unchanged == 8


def test_another_fingerprint_reads_everything_again(source, out, monkeypatch):
    extract(source, out)
    made_by = fingerprint.current() | {"model": "another"}
    monkeypatch.setattr(fingerprint, "current", lambda _: made_by)
    assert extract(source, out).read == 10
    assert extract(source, out).read == 0


def test_a_run_with_another_fingerprint_that_is_cut_short_keeps_the_rest_and_continues(source, out, monkeypatch):
    extract(source, out)
    made_by = fingerprint.current() | {"model": "another"}
    monkeypatch.setattr(fingerprint, "current", lambda _: made_by)
    cut_short = extract(source, out, limit=4)
    assert (cut_short.read, cut_short.left, cut_short.rows["articles"]) == (4, 7, 10)
    assert (rest := extract(source, out)).read == 6
    assert (rest.unchanged, rest.rows["articles"]) == (4, 10)


def test_a_second_file_of_the_same_name_is_rejected_and_takes_over_when_the_first_goes(tmp_path, out):
    source = write(tmp_path / "in", {"a.txt": story(1)})
    (source / "a.txt.gz").write_bytes(gzip.compress(story(2).encode()))
    extract(source, out)
    assert list(dataset.read(out, "rejects").reason) == ["duplicate"]
    (source / "a.txt").unlink()
    extract(source, out)
    assert list(dataset.read(out, "articles").source_path) == ["a.txt.gz"]
    assert list(dataset.read(out, "fees").text) == ["£2m", "£3m"]


@pytest.mark.parametrize(("word", "detail"), [("FAIL", "told to fail"), ("BREAK", "fees.kind: 'ransom' is none of")])
def test_an_article_that_fails_costs_only_itself(source, out, word, detail):
    write(source, {"2020-01/a03.txt": f"Roma {word} £3m"})
    assert extract(source, out).read == 9
    failed = dataset.read(out, "rejects").set_index("source_path").loc["2020-01/a03.txt"]
    assert failed.reason == "failed"
    assert detail in failed.detail
    assert extract(source, out).read == 0  # and is not tried again until it or the code changes


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_dies_costs_only_the_article_that_kills_it(source, out, small_batches, workers):
    write(source, {"2020-01/a03.txt": "DIE"})
    summary = extract(source, out, workers=workers)
    assert (summary.read, summary.rejected) == (9, 2)
    rejects = dataset.read(out, "rejects")
    assert list(rejects[rejects.reason == "worker_died"].source_path) == ["2020-01/a03.txt"]
    assert extract(source, out, workers=workers).unchanged == 9


def test_a_worker_that_dies_once_costs_nothing(tmp_path, out):
    source = write(tmp_path / "in", {"a.txt": f"DIE ONCE {tmp_path}/died £1m"})
    assert extract(source, out, workers=1).read == 1
    assert (tmp_path / "died").exists()


def test_workers_that_die_whatever_they_read_end_the_run_and_reject_no_article(source, out):
    with pytest.raises(WorkerError, match=r"dies before it reads anything \(exit code 9\): free"):
        extract(source, out, load=standin.die, workers=2)
    assert sum(dataset.row_counts(out).values()) <= 1  # the one that is no text: it is rejected unread


def test_a_script_without_a_guard_can_use_workers(source, out, tmp_path):
    script = write(
        tmp_path, {"run.py": f"import rumourmill\nrumourmill.extract({str(source)!r}, {str(out)!r}, workers=2)"}
    )
    run = subprocess.run([sys.executable, script / "run.py"], check=False, capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stderr) == (0, "")
    assert dataset.row_counts(out)["articles"] == 10


def test_two_runs_on_one_out(source, out):
    with dataset.open_for_writing(out), pytest.raises(OutputError, match="in use by another run"):
        extract(source, out)


def test_progress_is_reported_after_each_batch(source, out, small_batches):
    reports = []
    extract(source, out, progress=reports.append)
    assert [(p.done, p.total) for p in reports] == [(0, 11), (3, 11), (6, 11), (9, 11), (11, 11)]


def test_nothing_of_the_staging_is_left(source, out):
    extract(source, out)
    assert sorted(p.name for p in (out / manifest.STATE).iterdir()) == ["ledgers", "lock"]
    assert all(p.parent.name in TABLES for p in out.rglob("*.parquet"))


@pytest.mark.parametrize("options", [{"workers": 0}, {"limit": 0}])
def test_options_out_of_range(source, out, options):
    with pytest.raises(UsageError, match="must be 1 or more"):
        extract(source, out, **options)
    assert not out.exists()


def test_files_below_an_unreadable_folder_are_not_pruned(source, out, monkeypatch):
    extract(source, out)
    real = os.scandir

    def scandir(path):
        if str(path).endswith("2020-01"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("rumourmill.filesystem.local.os.scandir", scandir)
    summary = extract(source, out, prune=True)
    assert (summary.dropped, summary.rows["articles"]) == (0, 10)
    assert "2020-01" in set(dataset.read(out, "rejects").source_path)


def test_a_worker_writes_its_rows_without_pandas_which_can_still_be_used():
    code = """
import sys, pyarrow as pa
from rumourmill.runner.worker import skip_pandas
skip_pandas()
table = pa.table({"club": ["Roma"]})
assert "pandas" not in sys.modules
assert list(table.to_pandas().club) == ["Roma"]
"""
    subprocess.run([sys.executable, "-c", code], check=True)
