"""How a player and a club stand together in a sentence, as short features whose weights a table holds (ranking.py).

A feature is a name for what stands before, between and behind the two: signs ("bare<sign from"), words ("l1 for") and
the sentence as seen from the pair, in which the player reads WHO, the club TO, and the club that he is known to belong
to OWN ("OWN reject bid TO for WHO").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from rumourmill.nlp.tokens import BLANK, symbols
from rumourmill.transfers.masked_templates import SMALL, VIEWED, View
from rumourmill.transfers.sentences import Scene, Sign

__all__ = ["alone", "together"]

HOW = {"named": "n", "pronoun": "p", "described": "d", "spoken": "s", "carried": "c", "ground": "g"}
BETWEEN = 6  # signs behind the first of the two, and before the second, that belong to the view
VIEW = 3  # signs on either side of the two that belong to the view
WORDS_AROUND = 4  # words on either side of the two that are read
WORDS_BETWEEN = 15  # words between the two at most for each to count by itself
NAMES = VIEWED | {"C", "P"}


def together(doc: Doc, scene: Scene, p: int, c: int, own: Mapping[str, str]) -> set[str]:
    """Features of a player and a club in one sentence.

    Args:
        doc: the article.
        scene: the sentence.
        p: index of the player's sign.
        c: index of the club's sign.
        own: for each player the club that he is known to belong to.
    """
    signs = scene.signs
    player, club = signs[p], signs[c]
    first, last = min(p, c), max(p, c)
    order = "<" if c < p else ">"
    view = View(player.name, club.name, own.get(player.name))
    names = set(_between(signs, first, last, order))
    names.update(
        _around(doc, scene, c, f"C{order}"),
        _around(doc, scene, p, f"P{order}"),
        _shape(scene, c, order),
        _view(signs, first, last, order, view),
        _words(doc, scene, first, last, view),
    )
    names.add(f"how {HOW[player.how]}{HOW[club.how]}")
    return names


def alone(scene: Scene, at: int, how: str, view: View, gap: str) -> frozenset[str]:
    """Features of a sentence that has one of the two, where the other is spoken of elsewhere.

    Args:
        scene: the sentence.
        at: index of the sign that it has.
        how: how the other is meant.
        view: the pair.
        gap: how many sentences back the other was named, or "ahead".
    """
    tag = f"{how}{scene.signs[at].kind} "
    seen = view.symbols(scene.signs[max(at - 2 * VIEW, 0) : at + 2 * VIEW + 1])
    views = [f"{tag}v {symbol}" for symbol in seen if symbol in VIEWED]
    runs = [f"{tag}g {one} {two}" for one, two in pairwise(seen)]
    return _told(scene, tag).union(runs, views, (f"{tag}gap {gap}",))


def _told(scene: Scene, tag: str) -> frozenset[str]:
    """The cues of a sentence: the same for all of it that the other is meant by in one way."""
    cues = scene.cues
    return _kept(scene, -1, tag, lambda: (f"{tag}sent:{'/'.join(cues[:2])}", *(f"{tag}cue:{cue}" for cue in cues)))


def _kept(scene: Scene, at: int, tag: str, make: Callable[[], Iterable[str]]) -> frozenset[str]:
    """Features that are the same for several pairs of a sentence, by the sign (-1: none) and how it is seen."""
    found = scene.around.get((at, tag))
    if found is None:
        found = scene.around[at, tag] = frozenset(make())
    return found


def _view(signs: Sequence[Sign], first: int, last: int, order: str, view: View) -> list[str]:
    before = view.symbols(signs[max(0, first - 2 * VIEW) : first])[-VIEW:]
    after = view.symbols(signs[last + 1 : last + 1 + 2 * VIEW])[:VIEW]
    opened = signs[first].end
    between = view.symbols([s for s in signs[first + 1 : last] if s.start >= opened])
    if len(between) > 2 * BETWEEN:
        between = [*between[:BETWEEN], "~", *between[-BETWEEN:]]
    line = [*before, view.symbol(signs[first]), *between, view.symbol(signs[last]), *after]
    names = [symbol for symbol in line if symbol in NAMES]
    return [
        *_runs(line, f"g{order}"),
        f"names{order} {' '.join(names[:7])}",
        f"own{order} {'OWN' in names} {view.own == view.club} {view.own is not None}",
    ]


def _runs(line: Sequence[str], tag: str) -> list[str]:
    """Every two and three symbols that follow each other."""
    pairs = [f"{tag} {left} {right}" for left, right in pairwise(line)]
    return pairs + [f"{pair} {third}" for pair, third in zip(pairs, line[2:], strict=False)]


def _words(doc: Doc, scene: Scene, first: int, last: int, view: View) -> list[str]:
    left, right = scene.signs[first], scene.signs[last]
    order = "<" if left.kind == "C" else ">"
    found = []
    if right.start - left.end <= WORDS_BETWEEN:
        named = scene.names
        stretch = enumerate(symbols(doc)[left.end : right.start], left.end)
        found = [f"between{order} {word}" for i, word in stretch if i not in named and word != BLANK]
    line = view.line(doc, scene, left.start - WORDS_AROUND, right.end + WORDS_AROUND)
    found += [f"w {one} {two}" for one, two in pairwise(line)]
    for at in {n for i, word in enumerate(line) if word in VIEWED for n in (i - 2, i - 1, i)}:
        if 0 <= at < len(line) - 2:
            found.append(f"w {line[at]} {line[at + 1]} {line[at + 2]}")
    return found


def _between(signs: Sequence[Sign], first: int, last: int, order: str) -> list[str]:
    opened = signs[first].end
    inner = signs[first + 1 : last]
    between = [s.symbol for s in inner if s.start >= opened]
    bare = [s for s in between if s not in SMALL]
    told = [s.name for s in inner if s.kind == "Q"]
    others = sum([s.kind == "C" and s.how == "named" for s in inner])
    return [
        f"bare{order}{' '.join(bare[:4]) if len(bare) <= 4 else 'long'}",
        f"first{order}{told[0] if told else ''}",
        f"last{order}{told[-1] if told else ''}",
        f"clubs between{order}{min(others, 3)}",
        *[f"between{order}{cue}" for cue in told],
    ]


def _around(doc: Doc, scene: Scene, at: int, tag: str) -> frozenset[str]:
    """The features of one sign's neighbours: the same for all pairs that it belongs to."""
    return _kept(scene, at, tag, lambda: _neighbours(doc, scene.signs, at, tag))


def _neighbours(doc: Doc, signs: Sequence[Sign], at: int, tag: str) -> Iterator[str]:
    """The signs and words on either side of one sign."""
    sign = signs[at]
    left = [s for s in signs[max(at - 4, 0) : at] if s.end <= sign.start]
    words = symbols(doc)[max(sign.start - 2, 0) : sign.start]
    if words:
        yield f"{tag} l1 {words[-1]}"
    words = symbols(doc)[sign.end : sign.end + 2]
    if words:
        yield f"{tag} r1 {words[0]}"
    cue = next((s.name for s in reversed(signs[:at]) if s.kind == "Q"), "^")
    small = (
        s.name for s in reversed(left) if s.kind == "W" and s.name.isalpha() and s.name not in ("and", "pos", "nat")
    )
    yield f"{tag} cue< {cue}"
    yield f"{tag} cue> {next((s.name for s in signs[at + 1 :] if s.kind == 'Q'), '$')}"
    yield f"{tag} cue prep {cue} {next(small, '^')}"


def _shape(scene: Scene, at: int, order: str) -> frozenset[str]:
    """Where a club before or behind a player stands: the same for all players on that side of it."""
    return _kept(scene, at, order, lambda: _place(scene, scene.signs[at], order))


def _place(scene: Scene, club: Sign, order: str) -> Iterator[str]:
    """A club's place among the players and clubs of the sentence."""
    clubs = [s for s in scene.of("C") if s.how == "named"]
    players = [s for s in scene.of("P") if s.how == "named"]
    rank = next((n for n, s in enumerate(clubs) if s.start == club.start), 9)
    yield f"rank{order}{min(rank, 3)}/{min(len(clubs), 4)}"
    yield f"players{min(len(players), 3)}"
    told = scene.cues
    yield f"opens{order}{'/'.join(told[:2])}"
    for cue in set(told):
        yield f"has{order}{cue}"
