"""When two names, texts or amounts mean the same, and how items are paired: a dataset is compared by these rules."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from rumourmill.evaluation.items import Item

__all__ = ["Pairing", "bare_date", "overlap", "pair", "plain", "same_amount", "same_club", "same_person"]

T = TypeVar("T", bound=Item)

# Words that tell no club from another: FC Porto and Porto are one.
CLUB_FILLER = frozenset(
    "fc afc cf ac as sc ssc rc rcd cd ud sd fk sk rb sv tsg vfb vfl club de the football calcio 1 04 05 09 1899 ogc"
    " losc ca".split()
)
UNDECOMPOSED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "ß": "ss"})
LONG_NAME = 8  # letters from which one may differ: Olympiakos, Olympiacos
TOLERANCE = 0.005  # of an amount


def plain(text: str | None) -> str:
    """Casefolded, without accents, punctuation and possessives, one space between words."""
    letters = unicodedata.normalize("NFKD", text or "").translate(UNDECOMPOSED)
    folded = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
    folded = re.sub(r"['’`´]s\b", "", folded)
    return " ".join(re.findall(r"[a-z0-9]+", folded.replace("'", "").replace("’", "")))


def same_person(a: str | None, b: str | None) -> bool:
    """Equal names, or one name within the other with the same last word."""
    x, y = plain(a).split(), plain(b).split()
    if not x or not y:
        return x == y
    short, long = sorted((x, y), key=len)
    return x == y or (set(short) <= set(long) and (short[-1] == long[-1] or len(short) == 1))


def same_club(a: str | None, b: str | None) -> bool:
    """Equal names once fillers such as FC are gone, or one letter apart in a long name."""
    x, y = _club_key(a), _club_key(b)
    long = min(len(x), len(y)) >= LONG_NAME
    return x == y or (long and SequenceMatcher(None, x, y).ratio() >= 0.9)


def _club_key(name: str | None) -> str:
    words = plain(name).split()
    return " ".join(w for w in words if w not in CLUB_FILLER) or " ".join(words)


def same_amount(a: float | None, b: float | None) -> bool:
    """Equal to half a per cent of `b`; two missing amounts are equal."""
    if a is None or b is None:
        return a is None and b is None
    return abs(float(a) - b) <= TOLERANCE * b


def bare_date(text: str) -> str:
    """A calendar expression without its preposition or article."""
    return re.sub(r"^(the|on|in|of|until|since|by) ", "", plain(text))


def overlap(a: Sequence[str], b: Sequence[str]) -> float:
    """Words shared by two texts over the number of words of the longer, counted as multisets."""
    shared = (Counter(a) & Counter(b)).total()
    return shared / max(len(a), len(b), 1)


@dataclass(frozen=True)
class Pairing(Generic[T]):
    """Gold items with what was found for them, and what is left over on either side."""

    pairs: tuple[tuple[T, T], ...]  # gold, found
    missed: tuple[T, ...]  # required gold items
    spurious: tuple[T, ...]


def pair(
    gold: Sequence[T],
    found: Sequence[T],
    same: Callable[[T, T], bool],
    closest: Callable[[T, T], bool] | None = None,
) -> Pairing[T]:
    """Pair items one to one: required ones of gold first, and of these the ones that have a closest partner.

    Args:
        gold: what the article states.
        found: what was found in it.
        same: whether a gold item and a found one may be partners.
        closest: whether they are such partners as are taken before others.

    Returns:
        The pairs, the required gold items without a partner, and the found ones without.
    """
    left, pairs, missed = list(found), [], []

    def rank(item: T) -> tuple[bool, bool]:
        return item.optional, not (closest and any(closest(item, other) for other in found))

    for item in sorted(gold, key=rank):
        tests = (closest, same) if closest else (same,)
        partner = next((i for test in tests for i, other in enumerate(left) if test(item, other)), None)
        if partner is not None:
            pairs.append((item, left.pop(partner)))
        elif not item.optional:
            missed.append(item)
    return Pairing(tuple(pairs), tuple(missed), tuple(left))
