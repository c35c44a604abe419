"""The words around a person's mentions as features of a logistic model: player or not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span

from rumourmill.entities.roles import OLDEST_PLAYER, YOUNGEST_COACH, DocTraits, MentionContext
from rumourmill.nlp.tokens import lower_words, written_words
from rumourmill.resources.gazetteer import fold

__all__ = ["ContextScorer", "DocContext", "extract_features"]

NEAR, WIDE = 3, 8  # tokens on either side: as positional features, and as a bag of words
AHEAD, BEHIND = 45, 30  # tokens within which a description can refer to the person
PHRASE = 6  # tokens of a description
EDGE = "<edge>"
DETERMINERS = {"the": "the", "a": "a", "an": "a"} | dict.fromkeys("his her their our its my".split(), "whose")
APOSTROPHES = str.maketrans("’‘", "''")
OPENING, CLOSING, EITHER = frozenset("“"), frozenset("”"), frozenset('"')


class DocContext:
    """What the features of all people of a Doc share.

    Args:
        doc: the Doc.
        traits: its role words, from `TraitMatcher.traits`.
        clubs: indices of the tokens within a club's name.
        people: indices of the tokens within a person's name.
    """

    def __init__(self, doc: Doc, traits: DocTraits, clubs: Set[int], people: Set[int]) -> None:
        self.doc, self.traits, self.people = doc, traits, people
        self.lower, self.written = lower_words(doc), written_words(doc)
        self.words = _normalised_words(doc, clubs, people)
        self.quoted = _quoted(doc)


def _normalised_words(doc: Doc, clubs: Set[int], people: Set[int]) -> list[str]:
    """Return one folded word per token; clubs, people, numbers and breaks are replaced by their kind."""
    words = list(map(_normalised, lower_words(doc)))
    numbers = (at for at, number in enumerate(_flags(doc, "LIKE_NUM")) if number)
    for kind, tokens in (("<num>", numbers), ("<name>", people), ("<club>", clubs)):
        for at in tokens:
            words[at] = kind
    return words


@lru_cache(maxsize=1 << 14)
def _normalised(lower: str) -> str:
    """Return the form of a word in features."""
    if lower.isspace():
        return "<para>"
    return "<num>" if lower[0].isdigit() else fold(lower.translate(APOSTROPHES))


def _quoted(doc: Doc) -> list[bool]:
    """Return for each token whether it is inside quotation marks, by a simple scan of its paragraph."""
    inside, found = False, []
    for text in written_words(doc):
        if text in EITHER:
            inside = not inside
        elif text in OPENING or text in CLOSING:
            inside = text in OPENING
        elif "\n" in text and text.isspace():
            inside = False
        found.append(inside)
    return found


def _flags(doc: Doc, attr: str) -> list[int]:
    """Return a lexical flag of spaCy for each token."""
    flags: list[int] = doc.to_array(attr).tolist()
    return flags


def extract_features(
    context: DocContext, spans: Iterable[Span], mention_contexts: Iterable[MentionContext]
) -> Counter[str]:
    """Return the features of one person.

    Args:
        context: of the Doc.
        spans: the person's mentions.
        mention_contexts: `TraitMatcher.context_of` for each of them.

    Returns:
        Feature name -> count.
    """
    found: list[str] = []
    spans = list(spans)
    for span in spans:
        found += _window_features(context.words, span.start, span.end)
        found += _description_features(context, span)
        found.append("spoken of" if context.quoted[span.start] else "told of")
    for mention_context in mention_contexts:
        found += _trait_features(mention_context)
    counts = Counter(found)
    counts["mentions"] = len(spans)
    return counts


def _description_features(context: DocContext, span: Span) -> Iterator[str]:
    """Yield the role of the next description that can refer to the person ("the PSV coach"), and of the last one."""
    for start in range(span.end, min(len(context.doc), span.end + AHEAD)):
        if start in context.people:
            break
        if context.lower[start] in DETERMINERS and (role := _role_of_phrase(context, start)):
            yield f"next:{role}"
            break
    for at in range(span.start - 1, max(-1, span.start - BEHIND), -1):
        if at in context.people:
            break
        first = context.traits.start_of.get(at)
        if first is not None and (role := context.traits.by_start[first].role):
            yield f"last:{role}"
            break


def _role_of_phrase(context: DocContext, start: int) -> str | None:
    """Return the role word of the noun phrase that a determiner opens, with the kind of the determiner."""
    at, end = start + 1, min(start + 1 + PHRASE, len(context.doc))
    while at < end:
        trait = context.traits.by_start.get(at)
        if trait is not None and trait.role:
            return f"{trait.role}:{DETERMINERS[context.lower[start]]}"
        written = context.written[at]
        if trait is None and not (written.isalpha() or written.isdigit() or written == "-"):
            return None
        at = max(trait.end, at + 1) if trait is not None else at + 1
    return None


def _window_features(words: Sequence[str], start: int, end: int) -> list[str]:
    def at(index: int) -> str:
        return words[index] if 0 <= index < len(words) else EDGE

    found = [f"-{k}:{at(start - k)}" for k in range(1, NEAR + 1)]
    found += [f"+{k}:{at(end + k - 1)}" for k in range(1, NEAR + 1)]
    found += [f"w:{word}" for word in (*words[max(0, start - WIDE) : start], *words[end : end + WIDE])]
    found.append(f"before:{at(start - 2)} {at(start - 1)}")
    found.append(f"after:{at(end)} {at(end + 1)}")
    found.append(f"between:{at(start - 1)}|{at(end)}")
    return found


def _trait_features(context: MentionContext) -> list[str]:
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
    """A logistic model of the words around a person.

    Args:
        weights: feature name -> weight of log(1 + count); without weights every score is zero.
    """

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        self.weights = dict(weights or {})

    def __call__(self, found: Mapping[str, int]) -> float:
        """Return the log-odds that a person with these features is a player."""
        weights = self.weights
        return weights.get("", 0.0) + sum(
            [weights[name] * math.log1p(count) for name, count in found.items() if name in weights]
        )

    def to_disk(self, path: Path) -> None:
        """Write the weights as sorted JSON, one per line."""
        text = json.dumps(dict(sorted(self.weights.items())), ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf8")

    def from_disk(self, path: Path) -> ContextScorer:
        """Load the weights that `to_disk` wrote."""
        self.weights = json.loads(path.read_text(encoding="utf8"))
        return self
