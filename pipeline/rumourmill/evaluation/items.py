"""What an article is said to state, by gold or by a dataset: the same items for both, so that they can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Date", "Fee", "Forms", "Item", "Move", "Name", "Quote", "Reading"]

Forms = tuple[str, ...]  # the ways a name is written, the usual one first; none where nobody is named
SHORTEST_QUOTE = 4  # words
SHOWN = 60  # characters of a quotation in the list of mistakes


class Item(Protocol):
    """One thing that an article states; `str()` shows it in the list of mistakes."""

    @property
    def optional(self) -> bool:
        """Whether gold holds that it need not be found."""
        ...


@dataclass(frozen=True)
class Name:
    """A footballer or a club."""

    forms: Forms
    optional: bool = False

    def __str__(self) -> str:
        return self.forms[0]


@dataclass(frozen=True)
class Fee:
    """An amount of money."""

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
    """A calendar expression; its days are ISO dates."""

    text: str
    first: str | None
    last: str | None
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.text} ({self.first or 'unknown'} to {self.last or 'unknown'})"


@dataclass(frozen=True)
class Quote:
    """A quotation."""

    text: str
    words: tuple[str, ...]
    speaker: str | None
    optional: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to count where the other side lacks it."""
        return len(self.words) < SHORTEST_QUOTE

    def __str__(self) -> str:
        cut = self.text if len(self.text) <= SHOWN else self.text[:SHOWN] + "…"
        return f"“{cut}” ({self.speaker or 'nobody'})"


@dataclass(frozen=True)
class Move:
    """A player's move to a club."""

    player: Forms
    from_club: Forms
    to_club: Forms
    status: str
    price: float | None
    optional: bool = False

    def __str__(self) -> str:
        seller, buyer = (forms[0] if forms else "nowhere named" for forms in (self.from_club, self.to_club))
        price = "no price" if self.price is None else f"{self.price:,.0f}"
        return f"{self.player[0]} from {seller} to {buyer} ({self.status}, {price})"


@dataclass(frozen=True)
class Reading:
    """All that one article is said to state; `published_on` is an ISO date."""

    published_on: str | None = None
    players: tuple[Name, ...] = ()
    clubs: tuple[Name, ...] = ()
    fees: tuple[Fee, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    transfers: tuple[Move, ...] = ()
