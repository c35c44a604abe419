"""The commands, each in a new process."""

import gzip
import json
import os
import pty
import re
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from command import COMMAND, here, run

import rumourmill
from rumourmill import dataset
from rumourmill.runner import fingerprint
from rumourmill.schema import SCHEMA_VERSION, TABLES

STORY = (
    " date 2020-09-23 Lecce turn down Roma bid for Verrell\n\n"
    "Roma have had a £5m bid for the Lecce striker Tomas Verrell rejected. “He stays here,” said coach Dario Venn."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in/2020-09").mkdir(parents=True)
    (folder / "in/2020-09/verrell.txt").write_text(STORY, encoding="utf8")
    (folder / "in/packed.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (folder / "in/empty.txt").write_bytes(b"")
    return folder, run("extract", "in", "out", "--workers", "2", cwd=folder)


def test_extract_prints_its_counts_and_how_to_open_the_tables(made):
    folder, done = made
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no progress bar without a terminal
    assert "3 files: 2 read, 0 unchanged, 1 rejected" in done.stdout
    assert re.search(r"articles 2, players \d+, clubs \d+, fees 2,", " ".join(done.stdout.split()))
    assert re.search(r"[\d.]+ seconds \([\d.]+ articles/s\)", done.stdout)
    hints = {line.split(": ")[0]: line.split(": ")[1] for line in done.stdout.splitlines() if ": " in line}
    here = Path.cwd()
    try:
        os.chdir(folder)
        assert len(eval(hints["pandas"], {"pd": pd})) == 2  # noqa: S307 - the line a user would paste
        assert len(duckdb.sql(hints["DuckDB"]).fetchall()) == 2
    finally:
        os.chdir(here)


def test_the_records_of_the_story(made):
    out = made[0] / "out"
    articles = rumourmill.read(out, "articles")
    assert articles.article_id.tolist() == ["2020-09/verrell", "packed"]
    assert articles.title.tolist() == ["Lecce turn down Roma bid for Verrell"] * 2
    assert {"Roma", "Lecce"} == set(rumourmill.read(out, "clubs").club)
    assert rumourmill.read(out, "fees").amount.tolist() == [5e6, 5e6]


def test_quiet_prints_nothing(made):
    folder, _ = made
    done = run("extract", folder / "in", folder / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_strict_exits_with_1_and_a_message(made):
    folder, _ = made
    done = run("extract", folder / "in", folder / "out", "--quiet", "--strict")
    assert done.returncode == 1
    assert "1 files were rejected" in done.stderr


def test_limit_and_prune(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.txt").write_text(STORY, encoding="utf8")
    assert "1 left for the next run" in run("extract", source, tmp_path / "out", "--limit", "2").stdout
    for gone in ("a.txt", "c.txt"):
        (source / gone).unlink()
    assert "1 deleted" in run("extract", source, tmp_path / "out", "--prune").stdout
    assert rumourmill.read(tmp_path / "out", "articles").article_id.tolist() == ["b"]


def test_show_prints_the_text_and_its_records(made):
    done = run("show", made[0] / "in/2020-09/verrell.txt")
    assert done.returncode == 0, done.stderr
    assert "“He stays here,” said coach Dario Venn." in done.stdout
    for word in ("published 2020-09-23 (from: header)", "clubs", "fees", "5,000,000 GBP", "bid"):
        assert word in done.stdout


def test_show_leaves_out_default_values(made):
    text = "Roma have bid €60m (£52.6m) for the Lecce striker Tomas Verrell. He earns £20,000 a week."
    shown = run("show", "-", input=text).stdout
    assert [word for word in ("60,000,000 EUR", "52,600,000 GBP", "20,000 GBP", "week") if word not in shown] == []
    ours = run("show", made[0] / "in/2020-09/verrell.txt").stdout
    assert [
        word for word in ("amount gbp", "gbp basis", "currency", "exact", "historic", "False") if word in ours
    ] == []


@pytest.mark.parametrize(
    ("typed", "completed"), [("rumourmill ext", "extract"), ("rumourmill extract --gaz", "--gazetteer")]
)
def test_the_shell_completes_commands_and_options(monkeypatch, typed, completed):
    monkeypatch.setenv("_RUMOURMILL_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert run().stdout.split() == [completed]


@pytest.mark.parametrize(("name", "message"), [("empty.txt", "empty"), ("missing.txt", "cannot be opened")])
def test_show_reports_why_a_file_cannot_be_read(made, name, message):
    done = here("show", made[0] / "in" / name)
    assert done.returncode == 2
    assert message in done.stderr and name in done.stderr
    assert "Traceback" not in done.stderr


def test_show_prints_json_lines_of_standard_input(made):
    done = run("show", "-", "--json", input=STORY)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    article = rows[0]
    assert (article["table"], article["published_on"]) == ("articles", "2020-09-23")
    assert article["model_version"] == fingerprint.model_version()
    assert {row["table"] for row in rows} <= set(TABLES)
    for row in rows:
        assert list(row) == ["table", *(column.name for column in TABLES[row["table"]].columns)]
        assert all(article["text"][s["start"] : s["end"]] == s["text"] for s in row.get("spans", ()))
    (fee,) = (row for row in rows if row["table"] == "fees")
    assert (fee["amount"], fee["kind"]) == (5e6, "bid")


def test_show_why_explains_each_move(made):
    done, again = (
        by("show", made[0] / "in/2020-09/verrell.txt", "--why") for by in (run, here)
    )  # each with another hash seed
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"Tomas Verrell to Roma from Lecce: rejected \((?:0\.\d\d|1\.00)\)", lines[0])
    assert "bid for" in lines[1]  # the evidence
    assert any(line.startswith('    "') and line.endswith("offer rejected") for line in lines)
    assert again.stdout == done.stdout


def test_show_reports_empty_standard_input():
    done = run("show", "-", input=" ")
    assert done.returncode == 2
    assert "-: It is empty" in done.stderr


def test_tables_shows_each_table_with_its_rows_and_columns(made):
    done = run("tables", made[0] / "out")
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.replace("│", " ").split())
    for name, table in TABLES.items():
        assert f"{name} ({len(rumourmill.read(made[0] / 'out', name))} rows)" in shown
        assert table.description in shown
        assert all(column.name in shown for column in table.columns)


def test_tables_without_a_dataset(tmp_path):
    done = here("tables", tmp_path)
    assert done.returncode == 2
    assert "holds no tables" in done.stderr


def test_version_prints_the_versions_of_package_model_and_schema():
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))
    meta = json.loads((root / "models/transfer_news/meta.json").read_text(encoding="utf8"))
    versions = f"rumourmill {rumourmill.__version__}, model transfer_news-{meta['version']}, schema {SCHEMA_VERSION}\n"
    assert run("--version").stdout == versions
    assert project["project"]["version"] == rumourmill.__version__


@pytest.mark.parametrize(
    "command",
    [[], ["extract"], ["show"], ["tables"], ["sagas"], ["export"], ["sql"], ["evaluate"], ["review"], ["report"]],
)
def test_help(command):
    done = here(*command, "--help")
    assert done.returncode == 0
    assert "Usage: rumourmill" in done.stdout


@pytest.mark.parametrize("args", [["extract"], ["extract", "a", "b", "--frobnicate"], ["frobnicate"], ["show"]])
def test_wrong_use_exits_with_2(args):
    done = here(*args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_and_wrong_use_load_neither_spacy_nor_pandas(tmp_path):
    code = (
        "import sys, rumourmill.cli.commands\n"
        "try: rumourmill.cli.commands.app(['extract', 'missing', 'out'])\n"
        "except SystemExit as end: assert end.code == 2, end.code\n"
        "assert not {'spacy', 'pandas', 'thinc'} & sys.modules.keys(), 'slow start'"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", code], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_run_on_an_out_in_use_exits_with_3(made):
    folder, _ = made
    with dataset.open_for_writing(folder / "out"):
        done = run("extract", folder / "in", folder / "out")
    assert done.returncode == 3
    assert "in use by another run" in done.stderr


def test_a_terminal_shows_a_progress_bar(tmp_path):
    for n in range(3):
        (tmp_path / f"in/{n}").mkdir(parents=True)
        (tmp_path / f"in/{n}/empty.txt").touch()
    terminal, side = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "extract", tmp_path / "in", tmp_path / "out"], stderr=side, stdout=subprocess.DEVNULL
    ):
        os.close(side)
        shown = b""
        try:
            while piece := os.read(terminal, 4096):
                shown += piece
        except OSError:  # end of the terminal on Linux
            pass
    os.close(terminal)
    assert b"reading" in shown and b"0/3" in shown


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_within_seconds_and_keeps_committed_rows(tmp_path, workers):
    source = tmp_path / "in"
    source.mkdir()
    for n in range(2000):
        (source / f"{n:04}.txt").write_text(STORY, encoding="utf8")
    run_ = subprocess.Popen(
        [*COMMAND, "extract", source, tmp_path / "out", "--workers", workers],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not (tmp_path / "out/manifest.json").exists():
        assert run_.poll() is None
        time.sleep(0.02)
    os.killpg(run_.pid, signal.SIGINT)
    pressed = time.monotonic()
    _, errors = run_.communicate(timeout=30)
    assert time.monotonic() - pressed < 4  # 2 seconds on an idle machine
    assert run_.returncode == 130
    assert "interrupted; committed rows are kept" in errors and "Traceback" not in errors
    assert 128 <= len(rumourmill.read(tmp_path / "out", "articles")) < 2000
