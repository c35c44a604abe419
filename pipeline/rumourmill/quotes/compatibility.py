"""What an article tells of one person, and how well a reference fits him."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rumourmill.nlp.extensions import Row
from rumourmill.quotes.reference import Reference
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import fold

__all__ = ["Profile", "profile_of"]

AGE_AFTER = re.compile(
    r"\s?[,(]\s?(?:who (?:is|turned|turns) |aged )?(1[4-9]|[2-8]\d)(?=[,).;]| years| in | and |-year)"
)
AGE_BEFORE = re.compile(r"(1[4-9]|[2-8]\d)[ -]year[ -]old[^.,;:!?]{0,40}$")
REACH = 60  # characters before a name in which its bearer's age may stand
GIVEN = re.compile(r"[a-z']+")
# What a known trait weighs for the person who has it, beside how lately he was spoken of.
NATIONALITY, AGE, ROLE, CLUB, POSITION, TITLE, PLAYS, DOUBT = 4.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, -1.5
STAFF = frozenset({"manager", "coach"})
BOARD = frozenset({"executive", "owner", "official"})
YOUNGEST_STAFF, OLDEST_PLAYER = 30, 41


@dataclass
class Profile:
    """What the article tells of one person."""

    name: str
    role: str
    nationality: str | None
    position: str | None
    clubs: set[str]
    gender: str | None
    first_seen: int
    ages: set[int] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)  # "father", "winger": how the text introduced the person

    @property
    def is_player(self) -> bool:
        """Whether the person plays."""
        return self.role == "player"

    @property
    def is_known(self) -> bool:
        """Whether the text itself, and not the recogniser alone, tells whether the person plays."""
        return bool(self.position or self.ages or self.titles) if self.is_player else self.role != "other"

    def fit(self, reference: Reference) -> float | None:
        """How well the traits of a reference are known of this person; None where one is known to differ."""
        marks = (
            self._fit_role(reference),
            _same(self.nationality, reference.nationality, NATIONALITY),
            _same(self.gender, reference.gender, 0),
            self._fit_age(reference.age),
            self._fit_club(reference),
            TITLE if reference.head and reference.head in self.titles else 0,
            _same(self.position, reference.position, POSITION) if self.is_player else 0,
        )
        return None if None in marks else sum(m for m in marks if m is not None)

    def _fit_role(self, reference: Reference) -> float | None:
        wanted, own = reference.role, self.role
        if wanted == "other":
            return 0 if reference.head in self.titles else None
        if wanted is None or (own == "other" and not reference.former):
            return 0
        if reference.former and wanted == "player":
            return PLAYS / 2 if own in ("player", "pundit", "other") else 0
        if wanted == own:
            return PLAYS if self.is_player else ROLE
        if {wanted, own} <= STAFF or {wanted, own} <= BOARD:
            return 1
        return None if self.is_known else DOUBT

    def _fit_age(self, age: int | None) -> float | None:
        if age is None:
            return 0
        if self.ages:
            nearest = min(abs(age - own) for own in self.ages)
            return AGE if nearest == 0 else POSITION if nearest == 1 else None
        unlikely = age > OLDEST_PLAYER if self.is_player else age < YOUNGEST_STAFF
        return (None if self.is_known else DOUBT) if unlikely else 0

    def _fit_club(self, reference: Reference) -> float | None:
        if reference.club is None or not self.clubs:
            return 0
        if reference.club in self.clubs:
            return 0 if reference.former and self.is_player else CLUB
        return 0 if self.is_player or reference.former else None


def _same(own: str | None, wanted: str | None, mark: float) -> float | None:
    if own is None or wanted is None:
        return 0
    return mark if own == wanted else None


def gender_of(name: str) -> str | None:
    """The gender that a given name tells, None for a surname or a name of both."""
    first, *others = [*GIVEN.findall(fold(name)), ""]
    return gazetteer.genders().get(first) if any(others) else None


def profile_of(text: str, name: str, role: str, row: Row) -> Profile:
    """What the rows and the words beside the names tell of a person.

    Args:
        text: the article.
        name: canonical name.
        role: as `quotes.speaker_role` has it.
        row: of the table players, or of the other people.
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
