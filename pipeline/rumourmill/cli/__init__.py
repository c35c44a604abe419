"""The command line interface.

Modules:
    commands: the commands and their options.
    display: what the commands print on a terminal.
    explanations: the reasons of `show --why` in words.
"""

from rumourmill.cli.commands import app, main

__all__ = ["app", "main"]
