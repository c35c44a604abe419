"""Measure on held-out files of the corpus how many people the shipped pipeline sorts correctly into players and others.

    python people_eval.py [--files c6 c16]

The unit is a person of a passage, not a mention. A person that the pipeline finds is compared with the PLAYER and
PERSON annotations that its mentions overlap; a person that overlaps none is not counted. The accuracy of the
recogniser alone, by majority vote over the same mentions, is printed beside that of the whole pipeline.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

import rumourmill
from data import HELD_OUT
from passages import Passage, gold_doc, path_of, read

VOTES = {"PLAYER": 1, "PERSON": -1}


@dataclass(frozen=True)
class Person:
    """A person that the pipeline found, and whether each of three sources takes him for a player."""

    name: str
    annotated: bool
    recogniser: bool
    pipeline: bool


def main() -> None:
    """Print the number of people and both accuracies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", nargs="*", default=HELD_OUT, help="stems of corpus files not used in training")
    args = parser.parse_args()
    nlp = rumourmill.load()
    people = [p for name in args.files for passage in read(path_of(name)) for p in found_people(nlp, passage)]
    for source in ("recogniser", "pipeline"):
        right = sum(getattr(person, source) == person.annotated for person in people)
        print(f"{source}: {right} of {len(people)} people ({right / max(len(people), 1):.1%})")


def found_people(nlp: Language, passage: Passage) -> Iterator[Person]:
    """The people that the pipeline finds in a passage and that its annotation names."""
    gold = gold_doc(nlp, passage)
    doc = nlp.make_doc(passage.text)
    doc._.published_on, doc._.title_end = gold._.published_on, gold._.title_end
    for _, component in nlp.pipeline:
        doc = component(doc)
    for key, is_player in (("players", True), ("people", False)):
        mentions: dict[str, list[Span]] = defaultdict(list)
        for span in doc.spans[key]:
            mentions[span.kb_id_].append(span)
        for name, spans in mentions.items():
            if annotated := _votes(gold, spans):
                yield Person(name, sum(annotated) > 0, sum(_votes(doc, spans)) > 0, is_player)


def _votes(doc: Doc, spans: Iterable[Span]) -> list[int]:
    """The vote of each mention that overlaps an entity labelled PLAYER (1) or PERSON (-1)."""
    labels = ([t.ent_type_ for t in doc[span.start : span.end] if t.ent_type_ in VOTES] for span in spans)
    return [VOTES[found[0]] for found in labels if found]


if __name__ == "__main__":
    main()
