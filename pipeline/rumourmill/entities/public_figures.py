"""Look up names in the lists of public figures and footballers, by year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rumourmill.resources.gazetteer import Gazetteer, GazetteerError, fold, models_dir

__all__ = ["ListedPerson", "PublicFigures", "is_surname"]

BEFORE_FIRST, AFTER_LAST = 2, 4  # years around the recorded moves of a footballer in which he is taken to play
LONGEST_STAY, LONGEST_CAREER = 10, 22  # years since his last move, since his first: later he is taken to have stopped
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
        years = _years_of_footballer(folded) if " " in folded else None
        if year is None:
            return _find_undated(posts, years)
        role = next((post.role for post in posts if post.held_in(year)), None)
        if role is not None:
            return ListedPerson(role)
        return _footballer_in(year, years) if years else None


def is_surname(word: str) -> bool:
    """Return whether a folded word is the surname of a listed footballer."""
    return word in _surnames()


def _build(gazetteer: Gazetteer) -> PublicFigures:
    posts: dict[str, list[Post]] = {}
    for line in gazetteer.public_figures:
        last = int(line["to_year"]) if line["to_year"] else None
        posts.setdefault(fold(line["name"]), []).append(Post(line["role"], int(line["from_year"]), last))
    return PublicFigures(posts)


def _find_undated(posts: Sequence[Post], years: tuple[int, int] | None) -> ListedPerson | None:
    if bool(posts) == bool(years):
        return None
    return ListedPerson(posts[0].role) if posts else ListedPerson("player", certain=False)


def _footballer_in(year: int, years: tuple[int, int]) -> ListedPerson | None:
    if years[0] - BEFORE_FIRST <= year <= years[1] + AFTER_LAST:
        return ListedPerson("player")
    stopped = year > years[1] + LONGEST_STAY or year > years[0] + LONGEST_CAREER
    return ListedPerson("other") if stopped else None


def _years_of_footballer(folded: str) -> tuple[int, int] | None:
    """Return first and last year of a footballer's recorded moves, by binary search in the sorted file."""
    lines = _footballers()
    at = bisect_left(lines, folded + ",")
    if at == len(lines) or not lines[at].startswith(folded + ","):
        return None
    _, first, last = lines[at].split(",")
    return int(first), int(last)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(line.partition(",")[0].rpartition(" ")[2] for line in _footballers())


@cache
def _footballers() -> tuple[str, ...]:
    """Return the lines of footballers.csv, unparsed: a table of 35,000 names would slow down loading."""
    path = models_dir() / "gazetteer" / FOOTBALLERS
    try:
        header, *lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    if header != "name,first_year,last_year":
        raise GazetteerError(f"{path}:1: the columns must be name,first_year,last_year, not {header}")
    return tuple(lines)
