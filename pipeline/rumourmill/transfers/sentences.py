"""Sentences as rows of signs, with the pronouns and descriptions in them resolved to players and clubs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from spacy.tokens import Doc, Span

from rumourmill.nlp.tokens import lower_words

__all__ = ["Reading", "Scene", "Sign", "wages"]

HE = frozenset("he him his she her himself herself".split())
THEY = frozenset("they them their".split())
WE = frozenset("we us our".split())
MEANING = HE | THEY | WE | {"the"}  # words that may stand for a player or a club
SIDES = frozenset("club side outfit team giants champions strugglers leaders minnows newcomers hosts rivals".split())
AGED = re.compile(r"[1-4]\d-?years?-?olds?")
LONGEST = 80  # signs of one scene; a longer sentence is read in pieces, so that time stays linear
AGE_TOKENS = 5
PHRASE = 8  # tokens that a description may have between its article and its last word


class Sign(NamedTuple):
    """One sign.

    Args:
        kind: P (player), C (club), H (other person), M (money), W (small word) or Q (cue phrase).
        start: its first token.
        end: the token after its last.
        name: canonical name, cue, or the word itself.
        how: for players and clubs: named, pronoun, described, spoken (a person who speaks for the club), or
            ground (a place that is the club's).
    """

    kind: str
    start: int
    end: int
    name: str
    how: str = "named"

    @property
    def symbol(self) -> str:
        """How it reads in a path: P, C, H, M for names, else the cue or word."""
        return self.kind if self.kind in "PCHM" else self.name


@dataclass
class Scene:
    """One sentence: its signs in order, and who was being spoken of when it began.

    What is derived of the signs is kept, since every pair of player and club asks for it: read it when all are there.
    """

    start: int
    end: int
    signs: list[Sign] = field(default_factory=list)
    player: str | None = None
    club: str | None = None
    main: str | None = None  # the club that the article is about
    wages: frozenset[int] = frozenset()  # tokens of the article that name somebody's pay, which buys no player
    # Filled by those who read them: the words in line; what stands around a sign, by its index and what it is seen as.
    words: list[tuple[int, Sign | None, str]] = field(default_factory=list)
    around: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Sign]:
        """The signs of one kind."""
        return [sign for sign in self.signs if sign.kind == kind]

    @cached_property
    def cues(self) -> list[str]:
        """The cue phrases, in order."""
        return [sign.name for sign in self.signs if sign.kind == "Q"]

    @cached_property
    def players(self) -> list[int]:
        """Where the players stand among the signs."""
        return [i for i, sign in enumerate(self.signs) if sign.kind == "P"]

    @cached_property
    def clubs(self) -> list[int]:
        """Where the clubs stand among the signs."""
        return [i for i, sign in enumerate(self.signs) if sign.kind == "C"]

    @cached_property
    def names(self) -> dict[int, Sign]:
        """Token -> the player, club or other person whose mention it belongs to; of two the later sign."""
        return {i: sign for sign in self.signs if sign.kind in "PCH" for i in range(sign.start, sign.end)}

    @cached_property
    def named_first(self) -> dict[int, Sign]:
        """The same, of two the earlier sign."""
        return {i: sign for sign in reversed(self.signs) if sign.kind in "PCH" for i in range(sign.start, sign.end)}


def wages(doc: Doc) -> list[Span]:
    """The amounts that are somebody's pay."""
    return [span for span in doc.spans.get("fees", ()) if span.label_ == "wage"]


class Words(Protocol):
    """What a reading asks of the lexicon."""

    @property
    def roles(self) -> Mapping[str, str]:
        """Word -> role."""

    @property
    def demonyms(self) -> Mapping[str, str]:
        """Nationality as written -> country."""


class Reading:
    """One pass over a Doc that keeps in mind whom the text speaks of.

    Args:
        doc: the article.
        found: the signs that stand in it by themselves, by their first token.
        words: role words and demonyms.
    """

    def __init__(self, doc: Doc, found: Mapping[int, Sign], words: Words) -> None:
        self.doc, self.found, self.words = doc, found, words
        self.lower = lower_words(doc)
        self.stops = sorted({*found, *(i for i, word in enumerate(self.lower) if word in MEANING)})
        self.clubs_of: dict[str, list[str]] = defaultdict(list)
        for row in doc._.clubs:
            self.clubs_of[row["country"] or ""].append(row["club"])
        self.spoken = {row["person"]: row["club"] for row in doc._.people if row["club"]}
        self.main: str | None = max(doc._.clubs, key=lambda r: r["mentions"], default={"club": None})["club"]
        clubs = [sign.name for _, sign in sorted(found.items()) if sign.kind == "C"]
        self.player: str | None = None
        self.club: str | None = clubs[0] if clubs else None
        self.speaker_club: str | None = None
        self.wages = frozenset(i for span in wages(doc) for i in range(span.start, span.end))
        self.quoted: set[int] | None = None  # tokens of direct speech, where it has been read
        if "quotes" in doc.spans:
            direct = (span for span in doc.spans["quotes"] if span.label_ == "direct")
            self.quoted = {i for span in direct for i in range(span.start, span.end)}

    def scenes(self) -> list[Scene]:
        """Every sentence, in text order."""
        return [scene for sent in self.doc.sents for scene in self._scenes(sent)]

    def _scenes(self, sent: Span) -> Iterator[Scene]:
        at = sent.start
        while at < sent.end:
            scene = self._scene(at, sent.end)
            at = scene.end
            yield scene

    def _scene(self, start: int, end: int) -> Scene:
        scene = Scene(start, end, player=self.player, club=self.club, main=self.main, wages=self.wages)
        scene.end, after = end, start
        for at in self.stops[bisect_left(self.stops, start) : bisect_left(self.stops, end)]:
            if at < after or not (sign := self._sign(at, end)):
                continue
            scene.signs.append(sign)
            self._remember(sign, scene)
            after = sign.end
            if len(scene.signs) >= LONGEST:
                scene.end = min(after, end)
                break
        self.club = next((s.name for s in scene.signs if s.kind == "C" and s.how == "named"), self.club)
        return scene

    def _remember(self, sign: Sign, scene: Scene) -> None:
        if sign.kind == "P" and sign.how == "named":
            self.player = sign.name
        elif sign.kind == "H" and (club := self.spoken.get(sign.name)):
            self.speaker_club = club
            scene.signs.append(Sign("C", sign.start, sign.end, club, "spoken"))

    def _sign(self, at: int, end: int) -> Sign | None:
        """What stands at a token, or what a pronoun or description there stands for."""
        if (sign := self.found.get(at)) and sign.kind in "PCH":
            return sign
        lower = self.lower[at]
        if lower in HE:
            return self._meant("P", at, at + 1, self.player, "pronoun")
        if lower in THEY:
            return self._meant("C", at, at + 1, self.club, "pronoun")
        if lower in WE:
            return self._meant("C", at, at + 1, self._whose(at), "spoken")
        return self.found.get(at) or (self._described(at, end) if lower == "the" else None)

    def _whose(self, at: int) -> str | None:
        """Whose "we" a token is: in direct speech the speaker's club; outside of it the narrator's, of a fan blog."""
        return self.speaker_club or self.main if self.quoted is None or at in self.quoted else self.main

    @staticmethod
    def _meant(kind: str, start: int, end: int, name: str | None, how: str) -> Sign | None:
        return Sign(kind, start, end, name, how) if name else None

    def _described(self, at: int, end: int) -> Sign | None:
        """`the 24-year-old`, `the Brazilian winger`, `the Spanish side`: unless a name follows."""
        country, player, last, i = None, False, at, at + 1
        while i < min(at + PHRASE, end):
            word = self.doc[i]
            if (sign := self.found.get(i)) and sign.kind in "PCH":
                return None if sign.kind in "PH" and last == i - 1 else self._bearer(at, last, player or country)
            if word.lower_ in SIDES:
                fits: list[str] = self.clubs_of.get(country, []) if country else []
                return self._meant("C", at, i + 1, fits[0] if len(fits) == 1 else self.club, "described")
            if word.text in self.words.demonyms:
                country, last = self.words.demonyms[word.text], i
            elif self.words.roles.get(word.lower_) == "player":
                player, last = True, i
            elif aged := self._age(i, end):
                player, last = True, aged - 1
            elif not (word.is_alpha and i == last + 1):
                break
            i = max(i, last) + 1
        return self._bearer(at, last, player or country)

    def _age(self, at: int, end: int) -> int:
        """The token after `24-year-old` when it begins here, else 0; the tokeniser parts it at its hyphens."""
        stop = min(at + AGE_TOKENS, end)
        words = self.lower[at:stop]
        found = AGED.match("".join(words)) if words and words[0][:1].isdigit() else None
        if found is None:
            return 0
        return at + next(n for n in range(1, len(words) + 1) if len("".join(words[:n])) >= found.end())

    def _bearer(self, at: int, last: int, described: object) -> Sign | None:
        return self._meant("P", at, last + 1, self.player, "described") if described else None
