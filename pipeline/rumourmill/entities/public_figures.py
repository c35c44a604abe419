"""Look up names in the lists of public figures and footballers, by year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rumourmill.entities.roles import OLDEST_PLAYER
from rumourmill.resources.gazetteer import Gazetteer, GazetteerError, fold, models_dir

__all__ = ["ListedPerson", "PublicFigures", "is_surname"]

YOUNGEST_PLAYER, STOPPED = 15, 42  # years of age between which a footballer may play; up to OLDEST_PLAYER he does
FOOTBALLERS = "footballers.csv"


@dataclass(frozen=True)
class ListedPerson:
    """What the lists say about a name.

    Args:
        role: `player`, or another role of roles.csv; `other` for a footballer who has stopped playing.
        certain: whether neither another list nor another year contradicts it.
    """

    role: str
    certain: bool = True


class Post(NamedTuple):
    """One line of public_figures.csv.

    Args:
        role: as in roles.csv.
        first: first year.
        last: last year; None if the person is still in office.
    """

    role: str
    first: int
    last: int | None

    def held_in(self, year: int) -> bool:
        """Return whether the person held the post in a year."""
        return self.first <= year and (self.last is None or year <= self.last)


class PublicFigures:
    """The lists public_figures.csv, which users can extend, and footballers.csv.

    Args:
        posts: folded name -> posts.
    """

    def __init__(self, posts: Mapping[str, Sequence[Post]]) -> None:
        self.posts = posts

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> PublicFigures:
        """Return the lists of a gazetteer, built once per gazetteer."""
        return gazetteer.derive(_build)

    def find(self, name: str, year: int | None) -> ListedPerson | None:
        """Return what the lists say about a name in a year.

        Args:
            name: the longest form in the article.
            year: of publication. Without it a name on both lists is left open, since players become managers.

        Returns:
            None if the lists do not have the name, or contradict each other.
        """
        folded = fold(name)
        posts = self.posts.get(folded, ())
        births = _birth_years(folded) if " " in folded else ()
        if year is None:
            return _find_undated(posts, births)
        role = next((post.role for post in posts if post.held_in(year)), None)
        if role is not None:
            return ListedPerson(role)
        return _footballer_in(year, births) if births else None


def is_surname(word: str) -> bool:
    """Return whether a folded word is the surname of a listed footballer."""
    return word in _surnames()


def _build(gazetteer: Gazetteer) -> PublicFigures:
    posts: dict[str, list[Post]] = {}
    for line in gazetteer.public_figures:
        last = int(line["to_year"]) if line["to_year"] else None
        posts.setdefault(fold(line["name"]), []).append(Post(line["role"], int(line["from_year"]), last))
    return PublicFigures(posts)


def _find_undated(posts: Sequence[Post], births: Sequence[int]) -> ListedPerson | None:
    if bool(posts) == bool(births):
        return None
    return ListedPerson(posts[0].role) if posts else ListedPerson("player", certain=False)


def _footballer_in(year: int, births: Sequence[int]) -> ListedPerson | None:
    """Return whether a footballer of that name plays in a year: a player, `other` if all have stopped, else None."""
    ages = [year - born for born in births]
    if any(YOUNGEST_PLAYER <= age <= OLDEST_PLAYER for age in ages):
        return ListedPerson("player")
    return ListedPerson("other") if all(age >= STOPPED for age in ages) else None


def _birth_years(folded: str) -> list[int]:
    """Return the years of birth of the footballers of a name, by binary search in the sorted file."""
    lines = _footballers()
    at = bisect_left(lines, folded, key=_folded_name)
    born = []
    while at < len(lines) and _folded_name(lines[at]) == folded:
        born.append(int(lines[at].rpartition(",")[2][:4]))
        at += 1
    return born


def _folded_name(line: str) -> str:
    return fold(line.rpartition(",")[0])


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_folded_name(line).rpartition(" ")[2] for line in _footballers())


@cache
def _footballers() -> tuple[str, ...]:
    """Return the lines of footballers.csv, unparsed: a table of 32,000 names would slow down loading."""
    path = models_dir() / "gazetteer" / FOOTBALLERS
    try:
        header, *lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    if header != "name,born":
        raise GazetteerError(f"{path}:1: the columns must be name,born, not {header}")
    return tuple(lines)
