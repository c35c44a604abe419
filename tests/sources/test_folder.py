import gzip
import os
import zlib

import pytest

from rumourmill.filesystem import LocalDisk, local
from rumourmill.sources import ArticleFolder, Source


def listed(folder):
    return ArticleFolder.open(folder).list_articles().sources


def names(folder):
    return {s.source_path: s.fault.reason if s.fault else None for s in listed(folder)}


def read(path):
    [content] = ArticleFolder(LocalDisk(path.parent)).read_articles([Source(path.name, path.stem, path.name)])
    return content


def test_folders_are_walked_in_order_and_hidden_or_foreign_files_left_out(tmp_path):
    for name in ("b.txt", "a/x.txt", "a/y.TXT", "a/deep/er/z.txt.gz", ".hidden.txt", ".git/x.txt", "notes.md", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    found = listed(tmp_path)
    assert [s.source_path for s in found] == ["a.txt", "a/deep/er/z.txt.gz", "a/x.txt", "a/y.TXT", "b.txt"]
    assert [s.article_id for s in found] == ["a", "a/deep/er/z", "a/x", "a/y", "b"]


def test_links_are_followed_inside_the_folder_and_never_out_of_it(tmp_path):
    root, outside = tmp_path / "in", tmp_path / "elsewhere"
    (root / "sub").mkdir(parents=True)
    outside.mkdir()
    (root / "a.txt").write_bytes(b"a")
    (outside / "o.txt").write_bytes(b"o")
    for link, target in {
        "inside.txt": "a.txt",
        "out.txt": outside / "o.txt",
        "folder-out": outside,
        "sub/up": "..",
        "twin": "sub",
        "broken.txt": "nothing",
        "loop.txt": "loop.txt",
        "odd.txt": "sub",
    }.items():
        (root / link).symlink_to(target)
    assert names(root) == {
        "a.txt": None,
        "inside.txt": None,
        "out.txt": "link_outside",
        "folder-out": "link_outside",
        "sub/up": "link_loop",
        "broken.txt": "link_broken",
        "loop.txt": "link_loop",
        "odd.txt": "not_a_file",
    }


def test_what_is_not_a_file_is_rejected(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt/a.txt").write_bytes(b"a")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    assert names(tmp_path) == {
        "folder.txt": "not_a_file",
        "folder.txt/a.txt": None,
        "pipe.txt": "not_a_file",
        "caf\\xe9.txt": "bad_name",
    }


def test_odd_but_valid_names_are_kept(tmp_path):
    for name in ("new\nline.txt", "quo\"te's.txt", "Ødegaard €5m.txt", "a b.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert set(names(tmp_path).values()) == {None}
    assert "new\nline.txt" in names(tmp_path)


def test_of_two_files_with_one_id_the_first_is_read(tmp_path):
    for name in ("a.txt", "a.txt.gz", "a.TXT"):
        (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == {"a.TXT": None, "a.txt": "duplicate", "a.txt.gz": "duplicate"}


@pytest.mark.parametrize(
    ("name", "data", "text", "reason"),
    [
        ("a.txt", b"text", b"text", None),
        ("a.txt.gz", gzip.compress(b"text", mtime=0), b"text", None),
        ("a.txt.gz", gzip.compress(b"te", mtime=0) + gzip.compress(b"xt", mtime=0), b"text", None),
        ("a.txt.gz", gzip.compress(b"text", mtime=0)[:-9], b"", "undecodable"),
        ("a.txt.gz", b"text", b"", "undecodable"),
        ("a.txt.gz", zlib.compress(b"text"), b"", "undecodable"),
        ("a.txt", b"x" * 4_000_005, b"", "too_long"),
        ("a.txt.gz", gzip.compress(b"x" * 50_000_000, mtime=0), b"", "too_long"),
    ],
)
def test_bytes_are_read_and_decompressed_up_to_the_limit(tmp_path, name, data, text, reason):
    path = tmp_path / name
    path.write_bytes(data)
    content = read(path)
    assert content.data == text
    assert (content.fault.reason if content.fault else None) == reason
    assert content.content_hash is not None and len(content.content_hash) == 64


def test_a_missing_file_is_unreadable(tmp_path):
    content = read(tmp_path / "a.txt")
    assert content.fault is not None and content.fault.reason == "unreadable"


def test_a_file_that_was_changed_just_now_has_no_version(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    assert read(path).version is None
    monkeypatch.setattr(local, "SETTLED", -1)
    assert read(path).version == LocalDisk(tmp_path).version("a.txt")
    assert read(path).version is not None
