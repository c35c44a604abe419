"""Finds transfer candidates: the pairs of a player and a club that sentences relate, with features of each mention.

A pair has a mention in each sentence that has both (`_pairs_in_sentence`), in each frame, description or list that has
both, and in sentences that have one of them while the other is in focus (`_find_references`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.transfers.frames import FrameMatcher
from rumourmill.transfers.listings import find_listed_pairs
from rumourmill.transfers.masked_templates import PairMask
from rumourmill.transfers.noun_chunks import NounChunk, join_noun_chunks
from rumourmill.transfers.pair_features import add_article_features, reference_features, sentence_features
from rumourmill.transfers.pairs import FORMER, OWNER, EntityPair, PairKey, PairMention
from rumourmill.transfers.sentences import SentenceTagger, TaggedSentence

__all__ = ["CandidateExtractor"]

MAX_CLUBS = 8  # clubs on either side of a player that are paired with him, so that the time is linear for long lists
MAX_TAGS_BETWEEN = 40  # tags between player and club
MAX_GAP = 4  # from so many sentences on, distances count as the same
MAX_LIST = 20  # names of a list that a frame applies to


class CandidateExtractor:
    """Extracts the candidates of Docs.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.tagger = SentenceTagger(nlp, lists)
        self.frames = FrameMatcher()

    def extract(self, doc: Doc) -> tuple[list[TaggedSentence], dict[PairKey, EntityPair]]:
        """Return the tagged sentences of a Doc, and its candidates by player and club.

        Args:
            doc: a Doc with sentences and the annotations of the components clubs and players; those of fees and
                quotes are used where it has them.
        """
        sentences = self.tagger.tag(doc)
        chunks = [join_noun_chunks(s.tags) if s.players and s.clubs else [] for s in sentences]
        focus = _ArticleFocus(doc, sentences, chunks)
        pairs: dict[PairKey, EntityPair] = {}

        def add(player: str, club: str, mention: PairMention) -> None:
            pair = pairs.get((player, club))
            if pair is None:
                pair = pairs[player, club] = EntityPair(player, club, focus.own_clubs.get(player))
            pair.mentions.append(mention)

        for index, sentence in enumerate(sentences):
            for player, club, mention in _find_mentions(doc, index, sentence, focus):
                add(player, club, mention)
            for player, club, mention in self._match_frames(index, chunks[index]):
                add(player, club, mention)
        for item in find_listed_pairs(doc, sentences):
            features = frozenset({f"list:{item.style}:{item.role}"})
            mention = PairMention(item.sentence, True, features, item.player.start, item.player.end)
            add(item.player.name, item.club, mention)
        for index, sentence in enumerate(sentences):
            for reference in _find_weak_references(sentence, focus.player) if sentence.triggers else ():
                if (reference.player, reference.club) in pairs:
                    add(reference.player, reference.club, _reference_mention(index, sentence, reference, focus))
        add_article_features(doc, pairs)
        return sentences, pairs

    def _match_frames(self, index: int, chunks: Sequence[NounChunk]) -> Iterator[tuple[str, str, PairMention]]:
        """Yield the pairs of the descriptions and frames of a sentence, each item of a list by itself."""
        for chunk in (chunk for chunk in chunks if chunk.symbol == "P"):
            for player, owner in zip(chunk.names, chunk.owners, strict=True):
                if owner:
                    features = frozenset({FORMER if chunk.former else OWNER})
                    yield player, owner, PairMention(index, True, features, chunk.start, chunk.end)
        for match in self.frames.match(chunks):
            who, club = chunks[match.player], chunks[match.club]
            how = "named" if who.symbol == "P" and club.symbol == "C" else "meant"
            features = frozenset({f"frame:{match.frame}:{match.role}:{how}", f"role:{match.role}:{how}"})
            start, end = min(who.start, club.start), max(who.end, club.end)
            for player in who.names[:MAX_LIST]:
                for name in club.names[:MAX_LIST]:
                    yield player, name, PairMention(index, how == "named", features, start, end)


class _Reference(NamedTuple):
    """A pair of which a sentence has one, the player or the club, while the other is in focus.

    Args:
        tag: index of the tag that the sentence has.
        player: canonical name.
        club: canonical name.
        reason: why the other is in focus: m (the article's main club), c (mentioned last), f (its main player).
    """

    tag: int
    player: str
    club: str
    reason: str


def _find_mentions(
    doc: Doc, index: int, sentence: TaggedSentence, focus: _ArticleFocus
) -> Iterator[tuple[str, str, PairMention]]:
    """Yield every player and club that a sentence has, and those that it refers to."""
    tags = sentence.tags
    for p, c in _pairs_in_sentence(sentence):
        first, last = tags[min(p, c)], tags[max(p, c)]
        direct = tags[p].is_named and tags[c].is_named
        features = sentence_features(doc, sentence, p, c, focus.own_clubs)
        yield tags[p].name, tags[c].name, PairMention(index, direct, features, first.start, last.end)
    if sentence.triggers:
        for reference in _find_references(sentence):
            yield reference.player, reference.club, _reference_mention(index, sentence, reference, focus)


def _pairs_in_sentence(sentence: TaggedSentence) -> Iterator[tuple[int, int]]:
    """Yield the tags of a player and a club: all that are both named, of other references the nearest of each pair."""
    tags, clubs = sentence.tags, sentence.clubs
    nearest: dict[PairKey, tuple[int, int]] = {}
    for p in sentence.players:
        for c in [c for c in clubs if c < p][-MAX_CLUBS:] + [c for c in clubs if c > p][:MAX_CLUBS]:
            key, gap = (tags[p].name, tags[c].name), abs(c - p)
            if gap > MAX_TAGS_BETWEEN:
                continue
            if tags[p].is_named and tags[c].is_named:
                yield p, c
            elif key not in nearest or gap < abs(nearest[key][0] - nearest[key][1]):
                nearest[key] = p, c
    yield from nearest.values()


def _find_references(sentence: TaggedSentence) -> Iterator[_Reference]:
    """Yield the pairs of a player with the article's main club, and of a club with the player mentioned last."""
    tags, players, clubs = sentence.tags, sentence.players, sentence.clubs
    if sentence.main_club and sentence.main_club not in {tags[i].name for i in (*players, *clubs)}:
        yield from (_Reference(p, tags[p].name, sentence.main_club, "m") for p in players)
    if sentence.player and not players:
        yield from (_Reference(c, sentence.player, tags[c].name, "c") for c in clubs)


def _find_weak_references(sentence: TaggedSentence, main_player: str | None) -> Iterator[_Reference]:
    """Yield pairs of a player with the club mentioned last, and of a club with the article's main player.

    They add to candidates that other sentences make and make none alone: of 1,400 such pairs in the training corpus
    none was a transfer and 5 had the seller.
    """
    tags, players, clubs = sentence.tags, sentence.players, sentence.clubs
    if sentence.club and not clubs:
        yield from (_Reference(p, tags[p].name, sentence.club, "c") for p in players)
    present: list[str | None] = [tags[p].name for p in players]
    if main_player and main_player not in (present or [sentence.player]):
        yield from (_Reference(c, main_player, tags[c].name, "f") for c in clubs[:MAX_CLUBS])


def _reference_mention(
    index: int, sentence: TaggedSentence, reference: _Reference, focus: _ArticleFocus
) -> PairMention:
    player, club = reference.player, reference.club
    tag = sentence.tags[reference.tag]
    gap = focus.gap(index, player if tag.kind == "C" else club)
    mask = PairMask(player, club, focus.own_clubs.get(player))
    features = reference_features(sentence, reference.tag, reference.reason, mask, gap)
    return PairMention(index, False, features, tag.start, tag.end)


class _ArticleFocus:
    """The main player of an article, the club of each player, and the sentences that name each.

    Args:
        doc: the article, with the rows of its players.
        sentences: its sentences.
        chunks: their noun chunks; empty for a sentence without a player or a club.
    """

    def __init__(self, doc: Doc, sentences: Sequence[TaggedSentence], chunks: Sequence[Sequence[NounChunk]]) -> None:
        rows = doc._.players
        self.player: str | None = max(rows, key=lambda r: r["mentions"], default={"player": None})["player"]
        self.own_clubs: dict[str, str] = {row["player"]: row["club"] for row in rows if row["club"]}
        for chunk in (c for of_sentence in chunks for c in of_sentence if c.symbol == "P" and not c.former):
            for player, owner in zip(chunk.names, chunk.owners, strict=True):
                if owner:
                    self.own_clubs.setdefault(player, owner)
        self.sentences_naming: dict[str, list[int]] = {}
        for index, sentence in enumerate(sentences):
            for tag in sentence.tags:
                if tag.kind in "PC" and tag.is_named:
                    self.sentences_naming.setdefault(tag.name, []).append(index)

    def gap(self, index: int, name: str) -> str:
        """Return how many sentences before `index` a name was used last, or "ahead" where it is named only later."""
        naming = self.sentences_naming.get(name, [])
        before = bisect_left(naming, index)
        return str(min(index - naming[before - 1], MAX_GAP)) if before else "ahead"
