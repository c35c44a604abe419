"""Joins the tags of a sentence to noun chunks.

"Roma's winger P" is a player with an owner, "C boss H" is the club, "C, C and C" is one chunk with three names. The
result is a short sequence of players, clubs, lists of either, triggers and function words, on which frames are matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rumourmill.transfers.sentences import Tag

__all__ = ["NounChunk", "join_noun_chunks"]

DESCRIPTIVE = frozenset({"pos", "nat", "M", "value", "deal", "free", "hedge"})
LIST_SEPARATORS = frozenset({",", "and"})
DESCRIPTION_REACH = 8  # tokens between a description and the name, at most
ITEM_REACH = 6  # tokens between a separator and the next item of a list, at most


class NounChunk(NamedTuple):
    """A noun chunk, or a trigger or word outside of one.

    Args:
        symbol: C or P (named), c or p (pronoun, description), H, M, a trigger or a function word.
        names: the canonical names of a player, a club or a list.
        start: first token.
        end: the token after the last.
        owners: for each name the club that the description of the player gives, else None.
        former: whether this club is a former one.
    """

    symbol: str
    names: tuple[str, ...]
    start: int
    end: int
    owners: tuple[str | None, ...] = ()
    former: bool = False


def join_noun_chunks(tags: Sequence[Tag]) -> list[NounChunk]:
    """Return the tags of a sentence with noun chunks joined."""
    chunks = _join_spokespeople([_chunk(tag) for tag in tags])
    return _join_lists(_join_appositions(_join_owners(chunks)))


def _chunk(tag: Tag) -> NounChunk:
    if tag.kind in "PC":
        symbol = tag.kind if tag.is_named else tag.kind.lower()
        return NounChunk(symbol, (tag.name,), tag.start, tag.end, (None,))
    return NounChunk(tag.kind if tag.kind in "HM" else tag.name, (), tag.start, tag.end)


def _join_spokespeople(chunks: Sequence[NounChunk]) -> list[NounChunk]:
    """Reduce `C boss H`, `C 's boss H` and `C boss` to the club; a person of a known club (`H c`) becomes `c`."""
    out: list[NounChunk] = []
    for chunk in chunks:
        if chunk.symbol == "c" and out and out[-1].start == chunk.start and out[-1].symbol == "H":
            if len(out) > 1 and out[-2].symbol == "C":
                out.pop()
            else:
                out[-1] = chunk
        elif chunk.symbol in ("boss", "other") and out and out[-1].symbol in ("C", "'s"):
            if out[-1].symbol == "'s" and len(out) > 1 and out[-2].symbol == "C":
                out.pop()
        else:
            out.append(chunk)
    return out


def _join_owners(chunks: Sequence[NounChunk]) -> list[NounChunk]:
    """Join `C (’s) pos P`: the club is the owner in the description of the player."""
    out: list[NounChunk] = []
    for chunk in chunks:
        out.append(_with_owner(out, chunk) if chunk.symbol == "P" else chunk)
    return out


def _with_owner(before: list[NounChunk], player: NounChunk) -> NounChunk:
    """Return a player with the club of the description before the name, which is removed from `before`."""
    at = len(before)
    while at and before[at - 1].symbol in DESCRIPTIVE and player.start - before[at - 1].end <= DESCRIPTION_REACH:
        at -= 1
    described = at < len(before)
    former = bool(at) and before[at - 1].symbol == "former"
    at -= former
    possessive = bool(at) and before[at - 1].symbol == "'s"
    at -= possessive
    if not at or before[at - 1].symbol not in "Cc":
        return player
    owner = before[at - 1]
    is_owner = described or possessive or former or player.start == owner.end
    if not is_owner or player.start - owner.end > DESCRIPTION_REACH + 1:
        return player
    del before[at - 1 :]
    return player._replace(owners=owner.names[:1], former=former)


def _join_appositions(chunks: Sequence[NounChunk]) -> list[NounChunk]:
    """Join `P of C`, `P , the C pos` and `P ( C pos`: the club after the name is the owner."""
    out: list[NounChunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        following = [c.symbol for c in chunks[at + 1 : at + 5]]
        if chunk.symbol == "P" and chunk.owners == (None,):
            skip = 0
            if following[:2] == ["of", "C"]:
                skip = 2
            elif following[:3] in ([",", "C", "pos"], [",", "C", "'s"]) and "pos" in following:
                skip = following.index("pos") + 1
            if skip and chunks[at + skip].end - chunk.end <= DESCRIPTION_REACH + 1:
                club = next(c for c in chunks[at + 1 : at + skip + 1] if c.symbol == "C")
                out.append(chunk._replace(owners=club.names[:1]))
                at += skip + 1
                continue
        out.append(chunk)
        at += 1
    return out


def _join_lists(chunks: Sequence[NounChunk]) -> list[NounChunk]:
    """Join `C , C and C` to one chunk with three names; the same for players."""
    out: list[NounChunk] = []
    for chunk in chunks:
        if chunk.symbol in "CP" and len(out) > 1 and _is_list(out[-2], out[-1], chunk):
            first = out[-2]
            del out[-2:]
            names, owners = first.names + chunk.names, first.owners + chunk.owners
            out.append(first._replace(names=names, owners=owners, end=chunk.end))
        else:
            out.append(chunk)
    return out


def _is_list(first: NounChunk, separator: NounChunk, item: NounChunk) -> bool:
    near = item.start - separator.end <= ITEM_REACH and separator.start - first.end <= 1
    return near and separator.symbol in LIST_SEPARATORS and first.symbol == item.symbol
