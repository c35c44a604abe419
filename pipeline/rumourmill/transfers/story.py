"""Extracts the features on which the model `story` decides whether an article reports or discusses a transfer at all.

A match report that has a player beside another club looks like a transfer sentence by sentence; the words of the whole
article tell that it is none. The features are part of the trained weights in models/transfer_news/move_weights.csv.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from spacy.tokens import Doc

from rumourmill.nlp.tokens import lower_words
from rumourmill.transfers.sentences import TaggedSentence

__all__ = ["STORY", "story_features"]

STORY = "story"  # the label of the model for an article with a transfer
MASKS = {"players": "<player>", "people": "<person>", "clubs": "<club>"}  # keys of doc.spans, and what stands for names
MANY = 3  # sentences with a trigger from which on more do not count


def story_features(doc: Doc, sentences: Iterable[TaggedSentence]) -> set[str]:
    """Return the words and pairs of words of an article, with names masked, and the triggers of its sentences.

    Args:
        doc: the article, with spans of players, people and clubs.
        sentences: its tagged sentences.
    """
    words = list(lower_words(doc))
    for key, mask in MASKS.items():
        for span in doc.spans.get(key, ()):
            words[span.start : span.end] = [mask] * len(span)
    words = [_word(word) for i, word in enumerate(words) if not i or word not in MASKS.values() or word != words[i - 1]]
    features = set(words) | {f"{a} {b}" for a, b in pairwise(words)}
    named = (sentence for sentence in sentences if sentence.players or sentence.clubs)
    counts = Counter(trigger for sentence in named for trigger in set(sentence.triggers))
    return features | {f"trigger {trigger}:{min(count, MANY)}" for trigger, count in counts.items()}


def _word(word: str) -> str:
    """Return a lower-case word as a feature: numbers and line breaks by their kind."""
    if word.isspace():
        return "<break>"
    return "<number>" if word[0].isdigit() else word.strip()
