"""What the tests of this folder share: a folder of articles, runs of it with faults, and what must hold after each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rumourmill import dataset
from rumourmill.dataset import manifest
from rumourmill.filesystem import LocalDisk
from rumourmill.schema import TABLES

DRIVER = Path(__file__).with_name("driver.py")
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "COLUMNS": "200"}
Articles = dict[str, str]
Rows = dict[str, list[dict[str, Any]]]


def story(number: int, words: int = 0) -> str:
    """An article with one club and two amounts that no other number has."""
    return f" date 2020-09-{number % 28 + 1:02} Roma bid £{2 * number}m, then £{2 * number + 1}m.{' more' * words}\n"


BEFORE = {f"a{n}.txt": story(n) for n in range(8)} | {"bad.txt": ""}
CHANGES = {"a1.txt": story(21), "a6.txt": story(26), "new.txt": story(30)}
GONE = ("a3.txt",)
AFTER = {name: text for name, text in (BEFORE | CHANGES).items() if name not in GONE}


def write(folder: Path, articles: Articles) -> Path:
    """Make a folder hold these articles and nothing else."""
    folder.mkdir(exist_ok=True)
    for name in {path.name for path in folder.iterdir()} - articles.keys():
        (folder / name).unlink()
    for name, text in articles.items():
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf8") != text:
            (folder / name).write_text(text, encoding="utf8")
    return folder


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    said: str
    trace: list[str]  # what it changed on the disk, unless it was killed


class Runs:
    """Runs of the command in forks of one process."""

    def __init__(self, driver: subprocess.Popen[str], work: Path) -> None:
        self._driver, self._work = driver, work

    def __call__(self, *args: str | Path, **faults: Any) -> Ended:
        """Run `extract IN OUT ...`; see `driver.Faults` for what can be laid under it."""
        log = self._work / "run.log"
        log.with_suffix(".trace").unlink(missing_ok=True)
        order = {
            "args": ["extract", *map(str, args)],
            "below": os.path.realpath(args[1]),
            "faults": faults,
            "log": str(log),
        }
        assert self._driver.stdin is not None and self._driver.stdout is not None
        self._driver.stdin.write(json.dumps(order) + "\n")
        self._driver.stdin.flush()
        trace = log.with_suffix(".trace")
        ended = json.loads(self._driver.stdout.readline())
        return Ended(**ended, trace=trace.read_text(encoding="utf8").splitlines() if trace.exists() else [])


@contextmanager
def runs(work: Path) -> Iterator[Runs]:
    """A warm process whose forks run the command."""
    with subprocess.Popen(
        [sys.executable, DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENV
    ) as driver:
        yield Runs(driver, work)
        assert driver.stdin is not None
        driver.stdin.close()


def start(*args: str | Path) -> subprocess.Popen[str]:
    """Start `extract IN OUT ...` by real processes, as the leader of their group."""
    return subprocess.Popen(
        [sys.executable, DRIVER, "extract", *map(str, args)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENV, start_new_session=True,
    )  # fmt: skip


def copy(out: Path, to: Path) -> Path:
    """A dataset again, in another place."""
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(out, to)


def rows(out: Path) -> Rows:
    """The rows of each table by the manifest, without the times at which they were made."""
    return {name: _plain(dataset.read_arrow(out, name)) for name in TABLES}


def globbed(out: Path) -> Rows:
    """The rows of each table by a plain listing of its folder."""
    tables = {}
    for name in TABLES:
        pieces = [pq.read_table(path, partitioning=None) for path in sorted((out / name).glob("*.parquet"))]
        tables[name] = _plain(pa.concat_tables(pieces).sort_by(pieces[0].schema.names[0])) if pieces else []
    return tables


def versions(*articles: Articles) -> dict[str, set[str]]:
    """The texts that each article has had."""
    found: dict[str, set[str]] = {}
    for version in articles:
        for name, text in version.items():
            found.setdefault(name, set()).add(text)
    return found


def check(out: Path, possible: dict[str, set[str]]) -> None:
    """Hold a dataset that a run left at any moment against what must be true of it.

    Every file reads; the manifest names nothing missing; each article is there as a whole, in one of its versions,
    or not at all; a folder listed by hand shows no row that belongs to none of them.
    """
    if not dataset.exists(out):
        return
    for part in manifest.load(LocalDisk(out)).parts.values():
        missing = [name for name in TABLES if not (out / manifest.part_path(name, part.key)).exists()]
        assert not missing and (out / manifest.ledger_path(part.key)).exists(), f"{part.key} lacks {missing}"
    for name, mine in _by_article(rows(out)).items():
        assert mine in [expected(text) for text in possible[name]], name
    for name, theirs in _by_article(globbed(out)).items():
        assert set(theirs) <= {row for text in possible[name] for row in expected(text)}, name


def expected(text: str) -> list[tuple[str, str]]:
    """What tells an article's versions apart, as the stand-in reads it: its text and amounts, or why it has none."""
    if not text:
        return [("rejects", "empty")]
    body = text.split(" ", 3)[3].strip()
    return [("articles", body), *(("fees", word.rstrip(",.")) for word in body.split() if word.startswith("£"))]


def _by_article(tables: Rows) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column in (("articles", "text"), ("fees", "text"), ("rejects", "reason")):
        for row in tables[table]:
            name = row["source_path"] if table == "rejects" else row["article_id"] + ".txt"
            found.setdefault(name, []).append((table, row[column]))
    return found


def _plain(table: pa.Table) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in {"extracted_at", "seen_at"}} for row in table.to_pylist()]


def step_of(change: str) -> str:
    """The step of a commit that a change of the disk belongs to."""
    act, place = change.split(" ", maxsplit=1)[0], change.rsplit(" ", maxsplit=1)[-1]
    if act != "unlink" and (place.startswith("manifest.json") or change == "fsync "):
        return "publish"
    if place.startswith(".rumourmill/staging") and act in {"mkdir", "write", "fsync"}:
        return "stage"
    if act in {"replace", "rmdir", "fsync"} and not place.endswith("staging"):
        return "place"
    return "sweep" if act == "unlink" and place.endswith((".parquet", ".json")) else "open"


def moments(trace: list[str], every: int) -> list[int]:
    """The changes, counted from 1, at which something is to go wrong: at each step's first and last, and between."""
    steps = ["", *map(step_of, trace), ""]
    edges = {n for n in range(1, len(trace) + 1) if steps[n] != steps[n - 1] or steps[n] != steps[n + 1]}
    return sorted(edges | set(range(1, len(trace) + 1, every)))


@contextmanager
def told(what: str) -> Iterator[None]:
    """Add to a failed assertion what was going on."""
    try:
        yield
    except Exception as error:
        error.add_note(what)
        raise
