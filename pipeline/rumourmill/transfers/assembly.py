"""Assembles transfers from candidates: one for each player and destination, with seller, status, kind and price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from rumourmill.transfers.linear_models import LinearModel, load_models
from rumourmill.transfers.pair_features import CLUB_ROLES, competition_features
from rumourmill.transfers.pairs import EntityPair, Move, PairKey, PairMention
from rumourmill.transfers.prices import assign_prices
from rumourmill.transfers.sentences import TaggedSentence
from rumourmill.transfers.status_features import StatusFeatures
from rumourmill.transfers.story import STORY, story_features

__all__ = ["assemble_moves", "explain_move"]

HISTORIC_STATUSES = ("completed", "rejected", "collapsed")
SIMILAR_STATUSES = (("interest", "talks"), ("agreed", "completed"), ("bid",), ("rejected",), ("collapsed",))
# Probability from which a pair is a transfer. On the held-out files r15 and r20 F1 is the same from 0.5 to 0.6, and at
# 0.6 34 of 42 stories without a transfer have no false one, at 0.5 30.
MINIMUM = 0.6
MINIMUM_LEAVER = 0.2  # the same for the best club of a player who certainly leaves another and has no transfer yet
CERTAIN_SELLER = 0.5  # probability from which a player certainly leaves a club
MINIMUM_SELLER = 0.02
DESCRIPTION_WEIGHT = 0.3  # probability that a description ("Roma defender X") counts as
LOANS, FREES, SWAPS = frozenset({"lend", "loan_end"}), frozenset({"free"}), frozenset({"swap"})
SALES = frozenset({"buy", "value", "bid", "again", "done", "sign", "sell", "to_sell", "accept", "reject"})


def assemble_moves(
    doc: Doc,
    sentences: Sequence[TaggedSentence],
    pairs: Mapping[PairKey, EntityPair],
    status_features: StatusFeatures,
    models: Mapping[str, LinearModel] | None = None,
) -> list[Move]:
    """Return the transfers of an article.

    Args:
        doc: the article, with the rows of its players, clubs and fees.
        sentences: its tagged sentences.
        pairs: its candidates.
        status_features: extracts the input of the model `status`.
        models: the models `club`, `choice`, `story` and `status`; the shipped ones by default.

    Returns:
        One transfer for each player and destination, in the order of their evidence.
    """
    if not pairs:
        return []
    models = models or load_models()
    club, choice = models["club"], models["choice"]
    keys = list(pairs)
    owned = [pair.is_owned for pair in pairs.values()]
    probabilities = club.predict_pairs(pairs.values())[:, [club.labels.index(role) for role in CLUB_ROLES]]
    [story] = models["story"].predict([story_features(doc, sentences)])
    rows = choice.predict_values(competition_features(keys, probabilities, owned, story[STORY])).tolist()
    clubs_of: dict[str, dict[str, Mapping[str, float]]] = defaultdict(dict)  # player -> club -> label -> probability
    for (player, name), row in zip(keys, rows, strict=True):
        clubs_of[player][name] = dict(zip(choice.labels, row, strict=True))
    destinations = [
        (pairs[player, name], roles)
        for player, clubs in clubs_of.items()
        for name, roles in _choose_destinations(clubs)
        if status_features.has_evidence(doc, sentences, pairs[player, name])
    ]
    statuses = models["status"].predict(status_features.extract(doc, sentences, pair) for pair, _ in destinations)
    moves = [
        _make_move(sentences, pair, roles, status, club)
        for (pair, roles), status in zip(destinations, statuses, strict=True)
    ]
    own_clubs = {row["player"]: row["club"] for row in doc._.players}
    for move in moves:
        move.from_club = _choose_seller(move, clubs_of[move.player], pairs, own_clubs.get(move.player))
    assign_prices(doc, sentences, moves, pairs)
    return sorted(moves, key=lambda move: (move.evidence.start, move.player, move.to_club))


def explain_move(
    doc: Doc,
    sentences: Sequence[TaggedSentence],
    pairs: Mapping[PairKey, EntityPair],
    status_features: StatusFeatures,
    move: Move,
) -> Iterator[str]:
    """Yield the reasons for a transfer: matches of its status, then the features with the highest weights.

    Args:
        doc: the article.
        sentences: its tagged sentences.
        pairs: its candidates.
        status_features: extracts the input of the model `status`.
        move: one of its transfers.
    """
    club, status = load_models()["club"], load_models()["status"]
    pair = pairs[move.player, move.to_club]
    yield from status_features.explain(doc, sentences, pair, move.status)
    label = "past" if move.historic else "to"
    yield from (f"club: {name}" for name in club.top_features(pair.model_features, label))
    features = status_features.extract(doc, sentences, pair)
    yield from (f"{move.status}: {name}" for name in status.top_features(features, move.status))


def _choose_destinations(clubs: Mapping[str, Mapping[str, float]]) -> list[tuple[str, Mapping[str, float]]]:
    """Return the clubs that a player joins, best first, with the probabilities of their roles.

    A player who certainly leaves a club joins another one, so that his best club needs a lower probability.

    Args:
        clubs: club -> role -> probability.
    """
    ranked = sorted(clubs.items(), key=lambda item: -_joins(item[1]))
    name, best = ranked[0]
    leaves_another = any(c["from"] >= CERTAIN_SELLER for other, c in ranked if other != name)
    if MINIMUM_LEAVER <= _joins(best) < MINIMUM and leaves_another:
        return ranked[:1]
    return [(club, roles) for club, roles in ranked if _joins(roles) >= MINIMUM]


def _joins(roles: Mapping[str, float]) -> float:
    """Return the probability that a player joins a club, or joined it before."""
    return roles["to"] + roles["past"]


def _make_move(
    sentences: Sequence[TaggedSentence],
    pair: EntityPair,
    roles: Mapping[str, float],
    statuses: Mapping[str, float],
    model: LinearModel,
) -> Move:
    """Return the transfer of a pair, without its seller and price.

    Args:
        sentences: the tagged sentences of the article.
        pair: the pair.
        roles: role of the club -> probability.
        statuses: status -> probability.
        model: the model `club`, whose score selects the evidence.
    """
    historic = roles["past"] > roles["to"]
    label = "past" if historic else "to"
    mentions = [mention for mention in pair.mentions if mention.direct] or pair.mentions
    evidence = max(mentions, key=lambda mention: (model.margin(mention.features, label), -mention.start))
    sentence = sentences[evidence.sentence]
    candidates = HISTORIC_STATUSES if historic else _likeliest_statuses(statuses)
    return Move(
        player=pair.player,
        to_club=pair.club,
        from_club=None,
        status=max(candidates, key=lambda name: statuses[name]),
        kind=_kind(sentences, pair, evidence),
        historic=historic,
        probability=_joins(roles),
        evidence=evidence,
        tokens=(sentence.start, sentence.end),
    )


def _likeliest_statuses(statuses: Mapping[str, float]) -> Sequence[str]:
    """Return the similar statuses with the highest total, so that two of them do not split their probability."""
    return max(SIMILAR_STATUSES, key=lambda similar: sum(statuses[name] for name in similar))


def _kind(sentences: Sequence[TaggedSentence], pair: EntityPair, evidence: PairMention) -> str:
    """Return loan, free, swap or permanent by the triggers of the pair's sentences; unknown without any."""
    direct = {mention.sentence for mention in pair.mentions if mention.direct} or {evidence.sentence}
    triggers = {name for index in direct for name in sentences[index].triggers}
    for kind, of_kind in (("swap", SWAPS), ("loan", LOANS), ("free", FREES), ("permanent", SALES)):
        if triggers & of_kind:
            return kind
    is_listed = any("list:" in feature for mention in pair.mentions for feature in mention.features)
    return "permanent" if is_listed else "unknown"


def _choose_seller(
    move: Move, clubs: Mapping[str, Mapping[str, float]], pairs: Mapping[PairKey, EntityPair], own_club: str | None
) -> str | None:
    """Return the seller: of a historic transfer the one named with it, else the likeliest club of the player.

    Args:
        move: the transfer.
        clubs: club of the player -> role -> probability.
        pairs: the candidates of the article.
        own_club: the club in the player's row.
    """
    others = {club: roles for club, roles in clubs.items() if club != move.to_club}
    if move.historic:
        named = [club for club in others if _is_named_seller(pairs[move.player, club], move.evidence.sentence)]
        return max(named, key=lambda club: others[club]["from"], default=None)
    scores = {club: _seller_score(pairs[move.player, club], roles, club == own_club) for club, roles in others.items()}
    best = max(scores, key=lambda club: scores[club], default=None)
    if best is not None and scores[best] >= MINIMUM_SELLER:
        return best
    return own_club if own_club != move.to_club else None


def _seller_score(pair: EntityPair, roles: Mapping[str, float], is_own_club: bool) -> float:
    """Return how likely a player is at a club: he leaves it or joined it before, or descriptions say so."""
    return roles["from"] + roles["past"] + DESCRIPTION_WEIGHT * pair.is_owned + DESCRIPTION_WEIGHT * is_own_club


def _is_named_seller(pair: EntityPair, sentence: int) -> bool:
    """Return whether a frame in a sentence has the club as seller."""
    return any(m.sentence == sentence and "role:from:named" in m.features for m in pair.mentions)
