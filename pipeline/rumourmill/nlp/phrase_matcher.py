"""A phrase matcher for large lists that is fast to create: it adds a phrase when a text first has its first word.

An article needs a few dozen of the 12,000 names of clubs; tokenizing and indexing all of them took half the loading
time of the pipeline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import filterfalse
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from rumourmill.nlp.tokens import lower_ids
from rumourmill.resources.gazetteer import fold

__all__ = ["LazyPhraseMatcher"]

WORD = re.compile(r"[^\W_]+")
APART = frozenset("'’0123456789")
MAX_SEEN = 1 << 15  # words cached as looked up; a full cache is cleared


class LazyPhraseMatcher:
    """Matches the same phrases as spaCy's PhraseMatcher.

    Args:
        nlp: the pipeline whose tokenizer is used for phrases.
        attr: token attribute to match on: LOWER or NORM; tokens with equal NORM must be equal when folded.
        phrases: label -> phrases.
        prepare: applied to the Doc of each phrase, as the caller applies it to texts.
    """

    def __init__(
        self,
        nlp: Language,
        attr: str,
        phrases: Mapping[str, Iterable[str]],
        prepare: Callable[[Doc], Doc] = lambda doc: doc,
    ) -> None:
        self.tokenizer: Any = nlp.tokenizer
        self.strings, self.prepare = nlp.vocab.strings, prepare
        self.matcher = PhraseMatcher(nlp.vocab, attr=attr)
        self.waiting: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.seen: set[int] = set()
        for label, of_label in phrases.items():
            self.strings.add(label)  # permanently, not only in the memory zone of the text that first matches it
            for phrase in of_label:
                if self._may_be_split(phrase):
                    self._add(label, phrase)
                else:
                    self.waiting[_first_word(phrase)].append((label, phrase))

    def __call__(self, doc: Doc) -> list[Span]:
        """Return all matches in a Doc as labelled spans; they may overlap."""
        words = list(filterfalse(self.seen.__contains__, lower_ids(doc)))  # `-` would iterate over all of `seen`
        for word in words:
            for label, phrase in self.waiting.pop(_first_word(self.strings[word]), ()):
                self._add(label, phrase)
        if len(self.seen) > MAX_SEEN:
            self.seen.clear()
        self.seen.update(words)
        found: list[Span] = self.matcher(doc, as_spans=True)
        return found

    def _add(self, label: str, phrase: str) -> None:
        self.matcher.add(label, [self.prepare(self.tokenizer(phrase))])

    def _may_be_split(self, phrase: str) -> bool:
        """Return whether the tokenizer may split the first word: `did|n't`, `can|not`, `50|m`."""
        first = phrase.partition(" ")[0]
        return not APART.isdisjoint(first) or first in self.tokenizer.rules


def _first_word(text: str) -> str:
    """Return the first run of letters and digits, folded; it is the same for a phrase and its first token."""
    found = WORD.search(fold(text))
    return found[0] if found else ""
