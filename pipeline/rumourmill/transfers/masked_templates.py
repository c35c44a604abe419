"""A sentence as seen from one player and one club: he reads WHO, it TO, and the club that is known as his OWN."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from spacy.tokens import Doc

from rumourmill.nlp.tokens import BLANK, spaces, symbols
from rumourmill.transfers.sentences import Scene, Sign

__all__ = ["SMALL", "VIEWED", "View"]

HYPHENS = frozenset("-–")
SYMBOLS = frozenset("£ € $ us$".split())
MONEY = frozenset("m mn million bn billion k euros euro pounds dollars quid grand kroner crowns yen reais".split())
AMOUNT = frozenset("# M".split())
VIEWED = frozenset({"WHO", "TO", "OWN"})
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
