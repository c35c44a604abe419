"""The people of an article and who of them a pronoun or a description means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from pipeline import gazetteer
from pipeline.annotations import Row
from pipeline.gazetteer import fold
from pipeline.speech.reference import Reference

__all__ = ["Cast", "Profile"]

AGE_AFTER = re.compile(
    r"\s?[,(]\s?(?:who (?:is|turned|turns) |aged )?(1[4-9]|[2-8]\d)(?=[,).;]| years| in | and |-year)"
)
AGE_BEFORE = re.compile(r"(1[4-9]|[2-8]\d)[ -]year[ -]old[^.,;:!?]{0,40}$")
CONTRADICTED = -1
STAFF = frozenset({"manager", "coach"})
BOARD = frozenset({"executive", "owner", "official"})
YOUNGEST_STAFF, OLDEST_PLAYER = 30, 41
LARGEST = 60  # people around a reference who are weighed; no story has more
RECENT = 10  # how many subjects and speakers back a pronoun reaches


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

    def fit(self, reference: Reference) -> int:
        """How many of a reference's traits this person is known to have; CONTRADICTED where one is known to differ."""
        marks = (
            self._fit_role(reference),
            _same(self.nationality, reference.nationality, 2),
            _same(self.gender, reference.gender, 0),
            self._fit_age(reference.age),
            self._fit_club(reference),
            int(bool(reference.head) and reference.head in self.titles),
            _same(self.position, reference.position, 1) if self.is_player else 0,
        )
        return CONTRADICTED if CONTRADICTED in marks else sum(marks)

    def _fit_role(self, reference: Reference) -> int:
        wanted, own = reference.role, self.role
        if wanted is None or wanted == "other":
            return CONTRADICTED if wanted and reference.head not in self.titles else 0
        if wanted == own:
            return 2
        if reference.former and wanted == "player":
            return CONTRADICTED if self.is_player else 1 if own == "pundit" else 0
        if own == "other" or {wanted, own} <= STAFF or {wanted, own} <= BOARD:
            return int(own != "other")
        return CONTRADICTED

    def _fit_age(self, age: int | None) -> int:
        if age is None:
            return 0
        if not self.ages:
            too_young, too_old = age < YOUNGEST_STAFF and not self.is_player, age > OLDEST_PLAYER and self.is_player
            return CONTRADICTED if too_young or too_old else 0
        return 2 if any(abs(age - own) <= 1 for own in self.ages) else CONTRADICTED

    def _fit_club(self, reference: Reference) -> int:
        if reference.club is None or not self.clubs:
            return 0
        if reference.club in self.clubs:
            return 2
        return 0 if self.is_player or reference.former else CONTRADICTED


def _same(own: str | None, wanted: str | None, mark: int) -> int:
    if own is None or wanted is None:
        return 0
    return mark if own == wanted else CONTRADICTED


class Cast:
    """Everybody in one article, with who was spoken of last.

    Args:
        doc: a Doc that has been through the component `players`.
    """

    def __init__(self, doc: Doc) -> None:
        rows = [(r["player"], "player", r) for r in doc._.players] + [(r["person"], r["role"], r) for r in doc._.people]
        self.profiles = {name: _profile(doc.text, name, role, row) for name, role, row in rows}
        self.countries: dict[str, str | None] = {row["club"]: row["country"] for row in doc._.clubs}
        self.order = sorted(self.profiles.values(), key=lambda p: p.first_seen)
        self.order_starts = [p.first_seen for p in self.order]
        self.recent: list[str | None] = []
        self.recent_clubs: list[str] = []

    def note(self, name: str | None) -> None:
        """Remember that a person was the subject of a sentence, or spoke."""
        if name in self.profiles and name is not None:
            self.recent.append(name)
        elif name in self.countries and name is not None:
            self.recent_clubs.append(name)

    def learn(self, name: str | None, reference: Reference) -> None:
        """Keep what a name or description says of its bearer, where nothing is known yet."""
        profile = self.profiles.get(name or "")
        if profile is None:
            return
        profile.nationality = profile.nationality or reference.nationality
        if reference.age is not None and not profile.ages:
            profile.ages.add(reference.age)
        if reference.head:
            profile.titles.add(reference.head)
        if reference.club and not profile.clubs and not reference.former:
            profile.clubs.add(reference.club)

    def note_stranger(self) -> None:
        """Remember that somebody without a name was the subject: the next "he" may be him."""
        self.recent.append(None)

    def role(self, name: str | None) -> str | None:
        """The role of a person of the article, None for anybody else."""
        profile = self.profiles.get(name or "")
        return profile.role if profile else None

    def resolve(self, reference: Reference, excluded: Collection[str] = ()) -> str | None:
        """The person or club that a reference means, None when that is not certain.

        Args:
            reference: a name, pronoun, description or club.
            excluded: people who cannot be meant, such as those the quotation talks about.
        """
        if reference.name is not None:
            return reference.name
        if reference.kind == "document":
            return reference.owner or reference.club or self._club(reference)
        if reference.kind == "club":
            return reference.club or self._club(reference)
        if reference.kind == "unnamed":
            return None
        barred = {*excluded, reference.owner}
        seen = bisect_left(self.order_starts, reference.start)
        candidates = [p for p in self.order[max(0, seen - LARGEST) : seen] if p.name not in barred]
        if reference.kind == "pronoun":
            return self._latest([p.name for p in candidates if p.fit(reference) >= 0])
        return self._described(reference, candidates) or self._described(
            reference,
            [p for p in self.order[max(0, seen - LARGEST) : seen + LARGEST] if p.name not in barred],
            certain=True,
        )

    def _club(self, reference: Reference) -> str | None:
        """The club that "the Welsh club" or "a club statement" means: the last subject, of that country."""
        wanted = reference.nationality
        fits = [c for c in reversed(self.recent_clubs) if wanted is None or self.countries.get(c) == wanted]
        return fits[0] if fits else None

    def _described(self, reference: Reference, candidates: Sequence[Profile], certain: bool = False) -> str | None:
        fits = [(p.fit(reference), p) for p in candidates]
        best = max((fit for fit, _ in fits), default=CONTRADICTED)
        if best > 0:
            named = [p.name for fit, p in fits if fit == best]
            if len(named) == 1:
                return named[0]
            return self._latest(named)
        if certain:  # the only one who is no player must be "the chairman"
            staff = [p.name for fit, p in fits if fit == 0 and not p.is_player]
            return staff[0] if len(staff) == 1 and reference.role not in (None, "player", "other") else None
        if reference.relative:
            return None
        return self._latest(p.name for fit, p in fits if fit == 0)

    def latest(self, excluded: Collection[str]) -> str | None:
        """The person who was the subject of a sentence last, those excluded left out."""
        return self._latest(name for name in self.profiles if name not in excluded)

    def _latest(self, names: Iterable[str]) -> str | None:
        wanted = set(names)
        for name in reversed(self.recent[-RECENT:]):
            if name is None or name in wanted:
                return name
        return None


def _profile(text: str, name: str, role: str, row: Row) -> Profile:
    profile = Profile(
        name=name,
        role=role,
        nationality=row["nationality"],
        position=row.get("position"),
        clubs={row["club"]} if row["club"] else set(),
        gender=_genders().get(fold(name.split(maxsplit=1)[0])) if name.strip() else None,
        first_seen=row["spans"][0]["start"] if row["spans"] else 0,
    )
    for span in row["spans"]:
        after = AGE_AFTER.match(text, span["end"])
        before = AGE_BEFORE.search(text, max(0, span["start"] - 60), span["start"])
        profile.ages.update(int(found[1]) for found in (after, before) if found)
    return profile


@cache
def _genders() -> dict[str, str]:
    """First names that tell the gender: folded name -> m or f."""
    lines = gazetteer.rows("first_names.csv", ("name", "gender"))
    return {fold(line["name"]): line["gender"] for line in lines if line["gender"] in ("m", "f")}
