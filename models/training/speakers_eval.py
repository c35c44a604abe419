"""Measures on the corpus how often the component `quotes` names the right speaker.

    python speakers_eval.py [c1 c2 ...] [--recognised] [--errors 300]

The corpus tells who says each direct quotation of four words or more. Its own entities stand in for the recogniser,
unless --recognised asks for the whole pipeline. No rule was made on c6, c9, c16 and e2: take their figures alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from spacy.language import Language
from spacy.tokens import Doc

import rumourmill
from passages import Passage, files, gold_doc, read
from rumourmill.components.quotes import SHORT, WORD
from rumourmill.evaluation.matching import same_club, same_person
from rumourmill.nlp.extensions import Row
from rumourmill.sources.article import find_title

READERS = ("sentences", "clubs", "players", "quotes")
RECOGNISER = ("word_lists", "ner")


@dataclass(frozen=True)
class Answer:
    """One quotation of the corpus with who said it and who was found to; None is nobody."""

    passage: Passage
    row: Row
    stated: str | None

    @property
    def right(self) -> bool:
        """Whether the same person, club or nobody is in both."""
        return same(self.stated, self.row["speaker"])


def same(stated: str | None, found: str | None) -> bool:
    """Whether two names mean the same speaker."""
    return same_person(stated, found) or (stated is not None and same_club(stated, found))


def answers(nlp: Language, passages: Iterable[Passage], *, recognised: bool) -> Iterator[Answer]:
    """What is found in passages, beside what they state; a quotation that only one side has is left out."""
    for passage in passages:
        doc = annotated(nlp, passage, recognised=recognised)
        found = [r for r in doc._.quotes if r["kind"] == "direct" and len(WORD.findall(r["text"])) >= SHORT]
        yield from (Answer(passage, row, stated) for row, stated in aligned(found, passage.speakers))


def annotated(nlp: Language, passage: Passage, *, recognised: bool) -> Doc:
    """The Doc of a passage, read as far as its quotations."""
    if recognised:
        doc = nlp.make_doc(passage.text)
        doc._.title_end = len(find_title(passage.text) or "")
    else:
        doc = gold_doc(nlp, passage)
    for name in (*RECOGNISER, *READERS) if recognised else READERS:
        doc = nlp.get_pipe(name)(doc)
    return doc


def aligned(found: list[Row], stated: tuple[str | None, ...]) -> Iterator[tuple[Row, str | None]]:
    """Each row with the speaker stated for it; where the numbers differ, only those in runs that agree."""
    if len(found) == len(stated):
        yield from zip(found, stated, strict=True)
        return
    names = [next((s for s in stated if same(s, row["speaker"])), "") for row in found]
    for block in SequenceMatcher(None, names, stated, autojunk=False).get_matching_blocks():
        yield from zip(found[block.a :][: block.size], stated[block.b :][: block.size], strict=True)


def line(name: str, asked: list[Answer]) -> str:
    """Figures of some quotations: of those with a speaker given, and of those with one stated."""
    right = sum(a.right and a.stated is not None for a in asked)
    given = sum(a.row["speaker"] is not None for a in asked)
    known = sum(a.stated is not None for a in asked)
    precision, recall = right / max(given, 1), right / max(known, 1)
    f1 = 2 * right / max(given + known, 1)
    share = sum(a.right for a in asked) / max(len(asked), 1)
    return f"{name:6} {len(asked):5} quotations  p {precision:.3f}  r {recall:.3f}  f1 {f1:.3f}  right {share:.3f}"


def context(answer: Answer, reach: int) -> str:
    """A wrong answer with the text around its quotation."""
    text, row = answer.passage.text, answer.row
    before, after = text[max(0, row["start"] - reach) : row["start"]], text[row["end"] : row["end"] + reach]
    told = f"{row['speaker']} (cue {row['cue']}) for {answer.stated}"
    return f"--- {answer.passage.id}: {told}\n{before}[[{row['text']}]]{after}\n"


def main() -> None:
    """Print a line per file and, when asked, every error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="files of the corpus, by stem; all without")
    parser.add_argument("--recognised", action="store_true", help="let the pipeline find the entities too")
    parser.add_argument("--errors", type=int, metavar="N", help="print wrong answers with N characters on either side")
    options = parser.parse_args()
    nlp, everything = rumourmill.load(), []
    for path in files():
        if not options.files or path.stem in options.files:
            asked = list(answers(nlp, read(path), recognised=options.recognised))
            everything += asked
            print(line(path.stem, asked))
            if options.errors is not None:
                print(*(context(a, options.errors) for a in asked if not a.right), sep="\n")
    print(line("all", everything))


if __name__ == "__main__":
    main()
