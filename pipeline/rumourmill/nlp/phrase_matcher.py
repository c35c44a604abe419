"""A phrase matcher that is ready at once: it takes a phrase in when a text first has a word that it could begin with.

Of the 12,000 names of clubs an article needs a few dozen; to cut and index them all took half the time of loading.
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

__all__ = ["LateMatcher"]

WORD = re.compile(r"[^\W_]+")
APART = frozenset("'’0123456789")
MOST_SEEN = 1 << 15  # words remembered as looked up; beyond it the memory begins anew


class LateMatcher:
    """Finds phrases in Docs as spaCy's PhraseMatcher does.

    Args:
        nlp: the pipeline whose tokeniser cuts phrases as it cuts texts.
        attr: what is compared: LOWER or NORM; two tokens of one NORM must be the same when folded.
        phrases: label -> phrases.
        prepare: done with each phrase's Doc before it is taken in, as the caller does with the texts.
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
            self.strings.add(label)  # for good, and not as a word of the text that first needs it
            for phrase in of_label:
                if self._may_be_cut(phrase):
                    self._take_in(label, phrase)
                else:
                    self.waiting[_first_word(phrase)].append((label, phrase))

    def __call__(self, doc: Doc) -> list[Span]:
        """Every phrase in a Doc, overlapping ones too, labelled."""
        words = list(filterfalse(self.seen.__contains__, lower_ids(doc)))  # `-` would walk through all that was seen
        for word in words:
            for label, phrase in self.waiting.pop(_first_word(self.strings[word]), ()):
                self._take_in(label, phrase)
        if len(self.seen) > MOST_SEEN:
            self.seen.clear()
        self.seen.update(words)
        found: list[Span] = self.matcher(doc, as_spans=True)
        return found

    def _take_in(self, label: str, phrase: str) -> None:
        self.matcher.add(label, [self.prepare(self.tokenizer(phrase))])

    def _may_be_cut(self, phrase: str) -> bool:
        """Whether the tokeniser may cut the first word itself: `did|n't`, `can|not`, `50|m`."""
        first = phrase.partition(" ")[0]
        return not APART.isdisjoint(first) or first in self.tokenizer.rules


def _first_word(text: str) -> str:
    """The first letters and digits in a row, folded: of a phrase, and of the token that it begins with."""
    found = WORD.search(fold(text))
    return found[0] if found else ""
