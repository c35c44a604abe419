"""Runs the command in forks of one warm process, each with its faults laid under it.

A line of JSON on stdin is one run; a line of JSON on stdout tells how it ended. The faults are wrapped around what
changes the disk, in the fork alone: the pipeline knows nothing of them.
"""

from __future__ import annotations

import builtins
import functools
import gc
import importlib
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import standin

from rumourmill.cli import commands
from rumourmill.runner import batch, fingerprint, plan

HALF = 2  # what is written of a file when its writing fails or kills, as a divisor


class Faults:
    """Counts what changes the disk below a folder, and lets the nth time fail, or be the last of the process."""

    def __init__(
        self, below: str, act: str = "", nth: int = 0, for_good: bool = False, error: int = 0, largest: int = 0
    ) -> None:
        self._below, self._act, self._nth, self._for_good, self._error = below, act, nth, for_good, error
        self._largest = largest  # bytes that a file may have, 0 for no limit
        self._opened: dict[int, str] = {}
        self.trace: list[str] = []

    def install(self) -> None:
        """Lay the faults under this process, until it ends."""
        if self._largest:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._largest, self._largest))
        for name in ("mkdir", "rmdir", "unlink"):
            setattr(os, name, self._on_path(name, getattr(os, name)))
        for name in ("replace", "rename"):
            setattr(os, name, self._on_move(name, getattr(os, name)))
        os.open, os.fsync = self._on_open(os.open), self._on_fsync(os.fsync)  # type: ignore[assignment]
        io.open = builtins.open = self._on_file(io.open)  # type: ignore[assignment]

    def _due(self, step: str, path: Any) -> bool:
        """Note a step; whether it is the one to go wrong."""
        place = os.path.realpath(os.fspath(path))
        if not place.startswith(self._below):
            return False
        self.trace.append(f"{step} {place[len(self._below) + 1 :]}")
        return bool(self._act) and (len(self.trace) == self._nth or (self._for_good and len(self.trace) > self._nth))

    def _strike(self, path: Any) -> None:
        if self._act == "kill":
            os.killpg(0, signal.SIGKILL)
        raise OSError(self._error, os.strerror(self._error), os.fspath(path))

    def _on_path(self, step: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, dir_fd: int | None = None, **options: Any) -> Any:
            place = path if dir_fd is None else Path(self._opened.get(dir_fd, "/")) / path
            if self._due(step, place):
                self._strike(place)
            return real(path, *args, dir_fd=dir_fd, **options)

        return call

    def _on_move(self, step: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(source: Any, target: Any) -> Any:
            if self._due(f"{step} {Path(source).name}", target):
                self._strike(target)
            return real(source, target)

        return call

    def _on_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *args: Any, **options: Any) -> int:
            if flags & os.O_CREAT and self._due("create", path):
                self._strike(path)
            handle = real(path, flags, *args, **options)
            self._opened[handle] = os.fspath(path)
            return handle

        return call

    def _on_fsync(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def call(handle: int) -> None:
            path = self._opened.get(handle, "/")
            if self._due("fsync", path):
                self._strike(path)
            elif path == "/":
                real(handle)  # the others would cost seconds, and a kill loses nothing that the system was given

        return call

    def _on_file(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if "w" in mode and self._due("write", path):
                return _Torn(real(path, mode, *args, **options), functools.partial(self._strike, path))
            return real(path, mode, *args, **options)

        return call


class _Torn:
    """A file of which half is written before the fault strikes."""

    def __init__(self, file: Any, strike: Callable[[], None]) -> None:
        self._file, self._strike = file, strike

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: Any) -> None:
        self._file.write(data[: len(data) // HALF])
        self._file.flush()
        self._strike()


def run(args: list[str], **options: Any) -> int:
    """Run the command in small batches, with the stand-in for the reader."""
    plan.BATCH_SIZE = 3
    batch.extract = functools.partial(batch.extract, **options)
    try:
        commands.app(args, prog_name="rumourmill")
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def run_in_fork(order: dict[str, Any]) -> dict[str, Any]:
    """Run the command in a fork of this process, which is the leader of its group."""
    log = Path(order["log"])
    if (child := os.fork()) == 0:
        os.setsid()
        with log.open("w", encoding="utf8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        faults = Faults(order["below"], **order["faults"])
        faults.install()
        code = run(order["args"], load=_warm, executor=standin.Here)
        sys.stdout.flush()
        log.with_suffix(".trace").write_text("\n".join(faults.trace), encoding="utf8")
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "said": log.read_text(encoding="utf8")}


@functools.cache
def _warm() -> standin.Standin:
    """The stand-in and what a run imports or hashes but once, for all forks."""
    for module in ("pandas", "rumourmill.cli.display", "rich._emoji_codes"):
        importlib.import_module(module)
    fingerprint.current(None)
    return standin.load()


def main() -> None:
    """Run the command of the arguments by processes, or, without any, those of the orders on stdin in forks."""
    if sys.argv[1:]:
        sys.exit(run(sys.argv[1:], load=standin.load))
    _warm()
    gc.collect()
    gc.freeze()  # no fork walks what all of them share
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run_in_fork(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
