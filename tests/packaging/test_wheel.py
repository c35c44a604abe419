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


def test_a_module_called_pipeline_of_a_user_breaks_nothing(tmp_path):
    """Entry points that named a package `pipeline` made every spaCy pipeline fail in a folder that has a pipeline.py."""
    (tmp_path / "pipeline.py").write_text("raise RuntimeError('imported')\n", encoding="utf8")
    code = "import spacy; print(spacy.blank('en').add_pipe('sentences'), __import__('rumourmill').__version__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "rumourmill.components.sentences" in done.stdout
