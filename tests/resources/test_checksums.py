"""A run starts only if model and gazetteer are the recorded files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import copy_package

from rumourmill.errors import ModelError
from rumourmill.resources.checksums import RECORD, check

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A copy of the package and its models, to damage."""
    folder = tmp_path_factory.mktemp("installed")
    copy_package(folder)
    shutil.copy(ROOT / "models" / RECORD, folder / "models")
    (folder / "in").mkdir()
    (folder / "in/story.txt").write_text("Roma bid £5m for Zico Amaral.\n", encoding="utf8")
    return folder


@pytest.fixture
def recorded(tmp_path):
    """A record of one small file."""
    (tmp_path / "clubs.csv").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of FIPS 180-2, appendix B.1
    (tmp_path / RECORD).write_text(f"{digest}  clubs.csv\n", encoding="utf8")
    return tmp_path


def test_the_record_matches_the_files():
    """Fails after a change of the gazetteer; `make checksums` updates the record."""
    models = ROOT / "models"
    shipped = [p for folder in ("gazetteer", "transfer_news") for p in (models / folder).rglob("*") if p.is_file()]
    names = sorted(str(p.relative_to(models)) for p in shipped if p.name != "README.md")
    lines = (models / RECORD).read_text(encoding="utf8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == names
    check()


def test_sha256sum_reads_the_record():
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", RECORD], cwd=ROOT / "models", check=True)


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("clubs.csv", lambda path: path.write_bytes(b"abd"), r"clubs\.csv does not match its hash in checksums\.txt"),
        ("clubs.csv", Path.unlink, r"clubs\.csv cannot be read \(No such file"),
        (RECORD, Path.unlink, r"checksums\.txt cannot be read"),
        (RECORD, lambda path: path.write_text("clubs.csv\n"), r"checksums\.txt:1: a line is a SHA-256"),
    ],
)
def test_a_damaged_file_is_named_with_the_remedy(recorded, name, damage, message):
    check(recorded)
    damage(recorded / name)
    with pytest.raises(ModelError, match=rf"{message}.*: install rumourmill again.* make checksums"):
        check(recorded)


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "rumourmill", "extract", "in", "out"],
        ["-m", "rumourmill", "show", "in/story.txt"],
        ["-c", "import rumourmill; rumourmill.load()"],
    ],
    ids=["extract", "show", "load"],
)
def test_nothing_runs_with_a_modified_model(installed, command):
    model = installed / "models/transfer_news/ner/model"
    original = model.read_bytes()
    model.write_bytes(original[:-1] + bytes([original[-1] ^ 1]))
    env = {**os.environ, "PYTHONPATH": str(installed / "pipeline")}
    done = subprocess.run(
        [sys.executable, *command], cwd=installed, env=env, check=False, capture_output=True, text=True, timeout=120
    )
    model.write_bytes(original)
    assert done.returncode == (1 if "-c" in command else 2)  # in Python it is an exception
    assert "transfer_news/ner/model does not match its hash in checksums.txt: install" in done.stderr
    assert not (installed / "out").exists()
