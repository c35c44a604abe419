"""Data classes for the content of one article, shared by gold annotations and predicted rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["AnnotatedMove", "Annotations", "Date", "Entity", "Fee", "Item", "Names", "Quote"]

Names = tuple[str, ...]  # every form of one name, the canonical form first; empty if no name is given
SHORT_QUOTE = 4  # words; shorter quotations are never counted as missed or spurious
MAX_QUOTE_SHOWN = 60  # characters of a quotation in the list of errors


class Item(Protocol):
    """An annotated or predicted item; `str()` is its form in the list of errors."""

    @property
    def optional(self) -> bool:
        """Whether the item counts neither as missed nor as found."""
        ...


@dataclass(frozen=True)
class Entity:
    """A player or a club."""

    names: Names
    optional: bool = False

    def __str__(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Fee:
    """An amount of money, in whole units of an ISO 4217 currency."""

    text: str
    amount: float
    amount_max: float | None
    currency: str
    kind: str
    optional: bool = False

    def __str__(self) -> str:
        upper = f" to {self.amount_max:,.0f}" if self.amount_max else ""
        return f"{self.text} ({self.amount:,.0f}{upper} {self.currency}, {self.kind})"


@dataclass(frozen=True)
class Date:
    """A date expression with its first and last day as ISO 8601 dates."""

    text: str
    first: str | None
    last: str | None
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.text} ({self.first or 'unknown'} to {self.last or 'unknown'})"


@dataclass(frozen=True)
class Quote:
    """A direct quotation; `words` are the normalized words of its text."""

    text: str
    words: tuple[str, ...]
    speaker: str | None
    optional: bool = False

    @property
    def is_short(self) -> bool:
        """Whether the quotation has fewer than SHORT_QUOTE words."""
        return len(self.words) < SHORT_QUOTE

    def __str__(self) -> str:
        cut = self.text if len(self.text) <= MAX_QUOTE_SHOWN else self.text[:MAX_QUOTE_SHOWN] + "…"
        return f"“{cut}” ({self.speaker or 'no speaker'})"


@dataclass(frozen=True)
class AnnotatedMove:
    """A move of a player to a club; `price` is in the currency of the fee."""

    player: Names
    from_club: Names
    to_club: Names
    status: str
    price: float | None
    optional: bool = False

    def __str__(self) -> str:
        seller, buyer = (names[0] if names else "no club" for names in (self.from_club, self.to_club))
        price = "no price" if self.price is None else f"{self.price:,.0f}"
        return f"{self.player[0]} from {seller} to {buyer} ({self.status}, {price})"


@dataclass(frozen=True)
class Annotations:
    """All items of one article; `published_on` is an ISO 8601 date."""

    published_on: str | None = None
    players: tuple[Entity, ...] = ()
    clubs: tuple[Entity, ...] = ()
    fees: tuple[Fee, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    transfers: tuple[AnnotatedMove, ...] = ()
