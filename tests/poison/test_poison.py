"""Files that no newspaper would print: each is read or rejected, and its neighbours are read as if it were not there."""

import hostile
import pytest
from command import run

from rumourmill import dataset
from rumourmill.schema import TABLES

NEIGHBOUR = hostile.STORY.replace("Verrell", "Okwara")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("poison")
    (folder / "in").mkdir()
    expected = hostile.fill(folder / "in")
    for name in ("0.txt", "m/neighbour.txt", "zz.txt"):
        (folder / "in" / name).parent.mkdir(exist_ok=True)
        (folder / "in" / name).write_text(NEIGHBOUR, encoding="utf8")
        expected[name] = None
    (folder / "alone").mkdir()
    (folder / "alone/0.txt").write_text(NEIGHBOUR, encoding="utf8")
    assert run("extract", folder / "alone", folder / "peace").returncode == 0
    return folder, expected, run("extract", folder / "in", folder / "out")


def test_the_set_is_large_enough():
    assert len(hostile.files()) > 100


def test_each_file_is_read_or_rejected_for_its_reason(poisoned):
    folder, expected, done = poisoned
    assert (done.returncode, done.stderr) == (0, "")
    rejects = dataset.read_arrow(folder / "out", "rejects").to_pylist()
    found = {row["source_path"]: row["reason"] for row in rejects}
    found |= {row["source_path"]: None for row in dataset.read_arrow(folder / "out", "articles").to_pylist()}
    assert found == expected


def test_the_neighbours_are_read_as_if_they_were_alone(poisoned):
    folder, _, _ = poisoned
    for table in set(TABLES) - {"articles", "rejects"}:
        peace = dataset.read_arrow(folder / "peace", table).to_pylist()
        rows = dataset.read_arrow(folder / "out", table).to_pylist()
        for neighbour in ("0", "m/neighbour", "zz"):
            assert [row | {"article_id": "0"} for row in rows if row["article_id"] == neighbour] == peace


def test_every_slice_is_what_stands_there(poisoned):
    folder, _, _ = poisoned
    texts = {row["article_id"]: row["text"] for row in dataset.read_arrow(folder / "out", "articles").to_pylist()}
    for table in ("fees", "dates", "quotes"):
        for row in dataset.read_arrow(folder / "out", table).to_pylist():
            assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_it_is_not_read_again(poisoned):
    folder, expected, _ = poisoned
    again = run("extract", folder / "in", folder / "out")
    rejected = sum(reason is not None for reason in expected.values())
    assert f"0 read, {len(expected) - rejected} unchanged, {rejected} rejected" in again.stdout
