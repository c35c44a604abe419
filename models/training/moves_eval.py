"""Measures moves and their states on files of the corpus that the weights have not seen.

    python moves_eval.py [--folds 5] [--errors moves|seller|status]

Whole files are held out in turn. The corpus's own entities stand in for the recogniser, as in moves.py.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moves import Example, examples, lines_of
from passages import plain, read
from rumourmill.transfers import linear_models
from rumourmill.transfers.assembly import assemble
from rumourmill.transfers.pairs import Move as Found
from rumourmill.transfers.status_features import States

DONE, OPEN = frozenset({"agreed", "completed"}), frozenset({"interest", "talks"})  # told as one by the scorer


@dataclass
class Figures:
    """What was right and wrong; a move of the past costs nothing when missed or found."""

    right: int = 0
    missed: int = 0
    spurious: int = 0
    sellers: int = 0
    states: int = 0
    exact: int = 0
    asked: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    buckets: dict[int, list[bool]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=lambda: {"moves": [], "seller": [], "status": []})

    def __str__(self) -> str:
        told = [f"moves    {_f1(self.right, self.missed, self.spurious)}"]
        wrong = self.asked - self.states
        told.append(f"+status  {_f1(self.states, self.missed + wrong, self.spurious + wrong)}")
        told.append(f"seller {self.sellers / self.asked:.3f}  status {self.states / self.asked:.3f}")
        told.append(f"status in full {self.exact / self.asked:.3f}  ({self.asked} asked)")
        return "\n".join(told)


def _f1(right: int, missed: int, spurious: int) -> str:
    precision, recall = right / max(right + spurious, 1), right / max(right + missed, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def same(a: str, b: str) -> bool:
    """Whether the scorer takes two states for the same."""
    return a == b or {a, b} <= DONE or {a, b} <= OPEN


def judge(figures: Figures, example: Example, found: Sequence[Found]) -> None:
    """Count what is right and wrong in one passage."""
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
        figures.buckets.setdefault(int(move.chance * 10), []).append(True)
        figures.sellers += move.from_club == seller
        if move.from_club != seller:
            figures.errors["seller"].append(f"{example.id}: {key[0]} > {key[1]}: {move.from_club} for {seller}")
        figures.states += same(move.status, wanted.status)
        figures.confused[wanted.status, move.status] += 1
        if not same(move.status, wanted.status):
            told = f"{example.id}: {key[0]} > {key[1]}: {move.status} for {wanted.status}"
            figures.errors["status"].append(told)
    for key, move in left.items():
        figures.spurious += 1
        figures.buckets.setdefault(int(move.chance * 10), []).append(False)
        told = f"{example.id}: spurious {key[0]} > {key[1]} < {move.from_club} : {move.status}"
        figures.errors["moves"].append(told)


def read_with(lines: Iterable[Sequence[str]], data: Sequence[Example]) -> Iterator[tuple[Example, list[Found]]]:
    """The moves that the pipeline reads in examples with the given weights."""
    models: Mapping[str, linear_models.Model] = linear_models.read(lines)
    states = States()
    for example in data:
        yield example, assemble(example.doc, example.scenes, example.pairs, states, models)


def measure(data: Sequence[Example], folds: int) -> Figures:
    """Every file read with weights learnt from the files of the other folds."""
    files = sorted({example.file for example in data})
    sentences = list(examples(plain()))
    figures = Figures()
    for fold in range(folds):
        held = set(files[fold::folds])
        lines = lines_of([example for example in data if example.file not in held], sentences)
        for example, found in read_with(lines, [example for example in data if example.file in held]):
            judge(figures, example, found)
    return figures


def main() -> None:
    """Read the corpus, measure, report."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--errors", choices=["moves", "seller", "status"], help="print every error behind one figure")
    args = ap.parse_args()
    figures = measure(list(examples(read())), args.folds)
    if args.errors:
        print(*figures.errors[args.errors], sep="\n")
        return
    print(figures)
    for (wanted, told), n in sorted(figures.confused.items()):
        print(f"{wanted:10s} read as {told:10s} {n}")
    for bucket, rights in sorted(figures.buckets.items()):
        print(f"confidence {bucket / 10:.1f}: {sum(rights) / len(rights):.2f} right of {len(rights)}")


if __name__ == "__main__":
    main()
