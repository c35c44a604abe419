"""Reads files of facts, one a line: models/gazetteer, and a user's own over them.

Which own lists are read is said for a whole process, by `use`: every component reads the same ones.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from anyascii import anyascii

__all__ = [
    "GazetteerError",
    "Line",
    "OwnLists",
    "fold",
    "in_use",
    "models_dir",
    "remembered",
    "rows",
    "use",
    "without_article",
]

P = ParamSpec("P")
T = TypeVar("T")


class GazetteerError(ValueError):
    """A gazetteer file is missing or has a line that cannot be used."""


class Line(dict[str, str]):
    """The cells of one line by column; `where` tells file and line for messages."""

    __slots__ = ("where",)

    def __init__(self, cells: dict[str, str], where: str) -> None:
        super().__init__(cells)
        self.where = where


@dataclass(frozen=True)
class OwnLists:
    """A user's files as they were when the command began: every process reads the same, whatever becomes of them.

    Args:
        folder: where they lie, for messages.
        files: the text of each by its name, in order.
    """

    folder: str
    files: tuple[tuple[str, str], ...]

    def text(self, name: str) -> str | None:
        """The text of a file, or None where the user has none of that name."""
        return dict(self.files).get(name)


_own: OwnLists | None = None
_memories: list[Callable[[], None]] = []


def use(own: OwnLists | None) -> None:
    """Have this process read a user's lists over ours, or ours alone, from now on.

    Pipelines loaded before keep what they have read: of two pipelines with different lists, use the later one.
    """
    global _own  # noqa: PLW0603 - every component reads the same lists, as it reads the same model
    if own != _own:
        _own = own
        for forget in _memories:
            forget()


def in_use() -> OwnLists | None:
    """The own lists that this process reads over ours."""
    return _own


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """`functools.cache` for what is made of lists that a user can put others over: forgotten when they change."""
    memory = cache(function)
    _memories.append(memory.cache_clear)
    return cast("Callable[P, T]", memory)


@cache
def models_dir() -> Path:
    """The folder that holds `gazetteer/` and `transfer_news/`: beside the package in a checkout, in it in a wheel."""
    package = Path(__file__).parents[1]
    for folder in (package / "models", package.parents[1] / "models"):
        if (folder / "gazetteer").is_dir():
            return folder
    raise GazetteerError(f"no models folder in {package} or in its checkout: reinstall rumourmill")


@lru_cache(maxsize=1 << 14)  # words of the text pass through it: without a bound it would grow with the run
def fold(text: str) -> str:
    """Lower case without accents: `Ødegaard` and `Odegaard` both become `odegaard`."""
    return (text if text.isascii() else anyascii(text)).lower()


def without_article(name: str) -> str:
    """A folded name or nickname without `the`, which belongs to the sentence."""
    return fold(name).removeprefix("the ")


@remembered
def rows(name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """The lines of one gazetteer file; a user's own come first, and replace those of ours with the same first cell.

    Args:
        name: file name below models/gazetteer, such as `nicknames.csv`.
        columns: the header that the file must have, in order.
        optional: those of the columns that may be empty.

    Returns:
        The lines, values stripped.

    Raises:
        GazetteerError: naming file, line and fault.
    """
    path = models_dir() / "gazetteer" / name
    try:
        text = path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    ours = _parsed(str(path), text, columns, optional)
    if _own is None or (text_of_own := _own.text(name)) is None:
        return ours
    own = _parsed(f"{_own.folder}/{name}", text_of_own, columns, optional)
    replaced = {without_article(line[columns[0]]) for line in own}
    return own + tuple(line for line in ours if without_article(line[columns[0]]) not in replaced)


def _parsed(path: str, text: str, columns: Sequence[str], optional: Sequence[str]) -> tuple[Line, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            raise GazetteerError(f"{path}:1: the columns must be {','.join(columns)}, not {','.join(header)}")
        seen: dict[tuple[str, ...], Line] = {}
        for cells in reader:
            if cells and not cells[0].startswith("#"):
                line = _line(f"{path}:{reader.line_num}", cells, columns, optional)
                if (first := seen.setdefault(tuple(line.values()), line)) is not line:
                    raise GazetteerError(f"{line.where}: the same as line {first.where.rpartition(':')[2]}")
    except csv.Error as error:
        raise GazetteerError(f"{path}:{reader.line_num}: {error}") from error
    return tuple(seen.values())


def _line(where: str, cells: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> Line:
    if len(cells) != len(columns):
        raise GazetteerError(f"{where}: {len(cells)} cells where {len(columns)} belong")
    line = Line(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), where)
    if missing := [c for c in columns if not line[c] and c not in optional]:
        raise GazetteerError(f"{where}: {', '.join(missing)} must not be empty")
    return line
