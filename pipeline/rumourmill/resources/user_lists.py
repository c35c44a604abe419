"""A user's own clubs, nicknames, outlets, cues and figures, which lie over those of models/gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from rumourmill.errors import UsageError
from rumourmill.resources import gazetteer
from rumourmill.resources.lists import GazetteerError, OwnLists, in_use, use

__all__ = ["read"]

FILES: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "clubs.csv": gazetteer.clubs,
        "nicknames.csv": gazetteer.nicknames,
        "outlets.csv": lambda: tuple(gazetteer.outlets()),
        "cues.csv": gazetteer.cues,
        "public_figures.csv": gazetteer.public_figures,
    }
)
"""The files that a user may have, and what reads and checks each."""


def read(folder: str | Path | None) -> OwnLists | None:
    """The lists of a folder, checked together with ours; None without a folder.

    Args:
        folder: holds some of the files above, with the columns of those in models/gazetteer. A line replaces ours
            with the same first cell, and is new where there is none.

    Raises:
        UsageError: there is no such folder, no or another .csv file in it, or a line that cannot be used, told by
            its file and number.
    """
    if folder is None:
        return None
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name the folder of your own lists")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    if strange := [path.name for path in files if path.name not in FILES]:
        raise UsageError(f"{folder}/{strange[0]} is none of the lists that can be your own: {', '.join(FILES)}")
    if not files:
        raise UsageError(f"{folder} holds none of the lists that can be your own: {', '.join(FILES)}")
    own = OwnLists(str(folder), tuple((path.name, _text(path)) for path in files))
    _check(own)
    return own


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 ({error.reason}): save it as UTF-8") from error


def _check(own: OwnLists) -> None:
    """Read every list as the components will: own nicknames need clubs, and ours may have lost theirs."""
    before = in_use()
    try:
        use(own)
        for check in FILES.values():
            check()
    except GazetteerError as error:
        raise UsageError(str(error)) from error
    finally:
        use(before)
