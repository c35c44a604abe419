"""The command line: options in, messages out."""

from rumourmill.cli.commands import app, main

__all__ = ["app", "main"]
