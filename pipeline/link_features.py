"""How a player and a club stand together in a sentence, as short features whose weights a table holds (ranking.py).

A feature is a name for what stands before, between and behind the two: signs ("bare<sign from"), words ("l1 for") and
the sentence as seen from the pair, in which the player reads WHO, the club TO, and the club that he is known to belong
to OWN ("OWN reject bid TO for WHO").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from spacy.tokens import Doc

from pipeline.scenes import Scene, Sign
from pipeline.tokens import BLANK, spaces, symbols

__all__ = ["VIEWED", "View", "alone", "together"]

HOW = {"named": "n", "pronoun": "p", "described": "d", "spoken": "s", "carried": "c", "ground": "g"}
PATH = 6
EDGE = "^"  # of a sentence
VIEW = 3  # signs on either side of the two that belong to the view
WORDS_AROUND = 4  # words on either side of the two that are read
WORDS_BETWEEN = 15  # words between the two at most for each to count by itself
HYPHENS = frozenset("-–")
SYMBOLS = frozenset("£ € $ us$".split())
MONEY = frozenset("m mn million bn billion k euros euro pounds dollars quid grand kroner crowns yen reais".split())
AMOUNT = frozenset("# M".split())
VIEWED = frozenset({"WHO", "TO", "OWN"})
NAMES = VIEWED | {"C", "P"}
WAGE = "WAGE"
SMALL = frozenset({",", "and", '"', "'s", "(", ")", "nat", "M", "pos"})  # signs that a view leaves out


class View:
    """A sentence as seen from one player and one club.

    Args:
        player: canonical name.
        club: canonical name.
        own: the club that the player is known to belong to, if any.
    """

    def __init__(self, player: str, club: str, own: str | None) -> None:
        self.player, self.club, self.own = player, club, own

    def symbol(self, sign: Sign) -> str:
        """WHO, TO or OWN; C and P for other clubs and players; else the cue or word."""
        if sign.kind == "P":
            return "WHO" if sign.name == self.player else "P"
        if sign.kind == "C":
            return "TO" if sign.name == self.club else "OWN" if sign.name == self.own else "C"
        return sign.symbol

    def symbols(self, signs: Sequence[Sign]) -> list[str]:
        """The symbols that tell something; `symbol` in one loop, since the moves spend much of their time here."""
        player, club, own = self.player, self.club, self.own
        found = []
        for kind, _, _, name, _ in signs:
            if kind == "P":
                found.append("WHO" if name == player else "P")
            elif kind == "C":
                found.append("TO" if name == club else "OWN" if name == own else "C")
            elif kind == "H":
                found.append("H")
            elif kind != "M" and name not in SMALL:
                found.append(name)
        return found

    def line(self, doc: Doc, scene: Scene, start: int, end: int) -> list[str]:
        """The words of a stretch of a sentence, lower case, names and money as symbols, compounds joined."""
        words = scene.words = scene.words or _words_of(doc, scene)
        if start > scene.start:
            words = words[bisect_left(words, start, key=itemgetter(0)) :]
        if end < scene.end:
            words = words[: bisect_left(words, end, key=itemgetter(0))]
        return [self.symbol(sign) + word if sign else word for _, sign, word in words]


def _words_of(doc: Doc, scene: Scene) -> list[tuple[int, Sign | None, str]]:
    """The words of a sentence for every pair that asks: first token, the player or club it is, else what it reads.

    What is joined to a name ("Roma-born") stands behind it.
    """
    names, wages = scene.named_first, scene.wages
    plain, spaced = symbols(doc), spaces(doc)
    words: list[tuple[int, Sign | None, str]] = []
    last: Sign | None = None
    glued = False
    for i in range(scene.start, scene.end):
        sign, word = names.get(i), WAGE if i in wages else plain[i]
        if word == WAGE and words and words[-1][2] == WAGE:
            continue
        if word == BLANK or (sign is not None and sign is last):
            continue
        last = sign
        if sign is not None:
            words.append((i, sign, "") if sign.kind in "PC" else (i, None, sign.kind))
            continue
        word = word.replace("’", "'")
        joins = word in HYPHENS and bool(words) and not spaced[i] and not spaced[i - 1]
        if joins or glued:
            at, sign, before = words[-1]
            words[-1] = (at, sign, before + ("-" if joins else word))
        elif words and word in MONEY and words[-1][2] in AMOUNT:
            words[-1] = (words[-1][0], None, "M")
        elif not (words and words[-1][2] == "M" and word == "#"):
            words.append((i, None, "M" if word in SYMBOLS else word))
        glued = joins
    return words


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
    """Features of a sentence that has one of the two, where the other was spoken of before it.

    Args:
        scene: the sentence.
        at: index of the sign that it has.
        how: how the other is meant.
        view: the pair.
        gap: how many sentences back the other was named.
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
    if len(between) > 2 * PATH:
        between = [*between[:PATH], "~", *between[-PATH:]]
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
