"""Players and other people: the recogniser's mentions, clustered by person and classified as player or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from rumourmill.entities import (
    ClubLexicon,
    Cluster,
    ContextScorer,
    DocContext,
    DocTraits,
    ListedPerson,
    MentionContext,
    PublicFigures,
    TraitMatcher,
    clean_mention,
    cluster_mentions,
    extract_features,
    is_surname,
    score_player,
)
from rumourmill.entities.names import PARTICLES
from rumourmill.nlp.extensions import Row, spans_of
from rumourmill.nlp.tokens import written_words
from rumourmill.resources.gazetteer import Gazetteer, fold, ordinary_words, peoples

__all__ = ["Person", "Players", "club_tokens", "create", "person_tokens"]

LABEL_SCORE = {"PLAYER": 1.0, "PERSON": -1.0}
WEIGHTS = "weights.json"
SHORTEST_DERIVED = 5  # letters of an adverb or participle, less one
SHORTEST_SURNAME = 3  # letters of a surname that is matched by itself; shorter words are too often something else


@dataclass(frozen=True)
class Person:
    """One person of an article, with role and traits."""

    name: str
    spans: tuple[Span, ...]
    is_player: bool
    role: str
    position: str | None
    nationality: str | None
    club: str | None


class Players:
    """Write doc.spans["players"], doc.spans["people"], doc._.players and doc._.people.

    Args:
        nlp: the pipeline whose tokenizer and vocabulary are used.
        gazetteer: the lists.
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self.trait_matcher = TraitMatcher(nlp)
        self.scorer = ContextScorer()
        self.grounds = ClubLexicon.of(gazetteer).grounds
        self.figures = PublicFigures.of(gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Person]:
        """Return the people of a Doc, in order of appearance; none if the text is not about football."""
        clusters, label_scores = self.clusters(doc)
        traits = self.trait_matcher.traits(doc)
        if not _is_about_football(doc, traits):
            return []
        doc_context = DocContext(doc, traits, club_tokens(doc), person_tokens(clusters))
        year = _year(doc)
        people = []
        for cluster in clusters:
            contexts = [self.trait_matcher.context_of(span, traits) for span in cluster.spans]
            labels = sum(label_scores.get(s.start, 0.0) for s in cluster.spans)
            name = cluster.name
            listed = self.figures.find(name, year)
            context_score = self.scorer(extract_features(doc_context, cluster.spans, contexts))
            is_player = score_player(labels, context_score, contexts, listed) > 0
            people.append(_person(name, cluster.spans, contexts, listed, is_player=is_player))
        return people

    def clusters(self, doc: Doc) -> tuple[list[Cluster], dict[int, float]]:
        """Cluster the recogniser's people.

        Returns:
            The clusters, with mentions that the recogniser missed; and first token of a mention -> 1 if the recogniser
            labelled it PLAYER, -1 if PERSON.
        """
        clubs = club_tokens(doc)
        mentions, label_scores = [], {}
        for ent in doc.ents:
            span = clean_mention(ent) if ent.label_ in LABEL_SCORE else None
            if span is not None and span.start not in clubs and not self._is_no_name(span):
                mentions.append(span)
                label_scores[span.start] = LABEL_SCORE[ent.label_]
        clusters = cluster_mentions(_without_clubs(mentions))
        _add_missed(doc, clusters, clubs)
        return clusters, label_scores

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Save the weights of the context scorer."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self.scorer.to_disk(folder / WEIGHTS)

    def from_disk(self, path: str | Path, **kwargs: Any) -> Players:
        """Load the weights that `to_disk` saved."""
        self.scorer.from_disk(Path(path) / WEIGHTS)
        return self

    def _is_no_name(self, span: Span) -> bool:
        """Return whether a mention is a ground, a people or country, or an ordinary word that begins a sentence."""
        word = fold(span.text)
        if word in self.grounds and not is_surname(word):
            return True
        if len(span) > 1:
            return False
        if word in peoples():
            return True
        return bool(span[0].is_sent_start) and (word in ordinary_words() or _is_adverb_or_participle(word))

    def set_annotations(self, doc: Doc, people: Iterable[Person]) -> None:
        """Write spans (kb_id the longest name) and one row per person."""
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
    """Remove a club before a name that also occurs without it: `Roma Ognjen Radulovic`, `Ognjen Radulovic`."""
    forms = {fold(m.text) for m in mentions if len(m) > 1}
    return [m[1:] if "C" in m[0].tag_ and fold(m[1:].text) in forms else m for m in mentions]


def _is_adverb_or_participle(word: str) -> bool:
    """Return whether a word is formed like `ideally` or `upping` and is no footballer's surname (Sterling, Reilly)."""
    return len(word) > SHORTEST_DERIVED and word.endswith(("ly", "ing")) and not is_surname(word)


def _add_missed(doc: Doc, clusters: Sequence[Cluster], clubs: set[int]) -> None:
    """Add capitalised surnames that the recogniser missed to the clusters of their bearers."""
    surnames: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if len(cluster.words[-1]) >= SHORTEST_SURNAME and cluster.words[-1] not in PARTICLES:
            surnames.setdefault(cluster.words[-1], []).append(cluster)
    covered = clubs | {i for ent in doc.ents if ent.label_ != "CLUB" for i in range(ent.start, ent.end)}
    written = written_words(doc)
    bearers = {text: surnames[fold(text)] for text in set(written) if not text.islower() and fold(text) in surnames}
    for at, text in enumerate(written):
        if text not in bearers or len(bearers[text]) > 1 or at in covered:
            continue
        if (text.isalpha() or "-" in text) and _is_whole_name(doc[at]):
            bearers[text][0].spans.append(doc[at : at + 1])
    for cluster in clusters:
        cluster.spans.sort(key=lambda s: s.start)


def _is_whole_name(token: Token) -> bool:
    """Return whether a surname is not the first word of another name."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    if after is None or not token.whitespace_:
        return True
    return not (after.is_title and not after.is_sent_start and after.ent_iob_ != "O")


def _is_about_football(doc: Doc, traits: DocTraits) -> bool:
    """Return whether a text names a club, a competition, a national team or a position of players."""
    named = any(ent.label_ in ("COMPETITION", "NATIONAL_TEAM") for ent in doc.ents)
    return named or bool(doc.spans.get("clubs")) or any(trait.position for trait in traits.by_start.values())


def club_tokens(doc: Doc) -> set[int]:
    """Return the indices of the tokens within names of clubs."""
    return {i for span in doc.spans.get("clubs", ()) for i in range(span.start, span.end)}


def _year(doc: Doc) -> int | None:
    """Return the year of publication, None if it is unknown."""
    return int(doc._.published_on[:4]) if doc._.published_on else None


def person_tokens(clusters: Iterable[Cluster]) -> set[int]:
    """Return the indices of the tokens within names of people."""
    return {i for cluster in clusters for span in cluster.spans for i in range(span.start, span.end)}


def _person(
    name: str,
    spans: Iterable[Span],
    contexts: Sequence[MentionContext],
    listed: ListedPerson | None,
    *,
    is_player: bool,
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


def _role(contexts: Iterable[MentionContext], listed: ListedPerson | None) -> str:
    """Return the most frequent role in the text, else the listed one; a former player without a role is a pundit."""
    contexts = list(contexts)
    roles = Counter(c.role for c in contexts if c.role and c.role != "player")
    if roles:
        return roles.most_common(1)[0][0]
    if listed is not None and listed.role not in ("player", "other"):
        return listed.role
    return "pundit" if any(c.role == "player" and c.former for c in contexts) else "other"


def _first(values: Iterable[str | None]) -> str | None:
    return next((v for v in values if v), None)


@Language.factory(
    "players",
    assigns=["doc.spans", "doc._.players", "doc._.people"],
    requires=["doc.ents", "doc.sents"],
    default_config={"user_lists": {}},
)
def create(nlp: Language, name: str, user_lists: dict[str, str]) -> Players:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        user_lists: file name -> text of a user's lists, see `Gazetteer`.
    """
    return Players(nlp, Gazetteer.of(user_lists))
