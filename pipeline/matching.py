"""When two names, texts or dates mean the same: the rules by which a dataset is compared with gold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

__all__ = ["bare_date", "overlap", "plain", "same_amount", "same_club", "same_person"]

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
