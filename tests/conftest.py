from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
import spacy
from command import run
from hypothesis import settings
from spacy.language import Language

from rumourmill.evaluation import Report, evaluate
from rumourmill.nlp.language import COMPONENTS

GOLD = Path(__file__).parent / "gold/stories"
GENERAL_NEWS = Path(__file__).parent / "gold/quiet"
SAMPLES = Path(__file__).parents[1] / "samples"

# A slow machine is no fault: a deadline per example would be a timed assert.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the whole crash campaign (`make crash`)")
    parser.addoption("--docs", action="store_true", help="run what README and docs tell (`make docs`)")
    parser.addoption("--browser", action="store_true", help="run the tests that need a browser (`make test-browser`)")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    name = collection_path.name
    return True if name in {"browser", "docs"} and not config.getoption(name) else None


@pytest.fixture(scope="session")
def rules() -> Language:
    """Our components behind a blank tokeniser: entities come from the marks of a test's text."""
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="session")
def gold_tables(tmp_path_factory) -> Path:
    """The tables of tests/gold/stories."""
    return _tables_of(GOLD, tmp_path_factory)


@pytest.fixture(scope="session")
def general_news_report(tmp_path_factory) -> Report:
    """The evaluation of general football news, tests/gold/quiet."""
    return evaluate(_tables_of(GENERAL_NEWS, tmp_path_factory), GENERAL_NEWS)


@pytest.fixture(scope="session")
def samples_tables(tmp_path_factory) -> Path:
    """The tables of samples."""
    return _tables_of(SAMPLES, tmp_path_factory)


def _tables_of(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables made once by the real command; processes that test side by side share them."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    out = folder / f"{source.name}-tables"
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.with_suffix(".made").exists():
            done = run("extract", source, out, "--quiet")
            assert done.returncode == 0, done.stderr
            out.with_suffix(".made").touch()
    return out


@pytest.fixture(scope="session")
def gold_report(gold_tables) -> Report:
    """The evaluation of these tables on tests/gold/stories."""
    return evaluate(gold_tables, GOLD)
