"""Measures moves and their statuses on held-out files of the corpus.

    python moves_eval.py [--folds 5] [--errors moves|seller|status]

Cross-validation by file. The entities are those annotated in the corpus, as in moves.py.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from moves import Example, examples, lines_of
from passages import plain, read
from rumourmill.transfers import Move, StatusFeatures, assemble_moves
from rumourmill.transfers.linear_models import parse_models

DONE, OPEN = frozenset({"agreed", "completed"}), frozenset({"interest", "talks"})  # not distinguished by `same`


@dataclass
class Figures:
    """Counts of right and wrong results; historic moves are not counted."""

    right: int = 0
    missed: int = 0
    spurious: int = 0
    sellers: int = 0
    statuses: int = 0
    exact: int = 0
    asked: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    buckets: dict[int, list[bool]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=lambda: {"moves": [], "seller": [], "status": []})

    def __str__(self) -> str:
        lines = [f"moves    {_f1(self.right, self.missed, self.spurious)}"]
        wrong = self.asked - self.statuses
        lines.append(f"+status  {_f1(self.statuses, self.missed + wrong, self.spurious + wrong)}")
        lines.append(f"seller {self.sellers / self.asked:.3f}  status {self.statuses / self.asked:.3f}")
        lines.append(f"status in full {self.exact / self.asked:.3f}  ({self.asked} asked)")
        return "\n".join(lines)


def _f1(right: int, missed: int, spurious: int) -> str:
    precision, recall = right / max(right + spurious, 1), right / max(right + missed, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def same(a: str, b: str) -> bool:
    """Return whether two statuses count as the same."""
    return a == b or {a, b} <= DONE or {a, b} <= OPEN


def count_results(figures: Figures, example: Example, found: Sequence[Move]) -> None:
    """Count the right and wrong results of one passage."""
    left = {(move.player, move.to_club): move for move in found}
    gold = {(player, to_club): (seller, move) for player, to_club, seller, move in example.moves if to_club}
    unnamed = sum(not m.historic for _, to, _, m in example.moves if m.to_club and not to) + example.lost
    figures.missed += unnamed
    for key, (seller, wanted) in gold.items():
        move = left.pop(key, None)
        if wanted.historic:
            continue
        if move is None:
            figures.missed += 1
            figures.errors["moves"].append(f"{example.id}: missed {key[0]} > {key[1]} < {seller} : {wanted.status}")
            continue
        figures.right += 1
        figures.asked += 1
        figures.exact += move.status == wanted.status
        figures.buckets.setdefault(int(move.probability * 10), []).append(True)
        figures.sellers += move.from_club == seller
        if move.from_club != seller:
            figures.errors["seller"].append(f"{example.id}: {key[0]} > {key[1]}: {move.from_club} for {seller}")
        figures.statuses += same(move.status, wanted.status)
        figures.confused[wanted.status, move.status] += 1
        if not same(move.status, wanted.status):
            text = f"{example.id}: {key[0]} > {key[1]}: {move.status} for {wanted.status}"
            figures.errors["status"].append(text)
    for key, move in left.items():
        figures.spurious += 1
        figures.buckets.setdefault(int(move.probability * 10), []).append(False)
        text = f"{example.id}: spurious {key[0]} > {key[1]} < {move.from_club} : {move.status}"
        figures.errors["moves"].append(text)


def extract_with(lines: Iterable[Sequence[str]], data: Sequence[Example]) -> Iterator[tuple[Example, list[Move]]]:
    """Yield the moves that the pipeline extracts from examples with the given weights."""
    models = parse_models(lines)
    status_features = StatusFeatures()
    for example in data:
        yield example, assemble_moves(example.doc, example.sentences, example.pairs, status_features, models)


def measure(data: Sequence[Example], folds: int) -> Figures:
    """Return the figures of every file with weights fitted to the files of the other folds."""
    files = sorted({example.file for example in data})
    sentences = list(examples(plain()))
    figures = Figures()
    for fold in range(folds):
        held = set(files[fold::folds])
        lines = lines_of([example for example in data if example.file not in held], sentences)
        for example, found in extract_with(lines, [example for example in data if example.file in held]):
            count_results(figures, example, found)
    return figures


def main() -> None:
    """Read the corpus, measure and print the figures."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--errors", choices=["moves", "seller", "status"], help="print every error behind one figure")
    args = ap.parse_args()
    figures = measure(list(examples(read())), args.folds)
    if args.errors:
        print(*figures.errors[args.errors], sep="\n")
        return
    print(figures)
    for (wanted, text), n in sorted(figures.confused.items()):
        print(f"{wanted:10s} extracted as {text:10s} {n}")
    for bucket, rights in sorted(figures.buckets.items()):
        print(f"confidence {bucket / 10:.1f}: {sum(rights) / len(rights):.2f} right of {len(rights)}")


if __name__ == "__main__":
    main()
