"""Convert the corpus to work/train.spacy and work/dev.spacy. Whole files are held out: a file has one annotator."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from augment import Names, augmented
from passages import Passage, for_names, gold_doc, read

SEED = 20260923
HELD_OUT = ["c6", "c16", "r15", "r20", "r21"]


def main() -> None:
    """Write both sets and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold-out", nargs="*", default=HELD_OUT, help="files of the corpus for dev")
    parser.add_argument("--copies", type=int, default=2, help="augmented copies of each training passage")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "work")
    args = parser.parse_args()
    files = for_names()
    dev = [p for f in files if f.stem in args.hold_out for p in read(f)]
    train = [p for f in files if f.stem not in args.hold_out for p in read(f)]
    names, rng = Names.load(), random.Random(SEED)  # noqa: S311 - not used for security
    copies = [augmented(p, names, rng) for p in train for _ in range(args.copies)]
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out / "train.spacy", [*train, *copies])
    write(args.out / "dev.spacy", dev)
    print(f"seed {SEED}: {len(train)} passages and {len(copies)} augmented for training, {len(dev)} held out")


def write(path: Path, passages: Iterable[Passage]) -> None:
    """Write a DocBin of gold Docs."""
    nlp = spacy.blank("en")
    DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=[gold_doc(nlp, p) for p in passages]).to_disk(path)


if __name__ == "__main__":
    main()
