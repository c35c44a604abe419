"""Players and other people: the recogniser's persons cleaned, joined over the article, and told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from rumourmill.entities.club_lexicon import ClubLexicon
from rumourmill.entities.context_features import ContextScorer, Scene, features
from rumourmill.entities.known_people import Known, is_surname, known
from rumourmill.entities.names import PARTICLES, Cluster, clean, join
from rumourmill.entities.person_classifier import score
from rumourmill.entities.roles import Context, DocTraits, RoleReader
from rumourmill.nlp.extensions import Row, spans_of
from rumourmill.nlp.tokens import written_words
from rumourmill.resources.gazetteer import fold, ordinary_words, peoples

__all__ = ["Person", "Players", "create"]

VOTE = {"PLAYER": 1.0, "PERSON": -1.0}
WEIGHTS = "weights.json"
SHORTEST_DERIVED = 5  # letters
MINIMUM_SURNAME = 3  # letters; shorter ones are too often something else


@dataclass(frozen=True)
class Person:
    """One person of the article, with what the text tells of him or her."""

    name: str
    spans: tuple[Span, ...]
    is_player: bool
    role: str
    position: str | None
    nationality: str | None
    club: str | None


class Players:
    """Writes doc.spans["players"], doc.spans["people"], doc._.players and doc._.people.

    Args:
        nlp: the pipeline whose tokeniser and vocabulary are used.
    """

    def __init__(self, nlp: Language) -> None:
        self.reader = RoleReader(nlp)
        self.scorer = ContextScorer()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place and hand it on."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Person]:
        """The people of a Doc, in order of appearance."""
        clusters, votes = self.clusters(doc)
        traits = self.reader.traits(doc)
        if not _about_football(doc, traits):
            return []
        scene = Scene(doc, traits, club_tokens(doc), person_tokens(clusters))
        year = _year(doc)
        people = []
        for cluster in clusters:
            contexts = [self.reader.read(span, traits) for span in cluster.spans]
            told = sum(votes.get(s.start, 0.0) for s in cluster.spans)
            name = cluster.name
            listed = known(name, year)
            surroundings = self.scorer(features(scene, cluster.spans, contexts))
            is_player = score(told, surroundings, contexts, listed) > 0
            people.append(_person(name, cluster.spans, contexts, listed, is_player=is_player))
        return people

    def clusters(self, doc: Doc) -> tuple[list[Cluster], dict[int, float]]:
        """The recogniser's people joined, each with all mentions; and its vote on each mention's first token."""
        clubs = club_tokens(doc)
        mentions, votes = [], {}
        for ent in doc.ents:
            span = clean(ent) if ent.label_ in VOTE else None
            if span is not None and span.start not in clubs and not _ordinary(span):
                mentions.append(span)
                votes[span.start] = VOTE[ent.label_]
        clusters = join(_without_clubs(mentions))
        _add_missed(doc, clusters, clubs)
        return clusters, votes

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Save the weights of the context scorer, as spaCy does with every component."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self.scorer.to_disk(folder / WEIGHTS)

    def from_disk(self, path: str | Path, **kwargs: Any) -> Players:
        """Load what `to_disk` saved."""
        self.scorer.from_disk(Path(path) / WEIGHTS)
        return self

    def set_annotations(self, doc: Doc, people: Iterable[Person]) -> None:
        """Write spans (kb_id the fullest name) and one row per person."""
        people = list(people)
        for key, label, wanted in (("players", "PLAYER", True), ("people", "PERSON", False)):
            spans = [(s, p.name) for p in people if p.is_player is wanted for s in p.spans]
            spans.sort(key=lambda item: item[0].start)
            doc.spans[key] = [Span(doc, s.start, s.end, label=label, kb_id=name) for s, name in spans]
        doc._.players = [_player_row(p) for p in people if p.is_player]
        doc._.people = [_person_row(p) for p in people if not p.is_player]


def _player_row(person: Person) -> Row:
    return {
        "player": person.name,
        "position": person.position,
        "nationality": person.nationality,
        "club": person.club,
        "mentions": len(person.spans),
        "spans": spans_of(list(person.spans)),
    }


def _person_row(person: Person) -> Row:
    row = _player_row(person)
    row["person"], row["role"] = row.pop("player"), person.role
    del row["position"]
    return row


def _without_clubs(mentions: Sequence[Span]) -> list[Span]:
    """`Roma Ognjen Radulovic` beside an `Ognjen Radulovic` loses its club, which no mark parts from the name."""
    forms = {fold(m.text) for m in mentions if len(m) > 1}
    return [m[1:] if "C" in m[0].tag_ and fold(m[1:].text) in forms else m for m in mentions]


def _ordinary(span: Span) -> bool:
    """No name: a ground, a people or country, a word written small elsewhere at the head of its sentence."""
    word = fold(span.text)
    if word in ClubLexicon.load().grounds and not is_surname(word):
        return True
    if len(span) > 1:
        return False
    if word in peoples():
        return True
    return bool(span[0].is_sent_start) and (word in ordinary_words() or _adverb_or_verb(word))


def _adverb_or_verb(word: str) -> bool:
    """Made like `ideally` or `upping`, and no footballer's surname (Sterling, Reilly)."""
    return len(word) > SHORTEST_DERIVED and word.endswith(("ly", "ing")) and not is_surname(word)


def _add_missed(doc: Doc, clusters: Sequence[Cluster], clubs: set[int]) -> None:
    """Give each person the mentions that the recogniser passed over: his full name or his surname, capitalised."""
    surnames: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if len(cluster.words[-1]) >= MINIMUM_SURNAME and cluster.words[-1] not in PARTICLES:
            surnames.setdefault(cluster.words[-1], []).append(cluster)
    covered = clubs | {i for ent in doc.ents if ent.label_ != "CLUB" for i in range(ent.start, ent.end)}
    written = written_words(doc)
    owned = {text: surnames[fold(text)] for text in set(written) if not text.islower() and fold(text) in surnames}
    for at, text in enumerate(written):
        if text not in owned or len(owned[text]) > 1 or at in covered:
            continue
        if (text.isalpha() or "-" in text) and _is_name_here(doc[at]):
            owned[text][0].spans.append(doc[at : at + 1])
    for cluster in clusters:
        cluster.spans.sort(key=lambda s: s.start)


def _is_name_here(token: Token) -> bool:
    """Not the first word of another name."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    if after is None or not token.whitespace_:
        return True
    return not (after.is_title and not after.is_sent_start and after.ent_iob_ != "O")


def _about_football(doc: Doc, traits: DocTraits) -> bool:
    """Whether the text names a club, a competition, a national team or a footballer's position."""
    named = any(ent.label_ in ("COMPETITION", "NATIONAL_TEAM") for ent in doc.ents)
    return named or bool(doc.spans.get("clubs")) or any(trait.position for trait in traits.by_start.values())


def club_tokens(doc: Doc) -> set[int]:
    """Indices of the tokens that belong to a club's name."""
    return {i for span in doc.spans.get("clubs", ()) for i in range(span.start, span.end)}


def _year(doc: Doc) -> int | None:
    """The year of publication."""
    return int(doc._.published_on[:4]) if doc._.published_on else None


def person_tokens(clusters: Iterable[Cluster]) -> set[int]:
    """Indices of the tokens that belong to a person's name."""
    return {i for cluster in clusters for span in cluster.spans for i in range(span.start, span.end)}


def _person(
    name: str, spans: Iterable[Span], contexts: Sequence[Context], listed: Known | None, *, is_player: bool
) -> Person:
    return Person(
        name=name,
        spans=tuple(spans),
        is_player=is_player,
        role="player" if is_player else _role(contexts, listed),
        position=_first(c.position for c in contexts),
        nationality=_first(c.nationality for c in contexts),
        club=_first(c.club for c in contexts if not c.former),
    )


def _role(contexts: Iterable[Context], listed: Known | None) -> str:
    """The role told most often, else the one he is known for; a former player without one speaks as a pundit."""
    contexts = list(contexts)
    roles = Counter(c.role for c in contexts if c.role and c.role != "player")
    if roles:
        return roles.most_common(1)[0][0]
    if listed is not None and listed.role not in ("player", "other"):
        return listed.role
    return "pundit" if any(c.role == "player" and c.former for c in contexts) else "other"


def _first(values: Iterable[str | None]) -> str | None:
    return next((v for v in values if v), None)


@Language.factory("players", assigns=["doc.spans", "doc._.players", "doc._.people"], requires=["doc.ents", "doc.sents"])
def create(nlp: Language, name: str) -> Players:
    """Make the component; it takes no settings."""
    return Players(nlp)
