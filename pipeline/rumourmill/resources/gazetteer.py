"""The lists of models/gazetteer by name, validated on first access.

Lists that a user can extend are attributes of a `Gazetteer`: the shipped lists with the user's lines over them. The
other lists are functions of this module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar

from rumourmill.resources.lists import GazetteerError, Line, fold, models_dir, parse_rows, rows, without_article

__all__ = [
    "EXTENSIBLE",
    "Gazetteer",
    "GazetteerError",
    "Line",
    "competitions",
    "demonyms",
    "diminutives",
    "first_names",
    "fold",
    "genders",
    "models_dir",
    "ordinary_words",
    "peoples",
    "roles",
    "rows",
]

T = TypeVar("T")

EXTENSIBLE = ("clubs.csv", "nicknames.csv", "outlets.csv", "cues.csv", "public_figures.csv")
"""The lists that a user can extend."""

CUE_KINDS = frozenset("verb label manner source after".split())
DOLLAR = "\\u0024"  # spaCy reads `$` in a config value as a variable, so that the setting escapes it
SHARED = 4  # gazetteers with different user lists that are cached for the components of a process


class Gazetteer:
    r"""The lists that a user can extend, with the user's lines over the shipped ones.

    A user's line replaces all shipped lines with the same first cell (case, accents and "the" aside) and is added
    where there is none. Instances are immutable; lists and the tables derived from them are cached per instance.

    Args:
        user_lists: file name -> text of the user's lists, any of `EXTENSIBLE`; none by default. `$` may be written as
            `\u0024`, as `UserLists.setting` does.
        folder: folder of the user's lists, for error messages.

    Raises:
        GazetteerError: a user list has another name.
    """

    def __init__(self, user_lists: Mapping[str, str] | None = None, folder: str = "user_lists") -> None:
        self.user_lists = {name: text.replace(DOLLAR, "$") for name, text in (user_lists or {}).items()}
        self.folder = folder
        self._derived: dict[Callable[[Gazetteer], Any], Any] = {}
        if unknown := [name for name in self.user_lists if name not in EXTENSIBLE]:
            raise GazetteerError(f"{folder}/{unknown[0]} is not a list that can be extended: {', '.join(EXTENSIBLE)}")

    @classmethod
    def of(cls, user_lists: Mapping[str, str] | None = None) -> Gazetteer:
        """Return a gazetteer that all components with the same user lists share.

        Args:
            user_lists: file name -> text, the setting `user_lists` of a component; none by default.
        """
        return _shared(tuple(sorted((user_lists or {}).items())))

    def derive(self, build: Callable[[Gazetteer], T]) -> T:
        """Return what a function builds from this gazetteer; it is called once per instance.

        Args:
            build: a function or class of a module.
        """
        if build not in self._derived:
            self._derived[build] = build(self)
        found: T = self._derived[build]
        return found

    def check(self) -> None:
        """Validate all lists.

        Raises:
            GazetteerError: a list has an invalid line; the message names file, line and fault.
        """
        for name in EXTENSIBLE:
            getattr(self, name.removesuffix(".csv"))

    @cached_property
    def clubs(self) -> tuple[Line, ...]:
        """The lines of clubs.csv: club, country, city, ground, forms."""
        return self._rows("clubs.csv", ("club", "country", "city", "ground", "forms"), ("city", "ground", "forms"))

    @cached_property
    def grounds(self) -> dict[str, frozenset[str]]:
        """Folded name of a ground -> the clubs that play or train there."""
        found: dict[str, set[str]] = defaultdict(set)
        for line in self.clubs:
            for ground in filter(None, line["ground"].split("|")):
                found[fold(ground)].add(line["club"])
        return {ground: frozenset(names) for ground, names in found.items()}

    @cached_property
    def nicknames(self) -> tuple[Line, ...]:
        """The lines of nicknames.csv: nickname, club (of clubs.csv), use (alone or named)."""
        lines = self._rows("nicknames.csv", ("nickname", "club", "use"))
        known = {line["club"] for line in self.clubs}
        for line in lines:
            if line["club"] not in known:
                raise GazetteerError(f"{line.location}: {line['club']} is not in clubs.csv{self._hint(line['club'])}")
            if line["use"] not in ("alone", "named"):
                raise GazetteerError(f"{line.location}: use must be alone or named, not {line['use']}")
        return lines

    @cached_property
    def outlets(self) -> tuple[tuple[str, str], ...]:
        """Each name and form of a paper, site, channel or platform, with the name under which it is credited."""
        return tuple(_forms(self._rows("outlets.csv", ("outlet", "country", "forms"), ("forms",)), "outlet"))

    @cached_property
    def cues(self) -> tuple[Line, ...]:
        """The lines of cues.csv: phrase, kind, indirect (that, or empty)."""
        lines = self._rows("cues.csv", ("phrase", "kind", "indirect"), ("indirect",))
        for line in lines:
            if line["kind"] not in CUE_KINDS:
                kinds = ", ".join(sorted(CUE_KINDS))
                raise GazetteerError(f"{line.location}: kind must be one of {kinds}, not {line['kind']}")
            if line["indirect"] not in ("that", ""):
                raise GazetteerError(f"{line.location}: indirect must be that or empty, not {line['indirect']}")
        return lines

    @cached_property
    def public_figures(self) -> tuple[Line, ...]:
        """The lines of public_figures.csv: name, role, from_year, to_year (empty while the person is in office)."""
        lines = self._rows("public_figures.csv", ("name", "role", "from_year", "to_year"), ("to_year",))
        for line in lines:
            if not (line["from_year"].isdigit() and (line["to_year"] or "0").isdigit()):
                raise GazetteerError(f"{line.location}: the years must be numbers; to_year may be empty")
        return lines

    def _rows(self, name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> tuple[Line, ...]:
        """The lines of a list, the user's first."""
        shipped = rows(name, columns, optional)
        if name not in self.user_lists:
            return shipped
        own = parse_rows(self.user_lists[name], f"{self.folder}/{name}", columns, optional)
        replaced = {without_article(line[columns[0]]) for line in own}
        return own + tuple(line for line in shipped if without_article(line[columns[0]]) not in replaced)

    def _hint(self, name: str) -> str:
        """What to do about an unknown club: the most similar name, if there is one."""
        names = {
            form: line["club"] for line in self.clubs for form in (line["club"], *line["forms"].split("|")) if form
        }
        close = get_close_matches(name, names, n=1, cutoff=0.8)
        return f": did you mean {names[close[0]]}?" if close else ": add it to a clubs.csv"


@lru_cache(maxsize=SHARED)
def _shared(user_lists: tuple[tuple[str, str], ...]) -> Gazetteer:
    return Gazetteer(dict(user_lists))


def demonyms() -> tuple[Line, ...]:
    """Return the lines of demonyms.csv: demonym, country, kind (noun, adjective, both, country)."""
    return rows("demonyms.csv", ("demonym", "country", "kind"))


@cache
def peoples() -> frozenset[str]:
    """Return the folded names of countries and of their inhabitants: `mexico`, `mexican`, `mexicans`."""
    words = {fold(line["demonym"]) for line in demonyms()}
    return frozenset(words | {f"{word}s" for word in words})


@cache
def genders() -> dict[str, str]:
    """Return the names of given_names.csv: folded name -> m or f."""
    return {line["name"]: line["gender"] for line in rows("given_names.csv", ("name", "gender"))}


def first_names() -> tuple[Line, ...]:
    """Return the lines of first_names.csv: name, gender (m or f)."""
    return rows("first_names.csv", ("name", "gender"))


@cache
def diminutives() -> frozenset[tuple[str, str]]:
    """Return the pairs of diminutives.csv, folded: a short form and a given name."""
    return frozenset((fold(line["short"]), fold(line["name"])) for line in rows("diminutives.csv", ("short", "name")))


def roles() -> tuple[Line, ...]:
    """Return the lines of roles.csv: word, role (as quotes.speaker_role), position (of a player, else empty)."""
    return rows("roles.csv", ("word", "role", "position"), ("position",))


def competitions() -> Iterator[tuple[str, str]]:
    """Yield each name and form of competitions.csv with the name of the competition."""
    return _forms(rows("competitions.csv", ("competition", "country", "forms"), ("forms",)), "competition")


@cache
def ordinary_words() -> frozenset[str]:
    """Return words that football news writes in lower case: at the start of a sentence they are not names."""
    return frozenset(line["word"] for line in rows("ordinary_words.csv", ("word",)))


def _forms(lines: tuple[Line, ...], column: str) -> Iterator[tuple[str, str]]:
    for line in lines:
        for form in (line[column], *filter(None, line["forms"].split("|"))):
            yield form, line[column]
