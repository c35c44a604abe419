"""Articles are read again after a change of code, model, lists or schema, and after no other."""

import json
import os
import subprocess
import sys

import pytest
from command import copy_package


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the package and its models, to change."""
    folder = tmp_path_factory.mktemp("package")
    copy_package(folder)
    return folder


def components(package):
    code = "import json; from rumourmill.runner import fingerprint; print(json.dumps(fingerprint.current()))"
    env = {**os.environ, "PYTHONPATH": str(package / "pipeline")}
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=package, env=env).stdout
    return json.loads(printed)


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ("pipeline/rumourmill/components/fees.py", {"code"}),
        ("pipeline/rumourmill/schema/records.py", {"code"}),
        ("models/transfer_news/ner/model", {"model"}),
        ("models/gazetteer/clubs.csv", {"gazetteer"}),
        ("pipeline/rumourmill/quotes/words.py models/gazetteer/cues.csv", {"code", "gazetteer"}),
        (
            "pipeline/rumourmill/cli/commands.py pipeline/rumourmill/report/site.py pipeline/rumourmill/exports/csv_folder.py pipeline/rumourmill/runner/scheduler.py pipeline/rumourmill/sagas.py",
            set(),
        ),
        ("models/transfer_news/README.md", set()),
    ],
)
def test_the_fingerprint_changes_with_what_determines_rows_and_with_nothing_else(package, changed, parts):
    before = components(package)
    for name in changed.split():
        with (package / name).open("ab") as file:
            file.write(b"\n")
    after = components(package)
    assert {key for key in after if after[key] != before[key]} == parts
