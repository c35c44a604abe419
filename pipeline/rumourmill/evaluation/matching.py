"""String and number matching for evaluation, and the one-to-one pairing of gold items with predicted ones."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from rumourmill.evaluation.annotations import Item

__all__ = [
    "Pairing",
    "is_first_word",
    "normalize",
    "pair_items",
    "same_amount",
    "same_club",
    "same_last_words",
    "same_person",
    "strip_function_word",
    "word_overlap",
]

T = TypeVar("T", bound=Item)

# Words that do not distinguish clubs: FC Porto and Porto are the same club.
CLUB_FILLER = frozenset(
    "fc afc cf ac as sc ssc rc rcd cd ud sd fk sk rb sv tsg vfb vfl club de the football calcio 1 04 05 09 1899 ogc"
    " losc ca".split()
)
NOT_DECOMPOSED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "ß": "ss"})  # letters that NFKD leaves as they are
FUZZY_LENGTH = 8  # characters from which two club names may differ by a letter: Olympiakos, Olympiacos
FUZZY_RATIO = 0.9
TOLERANCE = 0.005  # relative, of an amount


def normalize(text: str | None) -> str:
    """Return a text in lower case, without accents, punctuation and possessive 's, with single spaces."""
    letters = unicodedata.normalize("NFKD", text or "").translate(NOT_DECOMPOSED)
    folded = "".join(c for c in letters if not unicodedata.combining(c)).casefold()
    folded = re.sub(r"['’`´]s\b", "", folded)
    return " ".join(re.findall(r"[a-z0-9]+", folded.replace("'", "").replace("’", "")))


def same_person(a: str | None, b: str | None) -> bool:
    """Return whether two names can be of one person: equal, alike in their last words, or a first word of the other."""
    return same_last_words(a, b) or is_first_word(a, b)


def same_last_words(a: str | None, b: str | None) -> bool:
    """Return whether the shorter name ends as the longer one does and has no words of its own.

    "Robben" matches "Arjen Robben" but not "Robben Barca"; "Tomas Verrell" matches "Tomas Jan Verrell". Two missing
    names match.
    """
    x, y = normalize(a).split(), normalize(b).split()
    if not x or not y:
        return x == y
    short, long = sorted((x, y), key=len)
    return x == y or (set(short) <= set(long) and short[-1] == long[-1])


def is_first_word(a: str | None, b: str | None) -> bool:
    """Return whether one name is a single word and the other begins with it: "Ronaldinho", "Ronaldinho Gaucho"."""
    short, long = sorted((normalize(a).split(), normalize(b).split()), key=len)
    return len(short) == 1 and short[0] == long[0]


def same_club(a: str | None, b: str | None) -> bool:
    """Return whether two club names are equal without fillers such as FC, or similar if both are long."""
    x, y = _club_key(a), _club_key(b)
    long = min(len(x), len(y)) >= FUZZY_LENGTH
    return x == y or (long and SequenceMatcher(None, x, y).ratio() >= FUZZY_RATIO)


def _club_key(name: str | None) -> str:
    words = normalize(name).split()
    return " ".join(w for w in words if w not in CLUB_FILLER) or " ".join(words)


def same_amount(a: float | None, b: float | None) -> bool:
    """Return whether two amounts differ by at most 0.5% of `b`, or are both missing."""
    if a is None or b is None:
        return a is None and b is None
    return abs(float(a) - b) <= TOLERANCE * b


def strip_function_word(text: str) -> str:
    """Return a date expression normalized and without one leading preposition or article."""
    return re.sub(r"^(the|on|in|of|until|since|by) ", "", normalize(text))


def word_overlap(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the number of words that two texts share, counted as multisets, divided by the longer text's words."""
    shared = (Counter(a) & Counter(b)).total()
    return shared / max(len(a), len(b), 1)


@dataclass(frozen=True)
class Pairing(Generic[T]):
    """The result of `pair_items`."""

    pairs: tuple[tuple[T, T], ...]  # gold item, predicted item
    missed: tuple[T, ...]  # gold items without a pair, optional ones left out
    spurious: tuple[T, ...]  # predicted items without a pair


def pair_items(gold: Sequence[T], predicted: Sequence[T], *matches: Callable[[T, T], bool]) -> Pairing[T]:
    """Pair gold items with predicted items one to one, greedily.

    Required gold items are paired before optional ones. Within each of these two groups, all pairs that the first
    predicate accepts are made before any pair of the second predicate, and so on; ties go to the earlier item.

    Args:
        gold: the annotated items of an article.
        predicted: the items extracted from it.
        matches: predicates of a gold item and a predicted item, the strictest first.
    """
    unpaired = list(predicted)
    pairs: list[tuple[T, T]] = []
    missed: list[T] = []
    for optional in (False, True):
        waiting = [item for item in gold if item.optional is optional]
        for match in matches:
            still_waiting = []
            for item in waiting:
                at = next((i for i, other in enumerate(unpaired) if match(item, other)), None)
                if at is None:
                    still_waiting.append(item)
                else:
                    pairs.append((item, unpaired.pop(at)))
            waiting = still_waiting
        missed += [item for item in waiting if not optional]
    return Pairing(tuple(pairs), tuple(missed), tuple(unpaired))
