"""Runs the command in a process of its own, as a user does; or in ours, where only what it answers is looked at."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from rumourmill.cli.commands import app

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "rumourmill"]
DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2  # of linux/prctl.h and linux/capability.h


def run(
    *args: str | Path, mortal: bool = False, prefix: Sequence[str] = (), **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, behind `prefix`; `mortal` takes root's right to pass by permissions from it."""
    if mortal and os.geteuid() == 0:
        options["preexec_fn"] = _drop_rights
    env = {**os.environ, "COLUMNS": "120", "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(  # noqa: PLW1510 - tests look at the exit code
        [*prefix, *COMMAND, *map(str, args)], capture_output=True, text=True, timeout=180, env=env, **options
    )


def copy_package(folder: Path) -> None:
    """Put a copy of the package and its models into a folder, to damage or to change."""
    for part in ("pipeline", "models/gazetteer", "models/transfer_news"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))


def here(*args: str | Path, cwd: str | Path = ".") -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which has imported all that a new one would wait for."""
    words = [str(arg) for arg in args]
    with chdir(cwd):
        done = CliRunner(env={"COLUMNS": "120"}).invoke(app, words, prog_name="rumourmill")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def _drop_rights() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
        if libc.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "the right cannot be dropped")
