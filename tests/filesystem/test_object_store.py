"""IN and OUT in object stores: a real S3 server, and fsspec's store in memory."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest
import standin
from command import here, run

import rumourmill
from rumourmill import dataset
from rumourmill.dataset import manifest
from rumourmill.errors import OutputError, UsageError
from rumourmill.filesystem import ObjectStore, lease, open_file_system
from rumourmill.runner import batch, plan
from rumourmill.schema import TABLES

DRIVER = Path(__file__).parents[1] / "crash/driver.py"  # the command with the stand-in for the reader
SERVER = """
import time
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
time.sleep(600)
"""


def story(n: int) -> str:
    return f" date 2020-09-{n % 28 + 1:02} Roma bid £{n}m, then £{n + 1}m.\n"


ARTICLES = {f"2020-{n % 3 + 1:02}/a{n:02}.txt": story(n).encode() for n in range(10)} | {
    "bad.txt": b"\0\0",
    "a[1]*?.txt": story(20).encode(),
    "packed.txt.gz": gzip.compress(story(21).encode(), mtime=0),
    "long.txt": b"x" * 4_000_005,
    ".hidden/x.txt": b"x",
    "notes.md": b"x",
    "rows.jsonl": b"".join(json.dumps({"id": f"r{n}", "text": story(n)}).encode() + b"\n" for n in range(5)),
}


@pytest.fixture(scope="module")
def s3():
    """An S3 server of its own process; the environment tells its address, as it would another store's."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{int(server.stdout.readline())}")
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                patch.setenv(name, "test")
            patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
            yield fsspec.filesystem("s3", use_listings_cache=False)
        server.kill()


@pytest.fixture
def source(tmp_path):
    for name, data in ARTICLES.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


@pytest.fixture
def bucket(s3, request):
    name = f"news-{abs(hash(request.node.name)) % 10**9}"
    s3.mkdir(name)
    s3.pipe({f"{name}/in/{key}": data for key, data in ARTICLES.items()})
    return f"s3://{name}"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(plan, "BATCH_SIZE", 4)


def extract(source, out, **options):
    where = {} if "workers" in options else {"executor": standin.Here}
    return batch.extract(source, out, load=standin.load, **where, **options)


def rows(out):
    frames = {name: dataset.read(out, name) for name in TABLES}
    return {n: f.drop(columns=["extracted_at", "seen_at"], errors="ignore").to_csv() for n, f in frames.items()}


def versions(store, folder):
    return {
        name: info["LastModified"] for name, info in store.find(folder, detail=True).items() if "/lock/" not in name
    }


def names(store, folder):
    return sorted(name.partition("/")[2] for name in store.find(folder))


def test_rows_in_a_bucket_are_those_of_a_local_run(source, bucket, s3, tmp_path):
    summary = extract(f"{bucket}/in", f"{bucket}/out", workers=1)
    assert (summary.found, summary.read, summary.rejected) == (19, 17, 2)
    local = extract(source, tmp_path / "out")
    assert summary.rows == local.rows
    there, here = rows(f"{bucket}/out"), rows(tmp_path / "out")
    for table in set(TABLES) - {"rejects"}:
        assert there[table] == here[table]
    assert rumourmill.read(f"{bucket}/out", "rejects").reason.tolist() == ["binary", "too_long"]
    key = f"{bucket[5:]}/out"
    parts = {part.key for part in manifest.load(open_file_system(f"{bucket}/out")).parts.values()}
    expected = [f"out/.rumourmill/ledgers/{part}.json" for part in parts] + ["out/.rumourmill/lock/00000001"]
    number = max(name for name in names(s3, key) if "/manifests/" in name)
    expected += ["out/manifest.json", number]
    expected += [f"out/{table}/{part}.parquet" for table in TABLES for part in parts]
    assert names(s3, key) == sorted(expected)


def test_only_what_changed_is_read_again_and_what_is_gone_pruned(bucket, s3):
    extract(f"{bucket}/in", f"{bucket}/out")
    before = versions(s3, f"{bucket[5:]}/out")
    assert extract(f"{bucket}/in", f"{bucket}/out").read == 0
    assert versions(s3, f"{bucket[5:]}/out") == before
    s3.pipe(f"{bucket[5:]}/in/2020-01/a03.txt", story(60).encode())
    s3.rm(f"{bucket[5:]}/in/2020-02/a01.txt")
    summary = extract(f"{bucket}/in", f"{bucket}/out", prune=True)
    assert (summary.read, summary.dropped) == (1, 1)
    extract(f"{bucket}/in", f"{bucket}/anew")
    assert rows(f"{bucket}/out") == rows(f"{bucket}/anew")


def test_from_a_bucket_to_a_disk_and_back(source, bucket, tmp_path):
    extract(f"{bucket}/in", tmp_path / "out")
    extract(source, f"{bucket}/out")
    assert rows(tmp_path / "out") == rows(f"{bucket}/out") | {"rejects": rows(tmp_path / "out")["rejects"]}


def test_one_table_by_its_url(bucket):
    assert extract(f"{bucket}/in/rows.jsonl", f"{bucket}/out").read == 5


def test_the_manifest_is_put_last(bucket, monkeypatch):
    put = []
    write, create, place = ObjectStore.write, ObjectStore.create, ObjectStore.place
    monkeypatch.setattr(ObjectStore, "write", lambda store, path, data: (put.append(path), write(store, path, data)))
    monkeypatch.setattr(ObjectStore, "create", lambda store, path, data: (put.append(path), create(store, path, data)))
    monkeypatch.setattr(ObjectStore, "place", lambda store, files: (put.extend(files), place(store, files)))
    extract(f"{bucket}/in/rows.jsonl", f"{bucket}/out")
    kinds = ["manifest" if "manifest" in name else "lock" if "lock" in name else "part" for name in put]
    assert kinds == ["lock", *["part"] * 18, "manifest", "manifest", "lock"]  # parts that are ready are put together
    assert put[-3:-1] == [".rumourmill/manifests/00000001.json", "manifest.json"]


def test_a_run_that_is_killed_leaves_what_the_next_one_puts_right(bucket, s3, monkeypatch):
    args = [sys.executable, DRIVER, "extract", f"{bucket}/in", f"{bucket}/out", "--quiet"]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    killed = subprocess.Popen(args)
    key = f"{bucket[5:]}/out"
    while not any(name.endswith(".parquet") for name in s3.find(key)):
        assert killed.poll() is None
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    refused = subprocess.run(args, capture_output=True, text=True, check=False)
    assert refused.returncode == 3
    assert f"in use by another run (process {killed.pid} of" in refused.stderr and "expires in" in refused.stderr
    [lock] = [name for name in s3.find(key) if "/lock/" in name]
    s3.pipe(lock, json.dumps(json.loads(s3.cat(lock)) | {"until": 0}).encode())
    s3.pipe(f"{key}/fees/{'0' * 32}.parquet", b"half")
    done = subprocess.run(args, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(rumourmill.read(f"{bucket}/out", "articles")) == 17
    assert not [name for name in s3.find(key) if name.endswith(f"{'0' * 32}.parquet")]
    assert [name for name in s3.find(key) if "/lock/" in name] == [f"{key}/.rumourmill/lock/00000002"]


def test_a_run_whose_lock_was_taken_over_commits_nothing_more(bucket, s3):
    taken = []

    def take_over(progress):
        if progress.done and not taken:
            taken.append(progress)
            [lock] = [name for name in s3.find(f"{bucket[5:]}/out") if "/lock/" in name]
            s3.pipe(lock, json.dumps({"holder": "another", "where": "there", "until": time.time() + 9}).encode())

    with pytest.raises(OutputError, match="was taken over by another run"):
        extract(f"{bucket}/in", f"{bucket}/out", progress=take_over)
    assert len(dataset.read(f"{bucket}/out", "articles")) == taken[0].done


def test_of_two_runs_that_find_an_expired_lock_one_gets_it(bucket, monkeypatch):
    out, folder = open_file_system(f"{bucket}/out"), ".rumourmill/lock"
    monkeypatch.setattr(lease, "LEASE", -1.0)
    with out.lock(folder) as lock:
        stale = out.names(folder)
        with out.lock(folder):
            with pytest.raises(OutputError, match="taken over"):
                lock.check()
            monkeypatch.setattr(ObjectStore, "names", lambda *_: stale)  # as the slower of the two saw it
            with pytest.raises(OutputError, match="has just begun"), out.lock(folder):
                pass
        monkeypatch.undo()
        with pytest.raises(OutputError, match="taken over"):
            lock.check()  # also when the other has ended


def test_in_memory(source):
    store = fsspec.filesystem("memory")
    for name, data in ARTICLES.items():
        store.pipe(f"/in/{name}", data)
    summary = extract("memory://in", "memory://out", workers=1)
    assert (summary.read, summary.rejected) == (17, 2)
    assert extract("memory://in", "memory://out", workers=1).unchanged == 17
    extract(source, "memory://local")
    assert rows("memory://out")["fees"] == rows("memory://local")["fees"]
    with pytest.raises(UsageError, match="lies inside"):
        extract("memory://in", "memory://in/out")
    store.pipe("/foreign/x.doc", b"mine")
    with pytest.raises(OutputError, match=r"x\.doc"):
        extract("memory://in", "memory://foreign")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("s3://", "names no bucket"),
        ("foo://x", "is not a supported URL"),
        ("s3://nowhere/in", "does not exist"),
    ],
)
def test_a_wrong_url_exits_with_2(s3, tmp_path, url, words):
    done = here("extract", url, tmp_path / "out")
    assert done.returncode == 2, done.stderr
    assert words in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_store_that_is_not_there(tmp_path, monkeypatch, source):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    done = run("extract", source, "s3://news/out")
    assert done.returncode == 3 and "cannot be read" in done.stderr


def test_a_missing_extra_exits_with_2(tmp_path, monkeypatch, source):
    (tmp_path / "fsspec.py").write_text("raise ImportError('it is not installed')", encoding="utf8")
    monkeypatch.syspath_prepend(tmp_path)
    done = run("extract", source, "s3://news/out")
    assert done.returncode == 2
    assert "pip install '.[cluster]'" in done.stderr
