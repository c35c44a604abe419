"""What the gazetteer knows of each word, as `token.tag_`: a feature of the entity recogniser that runs next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import fold, ordinary_words

__all__ = ["WordLists", "create"]

NONE = "-"
MOST_KEPT = 1 << 15  # words of the text whose tags are remembered


class WordLists:
    """Tags every token with the letters of the lists that hold it.

    C a club's name or nickname, c a word within one, T a club's town, F a given name, D a demonym or country,
    O a word of an outlet's name, L of a competition's, R a role word, W a word that news writes in lower case.
    """

    def __init__(self, nlp: Language) -> None:
        letters: dict[str, set[str]] = defaultdict(set)
        for letter, words in _lists():
            for word in words:
                letters[word].add(letter)
        self.tags = {word: nlp.vocab.strings.add("".join(sorted(found))) for word, found in letters.items()}
        self.none = nlp.vocab.strings.add(NONE)
        self.strings = nlp.vocab.strings
        self.tag_of: dict[int, int] = {}  # each word looked up before -> its tag

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place and hand it on."""
        if not len(doc):
            return doc
        if len(self.tag_of) > MOST_KEPT:
            self.tag_of.clear()
        tags = [self.tag_of.get(word) or self._tag(word) for word in doc.to_array("LOWER").tolist()]
        column: Ints2d = np.array(tags, dtype="uint64").reshape(-1, 1)  # type: ignore[assignment]  # plain numpy is one
        return doc.from_array(["TAG"], column)

    def _tag(self, word: int) -> int:
        tag = self.tag_of[word] = self.tags.get(fold(self.strings[word]), self.none)
        return tag


def _lists() -> Iterator[tuple[str, Iterable[str]]]:
    lexicon = ClubLexicon.load()
    names = [name.split() for name in (*lexicon.club_of, *lexicon.nicknamed)]
    yield "C", (words[0] for words in names if len(words) == 1)
    yield "c", (word for words in names if len(words) > 1 for word in words)
    yield "T", lexicon.towns
    yield "F", (fold(line["name"]) for line in gazetteer.first_names())
    yield "D", (fold(line["demonym"]) for line in gazetteer.demonyms())
    yield "O", _words_of(gazetteer.outlets())
    yield "L", _words_of(gazetteer.competitions())
    yield "R", (fold(r["word"]) for r in gazetteer.roles())
    yield "W", ordinary_words()


def _words_of(forms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for form, _ in forms:
        yield from fold(form).split()


@Language.factory("word_lists", assigns=["token.tag"])
def create(nlp: Language, name: str) -> WordLists:
    """Make the component; it takes no settings."""
    return WordLists(nlp)
