"""How far two hands agree that marked the same passages of the corpus.

    python agreement.py             # as they stood when the second hand had finished
    python agreement.py --corpus    # the second hand against the corpus as it is now

agreement/first.txt and second.txt hold a tenth of c1 to c16: `### id`, then one mark a line, `start LABEL mention`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from passages import Passage, read

HANDS = Path(__file__).parent / "agreement"
MARK = re.compile(r"(\d+) ([A-Z_]+) (.+)")
Marks = Mapping[tuple[int, str], str]  # where a mention starts and what it says -> its label
Pairs = Counter[tuple[str | None, str | None]]  # label of the first hand, of the second; None: did not mark it


def main() -> None:
    """Print the figures of README.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="take the first hand from the corpus, mended since")
    args = parser.parse_args()
    second = read_hand(HANDS / "second.txt")
    first = from_corpus(read(), second) if args.corpus else read_hand(HANDS / "first.txt")
    print(report(compare(first, second)))


def read_hand(path: Path) -> dict[str, Marks]:
    """The marks of each passage by its id.

    Raises:
        ValueError: a line is neither a header nor a mark.
    """
    hand: dict[str, dict[tuple[int, str], str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        if line.startswith("### "):
            marks = hand.setdefault(line.removeprefix("### "), {})
        elif hand and (mark := MARK.fullmatch(line)):
            marks[int(mark[1]), mark[3]] = mark[2]
        else:
            raise ValueError(f"{path.name}, line {number}: not a mark ({line!r}); write `start LABEL mention`")
    return dict(hand)


def from_corpus(passages: Iterable[Passage], other: Mapping[str, Marks]) -> dict[str, Marks]:
    """The corpus's own marks of those passages that the other hand has marked.

    Raises:
        ValueError: a passage's text is no longer the one that the other hand saw.
    """
    hand: dict[str, Marks] = {}
    for passage in passages:
        for start, mention in other.get(passage.id, ()):
            if not passage.text.startswith(mention, start):
                raise ValueError(f"{passage.id}: {mention!r} is not at {start}; its text was changed, undo that")
        if passage.id in other:
            hand[passage.id] = {(start, passage.text[start:end]): label for start, end, label in passage.entities}
    return hand


def compare(first: Mapping[str, Marks], second: Mapping[str, Marks]) -> Pairs:
    """How often a span has which label with the first hand and which with the second."""
    pairs: Pairs = Counter()
    for name in first.keys() | second.keys():
        one, two = first.get(name, {}), second.get(name, {})
        pairs.update((one.get(span), two.get(span)) for span in one.keys() | two.keys())
    return pairs


def f1(pairs: Pairs, label: str | None = None) -> float:
    """The share of marks, of one label or of all, that both hands made alike: span and label."""
    marks = Counter(mark for pair, n in pairs.items() for mark in pair if mark for _ in range(n))
    agreed = {a: n for (a, b), n in pairs.items() if a and a == b}
    if label:
        return 2 * agreed.get(label, 0) / marks[label] if marks[label] else 1.0
    return 2 * sum(agreed.values()) / marks.total() if marks else 1.0


def kappa(pairs: Pairs) -> float:
    """Cohen's kappa of the labels on the spans that both hands marked (Cohen 1960)."""
    both = {pair: n for pair, n in pairs.items() if None not in pair}
    total = sum(both.values())
    if not total:
        return 1.0
    one, two = Counter[str | None](), Counter[str | None]()
    for (a, b), n in both.items():
        one[a] += n
        two[b] += n
    chance = sum(one[label] * two[label] for label in one) / total**2
    seen = sum(n for (a, b), n in both.items() if a == b) / total
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def report(pairs: Pairs) -> str:
    """The figures as lines of text: all, by label, and what the hands saw differently."""
    labels = sorted({label for pair in pairs for label in pair if label})
    lines = [f"{'':14}first second  both    F1"]
    lines += [_line(pairs, label, label) for label in labels]
    lines += [_line(pairs, "all", None), f"kappa of the labels on equal spans: {kappa(pairs):.4f}"]
    differing = [(n, a or "-", b or "-") for (a, b), n in pairs.items() if a != b]
    return "\n".join([*lines, *(f"{n:2} {a} / {b}" for n, a, b in sorted(differing, key=lambda d: (-d[0], d[1:])))])


def _line(pairs: Pairs, title: str, label: str | None) -> str:
    one = sum(n for (a, _), n in pairs.items() if a and label in {None, a})
    two = sum(n for (_, b), n in pairs.items() if b and label in {None, b})
    both = sum(n for (a, b), n in pairs.items() if a and a == b and label in {None, a})
    return f"{title:14}{one:5} {two:6} {both:5} {f1(pairs, label):.4f}"


if __name__ == "__main__":
    main()
