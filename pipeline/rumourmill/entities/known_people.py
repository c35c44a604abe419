"""What is known of a name before the text is read: footballers by their years, and managers, owners and others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import GazetteerError, fold, models_dir
from rumourmill.resources.lists import remembered

__all__ = ["Known", "is_surname", "known"]

Figure = tuple[str, int, int]  # role, first and last year

BEFORE_FIRST, AFTER_LAST = 2, 4  # years around the moves of a footballer in which he surely plays
LONGEST_STAY, LONGEST_CAREER = 10, 22  # years since his last move, since his first: later he has stopped
FOOTBALLERS = "footballers.csv"


@dataclass(frozen=True)
class Known:
    """What a name stands for.

    Args:
        role: `player`, or the role of somebody else as in roles.csv; `other` for a footballer who has stopped.
        sure: whether no other list and no other time of his life speaks against it.
    """

    role: str
    sure: bool = True


def known(name: str, year: int | None) -> Known | None:
    """Who bears this name, by the lists of public_figures.csv and footballers.csv.

    Args:
        name: the longest form that the article has.
        year: of publication; without it only those who are on one of the lists can be told, since players
            become managers.

    Returns:
        None where the lists have no such name, or leave it open.
    """
    folded = fold(name)
    figure = _figures().get(folded, ())
    years = _footballer(folded) if " " in folded else None
    if year is None:
        return _undated(figure, years)
    role = next((role for role, first, last in figure if first <= year <= last), None)
    if role is not None:
        return Known(role)
    return _footballer_in(year, years) if years else None


def _undated(figure: Sequence[Figure], years: tuple[int, int] | None) -> Known | None:
    if bool(figure) == bool(years):
        return None
    return Known(figure[0][0]) if figure else Known("player", sure=False)


def _footballer_in(year: int, years: tuple[int, int]) -> Known | None:
    if years[0] - BEFORE_FIRST <= year <= years[1] + AFTER_LAST:
        return Known("player")
    stopped = year > years[1] + LONGEST_STAY or year > years[0] + LONGEST_CAREER
    return Known("other") if stopped else None


def is_surname(word: str) -> bool:
    """Whether a footballer on the list has this folded word for a surname."""
    return word in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(line.partition(",")[0].rpartition(" ")[2] for line in _footballers())


@remembered
def _figures() -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for line in gazetteer.public_figures():
        found.setdefault(fold(line["name"]), []).append((line["role"], int(line["from_year"]), int(line["to_year"])))
    return found


def _footballer(folded: str) -> tuple[int, int] | None:
    """First and last year of the moves on record; the file is sorted, so that no table of it need be built."""
    lines = _footballers()
    at = bisect_left(lines, folded + ",")
    if at == len(lines) or not lines[at].startswith(folded + ","):
        return None
    _, first, last = lines[at].split(",")
    return int(first), int(last)


@cache
def _footballers() -> tuple[str, ...]:
    path = models_dir() / "gazetteer" / FOOTBALLERS
    try:
        header, *lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    if header != "name,first_year,last_year":
        raise GazetteerError(f"{path}:1: the columns must be name,first_year,last_year, not {header}")
    return tuple(lines)
