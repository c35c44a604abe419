"""Runs the commands, Python and SQL of README, CONTRIBUTING and docs, page by page in order."""

import json
import re
import subprocess
import sys
from contextlib import ExitStack
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest
from distributed import LocalCluster
from documented import PAGES, ROOT, blocks

# .ci/run runs the make targets; tests/filesystem and tests/runner have an object store and a cluster.
ELSEWHERE = re.compile(r"(^|\n)(make |dask |git clone|cd |\S*pip install |\S*python -m pytest |.*(s3://|tcp://)).*")
CHECKED_ELSEWHERE = {"cookbook.md": {"python", "sql"}}  # by tests/documentation/test_cookbook.py
FETCHED = re.compile(r"""<(?:script|img|iframe)[^>]+src="?https?:|<link[^>]+stylesheet[^>]+href="?https?:""")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(page, checkout):
    names = {"spark": SimpleNamespace(read=SimpleNamespace(parquet=pd.read_parquet))}
    with ExitStack() as stack:
        for kind, code in blocks(page):
            if kind in CHECKED_ELSEWHERE.get(page.name, ()):
                continue
            if "cluster." in code and kind == "python":
                cluster = stack.enter_context(LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0"))
                names |= {"cluster": cluster, "source": "articles", "out": "of-the-cluster"}
            run(kind, code, names)


def run(kind, code, names):
    if kind == "python":
        exec(code, names)  # noqa: S102 - code of the page
    elif kind == "sql":
        duckdb.sql(code).fetchall()
    elif kind == "bash":
        script = ELSEWHERE.sub("", code)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], check=False, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{script}\n{done.stderr}"
    else:
        assert kind in {"json", "bibtex", "csv", "text"}


def test_the_notebook_runs_from_its_folder(checkout, monkeypatch):
    cells = json.loads((ROOT / "examples/rumours.ipynb").read_text(encoding="utf8"))["cells"]
    (checkout / "examples").mkdir()
    monkeypatch.chdir(checkout / "examples")
    names = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []  # outputs are not stored
            exec("".join(cell["source"]), names)  # noqa: S102 - code of the notebook
    assert names["exact"]
    assert len(names["linked"]) == 10
    assert names["doc"]._.transfers[0]["status"] == "rejected"


def test_the_site_is_complete_and_loads_nothing_from_elsewhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", tmp_path],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    built = {path.name: path.read_text(encoding="utf8") for path in tmp_path.glob("*.html")}
    assert set(built) >= {page.with_suffix(".html").name for page in (ROOT / "docs").glob("*.md")}
    assert {name for name, text in built.items() if FETCHED.search(text)} == set()
