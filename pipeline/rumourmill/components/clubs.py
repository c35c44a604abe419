"""Clubs: names, short forms and nicknames of the gazetteer, and clubs that only the recogniser knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.nlp.extensions import spans_of
from rumourmill.nlp.phrase_matcher import LateMatcher
from rumourmill.resources.gazetteer import fold, ordinary_words, outlets, peoples

__all__ = ["Clubs", "create"]

# A weekday or month is a club ("Wednesday") only where the recogniser says so too.
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday march may august".split())
# Entities that swallow a club's name without being it: "Chelsea TV", "Barnsley Road", "Paris Young".
OTHER_LABELS = frozenset({"OUTLET", "STADIUM", "COMPETITION", "ORG", "PLAYER", "PERSON"})
PLACE_PREPOSITIONS = frozenset("in near around across outside".split())
FILLER = frozenset("fc afc cf ac as sc women ladies b ii iii xi u18 u19 u21 u23 under-18s under-21s academy".split())
CROWDS = frozenset("army faithful fans supporters trust ultras".split())  # the last word of who stands behind a club
WEAK = ("PLACE", "NATIONAL_TEAM", *sorted(OTHER_LABELS))


@dataclass
class Found:
    """Mentions of clubs, in text order, each with the canonical name."""

    mentions: list[tuple[Span, str]] = field(default_factory=list)

    def names(self) -> Counter[str]:
        """How often each club is mentioned."""
        return Counter(name for _, name in self.mentions)


class Clubs:
    """Writes doc.spans["clubs"] and doc._.clubs.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.lexicon = ClubLexicon.load()
        forms = sorted({*self.lexicon.club_of, *self.lexicon.nicknamed})
        forms += [form.title() for form in forms if "." in form]  # the tokeniser knows `St.` but not `st.`
        self.matcher = LateMatcher(nlp, "NORM", {"CLUB": forms}, _folded)
        papers = {fold(form) for form, _ in outlets()}
        self.no_last = CROWDS | (_last_words(papers) - _last_words(self.lexicon.club_of))
        self.ordinary = ordinary_words()
        self.no_clubs = self.ordinary | peoples() | papers | self.lexicon.grounds

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place and hand it on."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Found:
        """The mentions of clubs in a Doc, names first, then nicknames in the light of the names."""
        ents = {token.i: ent for ent in doc.ents for token in ent}
        people = _surnames(doc)
        candidates = [s for s in self._candidates(doc) if self._plausible(s, ents.get(s.start), people)]
        named, nicknames = self._names(candidates)
        taken = {token.i for span in candidates for token in span}
        unknown = [
            e for e in doc.ents if e.label_ == "CLUB" and _key(e) not in people and not any(t.i in taken for t in e)
        ]
        named += self._unlisted(unknown, named)
        found = Found(named)
        found.mentions += list(self._nicknames(nicknames, found, ents))
        found.mentions.sort(key=lambda mention: mention[0].start)
        return found

    def set_annotations(self, doc: Doc, found: Found) -> None:
        """Write spans (label CLUB, kb_id the canonical name) and one row per club in order of appearance."""
        doc.spans["clubs"] = [Span(doc, s.start, s.end, label="CLUB", kb_id=name) for s, name in found.mentions]
        spans: dict[str, list[Span]] = defaultdict(list)
        for span, name in found.mentions:
            spans[name].append(span)
        doc._.clubs = [
            {
                "club": name,
                "country": self.lexicon.country.get(name),
                "mentions": len(mentions),
                "spans": spans_of(mentions),
            }
            for name, mentions in spans.items()
        ]

    def _candidates(self, doc: Doc) -> list[Span]:
        spans = self.matcher(_folded(doc))
        return filter_spans(span for span in spans if _capitalised(span))

    def _plausible(self, span: Span, ent: Span | None, people: Set[str]) -> bool:
        """Whether the recogniser and the words beside it let this name be a club here."""
        key = _key(span)
        if ent is None:
            before = span.doc[span.start - 1].lower_ if span.start else ""
            in_town = key in self.lexicon.towns and before in PLACE_PREPOSITIONS
            ordinary = key in CALENDAR or key in people or key in self.ordinary
            return not in_town and not ordinary
        longer = len(ent) > len(span)
        if ent.label_ == "CLUB":
            return (not longer or _is_rest(ent, span)) and (key not in people or key in self.lexicon.club_of)
        if longer:
            return ent.label_ not in OTHER_LABELS or (len(span) > 1 and ent.label_ in ("PLAYER", "PERSON"))
        certain = key in self.lexicon.club_of and (len(span) > 1 or not (key in self.lexicon.towns or key in people))
        return certain or ent.label_ not in WEAK

    def _names(self, candidates: Iterable[Span]) -> tuple[list[tuple[Span, str]], list[Span]]:
        """Mentions by a name, and those left: by a nickname or a name that another club uses as a short form."""
        named, left = [], []
        for span in candidates:
            key = _key(span)
            if key in self.lexicon.club_of and key not in self.lexicon.nicknamed:
                named.append((span, self.lexicon.club_of[key]))
            else:
                left.append(span)
        return named, left

    def _unlisted(self, spans: Iterable[Span], named: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
        """Clubs that no list has: the recogniser's span is the name; a part of a longer one joins it."""
        known = _Known()
        for _, club in named:
            known.learn(fold(club), club)
        found = []
        for span in sorted(spans, key=lambda s: -len(s)):
            key = _key(span)
            name = known.find(key)
            if name is None and self._is_name(span, key):
                name = self.lexicon.only_club_of.get(key) or _written(span)
            if name is not None:
                known.learn(key, name)
                found.append((span, name))
        return found

    def _is_name(self, span: Span, key: str) -> bool:
        """Not a lower-case, broken or ordinary word, nor a country or a people."""
        broken = "\n" in span.text or span[-1].is_lower or len(key) == 1
        return (
            _capitalised(span)
            and not broken
            and key not in self.no_clubs
            and key.rpartition(" ")[2] not in self.no_last
        )

    def _nicknames(self, spans: Iterable[Span], found: Found, ents: dict[int, Span]) -> Iterator[tuple[Span, str]]:
        """Shared names before pure nicknames, since a name may tell whose nickname it is."""
        counts = found.names()
        written: dict[str, set[str]] = defaultdict(set)
        for span, name in found.mentions:
            written[name] |= {fold(token.text) for token in span}
        for span in sorted(spans, key=lambda s: _key(s) not in self.lexicon.club_of):
            ent = ents.get(span.start)
            article = span.start > 0 and span.doc[span.start - 1].lower_ == "the"
            key = _key(span)
            recognised = key not in CALENDAR and (ent.label_ == "CLUB" if ent is not None else article)
            club = self.lexicon.resolve(key, counts, written, recognised)
            if club is not None:
                if key in self.lexicon.club_of:
                    counts[club] += 1
                yield span, club


class _Known:
    """The clubs that an article has named, found by a name or by some of its words."""

    def __init__(self) -> None:
        self._name_of: dict[str, str] = {}
        self._keys_with: dict[str, list[str]] = defaultdict(list)  # by each of their words

    def learn(self, key: str, name: str) -> None:
        if key not in self._name_of:
            for word in dict.fromkeys(key.split()):
                self._keys_with[word].append(key)
        self._name_of[key] = name

    def find(self, key: str) -> str | None:
        longer = (k for k in self._keys_with.get(key.partition(" ")[0], ()) if f" {key} " in f" {k} ")
        return self._name_of.get(key) or next((self._name_of[k] for k in longer), None)


def _surnames(doc: Doc) -> Set[str]:
    """The folded last words of the people whom the recogniser found by a fuller name."""
    return {fold(ent[-1].text) for ent in doc.ents if ent.label_ in ("PLAYER", "PERSON") and len(ent) > 1}


def _last_words(names: Iterable[str]) -> Set[str]:
    return {name.rsplit(" ", 1)[1] for name in names if " " in name}


def _written(span: Span) -> str:
    """The mention as a name: `BRIGG TOWN` becomes `Brigg Town`, `AZ` stays."""
    return span.text.title() if span.text.isupper() and len(span.text) > 4 else span.text


def _folded(doc: Doc) -> Doc:
    """The Doc, its NORMs lower-cased and without accents."""
    facts = doc.to_array(["LOWER", "NORM", "IS_ASCII"]).reshape(-1, 3)
    for index in np.flatnonzero((facts[:, 0] != facts[:, 1]) | (facts[:, 2] == 0)).tolist():
        token = doc[index]
        token.norm_ = fold(token.lower_)
    return doc


def _key(span: Span) -> str:
    return " ".join(fold(span.text.replace("’", "'")).split())


def _capitalised(span: Span) -> bool:
    return (any(c.isupper() for c in span.text) and not span[0].text[0].islower()) or span.text[0].isdigit()


def _is_rest(ent: Span, span: Span) -> bool:
    """Whether what the entity has beyond the span tells no other club ("Roma Women", "Bolton boss")."""
    beyond = (t for t in ent if not span.start <= t.i < span.end)
    return all(t.lower_ in FILLER or not t.text[0].isupper() for t in beyond)


@Language.factory("clubs", assigns=["doc.spans", "doc._.clubs"], requires=["doc.ents"], retokenizes=False)
def create(nlp: Language, name: str) -> Clubs:
    """Make the component; it takes no settings."""
    return Clubs(nlp)
