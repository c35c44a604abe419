"""A real cluster: a Dask scheduler and two worker processes, of which one is killed in mid-run."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
import standin
from command import run
from distributed import LocalCluster

from rumourmill import dataset
from rumourmill.errors import UsageError, WorkerError
from rumourmill.runner import batch, dask_cluster, fingerprint, plan
from rumourmill.schema import TABLES

HERE = Path(__file__).parents[1]


def story(n: int) -> str:
    return f" date 2020-09-{n % 28 + 1:02} Roma bid £{n}m, then £{n + 1}m.\n"


@pytest.fixture(scope="module")
def dask():
    """The cluster; its scheduler gives a task up after the first worker that dies of it."""
    path = os.pathsep.join([str(HERE), str(HERE.parent), *sys.path])
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", env={"PYTHONPATH": path}
    ) as made:
        made.scheduler.allowed_failures = 0
        yield made


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(23):
        (folder / f"a{n:02}.txt").write_text(story(n), encoding="utf8")
    (folder / "bad.txt").write_bytes(b"\0\0")
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 4)


def extract(source, out, dask=None, **options):
    where = {"dask": dask.scheduler_address} if dask else {"executor": standin.Here}
    return batch.extract(source, out, load=standin.load, **where, **options)


def rows(out):
    frames = {name: dataset.read(out, name) for name in TABLES}
    return {n: f.drop(columns=["extracted_at", "seen_at"], errors="ignore").to_csv() for n, f in frames.items()}


def test_rows_are_those_of_a_local_run_also_when_a_worker_is_killed(source, tmp_path, dask):
    killed = []

    def kill(progress):
        if progress.done and not killed:
            nanny = next(iter(dask.workers.values()))
            killed.append(nanny.pid)
            os.kill(nanny.pid, signal.SIGKILL)

    summary = extract(source, tmp_path / "far", dask, progress=kill)
    assert killed and (summary.read, summary.rejected) == (23, 1)
    extract(source, tmp_path / "near")
    assert rows(tmp_path / "far") == rows(tmp_path / "near")
    assert extract(source, tmp_path / "far").read == 0


def test_an_article_that_kills_workers_costs_only_itself(tmp_path, dask):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(story(1), encoding="utf8")
    (source / "b.txt").write_text("DIE", encoding="utf8")
    summary = extract(source, tmp_path / "out", dask)
    assert (summary.read, summary.rejected) == (1, 1)
    assert dataset.read(tmp_path / "out", "rejects").reason.tolist() == ["worker_died"]


def test_workers_of_another_rumourmill_are_refused(source, tmp_path, dask, monkeypatch):
    monkeypatch.setattr(fingerprint, "current", lambda _=None: {"code": "another"})
    with pytest.raises(WorkerError, match="has another rumourmill, model or library: install the same"):
        extract(source, tmp_path / "out", dask)
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_workers_is_an_error(source, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "WAIT", 0.5)
    raised = pytest.raises(UsageError, match=r"no worker of inproc://\S+ answers within")
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty, raised:
        extract(source, tmp_path / "out", empty)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [("tcp://127.0.0.1:9", "no Dask scheduler at tcp://127.0.0.1:9"), ("foo://x", "no Dask scheduler at foo://x")],
)
def test_a_wrong_address_exits_with_2(source, tmp_path, address, words, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    done = run("extract", source, tmp_path / "out", "--dask", address)
    assert done.returncode == 2
    assert words in done.stderr and "dask scheduler" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_extra_exits_with_2(source, tmp_path, monkeypatch):
    (tmp_path / "distributed.py").write_text("raise ImportError('it is not installed')", encoding="utf8")
    monkeypatch.syspath_prepend(tmp_path)
    done = run("extract", source, tmp_path / "out", "--dask", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "pip install '.[cluster]'" in done.stderr
