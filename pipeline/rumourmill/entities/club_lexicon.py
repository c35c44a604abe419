"""Look up clubs by name, form, nickname or town, and resolve ambiguous nicknames."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from rumourmill.resources.gazetteer import Gazetteer, fold
from rumourmill.resources.lists import without_article

__all__ = ["ClubLexicon"]


@dataclass(frozen=True)
class ClubLexicon:
    """Tables of clubs.csv and nicknames.csv. All keys are folded.

    Args:
        country: club -> its country.
        club_of: name or form -> club.
        nicknamed: nickname, or short name that several clubs share -> the clubs.
        alone: nickname -> the club that it means without other evidence.
        only_club_of: town -> its club, where exactly one club is listed.
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
    def of(cls, gazetteer: Gazetteer) -> ClubLexicon:
        """Return the tables of a gazetteer, built once per gazetteer.

        Raises:
            GazetteerError: a list has an invalid line.
        """
        return gazetteer.derive(_build)

    def resolve(self, key: str, counts: Counter[str], words: Mapping[str, Set[str]], recognised: bool) -> str | None:
        """Return the club that a nickname or shared short name means in an article.

        Args:
            key: the folded mention.
            counts: the clubs that the article names -> number of mentions.
            words: each of these clubs -> the folded words of its mentions.
            recognised: whether the recogniser or a definite article ("the Foxes") marks the mention as a club.

        Returns:
            The club, or None if the mention is ambiguous.
        """
        fits = self.nicknamed.get(key, ())
        named = [club for club in fits if club in counts]
        full = [club for club in named if key in words[club]]
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


def _build(gazetteer: Gazetteer) -> ClubLexicon:
    country, club_of, by_town = _club_tables(gazetteer)
    nicknamed, alone = _nickname_tables(gazetteer)
    only = {town: clubs[0] for town, clubs in by_town.items() if len(clubs) == 1}
    grounds = gazetteer.grounds.keys() - club_of.keys()
    return ClubLexicon(country, club_of, nicknamed, alone, only, by_town.keys() & club_of.keys(), grounds)


def _club_tables(gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str], dict[str, list[str]]]:
    country: dict[str, str] = {}
    club_of: dict[str, str] = {}
    by_town: dict[str, list[str]] = defaultdict(list)
    for line in gazetteer.clubs:
        club = line["club"]
        country[club] = line["country"]
        for town in filter(None, line["city"].split("|")):
            by_town[fold(town)].append(club)
        for form in (club, *filter(None, line["forms"].split("|"))):
            for spelling in _spellings(fold(form)):
                club_of.setdefault(spelling, club)
    return country, club_of, by_town


def _nickname_tables(gazetteer: Gazetteer) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    nicknamed: dict[str, list[str]] = defaultdict(list)
    alone: dict[str, str] = {}
    for line in gazetteer.nicknames:
        for spelling in _spellings(without_article(line["nickname"])):
            nicknamed[spelling].append(line["club"])
            if line["use"] == "alone":
                alone[spelling] = line["club"]
    return {nickname: tuple(dict.fromkeys(fits)) for nickname, fits in nicknamed.items()}, alone


def _spellings(form: str) -> Iterator[str]:
    """Yield a form, also with spaces for its hyphens and with the full stop of `St.`."""
    yield form
    if "st " in form:
        yield re.sub(r"\bst ", "st. ", form)
    if "-" in form:
        yield form.replace("-", " ")
