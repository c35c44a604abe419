import subprocess
import sys

import pytest

from rumourmill.errors import OutputError
from rumourmill.filesystem import LocalDisk, local, open_file_system, writing


def test_windows_is_refused_with_a_clear_message():
    code = "import sys; sys.modules['fcntl'] = None; import rumourmill.filesystem"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ImportError: rumourmill does not run on Windows" in done.stderr and "WSL" in done.stderr


@pytest.mark.parametrize("location", ["file://{}", "{}"])
def test_a_path_or_file_url_is_a_local_disk(tmp_path, location):
    files = open_file_system(location.format(tmp_path))
    assert files == open_file_system(tmp_path) == open_file_system(files) == LocalDisk(tmp_path)
    assert files.url("fees") == f"{tmp_path}/fees"


def test_staged_files_are_invisible_until_they_are_placed(tmp_path):
    files = LocalDisk(tmp_path)
    files.make_folders(["fees"])
    staged = files.stage("staging/x", {"fees": b"1"})
    assert files.names("fees") == [] and files.open_staged(staged["fees"]).read() == b"1"
    assert files.stage("staging/x", staged) == staged
    files.place({"fees/x.parquet": staged["fees"]})
    assert files.names("fees") == ["x.parquet"] and files.names("staging") == []


def test_two_writers_of_one_folder(tmp_path):
    files = LocalDisk(tmp_path)
    with files.lock("lock"), pytest.raises(OutputError, match="in use by another run"), files.lock("lock"):
        pass
    with files.lock("lock"):
        pass


def test_a_file_is_replaced_atomically(tmp_path):
    file = LocalDisk(tmp_path).versioned_file("x.json", "versions")
    assert file.read() is None
    file.replace(b"1")
    file.replace(b"2")
    assert file.read() == b"2" and [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_walking_reports_links_and_skips_hidden_files(tmp_path):
    for name in ("in/a.txt", "in/.hidden/b.txt", "in/sub/c.txt", "elsewhere/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    for link, target in {"to-a": "a.txt", "out": "../elsewhere", "gone": "nothing", "up": "."}.items():
        (tmp_path / "in" / link).symlink_to(target)
    found = {entry.path: (entry.kind, entry.link) for entry in LocalDisk(tmp_path / "in").walk()}
    assert found == {
        "a.txt": ("file", None),
        "sub": ("folder", None),
        "sub/c.txt": ("file", None),
        "to-a": ("file", "inside"),
        "out": ("folder", "outside"),
        "gone": ("missing", "broken"),
        "up": ("folder", "loop"),
    }


def test_a_failure_to_write_names_the_place_and_the_remedy(tmp_path):
    message = r"cannot be written: No space left on device; free some space"
    with pytest.raises(OutputError, match=message), writing(tmp_path):
        raise OSError(28, "No space left on device")


def test_a_version_is_unknown_while_a_change_could_go_unnoticed(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"12345")
    [content] = LocalDisk(tmp_path).load_many(["a.txt"], 3)
    assert (content.data, content.version) == (b"123", None)
    monkeypatch.setattr(local, "SETTLED", -1.0)
    [content] = LocalDisk(tmp_path).load_many(["a.txt"], 3)
    assert content.version == LocalDisk(tmp_path).version("a.txt")
