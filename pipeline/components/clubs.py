"""Clubs: names, short forms and nicknames of the gazetteer, and clubs that only the recogniser knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline import gazetteer
from pipeline.annotations import spans_of
from pipeline.gazetteer import fold

__all__ = ["Clubs", "create"]

# A weekday or month is a club ("Wednesday") only where the recogniser says so too.
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday march may august".split())
# Entities that swallow a club's name without being it: "Chelsea TV", "Barnsley Road", "Paris Young".
OTHER_LABELS = frozenset({"OUTLET", "STADIUM", "COMPETITION", "ORG", "PLAYER", "PERSON"})
PLACE_PREPOSITIONS = frozenset("in near around across outside".split())
FILLER = frozenset("fc afc cf ac as sc women ladies b ii iii xi u18 u19 u21 u23 under-18s under-21s academy".split())
WEAK = ("PLACE", "NATIONAL_TEAM", *sorted(OTHER_LABELS))


@dataclass(frozen=True)
class Lexicon:
    """The gazetteer as the component asks it; every key is folded."""

    country: dict[str, str]  # club -> country
    club_of: dict[str, str]  # name or form -> club
    nicknamed: dict[str, tuple[str, ...]]  # nickname -> clubs that it fits
    alone: dict[str, str]  # nickname -> the club it tells by itself
    places: frozenset[str]  # forms that are also the name of a town

    @classmethod
    def load(cls) -> Lexicon:
        """Read clubs.csv and nicknames.csv; GazetteerError where they contradict each other."""
        country: dict[str, str] = {}
        club_of: dict[str, str] = {}
        places: set[str] = set()
        lines = gazetteer.rows("clubs.csv", ("club", "country", "city", "ground", "forms"), ("city", "ground", "forms"))
        for line in lines:
            club = line["club"]
            country[club] = line["country"]
            towns = {fold(town) for town in line["city"].split("|")}
            for form in (club, *filter(None, line["forms"].split("|"))):
                club_of.setdefault(fold(form), club)
                if fold(form) in towns:
                    places.add(fold(form))
        nicknamed: dict[str, list[str]] = defaultdict(list)
        alone: dict[str, str] = {}
        for line in gazetteer.rows("nicknames.csv", ("nickname", "club", "use")):
            if line["club"] not in country:
                raise gazetteer.GazetteerError(f"nicknames.csv: {line['club']} does not stand in clubs.csv")
            nicknamed[fold(line["nickname"])].append(line["club"])
            if line["use"] == "alone":
                alone[fold(line["nickname"])] = line["club"]
        return cls(country, club_of, {n: tuple(c) for n, c in nicknamed.items()}, alone, frozenset(places))


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
        self.lexicon = Lexicon.load()
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        forms = sorted({*self.lexicon.club_of, *self.lexicon.nicknamed})
        self.matcher.add("CLUB", [_folded(doc) for doc in map(nlp.make_doc, _spellings(forms))])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place and hand it on."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Found:
        """The mentions of clubs in a Doc, names first, then nicknames in the light of the names."""
        labels = {token.i: ent for ent in doc.ents for token in ent}
        candidates = [span for span in self._candidates(doc) if self._plausible(span, labels.get(span.start))]
        named, nicknames = self._names(candidates)
        unknown = [e for e in doc.ents if e.label_ == "CLUB" and not any(_overlap(e, c) for c in candidates)]
        named += [(span, name) for span, name in self._unlisted(unknown, named)]
        found = Found(named)
        found.mentions += list(self._nicknames(nicknames, found, labels))
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
        spans = self.matcher(_folded(doc), as_spans=True)
        return filter_spans(span for span in spans if _capitalised(span))

    def _plausible(self, span: Span, ent: Span | None) -> bool:
        """Whether the recogniser and the words beside it let this name be a club here."""
        key = _key(span)
        if ent is None:
            before = span.doc[span.start - 1].lower_ if span.start else ""
            return not (key in self.lexicon.places and before in PLACE_PREPOSITIONS) and key not in CALENDAR
        longer = len(ent) > len(span)
        if ent.label_ == "CLUB":
            return not longer or _is_rest(ent, span)
        if longer:
            return ent.label_ not in OTHER_LABELS or (len(span) > 1 and ent.label_ in ("PLAYER", "PERSON"))
        return (len(span) > 1 and key in self.lexicon.club_of) or ent.label_ not in WEAK

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

    def _unlisted(self, spans: Iterable[Span], named: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
        """Clubs that no list has: the recogniser's span is the name; a part of a longer one joins it."""
        known = {fold(name): name for _, name in named}
        for span in sorted(spans, key=lambda s: -len(s)):
            key = _key(span)
            name = known.get(key) or next((n for k, n in known.items() if f" {key} " in f" {k} "), None)
            if name is None:
                if not any(c.isalpha() for c in key) or not _capitalised(span) or "\n" in span.text:
                    continue
                name = span.text.title() if span.text.isupper() and len(span.text) > 4 else span.text
                known[key] = name
            yield span, name

    def _nicknames(self, spans: Iterable[Span], found: Found, labels: dict[int, Span]) -> Iterator[tuple[Span, str]]:
        counts = found.names()
        written = {name: {fold(t.text) for s, n in found.mentions if n == name for t in s} for name in counts}
        for span in spans:
            ent = labels.get(span.start)
            club = self._resolve(_key(span), counts, written, ent is not None and ent.label_ == "CLUB")
            if club is not None:
                yield span, club

    def _resolve(self, key: str, counts: Counter[str], written: dict[str, set[str]], recognised: bool) -> str | None:
        """The one club that a nickname or shared short form means, or None."""
        fits = self.lexicon.nicknamed.get(key, ())
        named = [club for club in fits if club in counts]
        full = [club for club in named if key in written[club]]
        own = self.lexicon.club_of.get(key)
        for choice in (full, named):
            if len(choice) == 1 and own not in counts:
                return choice[0]
        if own is not None:
            return own
        if len(named) > 1:
            (first, most), (_, second) = Counter({c: counts[c] for c in full or named}).most_common(2)
            return first if most > second else None
        if key in self.lexicon.alone:
            return self.lexicon.alone[key]
        return fits[0] if recognised and len(fits) == 1 else None


def _spellings(forms: Iterable[str]) -> Iterator[str]:
    """Each form, and with a hyphen or a space where it has the other."""
    for form in forms:
        yield form
        if "-" in form:
            yield form.replace("-", " ")


def _folded(doc: Doc) -> Doc:
    """The Doc, its NORMs lower-cased and without accents."""
    for token in doc:
        if not token.is_ascii or token.norm_ != token.lower_:
            token.norm_ = fold(token.lower_)
    return doc


def _key(span: Span) -> str:
    return fold(span.text.replace("’", "'"))


def _capitalised(span: Span) -> bool:
    return (any(c.isupper() for c in span.text) and not span[0].text[0].islower()) or span.text[0].isdigit()


def _is_rest(ent: Span, span: Span) -> bool:
    """Whether what the entity has beyond the span tells no other club ("Roma Women", "Bolton boss")."""
    beyond = [t for t in ent if not span.start <= t.i < span.end]
    return all(t.lower_ in FILLER or not t.text[0].isupper() for t in beyond)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@Language.factory("clubs", assigns=["doc.spans", "doc._.clubs"], requires=["doc.ents"], retokenizes=False)
def create(nlp: Language, name: str) -> Clubs:
    """Make the component; it takes no settings."""
    return Clubs(nlp)
