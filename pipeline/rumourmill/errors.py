"""Exceptions that end a whole run. A fault of a single article is a row of the table `rejects` instead."""

from __future__ import annotations

__all__ = ["ModelError", "OutputError", "RumourmillError", "UsageError", "WorkerError"]


class RumourmillError(Exception):
    """Base class. The message names the file, the fault and what to do; `exit_code` is that of the command."""

    exit_code = 1


class UsageError(RumourmillError):
    """An argument or option cannot be used. Nothing was written."""

    exit_code = 2


class ModelError(RumourmillError):
    """The trained pipeline or the gazetteer is missing or damaged."""

    exit_code = 2


class WorkerError(RumourmillError):
    """The worker processes cannot be started."""

    exit_code = 2


class OutputError(RumourmillError):
    """The output cannot be written, or another run is writing it. Earlier commits are complete."""

    exit_code = 3
