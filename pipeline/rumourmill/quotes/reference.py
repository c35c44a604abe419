"""What a text says of somebody in one noun phrase, before it is known who is meant."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Reference"]


class Reference(NamedTuple):
    """One noun phrase that can be a speaker.

    Args:
        first: index of its first word.
        last: index of the word after it.
        start: offset of the words that tell who it is.
        end: offset after them.
        kind: name, club, body (FIFA, a newspaper), pronoun, description, document (a statement, a club's spokesman)
            or unnamed (an insider).
        name: the canonical name of a person, club or body, else None.
        gender: m or f, of a pronoun.
        role: as roles.csv has it, position likewise.
        owner: whose, in "Salah's agent": the canonical name.
        head: its last word ("father", "winger"), "" when it has none.
        relative: whether it says whose ("his agent", "Salah's agent").
        former: whether it says "former".
        governed: whether a preposition stands before it.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    name: str | None = None
    gender: str | None = None
    role: str | None = None
    position: str | None = None
    nationality: str | None = None
    age: int | None = None
    club: str | None = None
    owner: str | None = None
    head: str = ""
    relative: bool = False
    former: bool = False
    governed: bool = False

    @property
    def plural(self) -> bool:
        """Whether it is "they", who may be anybody."""
        return self.kind == "pronoun" and self.gender is None

    @property
    def personal(self) -> bool:
        """Whether it refers to a person of the article, by whatever means."""
        return self.kind in ("name", "pronoun", "description")
