"""Read a user's own lists of clubs, nicknames, outlets, cues and public figures from a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rumourmill.errors import UsageError
from rumourmill.resources.gazetteer import DOLLAR, EXTENSIBLE, Gazetteer, GazetteerError

__all__ = ["UserLists", "read_user_lists"]


@dataclass(frozen=True)
class UserLists:
    """The text of a user's lists as read at the start of a run; every worker process gets the same.

    Args:
        folder: where the files are, for error messages.
        files: file name and text of each, sorted by name.
    """

    folder: str
    files: tuple[tuple[str, str], ...]

    @property
    def setting(self) -> dict[str, str]:
        """The lists as the setting `user_lists` of a component: file name -> text, `$` escaped."""
        return {name: text.replace("$", DOLLAR) for name, text in self.files}


def read_user_lists(folder: str | Path | None) -> UserLists | None:
    """Read and validate the lists of a folder; return None without a folder.

    Args:
        folder: holds any of `gazetteer.EXTENSIBLE`, with the columns of the shipped lists.

    Raises:
        UsageError: the folder does not exist, has no list or an unknown .csv file, or a list has an invalid line; the
            message names file and line.
    """
    if folder is None:
        return None
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: name the folder of your own lists")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    if unknown := [path.name for path in files if path.name not in EXTENSIBLE]:
        raise UsageError(f"{folder}/{unknown[0]} is not a list that can be extended: {', '.join(EXTENSIBLE)}")
    if not files:
        raise UsageError(f"{folder} has none of the lists that can be extended: {', '.join(EXTENSIBLE)}")
    lists = UserLists(str(folder), tuple((path.name, _read_text(path)) for path in files))
    try:
        Gazetteer(dict(lists.files), lists.folder).check()
    except GazetteerError as error:
        raise UsageError(str(error)) from error
    return lists


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 ({error.reason}): save it as UTF-8") from error
