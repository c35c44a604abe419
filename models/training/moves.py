"""Writes models/gazetteer/move_weights.csv: weights of destination, seller and state, learnt from the corpus.

    python moves.py [--without c3,c6,c11,c14,c16]

States are learnt from plain_moves.txt too. Needs scikit-learn. The corpus's own entities stand in for the
recogniser; everything else is the pipeline's own.
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

from passages import CORPUS, Move, Passage, gold_doc, plain, read
from rumourmill.resources.gazetteer import fold
from rumourmill.transfers.candidates import MoveReader
from rumourmill.transfers.competition_features import CHOICE, PARTS, standings
from rumourmill.transfers.linear_models import BIAS, COLUMNS, LABELS
from rumourmill.transfers.pairs import Pair
from rumourmill.transfers.sentences import Scene
from rumourmill.transfers.status_features import States

WEIGHTS = Path(__file__).parent.parent / "gazetteer" / "move_weights.csv"
RARE = {"club": 16, "status": 8}  # features seen less often are left out
STRENGTH = {"club": 1.5, "choice": 1.0, "status": 3.0}  # inverse regularisation
PLAIN_WEIGHT = 6  # times that a sentence of plain_moves.txt counts beside a move of the corpus: best on the gold
FILLER = frozenset("fc afc cf ac as sc ssc rc rcd cd ud sd fk sk rb sv tsg vfb vfl club de the football calcio".split())
VAGUE = frozenset("athletic city united real sporting rangers town women".split())


@dataclass
class Example:
    """One passage with its pairs and its moves, joined by name."""

    id: str
    doc: Doc
    scenes: list[Scene]
    pairs: dict[tuple[str, str], Pair]
    moves: list[tuple[str, str | None, str | None, Move]]
    lost: int = 0  # moves of players that were not found

    @property
    def file(self) -> str:
        """Stem of the file that the passage stands in."""
        return self.id.partition("-")[0]


def key(name: str) -> frozenset[str]:
    """The words of a name, folded, without fillers."""
    words = frozenset("".join(c if c.isalnum() else " " for c in fold(name)).split())
    return words - FILLER or words


def find(name: str | None, names: Sequence[str], vague: frozenset[str] = frozenset()) -> str | None:
    """The one of `names` that means the same, or None."""
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
    """Passages, read as the pipeline reads them."""
    nlp = spacy.blank("en")
    for name in ("sentences", "clubs", "players", "fees", "quotes"):
        nlp.add_pipe(name)
    reader = MoveReader(nlp)
    for passage in passages:
        doc = gold_doc(nlp, passage)
        for _, component in nlp.pipeline:
            doc = component(doc)
        scenes, pairs = reader.read(doc)
        players = [row["player"] for row in doc._.players]
        clubs = [row["club"] for row in doc._.clubs]
        moves = [
            (player, find(move.to_club, clubs, VAGUE), find(move.from_club, clubs, VAGUE), move)
            for move in passage.moves
            if (player := find(move.player, players))
        ]
        lost = sum(not find(m.player, players) for m in passage.moves if m.to_club and not m.historic)
        yield Example(passage.id, doc, scenes, pairs, moves, lost)


def labelled(example: Example) -> Iterator[tuple[tuple[str, str], str]]:
    """Each pair with what its club is; pairs of players with a club that was not found are left out."""
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
    """Lines of the table for one model, and what it would have said of passages that it had not seen."""
    counts = Counter(feature for row in rows for feature in row)
    if odd := [feature for feature in counts if feature != feature.strip()]:
        raise ValueError(f"the table would lose the space at the edge of {odd[0]!r}")
    vectors = DictVectorizer()
    matrix = normalize(vectors.fit_transform([{f: 1.0 for f in row if counts[f] >= RARE[name]} for row in rows]))
    classes = np.array([order.index(label) for label in labels])
    machine = LogisticRegression(C=STRENGTH[name], max_iter=300)
    unseen = np.zeros((0, len(order)))
    if groups:
        unseen = cross_val_predict(machine, matrix, classes, groups=groups, cv=GroupKFold(5), method="predict_proba")
    machine.fit(matrix, classes)
    lines = [[name, LABELS, " ".join(order)], [name, BIAS, _cells(machine.intercept_)]]
    lines += [[name, f, _cells(machine.coef_[:, n])] for f, n in sorted(vectors.vocabulary_.items())]
    return lines, unseen


def fit_choice(matrix: np.ndarray, labels: Sequence[str], order: Sequence[str]) -> list[list[str]]:
    """Lines of the table for the model that sees a pair against its rivals; scaling is folded into the weights."""
    mean, spread = matrix.mean(0), matrix.std(0)
    machine = LogisticRegression(C=STRENGTH["choice"], max_iter=500)
    machine.fit((matrix - mean) / spread, [order.index(label) for label in labels])
    weights = machine.coef_ / spread
    bias = machine.intercept_ - weights @ mean
    lines = [["choice", LABELS, " ".join(order)], ["choice", BIAS, _cells(bias, 5)]]
    return lines + [["choice", name, _cells(weights[:, n], 5)] for n, name in enumerate(CHOICE)]


def _cells(weights: Iterable[float], places: int = 2) -> str:
    return " ".join(f"{w:.{places}f}" for w in weights)


def club_lines(data: Sequence[Example]) -> list[list[str]]:
    """Where players go to and come from."""
    order = ["none", "to", "from", "past"]
    keys = [(example, pair, label) for example in data for pair, label in labelled(example)]
    labels = [label for _, _, label in keys]
    lines, unseen = fit("club", [e.pairs[p].features for e, p, _ in keys], labels, order, [e.file for e, _, _ in keys])
    told = unseen[:, [order.index(part) for part in PARTS]]
    values = np.zeros((len(keys), len(CHOICE)))
    for _, group in groupby(range(len(keys)), key=lambda n: keys[n][0].id):
        rows = list(group)
        pairs, names = keys[rows[0]][0].pairs, [keys[n][1] for n in rows]
        values[rows] = standings(names, told[rows], [pairs[name].owned for name in names])
    return lines + fit_choice(values, labels, order)


def status_lines(data: Sequence[Example]) -> list[list[str]]:
    """How far moves are."""
    states, rows, labels = States(), [], []
    for example in data:
        for player, club, _, move in example.moves:
            if club and not move.historic and (pair := example.pairs.get((player, club))):
                rows.append(states.features(example.doc, example.scenes, pair))
                labels.append(move.status)
    return fit("status", rows, labels, sorted(set(labels)), ())[0]


def lines_of(data: Sequence[Example], sentences: Sequence[Example]) -> list[list[str]]:
    """The whole table, learnt from examples of the corpus; of states also from plain sentences."""
    with threadpool_limits(1):  # more threads only wait for each other on vectors as sparse as these
        return club_lines(data) + status_lines([*data, *PLAIN_WEIGHT * list(sentences)])


def main() -> None:
    """Read the corpus, fit, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--without", default="", help="files to hold out, by stem")
    ap.add_argument("--out", type=Path, default=WEIGHTS)
    args = ap.parse_args()
    held = set(args.without.split(","))
    data = list(examples(read(*(p for p in sorted(CORPUS.glob("*.txt")) if p.stem not in held))))
    lines = lines_of(data, list(examples(plain())))
    with args.out.open("w", encoding="utf8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *lines])
    print(f"{len(data)} passages, {len(lines)} lines written to {args.out}")


if __name__ == "__main__":
    main()
