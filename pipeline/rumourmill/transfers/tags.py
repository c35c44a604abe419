"""Reads a Doc as sentences of signs: players, clubs, other people, cue phrases, money and the small words between.

A sign is what the moves of an article are told with; all other words are left out, so that "Roma are understood to be
preparing a second bid for the defender" reads `C set bid for P`. Pronouns and descriptions ("he", "the winger",
"the Serie A side", "we" in a manager's mouth) and the ground that somebody comes to are signs of the player or club
that they stand for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.nlp.tokens import lower_words, written_words
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.resources.lists import without_article
from rumourmill.transfers.sentences import Reading, Scene, Sign, wages

__all__ = ["Lexicon", "Scene", "Sign", "SignReader"]

YEAR, CENTURIES = re.compile(r"(?:19|20)\d\d$"), "12"
WORDS = frozenset(
    "from to for with of at by in on over between into against via and or & , ; ( ) – — - : ➕ ➖ + 's ’s".split()
)
PAY = "pay"  # the cue before a wage, whatever it is elsewhere: "paid £45,000 a week" buys nobody
SAME = {"’s": "'s", "–": "-", "—": "-", "&": "and", "or": "and", ";": ",", "➕": "+", "➖": "-"}
WAYS = frozenset("to from for into towards leave leaves leaving left quit quits quitting join joins joining".split())
QUOTES = frozenset("\"“”‘’'«»")


@dataclass(frozen=True)
class Lexicon:
    """The words that are signs, folded.

    Args:
        cues: phrase -> cue.
        roles: word -> role (player, manager ...).
        demonyms: nationality as written -> country.
        grounds: ground, folded -> its clubs.
    """

    cues: dict[str, str]
    roles: dict[str, str]
    demonyms: dict[str, str]
    grounds: dict[str, frozenset[str]]

    @classmethod
    def load(cls, lists: Gazetteer | None = None) -> Lexicon:
        """Read them from the gazetteer (by default the shipped one).

        Raises:
            GazetteerError: a phrase of statuses.csv has two cues.
        """
        cues: dict[str, str] = {}
        for line in gazetteer.rows("statuses.csv", ("cue", "status", "forms"), ("status",)):
            for form in line["forms"].split("|"):
                if cues.setdefault(form.lower(), line["cue"]) != line["cue"]:
                    raise gazetteer.GazetteerError(f"statuses.csv: {form!r} stands under two cues")
        roles = gazetteer.roles()
        demonyms = gazetteer.demonyms()
        return cls(
            cues,
            {line["word"].lower(): line["role"] for line in roles},
            {line["demonym"]: line["country"] for line in demonyms if line["kind"] != "country"},
            (lists or Gazetteer.of()).grounds,
        )

    def clubs_at(self, ground: str) -> frozenset[str]:
        """The clubs of a ground that is given folded and without its article, with which some are listed."""
        none: frozenset[str] = frozenset()
        return self.grounds.get(ground, none) | self.grounds.get(f"the {ground}", none)


class SignReader:
    """Finds names, cue phrases and role words once per Doc, and reads its sentences.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.lexicon = Lexicon.load(lists)
        self.matcher = LazyPhraseMatcher(
            nlp, "LOWER", {"CUE": sorted(self.lexicon.cues), "ROLE": sorted(self.lexicon.roles)}
        )

    def read(self, doc: Doc) -> list[Scene]:
        """The sentences of a Doc as scenes, in text order."""
        found = {**self._words(doc), **self._phrases(doc), **self._at_grounds(doc), **_named(doc)}
        taken = {i for sign in found.values() if sign.kind in "PCH" for i in range(sign.start, sign.end)}
        found = {i: sign for i, sign in found.items() if sign.kind in "PCH" or taken.isdisjoint(range(i, sign.end))}
        return Reading(doc, found, self.lexicon).scenes()

    def _at_grounds(self, doc: Doc) -> dict[int, Sign]:
        """Grounds that somebody comes to or leaves, each for the one club of the article that has it."""
        there = {row["club"] for row in doc._.clubs}
        lower = lower_words(doc)
        signs = {}
        for ent in (ent for ent in doc.ents if ent.label_ == "STADIUM"):
            before = lower[max(ent.start - 2, 0) : ent.start]
            way = before[:-1] if before[-1:] == ["the"] else before[-1:]
            if WAYS.isdisjoint(way):
                continue
            end = ent.end + 1 if lower[ent.end : ent.end + 1] in (["'s"], ["’s"]) else ent.end  # St Mary's
            name = without_article(doc[ent.start : end].text).replace("’", "'")
            fits = there & self.lexicon.clubs_at(name)
            if len(fits) == 1:
                signs[ent.start] = Sign("C", ent.start, end, next(iter(fits)), "ground")
        return signs

    def _phrases(self, doc: Doc) -> dict[int, Sign]:
        signs = {}
        pay = {span.start for span in wages(doc)}
        for span in filter_spans(self.matcher(doc)):
            key = span.text.lower()
            if cue := self.lexicon.cues.get(key):
                signs[span.start] = Sign("Q", span.start, span.end, PAY if span.end in pay else cue)
            elif role := self.lexicon.roles.get(key):
                signs[span.start] = Sign("W", span.start, span.end, "pos" if role == "player" else "boss")
        return signs

    def _words(self, doc: Doc) -> dict[int, Sign]:
        demonyms = self.lexicon.demonyms
        signs = {}
        for at, (text, lower) in enumerate(zip(written_words(doc), lower_words(doc), strict=True)):
            if lower in WORDS:
                word = "" if text == "-" and _joins(doc, at) else SAME.get(lower, lower)
            elif text in QUOTES:
                word = '"'
            elif text in demonyms:
                word = "nat"
            else:
                word = "year" if text[0] in CENTURIES and YEAR.match(text) else ""
            if word:
                signs[at] = Sign("W", at, at + 1, word)
        return signs


def _named(doc: Doc) -> dict[int, Sign]:
    found: dict[int, Sign] = {}
    for key, kind in (("players", "P"), ("clubs", "C"), ("people", "H")):
        for span in doc.spans.get(key, ()):
            found.setdefault(span.start, Sign(kind, span.start, span.end, span.kb_id_))
    return found


def _joins(doc: Doc, at: int) -> bool:
    """Whether a hyphen stands within a word."""
    return at > 0 and not doc[at].whitespace_ and not doc[at - 1].whitespace_
