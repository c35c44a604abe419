"""Masks the names of a sentence: for a pair its player becomes WHO, its club TO, and the club he is known to be at OWN.

Other clubs and players become C and P, other people H, amounts M. The masked tags ("OWN reject bid TO for WHO") are
features of the pair; on the masked words ("OWN have turned down TO 's M bid for WHO") status patterns are matched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from spacy.tokens import Doc

from rumourmill.nlp.tokens import BLANK, spaces, symbols
from rumourmill.transfers.sentences import Tag, TaggedSentence

__all__ = ["MASKS", "SKIPPED_SYMBOLS", "PairMask"]

HYPHENS = frozenset("-–")
CURRENCY_SYMBOLS = frozenset("£ € $ us$".split())
UNITS = frozenset("m mn million bn billion k euros euro pounds dollars quid grand kroner crowns yen reais".split())
AMOUNT = frozenset("# M".split())
MASKS = frozenset({"WHO", "TO", "OWN"})
WAGE = "WAGE"
SKIPPED_SYMBOLS = frozenset({",", "and", '"', "'s", "(", ")", "nat", "M", "pos"})


class PairMask:
    """The mask of one pair.

    Args:
        player: canonical name.
        club: canonical name.
        own_club: canonical name of the club that the player is known to belong to, if any.
    """

    def __init__(self, player: str, club: str, own_club: str | None) -> None:
        self.player, self.club, self.own_club = player, club, own_club

    def mask_tag(self, tag: Tag) -> str:
        """Return WHO, TO or OWN; C and P for other clubs and players; else the trigger or word."""
        if tag.kind == "P":
            return "WHO" if tag.name == self.player else "P"
        if tag.kind == "C":
            return "TO" if tag.name == self.club else "OWN" if tag.name == self.own_club else "C"
        return tag.symbol

    def mask_tags(self, tags: Sequence[Tag]) -> list[str]:
        """Return the masked tags less SKIPPED_SYMBOLS; `mask_tag` is inlined, as much of the time is spent here."""
        player, club, own_club = self.player, self.club, self.own_club
        found = []
        for kind, _, _, name, _ in tags:
            if kind == "P":
                found.append("WHO" if name == player else "P")
            elif kind == "C":
                found.append("TO" if name == club else "OWN" if name == own_club else "C")
            elif kind == "H":
                found.append("H")
            elif kind != "M" and name not in SKIPPED_SYMBOLS:
                found.append(name)
        return found

    def mask_words(self, doc: Doc, sentence: TaggedSentence, start: int, end: int) -> list[str]:
        """Return the words of a stretch of a sentence in lower case, names and amounts masked, compounds joined.

        Args:
            doc: the article.
            sentence: one of its sentences.
            start: first token.
            end: the token after the last.
        """
        words = sentence.words = sentence.words or _words(doc, sentence)
        if start > sentence.start:
            words = words[bisect_left(words, start, key=itemgetter(0)) :]
        if end < sentence.end:
            words = words[: bisect_left(words, end, key=itemgetter(0))]
        return [self.mask_tag(tag) + word if tag else word for _, tag, word in words]


def _words(doc: Doc, sentence: TaggedSentence) -> list[tuple[int, Tag | None, str]]:
    """Return the words of a sentence before masking: first token, its player or club, the text.

    The text of a player or club is what a hyphen joins to the name ("-born" of "Roma-born"), else empty.
    """
    names, wages = sentence.first_name_at, sentence.wage_tokens
    plain, spaced = symbols(doc), spaces(doc)
    words: list[tuple[int, Tag | None, str]] = []
    last: Tag | None = None
    joined = False
    for i in range(sentence.start, sentence.end):
        tag, word = names.get(i), WAGE if i in wages else plain[i]
        if word == WAGE and words and words[-1][2] == WAGE:
            continue
        if word == BLANK or (tag is not None and tag is last):
            continue
        last = tag
        if tag is not None:
            words.append((i, tag, "") if tag.kind in "PC" else (i, None, tag.kind))
            continue
        word = word.replace("’", "'")
        is_joint = word in HYPHENS and bool(words) and not spaced[i] and not spaced[i - 1]
        if is_joint or joined:
            at, tag, before = words[-1]
            words[-1] = (at, tag, before + ("-" if is_joint else word))
        elif words and word in UNITS and words[-1][2] in AMOUNT:
            words[-1] = (words[-1][0], None, "M")
        elif not (words and words[-1][2] == "M" and word == "#"):
            words.append((i, None, "M" if word in CURRENCY_SYMBOLS else word))
        joined = is_joint
    return words
