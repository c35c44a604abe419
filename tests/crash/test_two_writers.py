"""Two writers of a dataset in an object store, of which one slept through the expiry of its lock.

Each is stopped before any of its requests to the store, where the other one continues: the dataset is never damaged.
"""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Iterator
from typing import Any

import fsspec
import pytest
from campaign import told

from rumourmill import dataset
from rumourmill.dataset import manifest
from rumourmill.errors import OutputError
from rumourmill.filesystem import ObjectStore, lease, object_store, open_file_system
from rumourmill.schema import TABLES
from rumourmill.schema.records import article_row
from rumourmill.sources import Article

NEVER = 10**6
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
numbers = itertools.count()


class Writer(threading.Thread):
    """Commits a new version of the article `a`, an article of its own and one that both have, or what was there at first."""

    def __init__(self, out: str, name: str, stop_at: int = NEVER, *, revert: bool = False) -> None:
        super().__init__(name=name)
        self.requests, self.error = 0, ""
        self._out, self._stop_at, self.reverts = out, stop_at, revert
        self._stopped, self._resumed = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with dataset.open_for_writing(self._out) as data:
                own = stage(data, {"a": self.name, f"of-{self.name}": self.name})
                shared = stage(data, {"a": "old", "b": "old"} if self.reverts else {"shared": "same"})
                data.commit([shared] if self.reverts else [own, shared], {})
        except OutputError as error:
            self.error = str(error)
        finally:
            self._stopped.set()

    def go(self) -> Writer:
        """Start, and return when it has stopped or ended."""
        self.start()
        self._stopped.wait()
        return self

    def finish(self) -> None:
        """Continue to the end."""
        self._resumed.set()
        self.join()

    def count(self) -> None:
        self.requests += 1
        if self.requests == self._stop_at:
            self._stopped.set()
            self._resumed.wait()


class Counted:
    """A store that tells a writer's thread of each of its requests."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)

        def request(*args: Any, **options: Any) -> Any:
            if isinstance(writer := threading.current_thread(), Writer):
                writer.count()
            return real(*args, **options)

        return request

    def pipe(self, contents: dict[str, bytes]) -> None:
        for path, data in contents.items():
            self.pipe_file(path, data)


def stage(data: dataset.Dataset, texts: dict[str, str]) -> dataset.StagedPart:
    """Stage a part of articles, each an id and a text."""
    entries = [dataset.LedgerEntry(f"{name}.txt", name, text, None) for name, text in texts.items()]
    articles = [Article(name, f"{name}.txt", text, text, None, 0, None, "none") for name, text in texts.items()]
    rows = {"articles": [article_row(article, NOW, "m-1") for article in articles]}
    return dataset.stage(data.files, "f", entries, rows, data.owner)


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A dataset in memory, whose locks have always expired; `a` and `b` are in one part."""
    counted = Counted(fsspec.filesystem("memory", use_listings_cache=False))
    monkeypatch.setattr(object_store, "_store", lambda _: counted)
    monkeypatch.setattr(lease, "LEASE", -1.0)
    monkeypatch.setattr(lease, "_renew", lambda *_: None)
    yield make()
    fsspec.filesystem("memory").store.clear()


def make() -> str:
    url = f"memory://{next(numbers)}"
    with dataset.open_for_writing(url) as data:
        data.commit([stage(data, {"a": "old", "b": "old"})], {})
    return url


def check(out: str, ended: list[Writer]) -> None:
    """Every file that the manifest names is there; no article is lost or doubled; what was reported done is there."""
    store = open_file_system(out)
    for part in manifest.load(store).parts.values():
        assert [path for path in manifest.part_files(part.key).values() if not store.exists(path)] == []
    tables = {name: dataset.read_arrow(out, name).to_pylist() for name in TABLES}
    ids = [row["article_id"] for row in tables["articles"]]
    texts = {row["article_id"]: row["text"] for row in tables["articles"]}
    assert len(ids) == len(set(ids)) and texts["b"] == "old" and texts["a"] in {"old", "first", "second"}
    for writer in ended:
        assert writer.error or writer.reverts or texts[f"of-{writer.name}"] == writer.name
        assert "Error" not in writer.error


def run(out: str, first: int, second: int) -> tuple[Writer, Writer]:
    """Stop one writer, then another; let the first one end, then the second."""
    one = Writer(out, "first", first).go()
    two = Writer(out, "second", second).go()
    check(out, [])
    one.finish()
    check(out, [one])
    two.finish()
    check(out, [one, two])
    last = Writer(out, "second").go()
    last.finish()
    assert not last.error
    check(out, [one, two, last])
    store = open_file_system(out)
    named = {path for key in manifest.load(store).parts for path in manifest.part_files(key).values()}
    listed = {f"{folder}/{name}" for folder in (*TABLES, manifest.LEDGERS) for name in store.names(folder)}
    assert named == listed
    return one, two


def test_two_writers_at_every_step(out, long):
    alone = Writer(make(), "first").go()
    every = range(1, alone.requests + 1)
    step = 1 if long else 13
    outcomes = set()
    for first, second in [*((n, NEVER) for n in every), *itertools.product(every[::step], every[::step])]:
        with told(f"the first writer stopped before request {first}, the second before {second}"):
            fresh = make()
            one, two = run(fresh, first, second)
            outcomes.add((bool(one.error), bool(two.error)))
            fsspec.filesystem("memory").store.clear()
    assert {(True, False), (False, True)} <= outcomes  # each of them has won


def test_a_late_removal_does_not_hit_what_another_writer_has_made_again(out, long):
    alone = Writer(make(), "first").go()
    for stop in range(1, alone.requests + 1, 1 if long else 2):
        with told(f"the first writer stopped before request {stop}"):
            fresh = make()
            one = Writer(fresh, "first", stop).go()
            two = Writer(fresh, "second", revert=True).go()
            two.finish()
            assert not two.error
            one.finish()
            check(fresh, [one, two])
            fsspec.filesystem("memory").store.clear()


def test_a_manifest_of_the_first_version_is_read_and_replaced(out):
    store = open_file_system(out)
    assert isinstance(store, ObjectStore)
    [number] = store.names(".rumourmill/manifests")
    store.write("manifest.json", store.read(f".rumourmill/manifests/{number}"))
    store.remove(f".rumourmill/manifests/{number}")
    check(out, [])
    for first in (1, 20, 40, NEVER):
        one, _ = run(out, first, NEVER)
        assert first != NEVER or not one.error
    assert store.read("manifest.json") == b'{"format": 2}'  # which earlier versions refuse
