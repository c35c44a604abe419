"""Reads a Doc as sentences of signs: players, clubs, other people, cue phrases, money and the small words between.

A sign is what the moves of an article are told with; all other words are left out, so that "Roma are understood to be
preparing a second bid for the defender" reads `C set bid for P`. Pronouns and descriptions ("he", "the winger",
"the Serie A side", "we" in a manager's mouth) are signs of the player or club that they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline import gazetteer

__all__ = ["Scene", "Sign", "SignReader"]

WORDS = frozenset(
    "from to for with of at by in on over between into against via and or & , ; ( ) – — - : ➕ ➖ + 's ’s".split()
)
SAME = {"’s": "'s", "–": "-", "—": "-", "&": "and", "or": "and", ";": ",", "➕": "+", "➖": "-"}
QUOTES = frozenset("\"“”‘’'«»")
HE = frozenset("he him his she her himself herself".split())
THEY = frozenset("they them their".split())
WE = frozenset("we us our".split())
SIDES = frozenset("club side outfit team giants champions strugglers leaders minnows newcomers hosts rivals".split())
AGED = re.compile(r"\d\d-?year-?olds?$")
YEAR = re.compile(r"(?:19|20)\d\d$")
MANAGING = frozenset("manager coach executive owner".split())
PHRASE = 5  # tokens that a description may have between its article and its last word


class Sign(NamedTuple):
    """One sign.

    Args:
        kind: P (player), C (club), H (other person), M (money), W (small word) or Q (cue phrase).
        start: its first token.
        end: the token after its last.
        name: canonical name, cue, or the word itself.
        how: for players and clubs: named, pronoun, described, or spoken (a person who speaks for the club).
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
    """One sentence: its signs in order, and who was being spoken of when it began."""

    start: int
    end: int
    signs: list[Sign] = field(default_factory=list)
    player: str | None = None
    club: str | None = None
    main: str | None = None  # the club that the article is about

    def of(self, kind: str) -> list[Sign]:
        """The signs of one kind."""
        return [sign for sign in self.signs if sign.kind == kind]


@dataclass
class _Talk:
    """Whom the text speaks of as it goes on."""

    player: str | None = None
    club: str | None = None
    speaker_club: str | None = None
    main: str | None = None


class SignReader:
    """Finds the cue phrases of statuses.csv once per Doc and reads its sentences.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.cues: dict[str, str] = {}
        for line in gazetteer.rows("statuses.csv", ("cue", "status", "forms"), ("status",)):
            for form in line["forms"].split("|"):
                if self.cues.setdefault(form, line["cue"]) != line["cue"]:
                    raise gazetteer.GazetteerError(f"statuses.csv: {form!r} stands under two cues")
        self.matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.matcher.add("CUE", [nlp.make_doc(form) for form in sorted(self.cues)])
        roles = gazetteer.rows("roles.csv", ("word", "role", "position"), ("position",))
        self.roles = {line["word"].lower(): line["role"] for line in roles}
        self.matcher.add("ROLE", [nlp.make_doc(form) for form in sorted(self.roles)])
        self.demonyms = {
            line["demonym"]: line["country"]
            for line in gazetteer.rows("demonyms.csv", ("demonym", "country", "kind"))
            if line["kind"] != "country"
        }

    def read(self, doc: Doc) -> list[Scene]:
        """The sentences of a Doc as scenes, in text order."""
        found = self._named(doc)
        for span in filter_spans(self.matcher(doc, as_spans=True)):
            key = span.text.lower()
            if any(i in found for i in range(span.start, span.end)):
                continue
            if key in self.cues:
                found[span.start] = Sign("Q", span.start, span.end, self.cues[key])
            else:
                role = "pos" if self.roles[key] == "player" else "boss"
                found[span.start] = Sign("W", span.start, span.end, role)
        countries: dict[str, list[str]] = {}
        for row in doc._.clubs:
            countries.setdefault(row["country"] or "", []).append(row["club"])
        main = max(doc._.clubs, key=lambda row: row["mentions"], default={"club": None})["club"]
        talk = _Talk(club=next((s.name for s in found.values() if s.kind == "C"), None), main=main)
        spoken = {row["person"]: row["club"] for row in doc._.people if row["club"]}
        return [self._scene(doc, sent, found, talk, spoken, countries) for sent in doc.sents]

    @staticmethod
    def _named(doc: Doc) -> dict[int, Sign]:
        found: dict[int, Sign] = {}
        for key, kind in (("players", "P"), ("clubs", "C"), ("people", "H")):
            for span in doc.spans[key] if key in doc.spans else ():
                found.setdefault(span.start, Sign(kind, span.start, span.end, span.kb_id_))
        return {i: found[i] for i in sorted(found)}

    def _scene(
        self,
        doc: Doc,
        sent: Span,
        found: Mapping[int, Sign],
        talk: _Talk,
        spoken: Mapping[str, str],
        countries: Mapping[str, list[str]],
    ) -> Scene:
        scene = Scene(sent.start, sent.end, player=talk.player, club=talk.club, main=talk.main)
        at, first_club = sent.start, None
        while at < sent.end:
            sign = found.get(at)
            if sign is None:
                sign = self._small(doc, at, sent.end, talk, found, countries)
            if sign is None:
                at += 1
                continue
            scene.signs.append(sign)
            at = sign.end
            if sign.how != "named":
                continue
            if sign.kind == "P":
                talk.player = sign.name
            elif sign.kind == "C":
                first_club = first_club or sign.name
            elif sign.kind == "H" and (club := spoken.get(sign.name)):
                talk.speaker_club = club
                scene.signs.append(Sign("C", sign.start, sign.end, club, "spoken"))
        if first_club:
            talk.club = first_club
        return scene

    def _small(
        self,
        doc: Doc,
        at: int,
        end: int,
        talk: _Talk,
        found: Mapping[int, Sign],
        countries: Mapping[str, list[str]],
    ) -> Sign | None:
        token = doc[at]
        lower = token.lower_
        if lower in HE:
            return Sign("P", at, at + 1, talk.player, "pronoun") if talk.player else None
        if lower in THEY:
            return Sign("C", at, at + 1, talk.club, "pronoun") if talk.club else None
        if lower in WE:
            club = talk.speaker_club or talk.main
            return Sign("C", at, at + 1, club, "spoken") if club else None
        if lower == "the" and (sign := self._described(doc, at, end, talk, found, countries)):
            return sign
        if lower in WORDS and not _joins(doc, at):
            return Sign("W", at, at + 1, SAME.get(lower, lower))
        if token.text in QUOTES:
            return Sign("W", at, at + 1, '"')
        if YEAR.match(token.text):
            return Sign("W", at, at + 1, "year")
        return Sign("W", at, at + 1, "nat") if token.text in self.demonyms else None

    def _described(
        self,
        doc: Doc,
        at: int,
        end: int,
        talk: _Talk,
        found: Mapping[int, Sign],
        countries: Mapping[str, list[str]],
    ) -> Sign | None:
        """`the 24-year-old`, `the Brazilian winger`, `the Spanish side`: unless a name follows."""
        country, player, side, last = None, False, False, at
        for i in range(at + 1, min(at + PHRASE, end)):
            word = doc[i]
            if i in found and found[i].kind not in "QW":
                if found[i].kind in "PH" and last == i - 1:
                    return None
                break
            if word.text in self.demonyms:
                country, last = self.demonyms[word.text], i
            elif AGED.match(word.lower_) or self.roles.get(word.lower_) == "player":
                player, last = True, i
            elif word.lower_ in SIDES:
                side, last = True, i
                break
            elif not (word.is_alpha and i == last + 1):
                break
        if side:
            fits = countries.get(country or "", []) if country else []
            club = fits[0] if len(fits) == 1 else talk.club
            return Sign("C", at, last + 1, club, "described") if club else None
        if (player or country) and talk.player and not doc[last].is_sent_end:
            return Sign("P", at, last + 1, talk.player, "described")
        return None


def _joins(doc: Doc, at: int) -> bool:
    """A hyphen within a word."""
    return doc[at].text == "-" and at > 0 and not doc[at].whitespace_ and not doc[at - 1].whitespace_
