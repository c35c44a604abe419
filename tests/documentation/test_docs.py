"""README, CONTRIBUTING and docs agree with the code; `make docs` also runs their code (tests/docs)."""

import importlib.util
import json
import re
import shlex
import tomllib

import pytest
from documented import PAGES, ROOT, blocks, commands
from typer.main import get_command

import rumourmill
from rumourmill.cli.commands import app
from rumourmill.runner.fingerprint import model_version

MAKE = re.compile(r"^make ([a-z-]+)", re.MULTILINE)
TOO_LONG_FOR_CI = {"model", "bench", "crash", "lock"}
CHECKED_BY_OTHER_TARGETS = {"setup", "format", "checksums"}  # by all, by `check`, by every run
EXTRA = re.compile(r"(?:rumourmill|\.)\[(\w+)\]")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
OURS = [
    (page, line)
    for page in PAGES
    for command in commands(page)
    for line in command.split(" | ")
    if re.match(r"(\.venv/bin/)?rumourmill ", line)
]


@pytest.mark.parametrize(("page", "line"), OURS, ids=[f"{page.stem}-{line}" for page, line in OURS])
def test_documented_options_exist(page, line):
    words = shlex.split(re.sub(r" [<>] .*", "", line))[1:]
    group = get_command(app)
    with group.make_context("rumourmill", [words[0]], resilient_parsing=True) as context:
        option = words[0].startswith("-")
        command, rest = (group, words) if option else (group.commands[words[0]], words[1:])
        command.make_context(words[0], rest, parent=context, resilient_parsing=option).close()


def test_documented_make_targets_exist_and_run_in_ci():
    documented = {target for page in PAGES for line in commands(page) for target in MAKE.findall(line)}
    in_ci = set(MAKE.findall((ROOT / ".ci/run").read_text(encoding="utf8")))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    assert documented <= targets
    assert documented - TOO_LONG_FOR_CI - CHECKED_BY_OTHER_TARGETS <= in_ci


def test_documented_files_exist():
    named = r"(?<![\w/])(?:(?:tests|pipeline|docs|models|requirements|benchmarks)/[\w/.-]*\w)"
    paths = {(page.name, path) for page in PAGES for path in re.findall(named, page.read_text(encoding="utf8"))}
    assert {(page, path) for page, path in paths if not (ROOT / path).exists()} == set()


def test_the_old_import_name_is_not_documented():
    text = "".join(page.read_text(encoding="utf8") for page in PAGES)
    assert (
        re.findall(r"^\s*(?:import|from) pipeline\b.*|\bpipeline\.(?:load|extract|read)\b.*", text, re.MULTILINE) == []
    )


def test_documented_extras_exist():
    extras = {extra for page in PAGES for extra in EXTRA.findall(page.read_text(encoding="utf8"))}
    assert extras
    assert extras <= set(PROJECT["optional-dependencies"])


def test_every_page_is_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf8").partition("\nnav:")[2]
    assert sorted(re.findall(r": ([\w-]+\.md)$", navigation, re.MULTILINE)) == sorted(
        page.name for page in (ROOT / "docs").glob("*.md")
    )


@pytest.mark.parametrize("page", [ROOT / "README.md", *ROOT.glob("CONTRIBUTING.md")], ids=lambda page: page.name)
def test_every_link_has_a_target(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_json_blocks_are_valid():
    shown = [code for page in PAGES for kind, code in blocks(page) if kind == "json"]
    assert all(json.loads(code) for code in shown)


def test_the_page_of_the_tables_is_up_to_date():
    spec = importlib.util.spec_from_file_location("tables_page", ROOT / "docs/tables_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text(encoding="utf8") == module.page(), "run make docs"


def test_citation_and_changelog_have_the_version():
    for name in ("CITATION.cff", "docs/citing.md", "docs/changelog.md"):
        assert rumourmill.__version__ in (ROOT / name).read_text(encoding="utf8"), name
    model = "`{}` {}".format(*model_version().split("-"))
    assert model in (ROOT / "docs/changelog.md").read_text(encoding="utf8")
