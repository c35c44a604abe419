"""What can go wrong with a whole run; what is wrong with one article is a row of `rejects` instead."""

from __future__ import annotations

__all__ = ["CrewError", "ModelError", "OutputError", "RumourmillError", "UsageError"]


class RumourmillError(Exception):
    """A run cannot start or go on; the message names the file, the fault and the remedy."""

    exit_code = 1


class UsageError(RumourmillError):
    """The command was given something that cannot be used; nothing was done."""

    exit_code = 2


class ModelError(RumourmillError):
    """The language model or the gazetteer is missing or damaged."""

    exit_code = 2


class CrewError(RumourmillError):
    """The worker processes cannot be started."""

    exit_code = 2


class OutputError(RumourmillError):
    """The output cannot be written, or is in use by another run; what was committed before is whole."""

    exit_code = 3
