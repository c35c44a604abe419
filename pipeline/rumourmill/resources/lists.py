"""Parse and validate the lists of models/gazetteer: CSV files with one fact per line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

__all__ = ["GazetteerError", "Line", "fold", "models_dir", "parse_rows", "rows", "without_article"]


class GazetteerError(ValueError):
    """A gazetteer file is missing or has an invalid line."""


class Line(dict[str, str]):
    """The cells of one line by column.

    Args:
        cells: column -> value.
        location: file and line number, for error messages.
    """

    __slots__ = ("location",)

    def __init__(self, cells: dict[str, str], location: str) -> None:
        super().__init__(cells)
        self.location = location


@cache
def models_dir() -> Path:
    """Return the folder that holds `gazetteer/` and `transfer_news/`.

    It is beside the package in a checkout and inside the package in a wheel.

    Raises:
        GazetteerError: there is no such folder.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "models", package.parents[1] / "models"):
        if (folder / "gazetteer").is_dir():
            return folder
    raise GazetteerError(f"no models folder in {package} or in its checkout: reinstall rumourmill")


@lru_cache(maxsize=1 << 14)  # bounded: every word of the articles passes through
def fold(text: str) -> str:
    """Return a text in lower case without accents: `Ødegaard` and `Odegaard` both become `odegaard`."""
    return (text if text.isascii() else anyascii(text)).lower()


def without_article(name: str) -> str:
    """Return a name folded and without a leading `the`."""
    return fold(name).removeprefix("the ")


@cache
def rows(name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """Return the lines of a shipped list.

    Args:
        name: file name in models/gazetteer, such as `nicknames.csv`.
        columns: the header that the file must have, in order.
        optional: columns whose cells may be empty.

    Returns:
        The lines in order of the file, cells stripped.

    Raises:
        GazetteerError: the file is missing or has an invalid line; the message names file, line and fault.
    """
    path = models_dir() / "gazetteer" / name
    try:
        text = path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    return parse_rows(text, str(path), columns, optional)


def parse_rows(text: str, path: str, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[Line, ...]:
    """Parse the text of a list. Lines whose first cell begins with `#` are comments.

    Args:
        text: CSV with a header.
        path: where the text comes from, for error messages.
        columns: the header that the text must have, in order.
        optional: columns whose cells may be empty.

    Raises:
        GazetteerError: a line is invalid or repeats another; the message names path, line and fault.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            raise GazetteerError(f"{path}:1: the columns must be {','.join(columns)}, not {','.join(header)}")
        seen: dict[tuple[str, ...], Line] = {}
        for cells in reader:
            if cells and not cells[0].startswith("#"):
                line = _parse_line(f"{path}:{reader.line_num}", cells, columns, optional)
                if (first := seen.setdefault(tuple(line.values()), line)) is not line:
                    raise GazetteerError(f"{line.location}: duplicate of line {first.location.rpartition(':')[2]}")
    except csv.Error as error:
        raise GazetteerError(f"{path}:{reader.line_num}: {error}") from error
    return tuple(seen.values())


def _parse_line(location: str, cells: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> Line:
    if len(cells) != len(columns):
        raise GazetteerError(f"{location}: expected {len(columns)} cells, found {len(cells)}")
    line = Line(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), location)
    if missing := [c for c in columns if not line[c] and c not in optional]:
        raise GazetteerError(f"{location}: {', '.join(missing)} must not be empty")
    return line
