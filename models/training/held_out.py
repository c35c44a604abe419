"""Evaluate an entity recogniser on held-out files of the corpus.

python held_out.py work/model/model-best
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language

from agreement import LabelPairs, Spans, compare
from data import HELD_OUT
from passages import Passage, path_of, read


def main() -> None:
    """Print precision, recall and F1 by label, and the most frequent confusions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recogniser", type=Path)
    parser.add_argument("--files", nargs="*", default=HELD_OUT)
    args = parser.parse_args()
    passages = [passage for name in args.files for passage in read(path_of(name))]
    nlp = spacy.load(args.recogniser)
    print(report(compare(dict(gold(passages)), dict(found(nlp, passages)))))


def gold(passages: Iterable[Passage]) -> Iterable[tuple[str, Spans]]:
    """Yield the annotated spans of each passage."""
    for passage in passages:
        yield passage.id, {(start, passage.text[start:end]): label for start, end, label in passage.entities}


def found(nlp: Language, passages: Iterable[Passage]) -> Iterable[tuple[str, Spans]]:
    """Yield the recognised spans of each passage."""
    passages = list(passages)
    for passage, doc in zip(passages, nlp.pipe(passage.text for passage in passages), strict=True):
        yield passage.id, {(ent.start_char, ent.text): ent.label_ for ent in doc.ents}


def report(pairs: LabelPairs, confusions: int = 12) -> str:
    """Return the figures as a Markdown table, followed by the confusions.

    Args:
        pairs: counts of (annotated label, recognised label) of each span; None if there is none.
        confusions: number of confusions to list.
    """
    labels = sorted({label for pair in pairs for label in pair if label})
    lines = ["| label | mentions | precision | recall | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [_line(pairs, {label}, label) for label in labels]
    lines.append(_line(pairs, set(labels), "all"))
    wrong = sorted(((n, a or "nothing", b or "nothing") for (a, b), n in pairs.items() if a != b), reverse=True)
    return "\n".join([*lines, "", *(f"{n:4} {a} read as {b}" for n, a, b in wrong[:confusions])])


def _line(pairs: LabelPairs, labels: set[str], title: str) -> str:
    annotated = sum(n for (a, _), n in pairs.items() if a in labels)
    recognised = sum(n for (_, b), n in pairs.items() if b in labels)
    right = sum(n for (a, b), n in pairs.items() if a in labels and a == b)
    precision, recall = (right / n if n else 0.0 for n in (recognised, annotated))
    f1 = 2 * right / (annotated + recognised) if annotated + recognised else 0.0
    return f"| {title} | {annotated:,} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


if __name__ == "__main__":
    main()
