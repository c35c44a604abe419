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
from pipeline.tokens import text_of

__all__ = ["Cast", "Profile"]

AGE_AFTER = re.compile(
    r"\s?[,(]\s?(?:who (?:is|turned|turns) |aged )?(1[4-9]|[2-8]\d)(?=[,).;]| years| in | and |-year)"
)
AGE_BEFORE = re.compile(r"(1[4-9]|[2-8]\d)[ -]year[ -]old[^.,;:!?]{0,40}$")
# What a known trait weighs for the person who has it, beside how lately he was spoken of.
NATIONALITY, AGE, ROLE, CLUB, POSITION, TITLE, PLAYS, DOUBT = 4.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, -1.5
RECENCY = (2.1, 1.0, 0.5, 0.2)  # the last subject or speaker, the one before ...
STAFF = frozenset({"manager", "coach"})
BOARD = frozenset({"executive", "owner", "official"})
YOUNGEST_STAFF, OLDEST_PLAYER = 30, 41
LARGEST = 60  # people around a reference who are weighed; no story has more
JUST_NAMED = 4  # names back among which a pronoun finds its only fit
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
        if wanted is None or own == "other":
            return 0
        if wanted == own:
            return PLAYS if self.is_player else ROLE
        if reference.former and wanted == "player":
            return None if self.is_player and self.is_known else int(own == "pundit")
        if {wanted, own} <= STAFF or {wanted, own} <= BOARD:
            return 1
        return None if self.is_known else DOUBT

    def _fit_age(self, age: int | None) -> float | None:
        if age is None:
            return 0
        if self.ages:
            return AGE if any(abs(age - own) <= 1 for own in self.ages) else None
        unlikely = age > OLDEST_PLAYER if self.is_player else age < YOUNGEST_STAFF
        return (None if self.is_known else DOUBT) if unlikely else 0

    def _fit_club(self, reference: Reference) -> float | None:
        if reference.club is None or not self.clubs:
            return 0
        if reference.club in self.clubs:
            return CLUB
        return 0 if self.is_player or reference.former else None


def _same(own: str | None, wanted: str | None, mark: float) -> float | None:
    if own is None or wanted is None:
        return 0
    return mark if own == wanted else None


class Cast:
    """Everybody in one article, with who was spoken of last.

    Args:
        doc: a Doc that has been through the component `players`.
    """

    def __init__(self, doc: Doc) -> None:
        text = text_of(doc)
        rows = [(r["player"], "player", r) for r in doc._.players] + [(r["person"], r["role"], r) for r in doc._.people]
        self.profiles = {name: _profile(text, name, role, row) for name, role, row in rows}
        self.countries: dict[str, str | None] = {row["club"]: row["country"] for row in doc._.clubs}
        self.order = sorted(self.profiles.values(), key=lambda p: p.first_seen)
        self.order_starts = [p.first_seen for p in self.order]
        self.recent: list[str | None] = []
        self.named: list[str] = []
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

    def note_named(self, names: Iterable[str]) -> None:
        """Remember that people were named, whatever they did in the sentence."""
        self.named.extend(names)

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
            return self._meant({p.name for p in candidates if p.fit(reference) is not None})
        everybody = [p for p in self.order[max(0, seen - LARGEST) : seen + LARGEST] if p.name not in barred]
        return self._described(reference, candidates) or self._only(reference, everybody)

    def _meant(self, fits: Collection[str]) -> str | None:
        """The person of whom a pronoun speaks: the last subject or speaker, else the only one just named."""
        for name in reversed(self.recent[-RECENT:]):
            if name is None or name in fits:
                return name
        named = {name for name in self.named[-JUST_NAMED:] if name in fits}
        return named.pop() if len(named) == 1 else None

    def _club(self, reference: Reference) -> str | None:
        """The club that "the Welsh club" or "a club statement" means: the last subject, of that country."""
        wanted = reference.nationality
        fits = (c for c in reversed(self.recent_clubs[-RECENT:]) if wanted is None or self.countries.get(c) == wanted)
        return next(fits, None)

    def _described(self, reference: Reference, candidates: Sequence[Profile]) -> str | None:
        """The person whom a description fits best, those spoken of last preferred; None when two fit alike."""
        lately = dict.fromkeys(name for name in reversed(self.recent[-RECENT:]) if name)
        bonus = dict(zip(lately, RECENCY, strict=False))
        weights: dict[str, float] = {}
        for profile in candidates:
            fit = profile.fit(reference)
            if fit is not None and (fit > 0 or not reference.relative):
                weights[profile.name] = fit + bonus.get(profile.name, 0)
        first, second, *_ = [*sorted(weights, key=lambda name: -weights[name]), "", ""]
        return first if weights.get(first, 0) > max(weights.get(second, 0), 0) else None

    def _only(self, reference: Reference, candidates: Sequence[Profile]) -> str | None:
        """Somebody who is named only later: the one whom all of it fits, or the only one who is no player."""
        fits = {p.name: fit for p in candidates if (fit := p.fit(reference)) is not None}
        best = max(fits.values(), default=0)
        named = [name for name, fit in fits.items() if fit == best and best > 0]
        if len(named) == 1:
            return named[0]
        staff = [name for name, fit in fits.items() if not self.profiles[name].is_player]
        return staff[0] if len(staff) == 1 and reference.role not in (None, "player", "other") else None

    def latest(self, excluded: Collection[str]) -> str | None:
        """The person who was the subject of a sentence last, those excluded left out."""
        return next((n for n in reversed(self.recent[-RECENT:]) if n is None or n not in excluded), None)


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
    return {fold(line["name"]): line["gender"] for line in gazetteer.first_names() if line["gender"] in ("m", "f")}
