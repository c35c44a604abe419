"""Cluster the mentions of people in an article: short forms join the full name; accents and case are folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from spacy.tokens import Span

from rumourmill.entities.public_figures import is_surname
from rumourmill.nlp.tokens import lower_words, written_words
from rumourmill.resources.gazetteer import diminutives, fold

__all__ = ["PARTICLES", "Cluster", "clean_mention", "cluster_mentions"]

TITLES = frozenset(
    "sir mr mrs ms miss dr lord lady dame prince sheikh boss manager coach captain striker defender midfielder "
    "winger goalkeeper keeper forward agent chairman skipper gaffer chief president director".split()
)
PARTICLES = frozenset("van von de da di del della dos das do der den ter ten la le el al ben bin mac mc st o".split())
APOSTROPHES = frozenset("'’")
SHORTEST_SHORT_FORM = 3  # letters of a short form of a given name
SHORTEST_MISSPELT = 6  # letters; shorter surnames that differ in one letter belong to two people
CUTS = frozenset({"-", "–", "—", "(", ")", ",", "/", ":", ";", "|", "'", '"', "“", "”", "‘", "•", "*"})


@dataclass
class Cluster:
    """The mentions of one person of an article.

    Args:
        words: the folded words of the longest form.
        spans: the mentions, in text order.
    """

    words: tuple[str, ...]
    spans: list[Span] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The longest form, in title case if the article has it in capitals only."""
        words = sorted(self.words)
        full = [s.text for s in self.spans if sorted(words_of(s)) == words]
        best = min(full or [max((s.text for s in self.spans), key=len)], key=str.isupper)
        best = " ".join(best.split())
        return best.title() if best.isupper() and len(best) > 3 else best


def words_of(span: Span) -> tuple[str, ...]:
    """Return the folded words of a mention; hyphens and apostrophes are kept."""
    return tuple(fold(span.text.replace("’", "'")).split())


def clean_mention(span: Span) -> Span | None:
    """Return an entity without titles, possessives, punctuation and line breaks; None if no name is left."""
    doc, start, end = span.doc, span.start, span.end
    lower, written = lower_words(doc), written_words(doc)
    while start < end and (lower[start].rstrip(".") in TITLES or not _may_begin_name(written[start])):
        start += 1
    stop = start
    while (
        stop < end
        and not written[stop].isspace()
        and (written[stop] not in CUTS or _is_within_name(doc[start:end], stop))
    ):
        stop += 1
    end = stop
    while end > start and (lower[end - 1] in ("'s", "’s", "'", "’") or not written[end - 1][0].isalnum()):
        end -= 1
    return doc[start:end] if any(c.isupper() for word in written[start:end] for c in word) else None


def _may_begin_name(text: str) -> bool:
    return text[0].isalpha() and (not text.islower() or text in PARTICLES)


def _is_within_name(span: Span, index: int) -> bool:
    """Return whether punctuation is part of a name, without a space after it: `Tae-rim`, `van 't Hart`."""
    if not 0 < index - span.start < len(span) - 1 or span.doc[index].whitespace_:
        return False
    return span.doc[index].text in APOSTROPHES or not span.doc[index - 1].whitespace_


def cluster_mentions(spans: Iterable[Span]) -> list[Cluster]:
    """Group mentions by person, each mention in at most one group.

    A short form joins the full name that ends with it (else the one that begins with it); if two people share it,
    the one mentioned last before it. Full names are only joined if one contains the words of the other and their last
    words are the same, or if they differ in word order: `Pyo Geon-woong`, `Geon-woong Pyo`. A pair of surnames in a
    headline (`Kane-Lukaku` beside a Kane and a Lukaku) is left out.

    Args:
        spans: mentions from `clean_mention`, in text order.

    Returns:
        The clusters in order of appearance.
    """
    mentions = [(words_of(span), span) for span in sorted(spans, key=lambda s: s.start)]
    surnames = {words[-1] for words, _ in mentions if len(words) > 1}
    mentions = [(words, span) for words, span in mentions if not _is_pair(words, surnames)]
    people = _ClusterIndex()
    for words in sorted({words for words, _ in mentions}, key=lambda w: (-len(w), w)):
        if not people.holders(words):
            people.add(Cluster(words))
    holders = {words: people.holders(words) for words in {words for words, _ in mentions}}
    last_seen: dict[int, int] = defaultdict(lambda: -1)
    for words, span in mentions:
        own = max(holders[words], key=lambda c: last_seen[id(c)])  # the first one if none was seen yet
        own.spans.append(span)
        last_seen[id(own)] = span.start
    return sorted((c for c in people.all if c.spans), key=lambda c: c.spans[0].start)


class _ClusterIndex:
    """The clusters of an article, indexed by the words of their names."""

    def __init__(self) -> None:
        self.all: list[Cluster] = []
        self._with_word: dict[str, list[int]] = defaultdict(list)

    def add(self, person: Cluster) -> None:
        for word in {*person.words, *person.words[-1].split("-")}:
            self._with_word[word].append(len(self.all))
        self.all.append(person)

    def holders(self, words: tuple[str, ...]) -> list[Cluster]:
        """Return the people whom these words can name: by surname, else by given name, else by a form of either."""
        indices = {index for word in words for index in self._with_word.get(word, ())}
        sharing = [self.all[index] for index in sorted(indices)]
        return next(filter(None, _candidates(words, sharing, self.all)), [])


def _is_pair(words: tuple[str, ...], surnames: Set[str]) -> bool:
    """Return whether a mention is two surnames joined by a hyphen."""
    parts = words[0].split("-") if len(words) == 1 else []
    return len(parts) > 1 and set(parts) <= surnames


def _candidates(
    words: tuple[str, ...], sharing: Sequence[Cluster], everybody: Sequence[Cluster]
) -> Iterator[list[Cluster]]:
    """Yield the people whom words can name, the most certain first; `sharing` are those who share a word with them."""
    in_order = sorted(words)
    yield [c for c in sharing if c.words == words or (len(words) > 1 and sorted(c.words) == in_order)]
    yield [c for c in sharing if _is_surname(words, c.words)]
    if len(words) == 1:
        yield [c for c in sharing if len(c.words) > 1 and c.words[0] == words[0]]
        fuller = [c for c in everybody if len(c.words) > 1]
        shortened = [c for c in fuller if _is_short_for(words[0], c.words[0])]
        yield shortened if len(shortened) == 1 else []
        yield [c for c in fuller if _one_letter_apart(words[0], c.words[-1])]


def _is_short_for(short: str, given: str) -> bool:
    """Return whether a word is a short form of a given name: `Olu` for Olumide, `Paddy` for Padraig."""
    if (short, given) in diminutives():
        return True
    return len(short) >= SHORTEST_SHORT_FORM and given.startswith(short) and not is_surname(short)


def _one_letter_apart(one: str, other: str) -> bool:
    """Return whether two long surnames differ in one letter, as misspelt names do (Hassell, Hassel, Hassall)."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_MISSPELT or len(long) - len(short) > 1 or one[0] != other[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def _is_surname(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Return whether words are the surname, or the last words, of a full name."""
    if len(words) >= len(full):
        return False
    if full[-len(words) :] == words:
        return True
    tail = full[-1].split("-")
    if len(words) == 1:  # Webb of Webb-Osei, and the middle one of Ayala Ferreira
        return words[0] in tail or (words[0] in full[1:-1] and words[0] not in PARTICLES)
    return full[-1] == words[-1] and set(words) <= set(full)
