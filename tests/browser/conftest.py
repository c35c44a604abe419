"""A headless Chromium, and the report of the samples as the commands make it. `make test-browser` runs these tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import run
from handmade import hostile_dataset
from playwright.sync_api import Page, sync_playwright

from rumourmill import report

SAMPLES = Path(__file__).parents[2] / "samples"
ABORTED = "net::ERR_ABORTED"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    for args in (["extract", SAMPLES, folder / "out", "--quiet"], ["report", folder / "out", "--to", folder / "site"]):
        done = run(*args)
        assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    report.build_report(hostile_dataset(folder / "out"), folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def browser():
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert program, "Chromium is missing: apt-get install chromium, or name one in CHROMIUM"
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # root has none
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Opens pages in a context of its own, and holds them to it that nothing is complained of and nothing fetched."""

    @contextmanager
    def open_context(**options) -> Iterator[Page]:
        context = browser.new_context(**options)
        context.set_offline(True)
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith("file://") else complaints.append(f"{page.url}: {r.url}"))
        # What is aborted was not waited for.
        page.on("requestfailed", lambda r: None if r.failure == ABORTED else complaints.append(f"{r.url}: {r.failure}"))
        yield page
        context.close()
        assert complaints == []

    return open_context
