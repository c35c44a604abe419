"""The wheel contains models and gazetteer, and works from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = "Hull City have signed striker Zico Amaral from Everton for £5m.\n"


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_extracts_from_another_folder_with_its_own_models(unpacked_wheel, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/story.txt").write_text(STORY, encoding="utf8")
    where = "import rumourmill.resources.gazetteer as g; print(g.models_dir())"
    code = f"{where}; import rumourmill; rumourmill.extract('in', 'out'); print(len(rumourmill.read('out', 'fees')))"
    environment = {**os.environ, "PYTHONPATH": str(unpacked_wheel)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    models, fees = done.stdout.split()
    assert Path(models) == unpacked_wheel / "rumourmill" / "models"
    assert fees == "1"
