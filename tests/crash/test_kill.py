"""A run that is killed at any moment leaves a dataset that reads, and the next one ends as if nothing had been."""

import itertools
import os
import random
import signal
import time
from pathlib import Path

from campaign import AFTER, BEFORE, check, copy, globbed, moments, rows, start, step_of, story, told, versions, write


def test_the_steps_of_a_commit_come_in_their_order(world):
    steps = [step for step, _ in itertools.groupby(map(step_of, world.trace))]
    assert steps == ["open", *["stage", "place", "publish", "sweep"] * 2, "open"]
    flushed, moved, published = set(), set(), False
    for change in world.trace:
        act, *names, place = change.split(" ")
        if act == "write":
            flushed.discard(Path(place).name)
        elif act == "fsync":
            flushed.add(Path(place).name)
            moved.discard(place or ".")
        elif act == "replace":
            assert names[0] in flushed, f"{change}: it is not on the disk"
            published = place == "manifest.json"
            assert not (published and moved), f"{moved}: what the manifest names is not on the disk in its place"
            moved.add(str(Path(place).parent))
        elif act == "unlink" and place.endswith((".parquet", ".json")):
            assert published and not moved, f"{change}: the manifest that does without it is not on the disk"


def test_a_run_killed_at_any_step_of_a_commit(world, long):
    chance = random.Random(7)
    for nth in moments(world.trace, every=1 if long else 16):
        with told(f"killed at change {nth}: {world.trace[nth - 1]}"):
            out = copy(world.before, world.work / "out")
            assert world.run(world.source, out, "--prune", act="kill", nth=nth).code == -signal.SIGKILL
            check(out, versions(BEFORE, AFTER))
            world.run(world.source, out, "--prune", act="kill", nth=chance.randint(1, len(world.trace)))
            check(out, versions(BEFORE, AFTER))
            assert world.run(world.source, out, "--prune").code == 0
            assert rows(out) == globbed(out) == world.after


def test_runs_killed_at_random_moments(world, tmp_path, long):
    chance = random.Random(7)
    articles = {f"a{n:02}.txt": story(n, words=200) for n in range(30)}
    had = versions(articles)
    source, out = write(tmp_path / "in", articles), tmp_path / "out"
    began = time.monotonic()
    assert start(source, tmp_path / "whole", "--workers", "2").wait() == 0
    whole = time.monotonic() - began
    for number in range(200 if long else 3):
        run = start(source, out, "--workers", str(1 + number % 2))
        time.sleep(chance.uniform(0.3, 0.95) * whole)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        with told(f"killed for the {number + 1}th time"):
            check(out, had)
        for name in chance.sample(sorted(articles), 8):  # there is always something to do
            articles[name] = story(chance.randint(100, 10**6), words=200)
            had[name].add(articles[name])
        write(source, articles)
    for folder in (out, tmp_path / "never-killed"):
        assert world.run(source, folder).code == 0
    assert rows(out) == globbed(out) == rows(tmp_path / "never-killed")


def test_workers_end_when_their_caller_is_killed(tmp_path):
    source = write(tmp_path / "in", {f"a{n:03}.txt": story(n, words=200) for n in range(200)})
    run = start(source, tmp_path / "out", "--workers", "2")
    while not (tmp_path / "out/manifest.json").exists():
        assert run.poll() is None
        time.sleep(0.01)
    run.kill()
    run.communicate(timeout=60)  # ends when nobody is left who could write to its pipes
