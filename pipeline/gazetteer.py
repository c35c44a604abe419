"""Loads and validates the files of models/gazetteer: one fact a line, unknown columns refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

__all__ = [
    "GazetteerError",
    "competitions",
    "demonyms",
    "diminutives",
    "first_names",
    "fold",
    "models_dir",
    "ordinary_words",
    "outlets",
    "peoples",
    "roles",
    "rows",
]


class GazetteerError(ValueError):
    """A gazetteer file is missing or has a line that cannot be used."""


@cache
def models_dir() -> Path:
    """The folder that holds `gazetteer/` and `transfer_news/`: beside the package in a checkout, in it in a wheel."""
    package = Path(__file__).parent
    for folder in (package / "models", package.parent / "models"):
        if (folder / "gazetteer").is_dir():
            return folder
    raise GazetteerError(f"no models folder in {package} or beside it: reinstall rumourmill")


@lru_cache(maxsize=1 << 16)  # words of the text pass through it: without a bound it would grow with the run
def fold(text: str) -> str:
    """Lower case without accents: `Ødegaard` and `Odegaard` both become `odegaard`."""
    return (text if text.isascii() else anyascii(text)).lower()


@cache
def rows(name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[dict[str, str], ...]:
    """The lines of one gazetteer file.

    Args:
        name: file name below models/gazetteer, such as `nicknames.csv`.
        columns: the header that the file must have, in order.
        optional: those of the columns that may be empty.

    Returns:
        One dict per line, values stripped.

    Raises:
        GazetteerError: naming file, line and fault.
    """
    path = models_dir() / "gazetteer" / name
    try:
        with path.open(encoding="utf8", newline="") as file:
            return tuple(_checked(path, csv.reader(file, strict=True), columns, optional))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path}: {error}") from error


def demonyms() -> tuple[dict[str, str], ...]:
    """The lines of demonyms.csv: demonym, country, kind (noun, adjective, both, country)."""
    return rows("demonyms.csv", ("demonym", "country", "kind"))


@cache
def peoples() -> frozenset[str]:
    """Folded names of countries and of those who come from them, one and many: `mexico`, `mexican`, `mexicans`."""
    words = {fold(line["demonym"]) for line in demonyms()}
    return frozenset(words | {f"{word}s" for word in words})


def first_names() -> tuple[dict[str, str], ...]:
    """The lines of first_names.csv: name, gender (m or f)."""
    return rows("first_names.csv", ("name", "gender"))


@cache
def diminutives() -> frozenset[tuple[str, str]]:
    """The pairs of diminutives.csv, folded: a short form and a given name that it stands for."""
    return frozenset((fold(line["short"]), fold(line["name"])) for line in rows("diminutives.csv", ("short", "name")))


def roles() -> tuple[dict[str, str], ...]:
    """The lines of roles.csv: word, role (as quotes.speaker_role), position (of a player, else empty)."""
    return rows("roles.csv", ("word", "role", "position"), ("position",))


def competitions() -> Iterator[tuple[str, str]]:
    """Each name and form of competitions.csv, with the competition."""
    return _forms("competitions.csv", "competition")


def outlets() -> Iterator[tuple[str, str]]:
    """Each name and form of a paper, site, channel or platform, with the name under which it is credited."""
    return _forms("outlets.csv", "outlet")


def _forms(file: str, column: str) -> Iterator[tuple[str, str]]:
    for line in rows(file, (column, "country", "forms"), ("forms",)):
        for form in (line[column], *filter(None, line["forms"].split("|"))):
            yield form, line[column]


@cache
def ordinary_words() -> frozenset[str]:
    """Words that football news writes in lower case: at the head of a sentence they are no names."""
    return frozenset(line["word"] for line in rows("ordinary_words.csv", ("word",)))


def _checked(
    path: Path, lines: Iterator[list[str]], columns: Sequence[str], optional: Sequence[str]
) -> Iterator[dict[str, str]]:
    header = next(lines, [])
    if header != list(columns):
        raise GazetteerError(f"{path}:1: the columns must be {','.join(columns)}, not {','.join(header)}")
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(lines, start=2):
        if not cells or cells[0].startswith("#"):
            continue
        if len(cells) != len(columns):
            raise GazetteerError(f"{path}:{number}: {len(cells)} cells where {len(columns)} belong")
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        missing = [c for c in columns if not row[c] and c not in optional]
        if missing:
            raise GazetteerError(f"{path}:{number}: {', '.join(missing)} must not be empty")
        if (first := seen.setdefault(tuple(row.values()), number)) != number:
            raise GazetteerError(f"{path}:{number}: the same as line {first}")
        yield row
