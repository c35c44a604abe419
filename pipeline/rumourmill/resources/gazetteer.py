"""The files of models/gazetteer by what they tell, each validated when it is first asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from rumourmill.resources.lists import GazetteerError, Line, fold, models_dir, remembered, rows

__all__ = [
    "GazetteerError",
    "Line",
    "clubs",
    "competitions",
    "cues",
    "demonyms",
    "diminutives",
    "first_names",
    "fold",
    "genders",
    "grounds",
    "models_dir",
    "nicknames",
    "ordinary_words",
    "outlets",
    "peoples",
    "public_figures",
    "roles",
    "rows",
]

CUE_KINDS = frozenset("verb label manner source after".split())


def clubs() -> tuple[Line, ...]:
    """The lines of clubs.csv: club, country, city, ground, forms."""
    return rows("clubs.csv", ("club", "country", "city", "ground", "forms"), ("city", "ground", "forms"))


@remembered
def grounds() -> dict[str, frozenset[str]]:
    """Ground, folded -> the clubs that play or train there."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in clubs():
        for ground in filter(None, line["ground"].split("|")):
            found[fold(ground)].add(line["club"])
    return {ground: frozenset(names) for ground, names in found.items()}


@remembered
def nicknames() -> tuple[Line, ...]:
    """The lines of nicknames.csv: nickname, club (of clubs.csv), use (alone or named)."""
    lines = rows("nicknames.csv", ("nickname", "club", "use"))
    known = {line["club"] for line in clubs()}
    for line in lines:
        if line["club"] not in known:
            raise GazetteerError(f"{line.where}: {line['club']} does not stand in clubs.csv{_nearest(line['club'])}")
        if line["use"] not in ("alone", "named"):
            raise GazetteerError(f"{line.where}: use is alone or named, not {line['use']}")
    return lines


@remembered
def cues() -> tuple[Line, ...]:
    """The lines of cues.csv: phrase, kind, indirect (that, or empty)."""
    lines = rows("cues.csv", ("phrase", "kind", "indirect"), ("indirect",))
    for line in lines:
        if line["kind"] not in CUE_KINDS:
            raise GazetteerError(f"{line.where}: kind is one of {', '.join(sorted(CUE_KINDS))}, not {line['kind']}")
        if line["indirect"] not in ("that", ""):
            raise GazetteerError(f"{line.where}: indirect is that or empty, not {line['indirect']}")
    return lines


@remembered
def public_figures() -> tuple[Line, ...]:
    """The lines of public_figures.csv: name, role, from_year, to_year."""
    lines = rows("public_figures.csv", ("name", "role", "from_year", "to_year"))
    for line in lines:
        if not (line["from_year"].isdigit() and line["to_year"].isdigit()):
            raise GazetteerError(f"{line.where}: the years must be numbers")
    return lines


def demonyms() -> tuple[Line, ...]:
    """The lines of demonyms.csv: demonym, country, kind (noun, adjective, both, country)."""
    return rows("demonyms.csv", ("demonym", "country", "kind"))


@cache
def peoples() -> frozenset[str]:
    """Folded names of countries and of those who come from them, one and many: `mexico`, `mexican`, `mexicans`."""
    words = {fold(line["demonym"]) for line in demonyms()}
    return frozenset(words | {f"{word}s" for word in words})


@cache
def genders() -> dict[str, str]:
    """The lines of given_names.csv: folded name -> m or f."""
    return {line["name"]: line["gender"] for line in rows("given_names.csv", ("name", "gender"))}


def first_names() -> tuple[Line, ...]:
    """The lines of first_names.csv: name, gender (m or f)."""
    return rows("first_names.csv", ("name", "gender"))


@cache
def diminutives() -> frozenset[tuple[str, str]]:
    """The pairs of diminutives.csv, folded: a short form and a given name that it stands for."""
    return frozenset((fold(line["short"]), fold(line["name"])) for line in rows("diminutives.csv", ("short", "name")))


def roles() -> tuple[Line, ...]:
    """The lines of roles.csv: word, role (as quotes.speaker_role), position (of a player, else empty)."""
    return rows("roles.csv", ("word", "role", "position"), ("position",))


def competitions() -> Iterator[tuple[str, str]]:
    """Each name and form of competitions.csv, with the competition."""
    return _forms("competitions.csv", "competition")


def outlets() -> Iterator[tuple[str, str]]:
    """Each name and form of a paper, site, channel or platform, with the name under which it is credited."""
    return _forms("outlets.csv", "outlet")


def _nearest(name: str) -> str:
    """What to do about a club that we do not know by this name: the one that was meant, where that is clear."""
    names = {form: line["club"] for line in clubs() for form in (line["club"], *line["forms"].split("|")) if form}
    close = get_close_matches(name, names, n=1, cutoff=0.8)
    return f": did you mean {names[close[0]]}?" if close else ": add it to a clubs.csv"


def _forms(file: str, column: str) -> Iterator[tuple[str, str]]:
    for line in rows(file, (column, "country", "forms"), ("forms",)):
        for form in (line[column], *filter(None, line["forms"].split("|"))):
            yield form, line[column]


@cache
def ordinary_words() -> frozenset[str]:
    """Words that football news writes in lower case: at the head of a sentence they are no names."""
    return frozenset(line["word"] for line in rows("ordinary_words.csv", ("word",)))
