"""What the gazetteer knows of clubs: names, forms, nicknames, towns; and which club a nickname means."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import fold
from rumourmill.resources.lists import remembered, without_article

__all__ = ["ClubLexicon"]


@dataclass(frozen=True)
class ClubLexicon:
    """The files clubs.csv and nicknames.csv as the component `clubs` asks them; every key is folded.

    Args:
        country: club -> its country.
        club_of: name or form -> club.
        nicknamed: nickname, or short name that several share -> the clubs that it fits.
        alone: nickname -> the club that it tells by itself.
        only_club_of: town -> its club, where the list has but one.
        towns: forms that are also the name of a town.
        grounds: stadiums and training grounds.
    """

    country: Mapping[str, str]
    club_of: Mapping[str, str]
    nicknamed: Mapping[str, tuple[str, ...]]
    alone: Mapping[str, str]
    only_club_of: Mapping[str, str]
    towns: Set[str]
    grounds: Set[str]

    @classmethod
    @remembered
    def load(cls) -> ClubLexicon:
        """What both files say now; GazetteerError where they contradict each other."""
        country, club_of, by_town = _read_clubs()
        nicknamed, alone = _read_nicknames()
        only = {town: clubs[0] for town, clubs in by_town.items() if len(clubs) == 1}
        grounds = gazetteer.grounds().keys() - club_of.keys()
        return cls(country, club_of, nicknamed, alone, only, by_town.keys() & club_of.keys(), grounds)

    def resolve(self, key: str, counts: Counter[str], written: Mapping[str, Set[str]], recognised: bool) -> str | None:
        """The one club that a nickname or shared short name means in an article.

        Args:
            key: the folded mention.
            counts: the clubs that the article names, with how often.
            written: the folded words under which the article names each of them.
            recognised: whether the recogniser or an article ("the Foxes") says that the mention is a club.

        Returns:
            A club, or None where it stays open.
        """
        fits = self.nicknamed.get(key, ())
        named = [club for club in fits if club in counts]
        full = [club for club in named if key in written[club]]
        own = self.club_of.get(key)
        for choice in (full, named):
            if len(choice) == 1 and own not in counts:
                return choice[0]
        if own is not None:
            return own
        if named:
            ranked = sorted(full or named, key=lambda club: -counts[club])
            return ranked[0] if len(ranked) == 1 or counts[ranked[0]] > counts[ranked[1]] else None
        if recognised:
            return self.alone.get(key) or (fits[0] if len(fits) == 1 else None)
        return None


def _read_clubs() -> tuple[dict[str, str], dict[str, str], dict[str, list[str]]]:
    country: dict[str, str] = {}
    club_of: dict[str, str] = {}
    by_town: dict[str, list[str]] = defaultdict(list)
    for line in gazetteer.clubs():
        club = line["club"]
        country[club] = line["country"]
        for town in filter(None, line["city"].split("|")):
            by_town[fold(town)].append(club)
        for form in (club, *filter(None, line["forms"].split("|"))):
            for spelling in _spellings(fold(form)):
                club_of.setdefault(spelling, club)
    return country, club_of, by_town


def _read_nicknames() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    nicknamed: dict[str, list[str]] = defaultdict(list)
    alone: dict[str, str] = {}
    for line in gazetteer.nicknames():
        for spelling in _spellings(without_article(line["nickname"])):
            nicknamed[spelling].append(line["club"])
            if line["use"] == "alone":
                alone[spelling] = line["club"]
    return {nickname: tuple(dict.fromkeys(fits)) for nickname, fits in nicknamed.items()}, alone


def _spellings(form: str) -> Iterator[str]:
    """The form as it is, with a space for its hyphens, and with the full stop of `St.`."""
    yield form
    if "st " in form:
        yield re.sub(r"\bst ", "st. ", form)
    if "-" in form:
        yield form.replace("-", " ")
