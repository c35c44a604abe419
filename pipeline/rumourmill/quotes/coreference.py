"""The people of an article and who of them a pronoun or a description means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from spacy.tokens import Doc

from rumourmill.nlp.tokens import text_of
from rumourmill.quotes.compatibility import Profile, profile_of
from rumourmill.quotes.reference import Reference

__all__ = ["Cast"]

RECENCY = (2.1, 1.0, 0.5, 0.2)  # the last subject or speaker, the one before ...
LARGEST = 60  # people around a reference who are weighed; no story has more
JUST_NAMED = 4  # names back among which a pronoun finds its only fit
RECENT = 10  # how many subjects and speakers back a pronoun reaches


class Cast:
    """Everybody in one article, with who was spoken of last.

    Args:
        doc: a Doc that has been through the component `players`.
    """

    def __init__(self, doc: Doc) -> None:
        text = text_of(doc)
        rows = [(r["player"], "player", r) for r in doc._.players] + [(r["person"], r["role"], r) for r in doc._.people]
        self.profiles = {name: profile_of(text, name, role, row) for name, role, row in rows}
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
        profile.gender = reference.gender or profile.gender
        if reference.age is not None and not profile.ages:
            profile.ages.add(reference.age)
        if reference.head:
            profile.titles.add(reference.head)
        if reference.club and not profile.clubs and not reference.former:
            profile.clubs.add(reference.club)

    def learn_gender(self, name: str | None, gender: str) -> None:
        """Keep the gender of a person, where it is not known yet."""
        profile = self.profiles.get(name or "")
        if profile is not None:
            profile.gender = profile.gender or gender

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
            fits = {p.name for p in candidates if p.fit(reference) is not None}
            women = {p.name for p in candidates if p.gender == "f"} if reference.gender == "f" else set()
            return self._meant(fits, women)
        everybody = [p for p in self.order[max(0, seen - LARGEST) : seen + LARGEST] if p.name not in barred]
        return self._described(reference, candidates) or self._only(reference, everybody)

    def _meant(self, fits: Collection[str], women: Collection[str]) -> str | None:
        """The person of whom a pronoun speaks: the last subject or speaker, else the only one just named.

        Args:
            fits: those whom it can mean.
            women: those of whom "she" surely speaks, before the last subject who may be a man.
        """
        recent = [name for name in self.recent[-RECENT:] if name is None or name in fits]
        named = self.named[-JUST_NAMED:]
        if recent:
            later = named[named.index(recent[-1]) :] if recent[-1] in named else named
            sure = [name for name in later if name in women] if recent[-1] not in women else []
            return sure[-1] if sure else recent[-1]
        only = {name for name in named if name in fits} or set(women)
        return only.pop() if len(only) == 1 else None

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
