"""Resolve references to the people and clubs of an article.

A `Profile` holds what the article says about a person; a reference is resolved by its compatibility with the profiles
and by how recently each person was the subject of a sentence or spoke.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from rumourmill.entities.roles import OLDEST_PLAYER
from rumourmill.nlp.extensions import Row
from rumourmill.nlp.tokens import text_of
from rumourmill.quotes.noun_phrases import Reference
from rumourmill.resources.gazetteer import fold, genders

__all__ = ["CoreferenceResolver", "Profile", "build_profile"]

RECENCY = (2.1, 1.0, 0.5, 0.2)  # score of the last subject or speaker, of the one before ...
MAX_CANDIDATES = 60  # people before a reference, and after it, that are compared with it
JUST_NAMED = 4  # last names among which a pronoun without a subject is resolved
RECENT = 10  # last subjects and speakers that a pronoun can refer to
AGE_AFTER = re.compile(
    r"\s?[,(]\s?(?:who (?:is|turned|turns) |aged )?(1[4-9]|[2-8]\d)(?=[,).;]| years| in | and |-year)"
)
AGE_BEFORE = re.compile(r"(1[4-9]|[2-8]\d)[ -]year[ -]old[^.,;:!?]{0,40}$")
REACH = 60  # characters before a name that are searched for the age
GIVEN = re.compile(r"[a-z']+")
# Scores of traits that reference and profile share; they are added to the score of recency.
NATIONALITY, AGE, ROLE, CLUB, POSITION, TITLE = 4.0, 4.0, 3.0, 2.0, 1.0, 1.0
PLAYER_ROLE, NEAR_AGE, UNLIKELY = 2.0, 1.0, -1.5
STAFF = frozenset({"manager", "coach"})
BOARD = frozenset({"executive", "owner", "official"})
YOUNGEST_STAFF = 30  # years of age


@dataclass
class Profile:
    """What an article says about a person.

    Args:
        name: canonical name.
        role: as quotes.speaker_role.
        nationality: a country, or None.
        position: of a player, or None.
        clubs: canonical names.
        gender: m, f or None.
        first_seen: offset of the first mention.
        ages: in years; an article may give several.
        titles: nouns by which the text refers to the person ("father", "winger").
    """

    name: str
    role: str
    nationality: str | None
    position: str | None
    clubs: set[str]
    gender: str | None
    first_seen: int
    ages: set[int] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    @property
    def is_player(self) -> bool:
        """Whether the person is a player."""
        return self.role == "player"

    @property
    def is_certain(self) -> bool:
        """Whether the text, and not the recogniser alone, says whether the person is a player."""
        return bool(self.position or self.ages or self.titles) if self.is_player else self.role != "other"

    def compatibility(self, reference: Reference) -> float | None:
        """Return how many traits of a reference the person shares, as a score; None if one contradicts the profile."""
        scores = (
            self._score_role(reference),
            _score_equal(self.nationality, reference.nationality, NATIONALITY),
            _score_equal(self.gender, reference.gender, 0),
            self._score_age(reference.age),
            self._score_club(reference),
            TITLE if reference.head and reference.head in self.titles else 0,
            _score_equal(self.position, reference.position, POSITION) if self.is_player else 0,
        )
        return None if None in scores else sum(score for score in scores if score is not None)

    def _score_role(self, reference: Reference) -> float | None:
        wanted, own = reference.role, self.role
        if wanted == "other":
            return 0 if reference.head in self.titles else None
        if wanted is None or (own == "other" and not reference.former):
            return 0
        if reference.former and wanted == "player":
            return PLAYER_ROLE / 2 if own in ("player", "pundit", "other") else 0
        if wanted == own:
            return PLAYER_ROLE if self.is_player else ROLE
        if {wanted, own} <= STAFF or {wanted, own} <= BOARD:
            return 1
        return None if self.is_certain else UNLIKELY

    def _score_age(self, age: int | None) -> float | None:
        if age is None:
            return 0
        if self.ages:
            nearest = min(abs(age - own) for own in self.ages)
            return AGE if nearest == 0 else NEAR_AGE if nearest == 1 else None
        unlikely = age > OLDEST_PLAYER if self.is_player else age < YOUNGEST_STAFF
        return (None if self.is_certain else UNLIKELY) if unlikely else 0

    def _score_club(self, reference: Reference) -> float | None:
        if reference.club is None or not self.clubs:
            return 0
        if reference.club in self.clubs:
            return 0 if reference.former and self.is_player else CLUB
        return 0 if self.is_player or reference.former else None


def _score_equal(own: str | None, wanted: str | None, score: float) -> float | None:
    if own is None or wanted is None:
        return 0
    return score if own == wanted else None


def gender_of(name: str) -> str | None:
    """Return the gender of a given name, m or f; None for a surname alone, or a name of both genders."""
    first, *others = [*GIVEN.findall(fold(name)), ""]
    return genders().get(first) if any(others) else None


def build_profile(text: str, name: str, role: str, row: Row) -> Profile:
    """Build the profile of a person from a row and from the words beside the mentions.

    Args:
        text: the article.
        name: canonical name.
        role: as quotes.speaker_role.
        row: of `doc._.players` or `doc._.people`.
    """
    profile = Profile(
        name=name,
        role=role,
        nationality=row["nationality"],
        position=row.get("position"),
        clubs={row["club"]} if row["club"] else set(),
        gender=gender_of(name),
        first_seen=row["spans"][0]["start"] if row["spans"] else 0,
    )
    for span in row["spans"]:
        after = AGE_AFTER.match(text, span["end"])
        first = max(0, span["start"] - REACH)
        is_old = text.find("old", first, span["start"]) >= 0
        before = AGE_BEFORE.search(text, first, span["start"]) if is_old else None
        profile.ages.update(int(found[1]) for found in (after, before) if found)
    return profile


class CoreferenceResolver:
    """The people and clubs of an article, with the last subjects and speakers.

    Args:
        doc: a Doc with clubs and players.
    """

    def __init__(self, doc: Doc) -> None:
        text = text_of(doc)
        rows = [(r["player"], "player", r) for r in doc._.players] + [(r["person"], r["role"], r) for r in doc._.people]
        self.profiles = {name: build_profile(text, name, role, row) for name, role, row in rows}
        self.countries: dict[str, str | None] = {row["club"]: row["country"] for row in doc._.clubs}
        self.by_offset = sorted(self.profiles.values(), key=lambda p: p.first_seen)
        self.offsets = [p.first_seen for p in self.by_offset]
        self.recent: list[str | None] = []
        self.named: list[str] = []
        self.recent_clubs: list[str] = []

    def add_subject(self, name: str | None) -> None:
        """Add a person or club that was the subject of a sentence, or spoke; None and other names are skipped."""
        if name in self.profiles and name is not None:
            self.recent.append(name)
        elif name in self.countries and name is not None:
            self.recent_clubs.append(name)

    def update_profile(self, name: str | None, reference: Reference) -> None:
        """Add the traits of a reference to the profile of its referent, where they are not known yet."""
        profile = self.profiles.get(name or "")
        if profile is None:
            return
        profile.nationality = profile.nationality or reference.nationality
        profile.gender = reference.gender or profile.gender
        if reference.age is not None and not profile.ages:
            profile.ages.add(reference.age)
        if reference.head:
            profile.titles.add(reference.head)
        if reference.club and not profile.clubs and not reference.former:
            profile.clubs.add(reference.club)

    def update_gender(self, name: str | None, gender: str) -> None:
        """Set the gender of a person if it is not known yet."""
        profile = self.profiles.get(name or "")
        if profile is not None:
            profile.gender = profile.gender or gender

    def add_named(self, names: Iterable[str]) -> None:
        """Add people who were named in a sentence in any function."""
        self.named.extend(names)

    def add_unnamed_subject(self) -> None:
        """Add a subject without a name: the next pronoun may refer to that person."""
        self.recent.append(None)

    def role(self, name: str | None) -> str | None:
        """Return the role of a person of the article, None for any other name."""
        profile = self.profiles.get(name or "")
        return profile.role if profile else None

    def resolve(self, reference: Reference, excluded: Collection[str] = ()) -> str | None:
        """Return the person or club that a reference refers to, None if it is ambiguous.

        Args:
            reference: a noun phrase.
            excluded: people who are ruled out, such as those whom the quotation names.
        """
        if reference.name is not None:
            return reference.name
        if reference.kind == "document":
            return reference.owner or reference.club or self._resolve_club(reference)
        if reference.kind == "club":
            return reference.club or self._resolve_club(reference)
        if reference.kind == "unnamed":
            return None
        ruled_out = {*excluded, reference.owner}
        seen = bisect_left(self.offsets, reference.start)
        candidates = [p for p in self.by_offset[max(0, seen - MAX_CANDIDATES) : seen] if p.name not in ruled_out]
        if reference.kind == "pronoun":
            compatible = {p.name for p in candidates if p.compatibility(reference) is not None}
            women = {p.name for p in candidates if p.gender == "f"} if reference.gender == "f" else set()
            return self._resolve_pronoun(compatible, women)
        everybody = [
            p for p in self.by_offset[max(0, seen - MAX_CANDIDATES) : seen + MAX_CANDIDATES] if p.name not in ruled_out
        ]
        return self._resolve_description(reference, candidates) or self._resolve_cataphor(reference, everybody)

    def _resolve_pronoun(self, compatible: Collection[str], women: Collection[str]) -> str | None:
        """Return the last compatible subject or speaker, else the only compatible person just named.

        Args:
            compatible: names of people who are not ruled out by gender.
            women: for "she", people known to be female; they precede a last subject of unknown gender.
        """
        recent = [name for name in self.recent[-RECENT:] if name is None or name in compatible]
        named = self.named[-JUST_NAMED:]
        if recent:
            later = named[named.index(recent[-1]) :] if recent[-1] in named else named
            female = [name for name in later if name in women] if recent[-1] not in women else []
            return female[-1] if female else recent[-1]
        only = {name for name in named if name in compatible} or set(women)
        return only.pop() if len(only) == 1 else None

    def _resolve_club(self, reference: Reference) -> str | None:
        """Return the last club that was a subject, of the country of a reference such as "the Welsh club"."""
        wanted = reference.nationality
        matching = (
            c for c in reversed(self.recent_clubs[-RECENT:]) if wanted is None or self.countries.get(c) == wanted
        )
        return next(matching, None)

    def _resolve_description(self, reference: Reference, candidates: Sequence[Profile]) -> str | None:
        """Return the person with the highest score of compatibility and recency, None if two have the same."""
        recent = dict.fromkeys(name for name in reversed(self.recent[-RECENT:]) if name)
        bonus = dict(zip(recent, RECENCY, strict=False))
        scores: dict[str, float] = {}
        for profile in candidates:
            score = profile.compatibility(reference)
            if score is not None and (score > 0 or not reference.relative):
                scores[profile.name] = score + bonus.get(profile.name, 0)
        first, second, *_ = [*sorted(scores, key=lambda name: -scores[name]), "", ""]
        return first if scores.get(first, 0) > max(scores.get(second, 0), 0) else None

    def _resolve_cataphor(self, reference: Reference, candidates: Sequence[Profile]) -> str | None:
        """Return somebody who may be named later: the most compatible person, or the only one who is no player."""
        scores = {p.name: score for p in candidates if (score := p.compatibility(reference)) is not None}
        best = max(scores.values(), default=0)
        named = [name for name, score in scores.items() if score == best and best > 0]
        if len(named) == 1:
            return named[0]
        staff = [name for name in scores if not self.profiles[name].is_player]
        return staff[0] if len(staff) == 1 and reference.role not in (None, "player", "other") else None

    def last_subject(self, excluded: Collection[str]) -> str | None:
        """Return the last subject or speaker who is not excluded; None if that person has no name."""
        return next((n for n in reversed(self.recent[-RECENT:]) if n is None or n not in excluded), None)
