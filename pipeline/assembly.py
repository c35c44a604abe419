"""From pairs of player and club to moves: one for each player and destination, with seller, state, kind and price."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline import ranking
from pipeline.annotations import Row
from pipeline.moves import Link, Pair
from pipeline.signs import Scene
from pipeline.states import States

__all__ = ["Move", "assemble"]

Key = tuple[str, str]
MINIMUM = 0.45  # chance from which a pair is a move (best on the corpus)
MINIMUM_SELLER = 0.3
PRICES = ("bid", "fee", "loan_fee")
EARLIER = re.compile(
    r"\b(?:first|opening|earlier|previous|initial|original|last) (?:bid|offer|approach|proposal)\w* (?:of|worth) ?$",
    re.I,
)
LOOK_BACK = 40  # characters before a price that tell which offer it was
LOANS, FREES, SWAPS = frozenset({"lend", "loan_end"}), frozenset({"free"}), frozenset({"swap"})
SALES = frozenset({"buy", "value", "bid", "again", "done", "sign", "sell", "to_sell", "accept", "reject"})


@dataclass
class Move:
    """A move, and what made it.

    Args:
        player: who moves.
        to_club: where.
        from_club: whence, if told.
        status: as in the contract.
        kind: as in the contract.
        historic: told as background.
        chance: how sure it is, 0 to 1.
        evidence: the link that says it loudest.
        fee: the row of its price.
        why: the features that made it, the loudest first.
    """

    player: str
    to_club: str
    from_club: str | None
    status: str
    kind: str
    historic: bool
    chance: float
    evidence: Link
    fee: Row | None = None
    why: list[str] = field(default_factory=list)


def assemble(doc: Doc, scenes: Sequence[Scene], pairs: Mapping[Key, Pair], states: States) -> list[Move]:
    """The moves of an article.

    Args:
        doc: the article, its players, clubs and fees on it.
        scenes: its sentences.
        pairs: every player and club that it links.
        states: the reader of states.

    Returns:
        One move for each player and destination, in order of their evidence.
    """
    features = {key: pair.features() for key, pair in pairs.items()}
    club, choice = ranking.model("club"), ranking.model("choice")
    first = {key: club.of_features(held) for key, held in features.items()}
    chances = {key: choice.of_values(values) for key, values in ranking.standings(first).items()}
    moves = []
    for key, chance in chances.items():
        if chance["to"] + chance["past"] >= MINIMUM:
            moves.append(_move(doc, scenes, pairs[key], chance, states))
    for move in moves:
        move.from_club = _seller(move, chances, pairs)
    _price(doc, scenes, moves, pairs)
    return sorted(moves, key=lambda move: (move.evidence.start, move.player, move.to_club))


def _move(doc: Doc, scenes: Sequence[Scene], pair: Pair, chance: Mapping[str, float], states: States) -> Move:
    club, status = ranking.model("club"), ranking.model("status")
    historic = chance["past"] > chance["to"]
    label = "past" if historic else "to"
    evidence = max(pair.links, key=lambda link: (link.direct, club.lead(link.features, label), -link.start))
    held = states.features(doc, scenes, pair) | pair.features()
    verdict = status.of_features(held)
    told = max(verdict, key=lambda name: verdict[name])
    why = club.reasons(pair.features(), label) + status.reasons(held, told)
    total = chance["to"] + chance["past"]
    return Move(pair.player, pair.club, None, told, _kind(scenes, pair, evidence), historic, total, evidence, None, why)


def _kind(scenes: Sequence[Scene], pair: Pair, evidence: Link) -> str:
    """loan, free, swap or permanent as the sentences of the move say; unknown for a bare link."""
    direct = {link.scene for link in pair.links if link.direct} or {evidence.scene}
    cues = {sign.name for index in direct for sign in scenes[index].signs if sign.kind == "Q"}
    for kind, words in (("swap", SWAPS), ("loan", LOANS), ("free", FREES), ("permanent", SALES)):
        if cues & words:
            return kind
    return "permanent" if any("list:" in f for link in pair.links for f in link.features) else "unknown"


def _seller(move: Move, chances: Mapping[Key, Mapping[str, float]], pairs: Mapping[Key, Pair]) -> str | None:
    """The club that the player leaves: of an old move the one named with it, else the one that he is most surely of."""
    others = {key[1]: chance for key, chance in chances.items() if key[0] == move.player and key[1] != move.to_club}
    if move.historic:
        named = [c for c in others if _leaves(pairs[move.player, c], move.evidence.scene)]
        return max(named, key=lambda c: others[c]["from"], default=None)
    best = max(others, key=lambda c: others[c]["from"] + others[c]["past"], default=None)
    if best is None or others[best]["from"] + others[best]["past"] < MINIMUM_SELLER:
        return None
    return best


def _leaves(pair: Pair, scene: int) -> bool:
    """Whether a sentence names a club as the one that the player came from."""
    return any(link.scene == scene and "role:from" in link.features for link in pair.links)


def _price(doc: Doc, scenes: Sequence[Scene], moves: Sequence[Move], pairs: Mapping[Key, Pair]) -> None:
    """Give each move the price that goes with it: the latest bid or the fee, not what the seller asks."""
    offers: dict[int, list[tuple[tuple[int, int, int], Row]]] = {}
    for order, row in enumerate(doc._.fees):
        if row["kind"] not in PRICES:
            continue
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        scene = next((n for n, s in enumerate(scenes) if span is not None and s.start <= span.start < s.end), None)
        if scene is None:
            continue
        owner = _owner(row, scene, moves, pairs)
        if owner is not None:
            earlier = EARLIER.search(doc.text[max(row["start"] - LOOK_BACK, 0) : row["start"]]) is not None
            rank = (int(earlier), PRICES.index(row["kind"]) if moves[owner].kind != "loan" else 0, order)
            offers.setdefault(owner, []).append((rank, row))
    for owner, found in offers.items():
        moves[owner].fee = min(found, key=lambda item: item[0])[1]


def _owner(row: Row, scene: int, moves: Sequence[Move], pairs: Mapping[Key, Pair]) -> int | None:
    """Index of the move that a price belongs to."""
    fits = [n for n, m in enumerate(moves) if m.player == row["player"]]
    if not fits and row["player"] is None:
        fits = [n for n, m in enumerate(moves) if _linked(pairs[m.player, m.to_club], scene)]
        fits = fits if len({moves[n].player for n in fits}) == 1 else []
    linked = [n for n in fits if _linked(pairs[moves[n].player, moves[n].to_club], scene)]
    present = [n for n in linked if not moves[n].historic] or linked
    if present:
        return max(present, key=lambda n: (_direct(pairs[moves[n].player, moves[n].to_club], scene), moves[n].chance))
    current = [n for n in fits if not moves[n].historic]
    return max(current, key=lambda n: moves[n].chance, default=None)


def _linked(pair: Pair, scene: int) -> bool:
    return any(link.scene == scene for link in pair.links)


def _direct(pair: Pair, scene: int) -> bool:
    return any(link.scene == scene and link.direct for link in pair.links)
