"""Extracts transfers from lists: "In: A (from X, £5m), B (Y, loan)" under the heading of a club.

"In:" and "Out:" are the markers of a list; the club is in the heading, or before the first marker of the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from rumourmill.nlp.tokens import lower_words
from rumourmill.transfers.sentences import Tag, TaggedSentence

__all__ = ["ListedPair", "find_listed_pairs"]

IN = frozenset("in ins ➕ arrivals arrived signed joined signings joining arrivées altas incomings incoming".split())
OUT = frozenset("out outs ➖ departures departed left sold leaving bajas outgoings outgoing exits".split())
PUNCTUATION = frozenset(": - – — |".split())
MAX_HEADING = 7  # tokens of a heading beside the club's name


@dataclass(frozen=True)
class ListedPair:
    """A player and a club in a list.

    Args:
        sentence: index of the sentence.
        player: the tag of the player.
        club: canonical name of the club in the heading, or of the one after the player.
        role: of the club: to or from.
        style: `heading` or `bracket`: where the club is.
    """

    sentence: int
    player: Tag
    club: str
    role: str
    style: str


def find_listed_pairs(doc: Doc, sentences: Sequence[TaggedSentence]) -> Iterator[ListedPair]:
    """Yield every pair of a player and a club that is in a list."""
    heading: str | None = None
    direction: str | None = None
    for index, sentence in enumerate(sentences):
        named = [tag for tag in sentence.tags if tag.is_named and tag.kind in "PC"]
        markers = dict(_find_markers(doc, sentence))
        if not markers and _is_heading(doc, sentence, named):
            heading, direction = named[0].name, None
            continue
        if not markers and not _continues_list(doc, sentence, named):
            direction = None
        heading = _club_before_marker(named, markers) or heading
        for player, club, way in _list_items(named, markers, direction):
            if heading:
                yield ListedPair(index, player, heading, "to" if way == "in" else "from", "heading")
            if club:
                yield ListedPair(index, player, club, "from" if way == "in" else "to", "bracket")
        if markers:
            direction = markers[max(markers)]


def _club_before_marker(named: Sequence[Tag], markers: Mapping[int, str]) -> str | None:
    """Return the club before the first marker of a line: "Bury - In: A, B."."""
    before = [tag for tag in named if markers and tag.start < min(markers)]
    return before[0].name if before and all(tag.kind == "C" for tag in before) else None


def _continues_list(doc: Doc, sentence: TaggedSentence, named: Sequence[Tag]) -> bool:
    """Return whether a line without a marker may belong to the list before it."""
    return _is_item(doc, named, sentence.start) if named else _length(doc, sentence) <= MAX_HEADING


def _find_markers(doc: Doc, sentence: TaggedSentence) -> Iterator[tuple[int, str]]:
    """Yield the token and the direction (in or out) of each marker."""
    words = lower_words(doc)[sentence.start : sentence.end]
    for i, word in enumerate(words, sentence.start):
        direction = "in" if word in IN else "out" if word in OUT else None
        if direction is None or doc[i].is_lower:
            continue
        alone = i == sentence.start and _length(doc, sentence) <= 2
        follows = i + 1 < sentence.end and doc[i + 1].text in PUNCTUATION
        if alone or follows or word in "➕➖":
            yield i, direction


def _length(doc: Doc, sentence: TaggedSentence) -> int:
    """Return the number of tokens that are not white space."""
    return sum(not word.isspace() for word in lower_words(doc)[sentence.start : sentence.end])


def _is_heading(doc: Doc, sentence: TaggedSentence, named: Sequence[Tag]) -> bool:
    """Return whether a line is the name of a club with at most two other tokens."""
    if len(named) != 1 or named[0].kind != "C" or len(sentence.of_kind("H")):
        return False
    return _length(doc, sentence) - (named[0].end - named[0].start) <= 2


def _is_item(doc: Doc, named: Sequence[Tag], start: int) -> bool:
    """Return whether a line begins with a player followed by a bracket or a separator."""
    if not named or named[0].kind != "P" or named[0].start > start + 2:
        return False
    after = doc[named[0].end].text if named[0].end < len(doc) else ""
    return after in ("(", "-", "–", "—", ",", ":", "|", "[")


def _list_items(
    named: Sequence[Tag], markers: Mapping[int, str], direction: str | None
) -> Iterator[tuple[Tag, str | None, str]]:
    """Yield each listed player with the club that follows and the direction."""
    for n, tag in enumerate(named):
        if tag.kind != "P":
            continue
        way = next((markers[i] for i in sorted(markers, reverse=True) if i < tag.start), direction)
        if way is None:
            continue
        following = named[n + 1] if n + 1 < len(named) else None
        marker_between = following is not None and any(tag.end <= i < following.start for i in markers)
        club = following.name if following and following.kind == "C" and not marker_between else None
        yield tag, club, way
