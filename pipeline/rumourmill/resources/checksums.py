"""Verify that the files of model and gazetteer are the recorded ones, by SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rumourmill.errors import ModelError
from rumourmill.resources.lists import models_dir

__all__ = ["RECORD", "check"]

RECORD = "checksums.txt"
"""File beside the two folders, in the format of `sha256sum`; written by `make checksums`."""

REMEDY = "install rumourmill again, or record the change if it is yours: make checksums"


def check(models: Path | None = None) -> None:
    """Verify that every recorded file has its recorded SHA-256. It takes about 20 ms.

    Args:
        models: the folder that holds the record; `models_dir()` by default.

    Raises:
        ModelError: a file is missing or differs; the message names the first one.
    """
    models = models or models_dir()
    record = models / RECORD
    try:
        lines = record.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{record} cannot be read ({error}): {REMEDY}") from error
    for number, line in enumerate(lines, start=1):
        digest, separator, name = line.partition("  ")
        if not separator:
            raise ModelError(f"{record}:{number}: a line is a SHA-256, two spaces and a file: {REMEDY}")
        if fault := _fault(models / name, digest):
            raise ModelError(f"{models / name} {fault}: {REMEDY}")


def _fault(path: Path, digest: str) -> str:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if found == digest else f"does not match its hash in {RECORD}"
