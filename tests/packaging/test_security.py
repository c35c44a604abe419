"""A whole run, monitored with Python's audit hooks: no unpickling, no network, no processes."""

import os
import subprocess
import sys
from pathlib import Path

MONITOR = """
import sys
FORBIDDEN = ("pickle.", "socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.", "http.", "subprocess.",
    "os.system", "os.exec", "os.posix_spawn", "os.fork")
seen = set()
sys.addaudithook(lambda event, args: event.startswith(FORBIDDEN) and seen.add(f"{event} {args}"))
import standin
from rumourmill.runner import batch, worker
%s
print(sorted(seen))
"""
EXTRACT = "batch.extract('in', 'out', executor=standin.Here, load=worker.load_reader)"
STORY = (
    "Roma have had a £5m bid for striker Tomas Verrell rejected. “He stays here,” said coach Dario Venn on Monday.\n"
)


def monitored(code, folder):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in [str(Path(__file__).parents[1]), *sys.path] if p)}
    done = subprocess.run(
        [sys.executable, "-c", MONITOR % code],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip()


def test_a_run_does_not_unpickle_connect_or_start_processes(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/story.txt").write_text(STORY, encoding="utf8")
    assert monitored(EXTRACT, tmp_path) == "[]"
    assert (tmp_path / "out/fees").is_dir()


def test_the_monitor_detects_these_events(tmp_path):
    seen = monitored(
        "import fractions, pickle, socket, subprocess\n"
        "pickle.loads(pickle.dumps(fractions.Fraction))\n"
        "socket.socket(socket.AF_UNIX).connect_ex('nowhere')\n"
        "subprocess.run(['true'])",
        tmp_path,
    )
    assert [name for name in ("pickle.find_class", "socket.connect", "subprocess.Popen") if name not in seen] == []
