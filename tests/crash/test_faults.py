"""A disk that fails ends a run with a message and exit code 3, and leaves the dataset whole."""

import errno

import pytest
from campaign import AFTER, BEFORE, check, copy, globbed, moments, rows, told, versions

ERRORS = {  # what is likely to happen to each
    "write": errno.ENOSPC,
    "mkdir": errno.ENOSPC,
    "create": errno.ENOSPC,
    "replace": errno.EXDEV,
    "fsync": errno.EIO,
    "unlink": errno.EIO,
    "rmdir": errno.EIO,
}


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_the_nth_change_of_the_disk_fails(world, long, for_good):
    for nth in moments(world.trace, every=1 if long else 30):
        error = ERRORS[world.trace[nth - 1].split(" ")[0]]
        with told(f"{errno.errorcode[error]} at change {nth}: {world.trace[nth - 1]}"):
            out = copy(world.before, world.work / "out")
            ended = world.run(world.source, out, "--prune", act="fail", nth=nth, error=error, for_good=for_good)
            assert ended.code in {0, 3} and "Traceback" not in ended.said
            assert ended.code == 0 or "cannot be written" in ended.said
            check(out, versions(BEFORE, AFTER))
            assert for_good or globbed(out) == rows(out)
            assert ended.code == 3 or rows(out) == world.after
            assert world.run(world.source, out, "--prune").code == 0
            assert rows(out) == globbed(out) == world.after


def test_what_fails_beyond_the_last_change_is_never_met(world):
    out = copy(world.before, world.work / "out")
    beyond = len(world.trace) + 1
    assert world.run(world.source, out, "--prune", act="fail", nth=beyond, error=errno.EIO).code == 0
    assert rows(out) == world.after
