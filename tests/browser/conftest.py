"""A headless Chromium and the report of the samples. `make test-browser` runs these tests."""

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
    assert program, "Chromium is missing: apt-get install chromium, or set CHROMIUM to its path"
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # not available for root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Opens a page in a new context, and fails on messages in its console and on network requests."""

    @contextmanager
    def open_context(**options) -> Iterator[Page]:
        context = browser.new_context(**options)
        context.set_offline(True)
        page = context.new_page()
        messages = []
        page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: (messages.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith("file://") else messages.append(f"{page.url}: {r.url}"))
        # Requests aborted by navigation are no errors.
        page.on("requestfailed", lambda r: None if r.failure == ABORTED else messages.append(f"{r.url}: {r.failure}"))
        yield page
        context.close()
        assert messages == []

    return open_context
