"""Noun phrases of signs: "Roma's winger P" is a player with an owner, "C boss H" is the club, "C, C and C" a list.

What stays is a short line of parts, each a player, a club, a list of either, or a cue; on it frames are matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rumourmill.transfers.sentences import Sign

__all__ = ["Part", "parts"]

DESCRIBING = frozenset({"pos", "nat", "M", "value", "deal", "free", "hedge"})
LISTING = frozenset({",", "and"})
DESCRIPTION = 8  # tokens between a description and the name
ITEM = 6  # tokens between the mark of a list and its next item


class Part(NamedTuple):
    """One part of a sentence.

    Args:
        symbol: C or P (named), c or p (pronoun, description), H, M, a cue or a small word.
        names: the canonical names of a player, a club or a list.
        owners: for each name the club that a player's description gives him.
        start: first token.
        end: the token after its last.
    """

    symbol: str
    names: tuple[str, ...]
    start: int
    end: int
    owners: tuple[str | None, ...] = ()
    former: bool = False


def parts(signs: Sequence[Sign]) -> list[Part]:
    """The signs of a sentence, its noun phrases joined."""
    line = _spokesmen([_part(sign) for sign in signs])
    return _lists(_apposed(_owned(line)))


def _part(sign: Sign) -> Part:
    if sign.kind in "PC":
        symbol = sign.kind if sign.how == "named" else sign.kind.lower()
        return Part(symbol, (sign.name,), sign.start, sign.end, (None,))
    return Part(sign.kind if sign.kind in "HM" else sign.name, (), sign.start, sign.end)


def _spokesmen(line: list[Part]) -> list[Part]:
    """`C boss H`, `C 's boss H`, `C boss`: the club acts. The club of a known H comes as `H c` and stays."""
    out: list[Part] = []
    for part in line:
        if part.symbol == "c" and out and out[-1].start == part.start and out[-1].symbol == "H":
            if len(out) > 1 and out[-2].symbol == "C":
                out.pop()
            else:
                out[-1] = part._replace(symbol="c")
        elif part.symbol in ("boss", "other") and out and out[-1].symbol in ("C", "'s"):
            if out[-1].symbol == "'s" and len(out) > 1 and out[-2].symbol == "C":
                out.pop()
        elif part.symbol == "H" and out and out[-1].symbol == "C" and _touch(out[-1], part):
            out.append(part)
        else:
            out.append(part)
    return out


def _touch(left: Part, right: Part) -> bool:
    return right.start - left.end <= 3


def _owned(line: list[Part]) -> list[Part]:
    """`C (’s) pos P`: the club is part of the player's description."""
    out: list[Part] = []
    for part in line:
        out.append(_claimed(out, part) if part.symbol == "P" else part)
    return out


def _claimed(out: list[Part], player: Part) -> Part:
    """The player with the club that stands in his description, which is taken off what came before him."""
    at = len(out)
    while at and out[at - 1].symbol in DESCRIBING and player.start - out[at - 1].end <= DESCRIPTION:
        at -= 1
    described = at < len(out)
    former = bool(at) and out[at - 1].symbol == "former"
    at -= former
    possessive = bool(at) and out[at - 1].symbol == "'s"
    at -= possessive
    if not at or out[at - 1].symbol not in "Cc":
        return player
    owner = out[at - 1]
    bound = described or possessive or former or _adjacent(owner, player)
    if not bound or player.start - owner.end > DESCRIPTION + 1:
        return player
    del out[at - 1 :]
    return player._replace(owners=owner.names[:1], former=former)


def _adjacent(club: Part, player: Part) -> bool:
    return player.start == club.end


def _apposed(line: list[Part]) -> list[Part]:
    """`P of C`, `P , the C pos`, `P ( C pos`: the club behind him is his owner."""
    out: list[Part] = []
    at = 0
    while at < len(line):
        part = line[at]
        rest = [p.symbol for p in line[at + 1 : at + 5]]
        if part.symbol == "P" and part.owners == (None,):
            skip = 0
            if rest[:2] == ["of", "C"]:
                skip = 2
            elif rest[:3] in ([",", "C", "pos"], [",", "C", "'s"]) and "pos" in rest:
                skip = rest.index("pos") + 1
            if skip and line[at + skip].end - part.end <= DESCRIPTION + 1:
                club = next(p for p in line[at + 1 : at + skip + 1] if p.symbol == "C")
                part = part._replace(owners=club.names[:1])
                out.append(part)
                at += skip + 1
                continue
        out.append(part)
        at += 1
    return out


def _lists(line: list[Part]) -> list[Part]:
    """`C , C and C` is one part with three names; so are players."""
    out: list[Part] = []
    for part in line:
        if part.symbol in "CP" and len(out) > 1 and _continues(out[-2], out[-1], part):
            first = out[-2]
            del out[-2:]
            names, owners = first.names + part.names, first.owners + part.owners
            out.append(first._replace(names=names, owners=owners, end=part.end))
        else:
            out.append(part)
    return out


def _continues(first: Part, mark: Part, part: Part) -> bool:
    near = part.start - mark.end <= ITEM and mark.start - first.end <= 1
    return near and mark.symbol in LISTING and first.symbol == part.symbol
