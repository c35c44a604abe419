"""Fits the weights of destination, seller and status to the corpus: models/transfer_news/move_weights.csv.

    python moves.py [--without c3,c6,c11,c14,c16]

The model `status` is fitted to plain_moves.txt too. Needs scikit-learn. The entities are those annotated in the corpus
instead of the recogniser's; everything else is done by the pipeline.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import spacy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import normalize
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from passages import Move, Passage, files, gold_doc, plain, read
from rumourmill.resources.gazetteer import fold
from rumourmill.transfers import CandidateExtractor, EntityPair, StatusFeatures
from rumourmill.transfers.linear_models import BIAS, COLUMNS, LABELS, WEIGHTS_FILE
from rumourmill.transfers.pair_features import CLUB_ROLES, COMPETITION_FEATURES, competition_features
from rumourmill.transfers.sentences import TaggedSentence
from rumourmill.transfers.story import STORY, story_features

WEIGHTS = Path(__file__).parent.parent / WEIGHTS_FILE
RARE = {"club": 16, "story": 12, "status": 8}  # features with fewer examples are skipped
STRENGTH = {"club": 1.5, "story": 3.0, "choice": 1.0, "status": 3.0}  # inverse regularisation
PLAIN_WEIGHT = 6  # weight of a sentence of plain_moves.txt against a move of the corpus: best on tests/gold
FILLER = frozenset("fc afc cf ac as sc ssc rc rcd cd ud sd fk sk rb sv tsg vfb vfl club de the football calcio".split())
VAGUE = frozenset("athletic city united real sporting rangers town women".split())


@dataclass
class Example:
    """One passage with its candidates and its annotated moves, matched by name."""

    id: str
    doc: Doc
    sentences: list[TaggedSentence]
    pairs: dict[tuple[str, str], EntityPair]
    moves: list[tuple[str, str | None, str | None, Move]]
    lost: int = 0  # moves of players that the pipeline does not find
    has_present_move: bool = False  # annotated, found or not

    @property
    def file(self) -> str:
        """Stem of the file of the passage."""
        return self.id.partition("-")[0]


def key(name: str) -> frozenset[str]:
    """Return the words of a name, folded, without fillers."""
    words = frozenset("".join(c if c.isalnum() else " " for c in fold(name)).split())
    return words - FILLER or words


def find(name: str | None, names: Sequence[str], vague: frozenset[str] = frozenset()) -> str | None:
    """Return the one of `names` that means the same, or None."""
    if name is None:
        return None
    same = [n for n in names if key(n) == key(name)]
    part = [
        n
        for n in names
        if (key(n) <= key(name) or key(name) <= key(n)) and not min(key(n), key(name), key=len) <= vague
    ]
    return next(iter(same or part), None)


def examples(passages: Iterable[Passage]) -> Iterator[Example]:
    """Yield passages as the pipeline processes them."""
    nlp = spacy.blank("en")
    for name in ("sentences", "clubs", "players", "fees", "quotes"):
        nlp.add_pipe(name)
    candidates = CandidateExtractor(nlp)
    for passage in passages:
        doc = gold_doc(nlp, passage)
        for _, component in nlp.pipeline:
            doc = component(doc)
        sentences, pairs = candidates.extract(doc)
        players = [row["player"] for row in doc._.players]
        clubs = [row["club"] for row in doc._.clubs]
        moves = [
            (player, find(move.to_club, clubs, VAGUE), find(move.from_club, clubs, VAGUE), move)
            for move in passage.moves
            if (player := find(move.player, players))
        ]
        lost = sum(not find(m.player, players) for m in passage.moves if m.to_club and not m.historic)
        yield Example(passage.id, doc, sentences, pairs, moves, lost, any(not move.historic for move in passage.moves))


def labelled(example: Example) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each pair with the label of its club; pairs of players with a club that is not found are skipped."""
    to = {(p, c): ("past" if m.historic else "to") for p, c, _, m in example.moves if c}
    sellers = {(p, c) for p, _, c, m in example.moves if c and not m.historic}
    lost = {p for p, t, f, m in example.moves if (m.to_club and not t) or (m.from_club and not f)}
    for pair in example.pairs:
        if pair in to:
            yield pair, to[pair]
        elif pair[0] not in lost:
            yield pair, "from" if pair in sellers else "none"


def fit(
    name: str, rows: Sequence[set[str]], labels: Sequence[str], order: Sequence[str], groups: Sequence[str]
) -> tuple[list[list[str]], np.ndarray]:
    """Return the lines of the table for one model, and its cross-validated probabilities."""
    counts = Counter(feature for row in rows for feature in row)
    if odd := [feature for feature in counts if feature != feature.strip()]:
        raise ValueError(f"the feature {odd[0]!r} begins or ends with a space")
    vectors = DictVectorizer()
    matrix = normalize(vectors.fit_transform([{f: 1.0 for f in row if counts[f] >= RARE[name]} for row in rows]))
    classes = np.array([order.index(label) for label in labels])
    machine = LogisticRegression(C=STRENGTH[name], max_iter=300)
    unseen = np.zeros((0, len(order)))
    if groups:
        unseen = cross_val_predict(machine, matrix, classes, groups=groups, cv=GroupKFold(5), method="predict_proba")
    machine.fit(matrix, classes)
    weights, bias = machine.coef_, machine.intercept_
    if len(order) == 2:  # scikit-learn has the second of two labels only: a softmax with 0 for the first is the same
        weights, bias = np.vstack([np.zeros_like(weights), weights]), np.append(0.0, bias)
    lines = [[name, LABELS, " ".join(order)], [name, BIAS, _cells(bias)]]
    lines += [[name, f, _cells(weights[:, n])] for f, n in sorted(vectors.vocabulary_.items())]
    return lines, unseen


def fit_choice(matrix: np.ndarray, labels: Sequence[str], order: Sequence[str]) -> list[list[str]]:
    """Return the lines of the model `choice`; the scaling of the features is part of the weights."""
    mean, spread = matrix.mean(0), matrix.std(0)
    machine = LogisticRegression(C=STRENGTH["choice"], max_iter=500)
    machine.fit((matrix - mean) / spread, [order.index(label) for label in labels])
    weights = machine.coef_ / spread
    bias = machine.intercept_ - weights @ mean
    lines = [["choice", LABELS, " ".join(order)], ["choice", BIAS, _cells(bias, 5)]]
    return lines + [["choice", name, _cells(weights[:, n], 5)] for n, name in enumerate(COMPETITION_FEATURES)]


def _cells(weights: Iterable[float], places: int = 2) -> str:
    return " ".join(f"{w:.{places}f}" for w in weights)


def story_lines(data: Sequence[Example]) -> tuple[list[list[str]], dict[str, float]]:
    """Return the lines of the model `story`, and its cross-validated probability for each passage by id."""
    rows = [story_features(example.doc, example.sentences) for example in data]
    labels = [STORY if example.has_present_move else "none" for example in data]
    lines, unseen = fit("story", rows, labels, ["none", STORY], [example.file for example in data])
    return lines, {example.id: float(row[1]) for example, row in zip(data, unseen, strict=True)}


def club_lines(data: Sequence[Example]) -> list[list[str]]:
    """Return the lines of the models `story`, `club` and `choice`."""
    of_story, stories = story_lines(data)
    order = ["none", "to", "from", "past"]
    keys = [(example, pair, label) for example in data for pair, label in labelled(example)]
    labels = [label for _, _, label in keys]
    lines, unseen = fit(
        "club", [e.pairs[p].model_features for e, p, _ in keys], labels, order, [e.file for e, _, _ in keys]
    )
    probabilities = unseen[:, [order.index(part) for part in CLUB_ROLES]]
    values = np.zeros((len(keys), len(COMPETITION_FEATURES)))
    for _, group in groupby(range(len(keys)), key=lambda n: keys[n][0].id):
        rows = list(group)
        pairs, names = keys[rows[0]][0].pairs, [keys[n][1] for n in rows]
        owned = [pairs[name].is_owned for name in names]
        values[rows] = competition_features(names, probabilities[rows], owned, stories[keys[rows[0]][0].id])
    return of_story + lines + fit_choice(values, labels, order)


def status_lines(data: Sequence[Example]) -> list[list[str]]:
    """Return the lines of the model `status`."""
    status_features, rows, labels = StatusFeatures(), [], []
    for example in data:
        for player, club, _, move in example.moves:
            if club and not move.historic and (pair := example.pairs.get((player, club))):
                rows.append(status_features.extract(example.doc, example.sentences, pair))
                labels.append(move.status)
    return fit("status", rows, labels, sorted(set(labels)), ())[0]


def lines_of(data: Sequence[Example], sentences: Sequence[Example]) -> list[list[str]]:
    """Return the whole table, fitted to examples of the corpus; `status` also to plain sentences."""
    with threadpool_limits(1):  # more threads are slower on vectors as sparse as these
        return club_lines(data) + status_lines([*data, *PLAIN_WEIGHT * list(sentences)])


def main() -> None:
    """Read the corpus, fit the models and write the table."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--without", default="r15,r20,r21", help="files to hold out, by stem")
    ap.add_argument("--out", type=Path, default=WEIGHTS)
    args = ap.parse_args()
    held = set(args.without.split(","))
    data = list(examples(read(*(p for p in files() if p.stem not in held))))
    lines = lines_of(data, list(examples(plain())))
    with args.out.open("w", encoding="utf8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *lines])
    print(f"{len(data)} passages, {len(lines)} lines written to {args.out}")


if __name__ == "__main__":
    main()
