"""From pairs of player and club to moves: one for each player and destination, with seller, state, kind and price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from rumourmill.transfers import linear_models
from rumourmill.transfers.competition_features import PARTS, standings
from rumourmill.transfers.pairs import Key, Link, Move, Pair
from rumourmill.transfers.prices import price
from rumourmill.transfers.sentences import Scene
from rumourmill.transfers.status_features import States

__all__ = ["assemble", "reasons"]

ENDED = ("completed", "rejected", "collapsed")  # states that a move of the past can have
NEAR = (("interest", "talks"), ("agreed", "completed"), ("bid",), ("rejected",), ("collapsed",))  # told much alike
MINIMUM = 0.5  # chance from which a pair is a move: more likely than not, and best on the gold
MINIMUM_LEAVER = 0.2  # the same of the best club of a player who surely leaves another and has no move yet
SURE = 0.5  # chance from which a club is surely the one that a player leaves
MINIMUM_SELLER = 0.02
DESCRIBED = 0.3  # a description weighs as much as this chance
LOANS, FREES, SWAPS = frozenset({"lend", "loan_end"}), frozenset({"free"}), frozenset({"swap"})
SALES = frozenset({"buy", "value", "bid", "again", "done", "sign", "sell", "to_sell", "accept", "reject"})


def assemble(
    doc: Doc,
    scenes: Sequence[Scene],
    pairs: Mapping[Key, Pair],
    states: States,
    models: Mapping[str, linear_models.Model] | None = None,
) -> list[Move]:
    """The moves of an article.

    Args:
        doc: the article, its players, clubs and fees on it.
        scenes: its sentences.
        pairs: every player and club that it links.
        states: the reader of states.
        models: the weights; those of move_weights.csv unless others are given.

    Returns:
        One move for each player and destination, in order of their evidence.
    """
    models = models or linear_models.models()
    club, choice = models["club"], models["choice"]
    keys = list(pairs)
    owned = [pair.owned for pair in pairs.values()]
    chances = club.of_pairs(pairs.values())[:, [club.labels.index(part) for part in PARTS]]
    of_player: dict[str, dict[str, Mapping[str, float]]] = defaultdict(dict)
    for (player, name), row in zip(keys, choice.of_values(standings(keys, chances, owned)).tolist(), strict=True):
        of_player[player][name] = dict(zip(choice.labels, row, strict=True))
    going = [
        (pairs[player, name], chance)
        for player, clubs in of_player.items()
        for name, chance in _destinations(clubs)
        if states.tells(doc, scenes, pairs[player, name])
    ]
    verdicts = models["status"].of_features(states.features(doc, scenes, pair) for pair, _ in going)
    moves = [
        _move(scenes, pair, chance, verdict, club) for (pair, chance), verdict in zip(going, verdicts, strict=True)
    ]
    his = {row["player"]: row["club"] for row in doc._.players}
    for move in moves:
        move.from_club = _seller(move, of_player[move.player], pairs, his.get(move.player))
    price(doc, scenes, moves, pairs)
    return sorted(moves, key=lambda move: (move.evidence.start, move.player, move.to_club))


def reasons(doc: Doc, scenes: Sequence[Scene], pairs: Mapping[Key, Pair], states: States, move: Move) -> Iterator[str]:
    """What made a move: the phrases of its sentences that tell its status, then the weights that spoke the loudest.

    Args:
        doc: the article.
        scenes: its sentences.
        pairs: every player and club that it links.
        states: the reader of states.
        move: one of its moves.
    """
    club, status = linear_models.models()["club"], linear_models.models()["status"]
    pair = pairs[move.player, move.to_club]
    yield from states.phrases(doc, scenes, pair, move.status)
    yield from (f"club: {name}" for name in club.reasons(pair.features, "past" if move.historic else "to"))
    held = states.features(doc, scenes, pair)
    yield from (f"{move.status}: {name}" for name in status.reasons(held, move.status))


def _destinations(clubs: Mapping[str, Mapping[str, float]]) -> list[tuple[str, Mapping[str, float]]]:
    """The clubs that a player goes to; who surely leaves one goes somewhere, so that his best club needs less."""
    ranked = sorted(clubs.items(), key=lambda item: -_goes(item[1]))
    name, best = ranked[0]
    if MINIMUM_LEAVER <= _goes(best) < MINIMUM and any(c["from"] >= SURE for other, c in ranked if other != name):
        return ranked[:1]
    return [(club, chance) for club, chance in ranked if _goes(chance) >= MINIMUM]


def _goes(chance: Mapping[str, float]) -> float:
    """How likely a club is one that a player goes to, now or then."""
    return chance["to"] + chance["past"]


def _move(
    scenes: Sequence[Scene],
    pair: Pair,
    chance: Mapping[str, float],
    verdict: Mapping[str, float],
    model: linear_models.Model,
) -> Move:
    """The move of a pair, its seller and price still open: of the chances of its club, by `model`, and its states."""
    historic = chance["past"] > chance["to"]
    label = "past" if historic else "to"
    links = [link for link in pair.links if link.direct] or pair.links
    evidence = max(links, key=lambda link: (model.lead(link.features, label), -link.start))
    scene = scenes[evidence.scene]
    return Move(
        player=pair.player,
        to_club=pair.club,
        from_club=None,
        status=max(ENDED if historic else _likeliest(verdict), key=lambda name: verdict[name]),
        kind=_kind(scenes, pair, evidence),
        historic=historic,
        chance=_goes(chance),
        evidence=evidence,
        tokens=(scene.start, scene.end),
    )


def _likeliest(verdict: Mapping[str, float]) -> Sequence[str]:
    """The states told alike that together are the likeliest: two near ones do not take each other's chance away."""
    return max(NEAR, key=lambda states: sum(verdict[name] for name in states))


def _kind(scenes: Sequence[Scene], pair: Pair, evidence: Link) -> str:
    """loan, free, swap or permanent as the sentences of the move say; unknown for a bare link."""
    direct = {link.scene for link in pair.links if link.direct} or {evidence.scene}
    cues = {sign.name for index in direct for sign in scenes[index].signs if sign.kind == "Q"}
    for kind, words in (("swap", SWAPS), ("loan", LOANS), ("free", FREES), ("permanent", SALES)):
        if cues & words:
            return kind
    return "permanent" if any("list:" in f for link in pair.links for f in link.features) else "unknown"


def _seller(
    move: Move, clubs: Mapping[str, Mapping[str, float]], pairs: Mapping[Key, Pair], his: str | None
) -> str | None:
    """The club that the player leaves: of an old move the one named with it, else the one that he is most surely of."""
    others = {club: chance for club, chance in clubs.items() if club != move.to_club}
    if move.historic:
        named = [club for club in others if _leaves(pairs[move.player, club], move.evidence.scene)]
        return max(named, key=lambda club: others[club]["from"], default=None)
    ties = {club: _ties(pairs[move.player, club], chance, club == his) for club, chance in others.items()}
    best = max(ties, key=lambda club: ties[club], default=None)
    if best is not None and ties[best] >= MINIMUM_SELLER:
        return best
    return his if his != move.to_club else None


def _ties(pair: Pair, chance: Mapping[str, float], his: bool) -> float:
    """How surely a player is a club's: one that he left or once joined, by his descriptions, here or elsewhere."""
    return chance["from"] + chance["past"] + DESCRIBED * pair.owned + DESCRIBED * his


def _leaves(pair: Pair, scene: int) -> bool:
    """Whether a sentence names a club as the one that the player came from."""
    return any(link.scene == scene and "role:from:named" in link.features for link in pair.links)
