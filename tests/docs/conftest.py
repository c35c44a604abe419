"""A folder in which the code of the documentation runs. `make docs` runs these tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest
from documented import ROOT

CHECKOUT = ("Makefile", "models", "pipeline", "pyproject.toml", "samples", "tests")
DUCKDB = f"#!{sys.executable}\nimport duckdb, sys\nduckdb.connect(sys.argv[1]).execute(sys.stdin.read())\n"


@pytest.fixture
def checkout(samples_tables, tmp_path, monkeypatch):
    """The current folder is like a checkout, with articles of a user and the tables of `samples`."""
    for name in CHECKOUT:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    shutil.copytree(samples_tables, tmp_path / "out")
    shutil.copytree(ROOT / "samples/2024-07", tmp_path / "articles")
    for name, own in (
        ("ARTICLES", "articles"),
        ("IN", "articles"),
        ("OUT", "out"),
    ):  # placeholders for the reader's folders
        (tmp_path / name).symlink_to(tmp_path / own)
    (tmp_path / "FILE").symlink_to(ROOT / "samples/2024-07/brighton-sign-ashenhurst.txt")
    (tmp_path / "dumps").mkdir()
    row = {"url": "a", "body": "Roma bid £5m for the Lecce striker Tomas Verrell.", "day": "2020-09-23"}
    for path in ("news.parquet", "dumps/news.parquet"):
        pd.DataFrame([row]).to_parquet(tmp_path / path)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "duckdb").write_text(DUCKDB, encoding="utf8")  # the environment has the package, not the program
    (programs / "duckdb").chmod(0o755)
    path = [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
    monkeypatch.setenv("PATH", os.pathsep.join(path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
    monkeypatch.chdir(tmp_path)
    return tmp_path
