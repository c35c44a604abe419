"""`python -m rumourmill`: the same as the command `rumourmill`."""

from __future__ import annotations

from rumourmill.cli.commands import main

if __name__ == "__main__":
    main()
