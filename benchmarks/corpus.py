"""Generator of benchmark articles of the length of news stories, from samples, gold and the training corpus."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import spacy

from augment import Names, augmented
from passages import Passage, for_names, read

__all__ = ["LONGEST", "SEED", "SHORTEST", "articles", "write"]

ROOT = Path(__file__).parents[1]
SEED = 20260923
MEDIAN, SPREAD = 330, 0.45  # words and sigma of the log-normal lengths: the quartiles are 240 and 450
SHORTEST, LONGEST = 150, 800  # words
WHOLE_STORY_RATE = 0.25  # of articles that start with an article of samples/ or tests/gold/


def articles(count: int, seed: int = SEED) -> Iterator[str]:
    """Generate articles from whole stories and from passages of the training corpus with other names.

    Args:
        count: number of articles; the first ones are the same for every count.
        seed: of the random generator.

    Yields:
        The text of an article with its date header.
    """
    rng = random.Random(seed)  # noqa: S311 - variety, not secrecy
    passages, stories, names = list(read(*for_names())), _stories(), Names.load()
    for _ in range(count):
        opening = rng.choice(stories) if rng.random() < WHOLE_STORY_RATE else _dated(rng.choice(passages), names, rng)
        target = min(max(rng.lognormvariate(0, SPREAD) * MEDIAN, SHORTEST), LONGEST)
        lines = _take_lines(opening, target, 0)
        while (length := _words(lines)) < target:
            more = _take_lines(augmented(rng.choice(passages), names, rng).text, target, length)
            lines += ["\n\n", *more]
        yield "".join(lines).strip() + "\n"


def write(folder: Path, count: int, seed: int = SEED, known: int = 0) -> dict[str, int]:
    """Write generated articles as files, without the first `known` ones.

    Returns:
        The number of articles, words and tokens (spaCy's English tokenizer), and the seed.
    """
    tokenizer = spacy.blank("en").tokenizer
    words = tokens = 0
    for number, text in islice(enumerate(articles(count, seed)), known, None):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
        words += len(text.split())
        tokens += len(tokenizer(text))
    return {"articles": count - known, "words": words, "tokens": tokens, "seed": seed}


def _stories() -> list[str]:
    paths = [*sorted((ROOT / "samples").rglob("*.txt")), *sorted((ROOT / "tests/gold/stories").glob("[a-k]-*.txt"))]
    return list(dict.fromkeys(path.read_text(encoding="utf8") for path in paths))


def _dated(passage: Passage, names: Names, rng: random.Random) -> str:
    header = f"date {passage.published_on} " if passage.published_on else ""
    return f"{header}{augmented(passage, names, rng).text}"


def _take_lines(text: str, target: float, length: int) -> list[str]:
    """Return the first lines of a text, until an article of `length` words has reached the target length."""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        words = len(line.split())
        if length >= target or length + words > LONGEST:
            break
        lines.append(line)
        length += words
    return lines


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def main() -> None:
    """Write a corpus and print its size as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--known", type=int, default=0, help="number of articles that exist already")
    args = parser.parse_args()
    print(json.dumps(write(args.folder, args.articles, args.seed, args.known)))


if __name__ == "__main__":
    main()
