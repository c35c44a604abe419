"""The words around a person's mentions as features, and the linear scorer that reads them: player or not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span

from rumourmill.entities.roles import OLDEST_PLAYER, YOUNGEST_COACH, Context, DocTraits
from rumourmill.nlp.tokens import lower_words, written_words
from rumourmill.resources.gazetteer import fold

__all__ = ["ContextScorer", "Scene", "features"]

NEAR, WIDE = 3, 8  # tokens on either side: in their places, and as a bag
AHEAD, BEHIND = 45, 30  # tokens within which a description can stand for the person
PHRASE = 6  # tokens of a description
EDGE = "<edge>"
DETERMINERS = {"the": "the", "a": "a", "an": "a"} | dict.fromkeys("his her their our its my".split(), "whose")
APOSTROPHES = str.maketrans("’‘", "''")
OPENING, CLOSING, EITHER = frozenset("“"), frozenset("”"), frozenset('"')


class Scene:
    """What of a Doc the contexts of all its people share.

    Args:
        doc: the Doc.
        traits: its role words, from `RoleReader.traits`.
        clubs: indices of the tokens within a club's name.
        people: indices of the tokens within a person's name.
    """

    def __init__(self, doc: Doc, traits: DocTraits, clubs: Set[int], people: Set[int]) -> None:
        self.doc, self.traits, self.people = doc, traits, people
        self.lower, self.written = lower_words(doc), written_words(doc)
        self.words = _words(doc, clubs, people)
        self.spoken = _spoken(doc)


def _words(doc: Doc, clubs: Set[int], people: Set[int]) -> list[str]:
    """One word per token: folded, with clubs, people, numbers and breaks by their kind, since names tell nothing."""
    words = list(map(_shown, lower_words(doc)))
    numbers = (at for at, number in enumerate(_flags(doc, "LIKE_NUM")) if number)
    for kind, places in (("<num>", numbers), ("<name>", people), ("<club>", clubs)):
        for at in places:
            words[at] = kind
    return words


@lru_cache(maxsize=1 << 14)
def _shown(lower: str) -> str:
    """What the model sees of a word that is no name."""
    if lower.isspace():
        return "<para>"
    return "<num>" if lower[0].isdigit() else fold(lower.translate(APOSTROPHES))


def _spoken(doc: Doc) -> list[bool]:
    """Whether each token stands between quotation marks, by a glance: players are talked of, managers talk."""
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
    """One of spaCy's flags of each token."""
    flags: list[int] = doc.to_array(attr).tolist()
    return flags


def features(scene: Scene, spans: Iterable[Span], contexts: Iterable[Context]) -> Counter[str]:
    """What a linear model sees of one person.

    Args:
        scene: of the Doc.
        spans: the person's mentions.
        contexts: what `RoleReader` read beside each of them.

    Returns:
        Feature name -> count.
    """
    found: list[str] = []
    spans = list(spans)
    for span in spans:
        found += _around(scene.words, span.start, span.end)
        found += _described(scene, span)
        found.append("spoken of" if scene.spoken[span.start] else "told of")
    for context in contexts:
        found += _told(context)
    counts = Counter(found)
    counts["mentions"] = len(spans)
    return counts


def _described(scene: Scene, span: Span) -> Iterator[str]:
    """The role of the next description ("the PSV coach") that can mean this person, and the last one before him."""
    for start in range(span.end, min(len(scene.doc), span.end + AHEAD)):
        if start in scene.people:
            break
        if scene.lower[start] in DETERMINERS and (role := _role_of_phrase(scene, start)):
            yield f"next:{role}"
            break
    for at in range(span.start - 1, max(-1, span.start - BEHIND), -1):
        if at in scene.people:
            break
        if (start_of := scene.traits.start_of.get(at)) is not None and (found := scene.traits.by_start[start_of].role):
            yield f"last:{found}"
            break


def _role_of_phrase(scene: Scene, start: int) -> str | None:
    """The role word of the noun phrase that this determiner opens, with the kind of the determiner."""
    at, end = start + 1, min(start + 1 + PHRASE, len(scene.doc))
    while at < end:
        trait = scene.traits.by_start.get(at)
        if trait is not None and trait.role:
            return f"{trait.role}:{DETERMINERS[scene.lower[start]]}"
        written = scene.written[at]
        if trait is None and not (written.isalpha() or written.isdigit() or written == "-"):
            return None
        at = max(trait.end, at + 1) if trait is not None else at + 1
    return None


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
        weights: feature name -> weight of log(1 + count); empty, it scores everybody zero.
    """

    def __init__(self, weights: Mapping[str, float] | None = None) -> None:
        self.weights = dict(weights or {})

    def __call__(self, found: Mapping[str, int]) -> float:
        """The log-odds that a person with these features is a player."""
        weights = self.weights
        return weights.get("", 0.0) + sum(
            [weights[name] * math.log1p(count) for name, count in found.items() if name in weights]
        )

    def to_disk(self, path: Path) -> None:
        """Write the weights as sorted JSON, one a line."""
        text = json.dumps(dict(sorted(self.weights.items())), ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf8")

    def from_disk(self, path: Path) -> ContextScorer:
        """Read the weights that `to_disk` wrote."""
        self.weights = json.loads(path.read_text(encoding="utf8"))
        return self
