"""Clubs: names, short forms and nicknames of the gazetteer, and clubs that only the recogniser found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from rumourmill.entities import ClubLexicon
from rumourmill.nlp.extensions import spans_of
from rumourmill.nlp.phrase_matcher import LazyPhraseMatcher
from rumourmill.resources.gazetteer import Gazetteer, fold, ordinary_words, peoples

__all__ = ["Clubs", "create"]

# A weekday or month is a club ("Wednesday") only if the recogniser found one.
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday march may august".split())
# Entities that contain the name of a club but are none: "Chelsea TV", "Barnsley Road", "Paris Young".
OTHER_LABELS = frozenset({"OUTLET", "STADIUM", "COMPETITION", "ORG", "PLAYER", "PERSON"})
PLACE_PREPOSITIONS = frozenset("in near around across outside".split())
FILLER = frozenset("fc afc cf ac as sc women ladies b ii iii xi u18 u19 u21 u23 under-18s under-21s academy".split())
SUPPORTERS = frozenset("army faithful fans supporters trust ultras".split())  # last word of the name of a group of fans
WEAK = ("PLACE", "NATIONAL_TEAM", *sorted(OTHER_LABELS))


@dataclass
class ClubMentions:
    """Mentions of clubs, in text order, each with the canonical name."""

    mentions: list[tuple[Span, str]] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """Return the number of mentions of each club."""
        return Counter(name for _, name in self.mentions)


class Clubs:
    """Write doc.spans["clubs"] and doc._.clubs.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.lexicon = ClubLexicon.of(gazetteer)
        forms = sorted({*self.lexicon.club_of, *self.lexicon.nicknamed})
        forms += [form.title() for form in forms if "." in form]  # the tokenizer has a rule for `St.` but not for `st.`
        self.matcher = LazyPhraseMatcher(nlp, "NORM", {"CLUB": forms}, _fold_norms)
        outlets = {fold(form) for form, _ in gazetteer.outlets}
        self.excluded_last_words = SUPPORTERS | (_last_words(outlets) - _last_words(self.lexicon.club_of))
        self.ordinary = ordinary_words()
        self.excluded = self.ordinary | peoples() | outlets | self.lexicon.grounds

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> ClubMentions:
        """Return the mentions of clubs in a Doc: names first, then nicknames, resolved by the names."""
        ents = {token.i: ent for ent in doc.ents for token in ent}
        people = _surnames(doc)
        candidates = [s for s in self._candidates(doc) if self._plausible(s, ents.get(s.start), people)]
        named, nicknames = self._names(candidates)
        taken = {token.i for span in candidates for token in span}
        unknown = [
            e for e in doc.ents if e.label_ == "CLUB" and _key(e) not in people and not any(t.i in taken for t in e)
        ]
        named += self._unlisted(unknown, named)
        found = ClubMentions(named)
        found.mentions += list(self._nicknames(nicknames, found, ents))
        found.mentions.sort(key=lambda mention: mention[0].start)
        return found

    def set_annotations(self, doc: Doc, found: ClubMentions) -> None:
        """Write spans (label CLUB, kb_id the canonical name), and one row per club in order of appearance."""
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
        norms = doc.to_array("NORM")
        spans = self.matcher(_fold_norms(doc))
        for index in np.flatnonzero(doc.to_array("NORM") != norms).tolist():
            doc[index].norm_ = doc.vocab.strings[int(norms[index])]
        return filter_spans(span for span in spans if _capitalised(span))

    def _plausible(self, span: Span, ent: Span | None, people: Set[str]) -> bool:
        """Return whether the recogniser and the context allow a match to be a club."""
        key = _key(span)
        if ent is None:
            before = span.doc[span.start - 1].lower_ if span.start else ""
            in_town = key in self.lexicon.towns and before in PLACE_PREPOSITIONS
            ordinary = key in CALENDAR or key in people or key in self.ordinary
            return not in_town and not ordinary
        longer = len(ent) > len(span)
        if ent.label_ == "CLUB":
            return (not longer or _rest_is_filler(ent, span)) and (key not in people or key in self.lexicon.club_of)
        if longer:
            return ent.label_ not in OTHER_LABELS or (len(span) > 1 and ent.label_ in ("PLAYER", "PERSON"))
        certain = key in self.lexicon.club_of and (len(span) > 1 or not (key in self.lexicon.towns or key in people))
        return certain or ent.label_ not in WEAK

    def _names(self, candidates: Iterable[Span]) -> tuple[list[tuple[Span, str]], list[Span]]:
        """Split matches into unambiguous names with their clubs, and the rest: nicknames and shared short names."""
        named, rest = [], []
        for span in candidates:
            key = _key(span)
            if key in self.lexicon.club_of and key not in self.lexicon.nicknamed:
                named.append((span, self.lexicon.club_of[key]))
            else:
                rest.append(span)
        return named, rest

    def _unlisted(self, spans: Iterable[Span], named: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
        """Return the clubs that are on no list, under the recogniser's span; part of a longer name joins that name."""
        known = _NameIndex()
        for _, club in named:
            known.add(fold(club), club)
        found = []
        for span in sorted(spans, key=lambda s: -len(s)):
            key = _key(span)
            name = known.find(key)
            if name is None and self._is_name(span, key):
                name = self.lexicon.only_club_of.get(key) or _display_name(span)
            if name is not None:
                known.add(key, name)
                found.append((span, name))
        return found

    def _is_name(self, span: Span, key: str) -> bool:
        """Return whether an entity can be the name of a club: capitalised, unbroken, no ordinary word or country."""
        broken = "\n" in span.text or span[-1].is_lower or len(key) == 1
        return (
            _capitalised(span)
            and not broken
            and key not in self.excluded
            and key.rpartition(" ")[2] not in self.excluded_last_words
        )

    def _nicknames(
        self, spans: Iterable[Span], found: ClubMentions, ents: dict[int, Span]
    ) -> Iterator[tuple[Span, str]]:
        """Yield the nicknames that are resolved; shared names first, since they can disambiguate nicknames."""
        counts = found.counts()
        words: dict[str, set[str]] = defaultdict(set)
        for span, name in found.mentions:
            words[name] |= {fold(token.text) for token in span}
        for span in sorted(spans, key=lambda s: _key(s) not in self.lexicon.club_of):
            ent = ents.get(span.start)
            article = span.start > 0 and span.doc[span.start - 1].lower_ == "the"
            key = _key(span)
            recognised = key not in CALENDAR and (ent.label_ == "CLUB" if ent is not None else article)
            club = self.lexicon.resolve(key, counts, words, recognised)
            if club is not None:
                if key in self.lexicon.club_of:
                    counts[club] += 1
                yield span, club


class _NameIndex:
    """The clubs that an article has named, by name or by consecutive words of it."""

    def __init__(self) -> None:
        self._name_of: dict[str, str] = {}
        self._keys_with: dict[str, list[str]] = defaultdict(list)  # word -> keys that contain it

    def add(self, key: str, name: str) -> None:
        if key not in self._name_of:
            for word in dict.fromkeys(key.split()):
                self._keys_with[word].append(key)
        self._name_of[key] = name

    def find(self, key: str) -> str | None:
        longer = (k for k in self._keys_with.get(key.partition(" ")[0], ()) if f" {key} " in f" {k} ")
        return self._name_of.get(key) or next((self._name_of[k] for k in longer), None)


def _surnames(doc: Doc) -> Set[str]:
    """Return the folded last words of the people whom the recogniser found with more than one word."""
    return {fold(ent[-1].text) for ent in doc.ents if ent.label_ in ("PLAYER", "PERSON") and len(ent) > 1}


def _last_words(names: Iterable[str]) -> Set[str]:
    return {name.rsplit(" ", 1)[1] for name in names if " " in name}


def _display_name(span: Span) -> str:
    """Return a mention as a name: `BRIGG TOWN` becomes `Brigg Town`, `AZ` stays."""
    return span.text.title() if span.text.isupper() and len(span.text) > 4 else span.text


def _fold_norms(doc: Doc) -> Doc:
    """Fold the NORM of every token in place and return the Doc."""
    attributes = doc.to_array(["LOWER", "NORM", "IS_ASCII"]).reshape(-1, 3)
    for index in np.flatnonzero((attributes[:, 0] != attributes[:, 1]) | (attributes[:, 2] == 0)).tolist():
        token = doc[index]
        token.norm_ = fold(token.lower_)
    return doc


def _key(span: Span) -> str:
    return " ".join(fold(span.text.replace("’", "'")).split())


def _capitalised(span: Span) -> bool:
    return (any(c.isupper() for c in span.text) and not span[0].text[0].islower()) or span.text[0].isdigit()


def _rest_is_filler(ent: Span, span: Span) -> bool:
    """Return whether the rest of an entity names no other club ("Roma Women", "Bolton boss")."""
    beyond = (t for t in ent if not span.start <= t.i < span.end)
    return all(t.lower_ in FILLER or not t.text[0].isupper() for t in beyond)


@Language.factory(
    "clubs", assigns=["doc.spans", "doc._.clubs"], requires=["doc.ents"], default_config={"user_lists": {}}
)
def create(nlp: Language, name: str, user_lists: dict[str, str]) -> Clubs:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        user_lists: file name -> text of a user's lists, see `Gazetteer`.
    """
    return Clubs(nlp, Gazetteer.of(user_lists))
