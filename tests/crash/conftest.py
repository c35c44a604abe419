from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from campaign import AFTER, BEFORE, Rows, Runs, copy, rows, runs, write


@dataclass(frozen=True)
class World:
    """A dataset, changes to its articles, and what a run that meets no fault makes of them."""

    run: Runs
    source: Path
    before: Path  # the dataset before the changes
    after: Rows
    trace: list[str]  # what that run changes on the disk, in order
    work: Path


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    work = tmp_path_factory.mktemp("crash")
    source, before = work / "in", work / "before"
    with runs(work) as run:
        write(source, BEFORE)
        assert run(source, before).code == 0
        write(source, AFTER)
        peaceful = run(source, copy(before, work / "after"), "--prune")
        assert peaceful.code == 0
        yield World(run, source, before, rows(work / "after"), peaceful.trace, work)


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the whole campaign is wanted, or the part of it that every test run can wait for."""
    return bool(request.config.getoption("--long"))
