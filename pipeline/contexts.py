"""The words around a person's mentions as features, and the linear scorer that reads them: player or not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

from spacy.tokens import Doc, Span

from pipeline.gazetteer import fold
from pipeline.roles import OLDEST_PLAYER, YOUNGEST_COACH, Context

__all__ = ["ContextScorer", "features", "token_words"]

NEAR, WIDE = 3, 8  # tokens on either side: in their places, and as a bag
EDGE = "<edge>"


def token_words(doc: Doc, clubs: Set[int], people: Set[int]) -> list[str]:
    """One word per token: folded, with clubs, people, numbers and breaks by their kind, since names tell nothing."""
    words = []
    for token in doc:
        if token.i in clubs:
            words.append("<club>")
        elif token.i in people:
            words.append("<name>")
        elif token.is_space:
            words.append("<para>")
        elif token.text[0].isdigit() or token.like_num:
            words.append("<num>")
        else:
            words.append(fold(token.lower_))
    return words


def features(words: Sequence[str], spans: Iterable[Span], contexts: Iterable[Context]) -> dict[str, float]:
    """What a linear model sees of one person.

    Args:
        words: of the Doc, from `token_words`.
        spans: the person's mentions.
        contexts: what `RoleReader` read beside each of them.

    Returns:
        Feature name -> log(1 + count).
    """
    counts: Counter[str] = Counter()
    spans = list(spans)
    for span in spans:
        counts.update(_around(words, span.start, span.end))
    for context in contexts:
        counts.update(_told(context))
    counts["mentions"] = len(spans)
    return {name: math.log1p(count) for name, count in counts.items()}


def _around(words: Sequence[str], start: int, end: int) -> list[str]:
    def at(index: int) -> str:
        return words[index] if 0 <= index < len(words) else EDGE

    found = [f"-{k}:{at(start - k)}" for k in range(1, NEAR + 1)]
    found += [f"+{k}:{at(end + k - 1)}" for k in range(1, NEAR + 1)]
    found += [f"w:{word}" for word in (*words[max(0, start - WIDE) : start], *words[end : end + WIDE])]
    found.append(f"before:{at(start - 2)} {at(start - 1)}")
    found.append(f"after:{at(end)} {at(end + 1)}")
    found.append(f"between:{at(start - 1)}|{at(end)}")
    return found


def _told(context: Context) -> list[str]:
    found = []
    if context.role:
        found.append(f"role:{context.role}{':former' if context.former else ''}")
    if context.age is not None:
        age = "young" if context.age <= OLDEST_PLAYER else "old" if context.age >= YOUNGEST_COACH else "between"
        found.append(f"age:{age}")
    if context.position:
        found.append("position")
    return found


class ContextScorer:
    """A logistic model: above zero, the words around a person speak of a player.

    Args:
        weights: feature name -> weight; empty, it scores everybody zero.
    """

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        self.weights = dict(weights or {})

    def __call__(self, found: Mapping[str, float]) -> float:
        """The log-odds that a person with these features is a player."""
        weights = self.weights
        return weights.get("", 0.0) + sum(weights[name] * x for name, x in found.items() if name in weights)

    def to_disk(self, path: Path) -> None:
        """Write the weights as sorted JSON, one a line."""
        text = json.dumps(dict(sorted(self.weights.items())), ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf8")

    def from_disk(self, path: Path) -> ContextScorer:
        """Read the weights that `to_disk` wrote."""
        self.weights = json.loads(path.read_text(encoding="utf8"))
        return self
