"""Every kind of bad input, with real files and the real command."""

import gzip
import os
from pathlib import Path

import pytest
from command import here, run

from rumourmill import dataset
from rumourmill.schema import TABLES

STORY = (
    " date 2020-09-23 Lecce turn down Roma bid for Verrell\n\n"
    "Roma have had a £5m bid for the Lecce striker Tomas Verrell rejected. “He stays,” said coach Dario Venn."
)
FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n",
    "header-only.txt": b" date 2020-09-23 ",
    "binary.txt": b"\x7fELF\0\0\1\2" * 20,
    "undecodable.txt": b"fee \x81\x8d\xe9",
    "long.txt": b"word " * 200_001,
    "huge.txt.gz": gzip.compress(b"x" * 30_000_000),
    "torn.txt.gz": gzip.compress(STORY.encode())[:-12],
    "locked.txt": STORY.encode(),
    "twin.txt": STORY.encode(),
    "twin.txt.gz": gzip.compress(STORY.encode()),
    os.fsdecode(b"caf\xe9.txt"): STORY.encode(),
    "good.txt": STORY.encode(),
    "sub/also good\n'name'.txt": STORY.encode(),
    "recipe.txt": b"Soften the onions in butter for ten minutes, then add the rice and stir.",
}
REASONS = {
    "empty.txt": "empty",
    "blank.txt": "empty",
    "header-only.txt": "empty",
    "binary.txt": "binary",
    "undecodable.txt": "undecodable",
    "long.txt": "too_long",
    "huge.txt.gz": "too_long",
    "torn.txt.gz": "undecodable",
    "locked.txt": "unreadable",
    "locked-folder": "unreadable",
    "twin.txt.gz": "duplicate",
    "caf\\xe9.txt": "bad_name",
    "folder.txt": "not_a_file",
    "pipe.txt": "not_a_file",
    "broken.txt": "link_broken",
    "loop.txt": "link_loop",
    "round": "link_loop",
    "outside.txt": "link_outside",
    "outside": "link_outside",
}


def fill(source: Path) -> None:
    for name, data in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    for folder in ("folder.txt", "locked-folder"):
        (source / folder).mkdir()
        (source / folder / "inside.txt").write_bytes(STORY.encode())
    (source.parent / "elsewhere").mkdir()
    (source.parent / "elsewhere/x.txt").write_bytes(STORY.encode())
    os.mkfifo(source / "pipe.txt")
    for link, target in {
        "broken.txt": "nothing",
        "loop.txt": "loop.txt",
        "round": ".",
        "outside.txt": "../elsewhere/x.txt",
        "outside": "../elsewhere",
    }.items():
        (source / link).symlink_to(target)
    (source / "locked.txt").chmod(0)
    (source / "locked-folder").chmod(0)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "in").mkdir()
    fill(folder / "in")
    done = run("extract", folder / "in", folder / "out", mortal=True)
    yield folder / "in", folder / "out", done
    (folder / "in/locked-folder").chmod(0o755)


def test_each_bad_file_has_a_row_with_its_reason_and_a_sentence(extracted):
    _, out, done = extracted
    assert done.returncode == 0, done.stderr
    rejects = dataset.read(out, "rejects")
    assert dict(zip(rejects.source_path, rejects.reason, strict=True)) == REASONS
    assert all(detail[0].isupper() and detail.endswith(".") for detail in rejects.detail)


def test_good_neighbours_are_read(extracted):
    _, out, _ = extracted
    good = {"good", "sub/also good\n'name'", "twin", "folder.txt/inside"}
    assert set(dataset.read(out, "articles").article_id) == good | {"recipe"}
    assert set(dataset.read(out, "fees").article_id) == good


def test_an_article_without_football_has_a_row_in_articles_and_none_elsewhere(extracted):
    _, out, _ = extracted
    for table in set(TABLES) - {"articles", "rejects"}:
        assert "recipe" not in set(dataset.read(out, table).article_id)


def test_the_summary_counts_them_and_strict_exits_with_1(extracted):
    source, out, done = extracted
    assert f"{len(REASONS)} rejected" in done.stdout
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file()}
    again = run("extract", source, out, "--strict", mortal=True)
    assert again.returncode == 1
    assert "files were rejected" in again.stderr
    assert f"0 read, 5 unchanged, {len(REASONS)} rejected" in again.stdout
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*") if p.is_file()} == before


def a_folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(STORY, encoding="utf8")
    return tmp_path / "in"


def refused(done, code, *words):
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for word in words:
        assert word in " ".join(done.stderr.split())
    return True


def test_in_is_missing(tmp_path):
    refused(here("extract", tmp_path / "no", tmp_path / "out"), 2, "no does not exist", "name the folder")
    assert not (tmp_path / "out").exists()


def test_in_is_a_file(tmp_path):
    refused(here("extract", a_folder(tmp_path) / "a.txt", tmp_path / "out"), 2, "a.txt is a file")
    assert not (tmp_path / "out").exists()


def test_in_holds_no_articles(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/notes.md").write_text("x", encoding="utf8")
    refused(here("extract", tmp_path / "in", tmp_path / "out"), 2, "holds no articles", ".txt")
    assert not (tmp_path / "out").exists()


def test_in_cannot_be_read(tmp_path):
    source = a_folder(tmp_path)
    source.chmod(0)
    refused(run("extract", source, tmp_path / "out", mortal=True), 2, "cannot be opened", "permissions")
    source.chmod(0o755)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("inside", [".", "out", "sub/../deep/out"])
def test_out_lies_inside_in(tmp_path, inside):
    source = a_folder(tmp_path)
    refused(here("extract", source, source / inside), 2, "lies inside")
    assert [p.name for p in source.iterdir()] == ["a.txt"]


def test_out_lies_inside_in_by_a_link(tmp_path):
    source = a_folder(tmp_path)
    (tmp_path / "link").symlink_to(source)
    refused(here("extract", source, tmp_path / "link/out"), 2, "lies inside")


def test_out_cannot_be_written(tmp_path):
    source = a_folder(tmp_path)
    (tmp_path / "shut").mkdir(mode=0o555)
    refused(run("extract", source, tmp_path / "shut/out", mortal=True), 3, "cannot be written", "another folder")
    assert not list((tmp_path / "shut").iterdir())


def test_out_is_a_file(tmp_path):
    source = a_folder(tmp_path)
    (tmp_path / "out").write_text("mine", encoding="utf8")
    refused(here("extract", source, tmp_path / "out"), 3, "out is a file")
    assert (tmp_path / "out").read_text(encoding="utf8") == "mine"


def test_out_holds_foreign_files(tmp_path):
    source = a_folder(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.doc").write_text("mine", encoding="utf8")
    refused(here("extract", source, tmp_path / "out"), 3, "thesis.doc", "choose an empty or new folder")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("options", [["--workers", "0"], ["--workers", "two"], ["--limit", "0"], ["--limit", "-3"]])
def test_options_out_of_range(tmp_path, options):
    refused(here("extract", a_folder(tmp_path), tmp_path / "out", *options), 2, options[0])
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_tables_whole(tmp_path, extracted):
    source, _, _ = extracted
    limit = ["bash", "-c", 'ulimit -f 4; exec "$@"', "-"]  # files of at most 4 KB, as on a disk that fills
    done = run("extract", source, tmp_path / "out", mortal=True, prefix=limit)
    refused(done, 3, "cannot be written")
    assert len(dataset.read(tmp_path / "out", "articles")) == 0
    assert run("extract", source, tmp_path / "out", mortal=True).returncode == 0
    assert len(dataset.read(tmp_path / "out", "articles")) == 5
