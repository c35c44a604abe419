"""Write the gazetteer lists that contain a word to `token.tag_`, as a feature of the entity recogniser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

from rumourmill.entities import ClubLexicon
from rumourmill.resources import gazetteer as shipped
from rumourmill.resources.gazetteer import Gazetteer, fold

__all__ = ["WordLists", "create"]

NO_LIST = "-"
MAX_CACHED = 1 << 15  # words whose tags are cached; a full cache is cleared


class WordLists:
    """Tag every token with the letters of the lists that contain it.

    C name or nickname of a club, c word within one, T town of a club, F given name, D demonym or country, O word of an
    outlet's name, L of a competition's, R role word, W word that news writes in lower case.

    Args:
        nlp: the pipeline whose vocabulary is used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        letters: dict[str, set[str]] = defaultdict(set)
        for letter, words in _words_by_list(gazetteer):
            for word in words:
                letters[word].add(letter)
        self.strings = nlp.vocab.strings
        self.tags = {word: self.strings.add("".join(sorted(found))) for word, found in letters.items()}
        self.no_list = self.strings.add(NO_LIST)
        self._cache: dict[int, int] = {}  # lower-case form -> tag, as hashes

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        if len(doc):
            self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[int]:
        """Return the tag of each token as a hash of the string store."""
        if len(self._cache) > MAX_CACHED:
            self._cache.clear()
        return [self._cache.get(word) or self._tag(word) for word in doc.to_array("LOWER").tolist()]

    def set_annotations(self, doc: Doc, tags: list[int]) -> None:
        """Write `token.tag`."""
        column: Ints2d = np.array(tags, dtype="uint64").reshape(-1, 1)  # type: ignore[assignment]  # plain numpy is one
        doc.from_array(["TAG"], column)

    def _tag(self, word: int) -> int:
        tag = self._cache[word] = self.tags.get(fold(self.strings[word]), self.no_list)
        return tag


def _words_by_list(gazetteer: Gazetteer) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the letter of each list with its folded words."""
    lexicon = ClubLexicon.of(gazetteer)
    names = [name.split() for name in (*lexicon.club_of, *lexicon.nicknamed)]
    yield "C", (words[0] for words in names if len(words) == 1)
    yield "c", (word for words in names if len(words) > 1 for word in words)
    yield "T", lexicon.towns
    yield "F", (fold(line["name"]) for line in shipped.first_names())
    yield "D", (fold(line["demonym"]) for line in shipped.demonyms())
    yield "O", _words_of(gazetteer.outlets)
    yield "L", _words_of(shipped.competitions())
    yield "R", (fold(line["word"]) for line in shipped.roles())
    yield "W", shipped.ordinary_words()


def _words_of(forms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for form, _ in forms:
        yield from fold(form).split()


@Language.factory("word_lists", assigns=["token.tag"], default_config={"user_lists": {}})
def create(nlp: Language, name: str, user_lists: dict[str, str]) -> WordLists:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        user_lists: file name -> text of a user's lists, see `Gazetteer`.
    """
    return WordLists(nlp, Gazetteer.of(user_lists))
