"""Extracts the features on which the model `status` decides: how far a transfer is.

The features are words ("w", bigrams "b"), triggers ("cue", near the pair "near"), the status of triggers by themselves
("told") and matches of status patterns ("tell", all statuses of a sentence "states") in the sentences of the pair.
Features are strings and part of the trained weights in models/transfer_news/move_weights.csv: after a change here the
weights must be fitted again (models/training/moves.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from rumourmill.nlp.tokens import lower_words
from rumourmill.transfers.masked_templates import MASKS, PairMask
from rumourmill.transfers.pairs import NAMED, EntityPair, PairMention
from rumourmill.transfers.sentences import Tag, TaggedSentence
from rumourmill.transfers.status_patterns import StatusMatch, StatusPatternMatcher

__all__ = ["StatusFeatures", "status_of_triggers"]

NONE, PAST = "none", "past"
ASSERTED = ("plain", "hope")  # modalities in which a match counts as its status
TOKENS_BEFORE, TOKENS_AFTER = 7, 12  # tokens around a pair that belong to its window
OPEN = frozenset({"want", "set", "hedge", "linked", "deny", "talks", "to_join", "to_sign", "to_sell"})
DOUBTFUL = frozenset({"hedge", "want", "linked", "to_sign"})
# Status -> whether a set of triggers indicates it. The first that holds is chosen: a denial outweighs a plan, a
# completed transfer an offer.
TRIGGER_RULES: tuple[tuple[str, Callable[[set[str]], object]], ...] = (
    ("bid", lambda has: "again" in has),
    ("collapsed", lambda has: has & {"rebut", "off"}),
    ("rejected", lambda has: "reject" in has),
    ("collapsed", lambda has: "stay" in has),
    ("completed", lambda has: has & {"sign", "join", "sell", "done"} and not has & OPEN),
    ("talks", lambda has: has & {"agree", "accept"} and has & {"hedge", "deny"}),
    ("agreed", lambda has: has & {"agree", "accept"}),
    ("bid", lambda has: "bid" in has),
    ("completed", lambda has: has & {"sign", "join"} and not has & DOUBTFUL),
    ("interest", lambda has: has & OPEN),
)


def status_of_triggers(triggers: Iterable[str]) -> str:
    """Return the status that triggers indicate by themselves, or "none"."""
    has = set(triggers)
    return next((status for status, holds in TRIGGER_RULES if holds(has)), NONE)


class StatusFeatures:
    """Extracts status features and matches status patterns for pairs."""

    def __init__(self) -> None:
        self.patterns = StatusPatternMatcher()

    def extract(self, doc: Doc, sentences: Sequence[TaggedSentence], pair: EntityPair) -> set[str]:
        """Return the features of the sentences that name both, or else of those that refer to them.

        Args:
            doc: the article.
            sentences: its tagged sentences.
            pair: one of its pairs.
        """
        direct = [mention for mention in pair.mentions if mention.direct]
        by_sentence = _group_by_sentence(direct or pair.mentions)
        features = {f for f in pair.all_features if _has_mask(f)}
        features.update(f"{NAMED}{f}" for f in pair.named_features if _has_mask(f))
        features.update(self._pattern_features(doc, sentences, pair))
        statuses: list[str] = []
        for index, mentions in sorted(by_sentence.items()):
            start, end = _window(sentences[index], mentions)
            features.update(_word_features(doc, sentences[index], pair, start, end))
            triggers = sentences[index].triggers
            near = [tag.name for tag in sentences[index].tags if tag.kind == "T" and start <= tag.start < end]
            features.update(f"cue {name}" for name in triggers)
            features.update(f"near {name}" for name in near)
            features.update(f"pair {one} {two}" for one, two in pairwise(near))
            status = status_of_triggers(near)
            status = status_of_triggers(triggers) if status == NONE else status
            statuses.append(status)
            features.add(f"told {status}")
            features.update(_next_sentence_features(sentences, index))
        features.update({f"first told {statuses[0]}", f"last told {statuses[-1]}"} if statuses else ())
        for index in {mention.sentence for mention in pair.mentions if not mention.direct}:
            triggers = sentences[index].triggers
            features.update(f"also {name}" for name in triggers)
            features.add(f"also told {status_of_triggers(triggers)}")
        return features

    def has_evidence(self, doc: Doc, sentences: Sequence[TaggedSentence], pair: EntityPair) -> bool:
        """Return whether a list, a frame or a status pattern in any sentence of the pair indicates a transfer."""
        prefixes = ("list:", "role:to:named")
        if any(feature.startswith(prefixes) for mention in pair.mentions for feature in mention.features):
            return True
        mask = _mask(pair)
        of_pair = [sentences[index] for index in sorted({mention.sentence for mention in pair.mentions})]
        lines = (mask.mask_words(doc, sentence, sentence.start, sentence.end) for sentence in of_pair)
        return any(match.status != PAST for line in lines for match in self.patterns.match(line))

    def explain(self, doc: Doc, sentences: Sequence[TaggedSentence], pair: EntityPair, status: str) -> Iterator[str]:
        """Yield the matched words near the pair that indicate a status, each once, with the name of the pattern."""
        mask = _mask(pair)
        seen: set[str] = set()
        direct = {mention.sentence for mention in pair.mentions if mention.direct}
        for index, mentions in sorted(_group_by_sentence(pair.mentions).items()):
            if direct and index not in direct:
                continue
            start, end = _window(sentences[index], mentions)
            for match in self.patterns.match(mask.mask_words(doc, sentences[index], start, end)):
                if match.status == status and match.modality in ASSERTED and match.words not in seen:
                    seen.add(match.words)
                    yield f'"{match.words}": {match.name}'

    def _pattern_features(self, doc: Doc, sentences: Sequence[TaggedSentence], pair: EntityPair) -> Iterator[str]:
        """Yield the matches in each sentence of the pair, in the window around it, and in the sentence after it."""
        mask = _mask(pair)
        direct = {mention.sentence for mention in pair.mentions if mention.direct}
        direct_statuses: list[str] = []
        for index, mentions in sorted(_group_by_sentence(pair.mentions).items()):
            sentence = sentences[index]
            prefix = "" if index in direct or not direct else "also "
            start, end = _window(sentence, mentions)
            near = self.patterns.match(mask.mask_words(doc, sentence, start, end))
            for match in self.patterns.match(mask.mask_words(doc, sentence, sentence.start, sentence.end)):
                yield from _match_features(match, f"{prefix}tell")
            for match in near:
                yield from _match_features(match, f"{prefix}near tell")
                if not MASKS.isdisjoint(match.words.split()):
                    yield f"{prefix}bound {match.name}"
            asserted = {m.status for m in near if m.modality in ASSERTED and m.status != PAST}
            statuses = " ".join(sorted(asserted)) or NONE
            yield f"{prefix}states {statuses}"
            if prefix:
                continue
            direct_statuses.append(statuses)
            if index + 1 < len(sentences) and not _names_other_player(sentences[index + 1], pair.player):
                following = sentences[index + 1]
                for match in self.patterns.match(mask.mask_words(doc, following, following.start, following.end)):
                    yield f"next tell {match.name} {match.modality}"
                    yield f"next state {match.status}"
        yield f"first states {direct_statuses[0]}"
        yield f"last states {direct_statuses[-1]}"


def _mask(pair: EntityPair) -> PairMask:
    return PairMask(pair.player, pair.club, pair.own_club)


def _next_sentence_features(sentences: Sequence[TaggedSentence], index: int) -> Iterator[str]:
    """Yield the triggers of the next sentence, unless it names a player."""
    if index + 1 < len(sentences):
        following = sentences[index + 1].tags
        if not any(tag.kind == "P" and tag.is_named for tag in following):
            yield from (f"next {tag.name}" for tag in following if tag.kind == "T")


def _has_mask(feature: str) -> bool:
    """Return whether a feature contains WHO, TO or OWN."""
    return "O" in feature and not MASKS.isdisjoint(feature.split(" "))


def _group_by_sentence(mentions: Iterable[PairMention]) -> dict[int, list[PairMention]]:
    """Return index of the sentence -> mentions."""
    found: dict[int, list[PairMention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    return found


def _match_features(match: StatusMatch, prefix: str) -> Iterator[str]:
    yield f"{prefix} {match.name}"
    yield f"{prefix} {match.name} {match.modality}"
    yield f"{prefix} state {match.status} {match.modality}"


def _names_other_player(sentence: TaggedSentence, player: str) -> bool:
    return any(tag.kind == "P" and tag.is_named and tag.name != player for tag in sentence.tags)


def _window(sentence: TaggedSentence, mentions: Sequence[PairMention]) -> tuple[int, int]:
    """Return the first and last token around mentions up to the next other player."""
    start, end = min(m.start for m in mentions), max(m.end for m in mentions)
    others = [t for t in sentence.tags if t.kind == "P" and t.is_named and not start <= t.start < end]
    left = max((tag.end for tag in others if tag.end <= start), default=sentence.start)
    right = min((tag.start for tag in others if tag.start >= end), default=sentence.end)
    return max(start - TOKENS_BEFORE, left), min(end + TOKENS_AFTER, right)


def _word_features(doc: Doc, sentence: TaggedSentence, pair: EntityPair, start: int, end: int) -> Iterator[str]:
    """Yield the words and bigrams of a window, names masked."""
    names = sentence.name_at
    words: list[str] = []
    for i, word in enumerate(lower_words(doc)[start:end], start):
        if i in names:
            name = _masked_name(names[i], pair)
            if not words or words[-1] != name:
                words.append(name)
        elif not word.isspace():
            words.append(word)
    for word in words:
        yield f"w {word}"
    for left, right in pairwise(words):
        yield f"b {left} {right}"


def _masked_name(tag: Tag, pair: EntityPair) -> str:
    if tag.name == pair.player:
        return "WHO"
    if tag.name == pair.club:
        return "TO"
    return tag.kind
