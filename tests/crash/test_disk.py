"""A disk that fills ends a run with a message and exit code 3; the dataset is what was committed before."""

import os
import subprocess

import pytest
from campaign import globbed, rows, story, write

SIZE = 1 << 19
SMALL = {f"a{n}.txt": story(n) for n in range(4)}
LARGE = SMALL | {f"b{n}.txt": story(n + 10) + os.urandom(100_000).hex() for n in range(3)}


@pytest.fixture
def disk(tmp_path):
    """A folder on a disk of half a megabyte; where none can be mounted, no file may be that large."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        yield place, {"largest": SIZE}
    else:
        yield place, {}
        # A worker that was ended may take a moment to let go of it.
        subprocess.run(["umount", "--lazy", place], check=True)


def test_a_disk_that_fills(world, tmp_path, disk):
    place, limit = disk
    source, out = write(tmp_path / "in", SMALL), place / "out"
    assert world.run(source, out, **limit).code == 0
    before = rows(out)
    write(source, LARGE)
    full = world.run(source, out, **limit)
    assert full.code == 3
    assert "cannot be written" in full.said and "Traceback" not in full.said
    assert rows(out) == globbed(out) == before
    write(source, SMALL | {"c.txt": story(50)})
    assert world.run(source, out, **limit).code == 0
    assert len(rows(out)["articles"]) == 5
