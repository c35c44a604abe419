"""NOTICE has the origin of every file below models/, and the licence of what others wrote."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf8")
NAMED = set(re.findall(r"models/[\w/.-]*[\w/]", NOTICE))
FOLDERS = tuple(name for name in NAMED if name.endswith("/"))


def shipped_files():
    done = subprocess.run(["git", "ls-files", "models"], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_every_file_of_models_is_named_with_its_origin():
    files = shipped_files()
    assert len(files) > 60
    assert [name for name in files if name not in NAMED and not name.startswith(FOLDERS)] == []


def test_every_named_list_exists():
    assert [name for name in NAMED if not (ROOT / name).exists()] == []


def test_the_gazetteer_is_named_file_by_file():
    assert not any(folder.startswith("models/gazetteer") for folder in FOLDERS)


def test_the_licence_of_the_given_names_is_complete():
    _, _, licence = NOTICE.partition("Licence of Faker\n")
    for words in ("Daniele Faraglia", "Permission is hereby granted, free of charge", "THE SOFTWARE IS PROVIDED"):
        assert words in licence
