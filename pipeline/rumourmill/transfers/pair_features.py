"""Extracts the features of an entity pair, on which the models `club` and `choice` decide.

- Features of a sentence that has both, the player and the club (`sentence_features`): the tags and words between and
  around them ("bare<sign from", "w bid for"), and the masked template of the sentence ("OWN reject bid TO for WHO").
- Features of a sentence that has one of them while the other is in focus (`reference_features`).
- Features of the whole article (`add_article_features`).
- Features that compare the pair with the player's other clubs and the club's other players (`competition_features`).

Features are strings, competition features numbers. "<" and ">" in a name: the club is before or after the player;
"cue" is a trigger, "bare" the tags between the two, "l1" and "r1" are the words on the left and right, "share" is the
number of mentions. The strings are part of the trained weights in models/transfer_news/move_weights.csv: after a change
here the weights must be fitted again (models/training/moves.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from rumourmill.nlp.tokens import BLANK, symbols
from rumourmill.transfers.masked_templates import MASKS, SKIPPED_SYMBOLS, PairMask
from rumourmill.transfers.pairs import EntityPair, PairKey
from rumourmill.transfers.sentences import Tag, TaggedSentence

__all__ = [
    "CLUB_ROLES",
    "COMPETITION_FEATURES",
    "add_article_features",
    "competition_features",
    "reference_features",
    "sentence_features",
]

Floats = NDArray[np.float64]
REFERENCES = {"named": "n", "pronoun": "p", "described": "d", "spoken": "s", "ground": "g"}
TAGS_BETWEEN = 6  # tags after the first of the two, and before the second, that are part of the template
TAGS_AROUND = 3  # tags on either side of the two that are part of the template
WORDS_AROUND = 4  # words on either side of the two
WORDS_BETWEEN = 15  # words between the two, at most, for each to be a feature
MASKED_NAMES = MASKS | {"C", "P"}

CLUB_ROLES = ("to", "from", "past")
"""The labels of the model `club` beside none: destination, seller, club of an earlier transfer."""

COMPETITION_FEATURES = (
    "to",
    "from",
    "past",
    "best other from",
    "from lead",
    "best other to",
    "to lead",
    "others to",
    "others from",
    "owned",
    "rival owned",
    "story",
)
"""The features of the model `choice`, in the order of the columns of `competition_features`."""

MIN_PROBABILITY = 1e-4  # probabilities are clipped to this distance from 0 and 1
NO_OTHERS = 0.2  # mean probability of the other players of a club that has none


def sentence_features(
    doc: Doc, sentence: TaggedSentence, player_index: int, club_index: int, own_clubs: Mapping[str, str]
) -> set[str]:
    """Return the features of a sentence for a player and a club that it has.

    Args:
        doc: the article.
        sentence: the sentence.
        player_index: index of the player's tag.
        club_index: index of the club's tag.
        own_clubs: player -> the club that he is known to belong to.
    """
    tags = sentence.tags
    player, club = tags[player_index], tags[club_index]
    first, last = min(player_index, club_index), max(player_index, club_index)
    order = "<" if club_index < player_index else ">"
    mask = PairMask(player.name, club.name, own_clubs.get(player.name))
    features = set(_features_between(tags, first, last, order))
    features.update(
        _context_features(doc, sentence, club_index, f"C{order}"),
        _context_features(doc, sentence, player_index, f"P{order}"),
        _club_position_features(sentence, club_index, order),
        _template_features(tags, first, last, order, mask),
        _word_features(doc, sentence, first, last, mask),
    )
    features.add(f"how {REFERENCES[player.reference]}{REFERENCES[club.reference]}")
    return features


def reference_features(
    sentence: TaggedSentence, index: int, reference: str, mask: PairMask, gap: str
) -> frozenset[str]:
    """Return the features of a sentence for a pair of which it has only one, the player or the club.

    Args:
        sentence: the sentence.
        index: index of the tag that it has.
        reference: one letter for the reason why the other is in focus (see `candidates._Reference`).
        mask: the mask of the pair.
        gap: how many sentences before the other was named, or "ahead".
    """
    prefix = f"{reference}{sentence.tags[index].kind} "
    masked = mask.mask_tags(sentence.tags[max(index - 2 * TAGS_AROUND, 0) : index + 2 * TAGS_AROUND + 1])
    masks = [f"{prefix}v {symbol}" for symbol in masked if symbol in MASKS]
    bigrams = [f"{prefix}g {one} {two}" for one, two in pairwise(masked)]
    return _trigger_features(sentence, prefix).union(bigrams, masks, (f"{prefix}gap {gap}",))


def _cached(sentence: TaggedSentence, index: int, prefix: str, make: Callable[[], Iterable[str]]) -> frozenset[str]:
    """Return features that are the same for several pairs of a sentence, by index of the tag (-1: none) and prefix."""
    found = sentence.context_features.get((index, prefix))
    if found is None:
        found = sentence.context_features[index, prefix] = frozenset(make())
    return found


def _trigger_features(sentence: TaggedSentence, prefix: str) -> frozenset[str]:
    """Return the features of all triggers of a sentence."""
    triggers = sentence.triggers
    return _cached(
        sentence,
        -1,
        prefix,
        lambda: (f"{prefix}sent:{'/'.join(triggers[:2])}", *(f"{prefix}cue:{name}" for name in triggers)),
    )


def _template_features(tags: Sequence[Tag], first: int, last: int, order: str, mask: PairMask) -> list[str]:
    """Return the bigrams and trigrams of the masked tags of a sentence, and the order of the names."""
    before = mask.mask_tags(tags[max(0, first - 2 * TAGS_AROUND) : first])[-TAGS_AROUND:]
    after = mask.mask_tags(tags[last + 1 : last + 1 + 2 * TAGS_AROUND])[:TAGS_AROUND]
    first_start = tags[first].end
    between = mask.mask_tags([tag for tag in tags[first + 1 : last] if tag.start >= first_start])
    if len(between) > 2 * TAGS_BETWEEN:
        between = [*between[:TAGS_BETWEEN], "~", *between[-TAGS_BETWEEN:]]
    template = [*before, mask.mask_tag(tags[first]), *between, mask.mask_tag(tags[last]), *after]
    names = [symbol for symbol in template if symbol in MASKED_NAMES]
    return [
        *_ngrams(template, f"g{order}"),
        f"names{order} {' '.join(names[:7])}",
        f"own{order} {'OWN' in names} {mask.own_club == mask.club} {mask.own_club is not None}",
    ]


def _ngrams(symbols: Sequence[str], prefix: str) -> list[str]:
    """Return the bigrams and trigrams of symbols."""
    bigrams = [f"{prefix} {left} {right}" for left, right in pairwise(symbols)]
    return bigrams + [f"{bigram} {third}" for bigram, third in zip(bigrams, symbols[2:], strict=False)]


def _word_features(doc: Doc, sentence: TaggedSentence, first: int, last: int, mask: PairMask) -> list[str]:
    """Return the words between the two, and n-grams of the masked words around them."""
    left, right = sentence.tags[first], sentence.tags[last]
    order = "<" if left.kind == "C" else ">"
    found = []
    if right.start - left.end <= WORDS_BETWEEN:
        named = sentence.name_at
        stretch = enumerate(symbols(doc)[left.end : right.start], left.end)
        found = [f"between{order} {word}" for i, word in stretch if i not in named and word != BLANK]
    words = mask.mask_words(doc, sentence, left.start - WORDS_AROUND, right.end + WORDS_AROUND)
    found += [f"w {one} {two}" for one, two in pairwise(words)]
    for at in {n for i, word in enumerate(words) if word in MASKS for n in (i - 2, i - 1, i)}:
        if 0 <= at < len(words) - 2:
            found.append(f"w {words[at]} {words[at + 1]} {words[at + 2]}")
    return found


def _features_between(tags: Sequence[Tag], first: int, last: int, order: str) -> list[str]:
    """Return the features of the tags between the two."""
    first_end = tags[first].end
    inner = tags[first + 1 : last]
    between = [tag.symbol for tag in inner if tag.start >= first_end]
    relevant = [symbol for symbol in between if symbol not in SKIPPED_SYMBOLS]
    triggers = [tag.name for tag in inner if tag.kind == "T"]
    clubs = sum([tag.kind == "C" and tag.is_named for tag in inner])
    return [
        f"bare{order}{' '.join(relevant[:4]) if len(relevant) <= 4 else 'long'}",
        f"first{order}{triggers[0] if triggers else ''}",
        f"last{order}{triggers[-1] if triggers else ''}",
        f"clubs between{order}{min(clubs, 3)}",
        *[f"between{order}{name}" for name in triggers],
    ]


def _context_features(doc: Doc, sentence: TaggedSentence, index: int, prefix: str) -> frozenset[str]:
    """Return the features of the tags and words beside one tag; the same for all its pairs."""
    return _cached(sentence, index, prefix, lambda: _make_context_features(doc, sentence.tags, index, prefix))


def _make_context_features(doc: Doc, tags: Sequence[Tag], index: int, prefix: str) -> Iterator[str]:
    tag = tags[index]
    left = [t for t in tags[max(index - 4, 0) : index] if t.end <= tag.start]
    words = symbols(doc)[max(tag.start - 2, 0) : tag.start]
    if words:
        yield f"{prefix} l1 {words[-1]}"
    words = symbols(doc)[tag.end : tag.end + 2]
    if words:
        yield f"{prefix} r1 {words[0]}"
    trigger = next((t.name for t in reversed(tags[:index]) if t.kind == "T"), "^")
    function_words = (
        t.name for t in reversed(left) if t.kind == "W" and t.name.isalpha() and t.name not in ("and", "pos", "nat")
    )
    yield f"{prefix} cue< {trigger}"
    yield f"{prefix} cue> {next((t.name for t in tags[index + 1 :] if t.kind == 'T'), '$')}"
    yield f"{prefix} cue prep {trigger} {next(function_words, '^')}"


def _club_position_features(sentence: TaggedSentence, index: int, order: str) -> frozenset[str]:
    """Return the features of a club's position in the sentence; the same for all players on one side of it."""
    return _cached(sentence, index, order, lambda: _make_club_position_features(sentence, sentence.tags[index], order))


def _make_club_position_features(sentence: TaggedSentence, club: Tag, order: str) -> Iterator[str]:
    clubs = [tag for tag in sentence.of_kind("C") if tag.is_named]
    players = [tag for tag in sentence.of_kind("P") if tag.is_named]
    rank = next((n for n, tag in enumerate(clubs) if tag.start == club.start), 9)
    yield f"rank{order}{min(rank, 3)}/{min(len(clubs), 4)}"
    yield f"players{min(len(players), 3)}"
    triggers = sentence.triggers
    yield f"opens{order}{'/'.join(triggers[:2])}"
    for name in set(triggers):
        yield f"has{order}{name}"


# Features of the article.


def add_article_features(doc: Doc, pairs: Mapping[PairKey, EntityPair]) -> None:
    """Add the features of the whole article to its pairs: the player's club, mentions, the headline.

    Args:
        doc: the article, with the rows of its players and clubs.
        pairs: its pairs; their `article_features` are added to.
    """
    own = {row["player"]: row["club"] for row in doc._.players}
    squad = Counter(club for club in own.values() if club)
    mentions = {row["club"]: row["mentions"] for row in doc._.clubs}
    order = {row["club"]: n for n, row in enumerate(doc._.clubs)}
    players = {row["player"]: n for n, row in enumerate(doc._.players)}
    most = max(mentions.values(), default=0)
    title = _names_before(doc, doc._.title_end)
    clubs_of: dict[str, set[str]] = defaultdict(set)
    for player, club in pairs:
        clubs_of[player].add(club)
    for (player, club), pair in pairs.items():
        features = pair.article_features
        owner = own.get(player)
        features.add("own:" + ("this" if owner == club else "other" if owner else "none"))
        others = squad[club] - (owner == club)
        features.add(f"squad:{min(others, 2)}")
        features.add(f"share:{'most' if mentions.get(club, 0) == most else min(mentions.get(club, 0), 4)}")
        features.add(f"club#{min(order.get(club, 9), 4)}")
        features.add(f"player#{min(players.get(player, 9), 3)}")
        features.add(f"title:{(player in title) + 0}{(club in title) + 0}")
        direct = sum(mention.direct for mention in pair.mentions)
        features.add(f"direct:{min(direct, 4)}")
        features.add(f"clubs:{min(len(clubs_of[player]), 5)}")
        features.add(f"own:{owner == club} direct:{min(direct, 2)} share:{mentions.get(club, 0) == most}")
        features.add(f"first:{min(*(mention.sentence for mention in pair.mentions), 3)}")


def _names_before(doc: Doc, end: int) -> set[str]:
    """Return the canonical names of the players and clubs in the first `end` characters."""
    keys = [key for key in ("players", "clubs") if key in doc.spans]
    return {span.kb_id_ for key in keys for span in doc.spans[key] if span.end_char <= end}


# Competition features.


def competition_features(
    pairs: Sequence[PairKey], probabilities: Floats, owned: Sequence[bool], story: float
) -> Floats:
    """Return the input of the model `choice`: pairs against the player's other clubs and the club's other players.

    Args:
        pairs: player and club of each pair, all different.
        probabilities: floats (pairs, CLUB_ROLES) of the model `club`.
        owned: for each pair whether a description of the player names the club ("Roma defender X").
        story: probability of the model `story` that the article has a transfer.

    Returns:
        Floats (pairs, COMPETITION_FEATURES).
    """
    players, clubs = _group_numbers([player for player, _ in pairs]), _group_numbers([club for _, club in pairs])
    to, leaves, past = np.asarray(probabilities, dtype=float).T
    rival_to, rival_leaves = _best_others(to, players), _best_others(leaves, players)
    own = np.array(owned, dtype=float)
    columns = (
        *map(_logit, (to, leaves, past)),
        rival_leaves,
        leaves - rival_leaves,
        rival_to,
        to - rival_to,
        _mean_of_others(to, clubs),
        _mean_of_others(leaves, clubs),
        own,
        (np.bincount(players, own)[players] > own).astype(float),
        np.full(len(to), _logit(np.array(story))),
    )
    return np.stack(columns, axis=1)


def _group_numbers(names: Sequence[str]) -> NDArray[np.int_]:
    """Return a number for each name, equal for equal names."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=int)


def _best_others(values: Floats, groups: NDArray[np.int_]) -> Floats:
    """Return for each value the highest other value of its group; 0 where there is none."""
    order = np.lexsort((-values, groups))
    first = np.flatnonzero(np.diff(groups[order], prepend=-1))
    highest = order[first]
    has_second = np.append(first[1:], len(order)) - first > 1
    others = values[highest][groups]
    others[highest] = 0.0
    others[highest[has_second]] = values[order[first[has_second] + 1]]
    return others


def _mean_of_others(values: Floats, groups: NDArray[np.int_]) -> Floats:
    """Return for each value the mean of the other values of its group."""
    others = np.bincount(groups)[groups] - 1
    sums = np.bincount(groups, values)[groups] - values
    return np.where(others > 0, sums / np.maximum(others, 1), NO_OTHERS)


def _logit(probabilities: Floats) -> Floats:
    clipped = np.clip(probabilities, MIN_PROBABILITY, 1 - MIN_PROBABILITY)
    return np.log(clipped / (1 - clipped))
