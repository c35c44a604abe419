"""Represents a Doc as sentences of tagged items: players, clubs, other people, triggers, money and function words.

A tagged sentence keeps only the items that describe transfers, so that "Roma are understood to be preparing a second
bid for the defender" becomes `C set bid for P`. Pronouns and descriptions ("he", "the winger", "the Serie A side", "we"
in a quotation of a manager) are resolved to the player or club that they refer to, and the ground that somebody moves
to is resolved to its club.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.nlp.tokens import lower_words, written_words
from rumourmill.resources import gazetteer
from rumourmill.resources.gazetteer import Gazetteer
from rumourmill.resources.lists import without_article

__all__ = ["MAX_TAGS", "Lexicon", "SentenceTagger", "Tag", "TaggedSentence"]

HE = frozenset("he him his she her himself herself".split())
THEY = frozenset("they them their".split())
WE = frozenset("we us our".split())
REFERRING = HE | THEY | WE | {"the"}  # words that may refer to a player or a club
CLUB_NOUNS = frozenset(
    "club side outfit team giants champions strugglers leaders minnows newcomers hosts rivals".split()
)
AGE = re.compile(r"[1-4]\d-?years?-?olds?")
AGE_TOKENS = 5  # tokens of "24-year-old" at most
DESCRIPTION_TOKENS = 8  # tokens of a description ("the Brazilian winger") at most
MAX_TAGS = 80  # tags of a sentence; a longer one is split, so that the time is linear in the length of the text
YEAR, CENTURIES = re.compile(r"(?:19|20)\d\d$"), "12"
FUNCTION_WORDS = frozenset(
    "from to for with of at by in on over between into against via and or & , ; ( ) – — - : ➕ ➖ + 's ’s".split()
)
NORMALISED = {"’s": "'s", "–": "-", "—": "-", "&": "and", "or": "and", ";": ",", "➕": "+", "➖": "-"}
WAGE_TRIGGER = "pay"  # replaces the trigger before a wage: "paid £45,000 a week" is not a purchase
DIRECTIONS = frozenset(
    "to from for into towards leave leaves leaving left quit quits quitting join joins joining".split()
)
QUOTATION_MARKS = frozenset("\"“”‘’'«»")


class Tag(NamedTuple):
    """One tagged item of a sentence.

    Args:
        kind: P (player), C (club), H (other person), M (money), W (function word) or T (trigger).
        start: first token.
        end: the token after the last.
        name: canonical name, trigger, or the word itself.
        reference: of players and clubs: named, pronoun, described, spoken (a person who speaks for the club), or
            ground (of the club).
    """

    kind: str
    start: int
    end: int
    name: str
    reference: str = "named"

    @property
    def symbol(self) -> str:
        """P, C, H or M for names, else the trigger or word."""
        return self.kind if self.kind in "PCHM" else self.name

    @property
    def is_named(self) -> bool:
        """Whether the text has the name itself."""
        return self.reference == "named"


@dataclass
class TaggedSentence:
    """A sentence: its tags in text order, and the players and clubs in focus at its beginning.

    Attributes derived from the tags are cached: read them after all tags have been added.

    Args:
        start: first token.
        end: the token after the last.
        tags: its tags.
        player: canonical name of the player mentioned last before it.
        club: canonical name of the club mentioned last before it.
        main_club: the club that the article mentions most.
        wage_tokens: the tokens of the article that are wages.
    """

    start: int
    end: int
    tags: list[Tag] = field(default_factory=list)
    player: str | None = None
    club: str | None = None
    main_club: str | None = None
    wage_tokens: frozenset[int] = frozenset()
    # Caches of features that are the same for several pairs of a player and a club, filled by masked_templates and
    # pair_features: the words of the sentence; by the index of a tag and the prefix of its features these features.
    words: list[tuple[int, Tag | None, str]] = field(default_factory=list)
    context_features: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Tag]:
        """Return the tags of one kind."""
        return [tag for tag in self.tags if tag.kind == kind]

    @cached_property
    def triggers(self) -> list[str]:
        """The triggers, in text order."""
        return [tag.name for tag in self.tags if tag.kind == "T"]

    @cached_property
    def players(self) -> list[int]:
        """The indices of the players among the tags."""
        return [i for i, tag in enumerate(self.tags) if tag.kind == "P"]

    @cached_property
    def clubs(self) -> list[int]:
        """The indices of the clubs among the tags."""
        return [i for i, tag in enumerate(self.tags) if tag.kind == "C"]

    @cached_property
    def name_at(self) -> dict[int, Tag]:
        """Token -> the player, club or other person that it belongs to; of two tags the later one."""
        return {i: tag for tag in self.tags if tag.kind in "PCH" for i in range(tag.start, tag.end)}

    @cached_property
    def first_name_at(self) -> dict[int, Tag]:
        """The same as `name_at`, of two tags the earlier one."""
        return {i: tag for tag in reversed(self.tags) if tag.kind in "PCH" for i in range(tag.start, tag.end)}


@dataclass(frozen=True)
class Lexicon:
    """The words and phrases that are tagged.

    Args:
        triggers: phrase in lower case -> trigger (statuses.csv).
        roles: word in lower case -> role (player, manager ...).
        demonyms: nationality as written -> country.
        grounds: folded name of a ground -> its clubs.
    """

    triggers: dict[str, str]
    roles: dict[str, str]
    demonyms: dict[str, str]
    grounds: dict[str, frozenset[str]]

    @classmethod
    def load(cls, lists: Gazetteer | None = None) -> Lexicon:
        """Read the lexicon from a gazetteer, the shipped one by default.

        Raises:
            GazetteerError: a phrase of statuses.csv has two triggers.
        """
        triggers: dict[str, str] = {}
        for line in gazetteer.rows("statuses.csv", ("trigger", "status", "forms"), ("status",)):
            for form in line["forms"].split("|"):
                if triggers.setdefault(form.lower(), line["trigger"]) != line["trigger"]:
                    raise gazetteer.GazetteerError(f"{line.location}: {form!r} has another trigger in a line before")
        return cls(
            triggers,
            {line["word"].lower(): line["role"] for line in gazetteer.roles()},
            {line["demonym"]: line["country"] for line in gazetteer.demonyms() if line["kind"] != "country"},
            (lists or Gazetteer.of()).grounds,
        )

    def clubs_at(self, ground: str) -> frozenset[str]:
        """Return the clubs of a ground, given by its folded name without "the"; some are listed with it."""
        none: frozenset[str] = frozenset()
        return self.grounds.get(ground, none) | self.grounds.get(f"the {ground}", none)


class SentenceTagger:
    """Tags the sentences of Docs.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
        lists: the gazetteer; the shipped one by default.
    """

    def __init__(self, nlp: Language, lists: Gazetteer | None = None) -> None:
        self.lexicon = Lexicon.load(lists)
        phrases = {"TRIGGER": sorted(self.lexicon.triggers), "ROLE": sorted(self.lexicon.roles)}
        self.matcher = LazyPhraseMatcher(nlp, "LOWER", phrases)

    def tag(self, doc: Doc) -> list[TaggedSentence]:
        """Return the tagged sentences of a Doc, in text order.

        Args:
            doc: a Doc with sentences, and with spans and rows of players, clubs and people; those of fees and quotes
                are used where it has them.
        """
        tags = {
            **self._tag_function_words(doc),
            **self._tag_phrases(doc),
            **self._tag_grounds(doc),
            **_tag_names(doc),
        }
        taken = {i for tag in tags.values() if tag.kind in "PCH" for i in range(tag.start, tag.end)}
        tags = {i: tag for i, tag in tags.items() if tag.kind in "PCH" or taken.isdisjoint(range(i, tag.end))}
        return list(_ReferenceResolver(doc, tags, self.lexicon).sentences())

    def _tag_grounds(self, doc: Doc) -> dict[int, Tag]:
        """Tag grounds that somebody moves to or leaves, where exactly one club of the article plays there."""
        clubs = {row["club"] for row in doc._.clubs}
        lower = lower_words(doc)
        tags = {}
        for ent in (ent for ent in doc.ents if ent.label_ == "STADIUM"):
            before = lower[max(ent.start - 2, 0) : ent.start]
            direction = before[:-1] if before[-1:] == ["the"] else before[-1:]
            if DIRECTIONS.isdisjoint(direction):
                continue
            end = ent.end + 1 if lower[ent.end : ent.end + 1] in (["'s"], ["’s"]) else ent.end  # St Mary's
            name = without_article(doc[ent.start : end].text).replace("’", "'")
            candidates = clubs & self.lexicon.clubs_at(name)
            if len(candidates) == 1:
                tags[ent.start] = Tag("C", ent.start, end, next(iter(candidates)), "ground")
        return tags

    def _tag_phrases(self, doc: Doc) -> dict[int, Tag]:
        """Tag triggers and role words."""
        tags = {}
        wages = {span.start for span in _wage_spans(doc)}
        for span in filter_spans(self.matcher(doc)):
            phrase = span.text.lower()
            if trigger := self.lexicon.triggers.get(phrase):
                name = WAGE_TRIGGER if span.end in wages else trigger
                tags[span.start] = Tag("T", span.start, span.end, name)
            elif role := self.lexicon.roles.get(phrase):
                tags[span.start] = Tag("W", span.start, span.end, "pos" if role == "player" else "boss")
        return tags

    def _tag_function_words(self, doc: Doc) -> dict[int, Tag]:
        """Tag prepositions, punctuation, nationalities and years."""
        demonyms = self.lexicon.demonyms
        tags = {}
        for at, (text, lower) in enumerate(zip(written_words(doc), lower_words(doc), strict=True)):
            if lower in FUNCTION_WORDS:
                word = "" if text == "-" and _is_within_word(doc, at) else NORMALISED.get(lower, lower)
            elif text in QUOTATION_MARKS:
                word = '"'
            elif text in demonyms:
                word = "nat"
            else:
                word = "year" if text[0] in CENTURIES and YEAR.match(text) else ""
            if word:
                tags[at] = Tag("W", at, at + 1, word)
        return tags


def _tag_names(doc: Doc) -> dict[int, Tag]:
    """Tag the mentions of players, clubs and other people."""
    tags: dict[int, Tag] = {}
    for key, kind in (("players", "P"), ("clubs", "C"), ("people", "H")):
        for span in doc.spans.get(key, ()):
            tags.setdefault(span.start, Tag(kind, span.start, span.end, span.kb_id_))
    return tags


def _wage_spans(doc: Doc) -> list[Span]:
    return [span for span in doc.spans.get("fees", ()) if span.label_ == "wage"]


def _is_within_word(doc: Doc, at: int) -> bool:
    """Return whether a hyphen joins two parts of a word."""
    return at > 0 and not doc[at].whitespace_ and not doc[at - 1].whitespace_


class _ReferenceResolver:
    """Resolves pronouns and descriptions in one pass over a Doc that tracks the player and the club in focus.

    Args:
        doc: the article.
        tags: first token -> tag of all that needs no resolution.
        lexicon: role words and demonyms.
    """

    def __init__(self, doc: Doc, tags: Mapping[int, Tag], lexicon: Lexicon) -> None:
        self.doc, self.tags, self.lexicon = doc, tags, lexicon
        self.lower = lower_words(doc)
        self.stops = sorted({*tags, *(i for i, word in enumerate(self.lower) if word in REFERRING)})
        self.clubs_of_country: dict[str, list[str]] = defaultdict(list)
        for row in doc._.clubs:
            self.clubs_of_country[row["country"] or ""].append(row["club"])
        self.club_of_person = {row["person"]: row["club"] for row in doc._.people if row["club"]}
        self.main_club: str | None = max(doc._.clubs, key=lambda r: r["mentions"], default={"club": None})["club"]
        clubs = [tag.name for _, tag in sorted(tags.items()) if tag.kind == "C"]
        self.player: str | None = None
        self.club: str | None = clubs[0] if clubs else None
        self.speaker_club: str | None = None
        self.wage_tokens = frozenset(i for span in _wage_spans(doc) for i in range(span.start, span.end))
        self.quoted: set[int] | None = None  # tokens of direct speech; None where quotes have not been extracted
        if "quotes" in doc.spans:
            direct = (span for span in doc.spans["quotes"] if span.label_ == "direct")
            self.quoted = {i for span in direct for i in range(span.start, span.end)}

    def sentences(self) -> Iterator[TaggedSentence]:
        """Yield the tagged sentences in text order, those with more than MAX_TAGS tags in pieces."""
        for sent in self.doc.sents:
            at = sent.start
            while at < sent.end:
                sentence = self._tag_from(at, sent.end)
                at = sentence.end
                yield sentence

    def _tag_from(self, start: int, end: int) -> TaggedSentence:
        """Return the tagged sentence that begins at `start` and ends at `end`, or before it at MAX_TAGS tags."""
        sentence = TaggedSentence(
            start, end, player=self.player, club=self.club, main_club=self.main_club, wage_tokens=self.wage_tokens
        )
        after = start
        for at in self.stops[bisect_left(self.stops, start) : bisect_left(self.stops, end)]:
            if at < after or not (tag := self._resolve(at, end)):
                continue
            sentence.tags.append(tag)
            self._update_focus(tag, sentence)
            after = tag.end
            if len(sentence.tags) >= MAX_TAGS:
                sentence.end = min(after, end)
                break
        self.club = next((tag.name for tag in sentence.tags if tag.kind == "C" and tag.is_named), self.club)
        return sentence

    def _update_focus(self, tag: Tag, sentence: TaggedSentence) -> None:
        """Set the player in focus; after a person who speaks for a club, tag this club too."""
        if tag.kind == "P" and tag.is_named:
            self.player = tag.name
        elif tag.kind == "H" and (club := self.club_of_person.get(tag.name)):
            self.speaker_club = club
            sentence.tags.append(Tag("C", tag.start, tag.end, club, "spoken"))

    def _resolve(self, at: int, end: int) -> Tag | None:
        """Return the tag at a token, that of a pronoun or description resolved."""
        if (tag := self.tags.get(at)) and tag.kind in "PCH":
            return tag
        lower = self.lower[at]
        if lower in HE:
            return _reference("P", at, at + 1, self.player, "pronoun")
        if lower in THEY:
            return _reference("C", at, at + 1, self.club, "pronoun")
        if lower in WE:
            return _reference("C", at, at + 1, self._club_of_we(at), "spoken")
        return self.tags.get(at) or (self._resolve_description(at, end) if lower == "the" else None)

    def _club_of_we(self, at: int) -> str | None:
        """Return the club of a "we": in direct speech the speaker's, elsewhere (fan blogs) the article's main club."""
        in_speech = self.quoted is None or at in self.quoted
        return self.speaker_club or self.main_club if in_speech else self.main_club

    def _resolve_description(self, at: int, end: int) -> Tag | None:
        """Resolve `the 24-year-old`, `the Brazilian winger`, `the Spanish side`; None where a name follows."""
        country, is_player, last, i = None, False, at, at + 1
        while i < min(at + DESCRIPTION_TOKENS, end):
            word = self.doc[i]
            if (tag := self.tags.get(i)) and tag.kind in "PCH":
                before_name = tag.kind in "PH" and last == i - 1
                return None if before_name else self._described_player(at, last, is_player or country)
            if word.lower_ in CLUB_NOUNS:
                candidates: list[str] = self.clubs_of_country.get(country, []) if country else []
                club = candidates[0] if len(candidates) == 1 else self.club
                return _reference("C", at, i + 1, club, "described")
            if word.text in self.lexicon.demonyms:
                country, last = self.lexicon.demonyms[word.text], i
            elif self.lexicon.roles.get(word.lower_) == "player":
                is_player, last = True, i
            elif age_end := self._age_end(i, end):
                is_player, last = True, age_end - 1
            elif not (word.is_alpha and i == last + 1):
                break
            i = max(i, last) + 1
        return self._described_player(at, last, is_player or country)

    def _age_end(self, at: int, end: int) -> int:
        """Return the token after `24-year-old`, which the tokeniser splits at hyphens; 0 where none begins at `at`."""
        stop = min(at + AGE_TOKENS, end)
        words = self.lower[at:stop]
        found = AGE.match("".join(words)) if words and words[0][:1].isdigit() else None
        if found is None:
            return 0
        return at + next(n for n in range(1, len(words) + 1) if len("".join(words[:n])) >= found.end())

    def _described_player(self, at: int, last: int, described: object) -> Tag | None:
        return _reference("P", at, last + 1, self.player, "described") if described else None


def _reference(kind: str, start: int, end: int, name: str | None, reference: str) -> Tag | None:
    """Return the tag of a pronoun or description, or None where nobody is in focus."""
    return Tag(kind, start, end, name, reference) if name else None
