"""Inter-annotator agreement on passages of the corpus that were annotated twice.

    python agreement.py             # both original annotations
    python agreement.py --corpus    # the second annotation and the current corpus

agreement/first.txt and second.txt contain a tenth of c1 to c16: `### id`, then one span a line, `start LABEL mention`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from passages import Passage, read

ANNOTATIONS = Path(__file__).parent / "agreement"
SPAN_LINE = re.compile(r"(\d+) ([A-Z_]+) (.+)")
Spans = Mapping[tuple[int, str], str]  # start and text of a mention -> label
LabelPairs = Counter[tuple[str | None, str | None]]  # first and second label of a span; None: not annotated


def main() -> None:
    """Print the table of README.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="store_true", help="use the current corpus as first annotation")
    args = parser.parse_args()
    second = read_annotation(ANNOTATIONS / "second.txt")
    first = from_corpus(read(), second) if args.corpus else read_annotation(ANNOTATIONS / "first.txt")
    print(report(compare(first, second)))


def read_annotation(path: Path) -> dict[str, Spans]:
    """Return the spans of each passage by its id.

    Raises:
        ValueError: a line is neither a header nor a span.
    """
    passages: dict[str, dict[tuple[int, str], str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        if line.startswith("### "):
            spans = passages.setdefault(line.removeprefix("### "), {})
        elif passages and (match := SPAN_LINE.fullmatch(line)):
            spans[int(match[1]), match[3]] = match[2]
        else:
            raise ValueError(f"{path.name}, line {number}: not a span ({line!r}); write `start LABEL mention`")
    return dict(passages)


def from_corpus(passages: Iterable[Passage], other: Mapping[str, Spans]) -> dict[str, Spans]:
    """Return the spans of the corpus for the passages of another annotation.

    Raises:
        ValueError: the text of a passage was changed after it was annotated.
    """
    found: dict[str, Spans] = {}
    for passage in passages:
        for start, mention in other.get(passage.id, ()):
            if not passage.text.startswith(mention, start):
                raise ValueError(f"{passage.id}: {mention!r} is not at {start}: the text was changed; restore it")
        if passage.id in other:
            found[passage.id] = {(start, passage.text[start:end]): label for start, end, label in passage.entities}
    return found


def compare(first: Mapping[str, Spans], second: Mapping[str, Spans]) -> LabelPairs:
    """Count the pairs of labels that the two annotations give to the same span."""
    pairs: LabelPairs = Counter()
    for name in first.keys() | second.keys():
        one, two = first.get(name, {}), second.get(name, {})
        pairs.update((one.get(span), two.get(span)) for span in one.keys() | two.keys())
    return pairs


def f1(pairs: LabelPairs, label: str | None = None) -> float:
    """Return F1 of one label or of all: spans with equal boundaries and labels."""
    counts = Counter(name for pair, n in pairs.items() for name in pair if name for _ in range(n))
    agreed = {a: n for (a, b), n in pairs.items() if a and a == b}
    if label:
        return 2 * agreed.get(label, 0) / counts[label] if counts[label] else 1.0
    return 2 * sum(agreed.values()) / counts.total() if counts else 1.0


def kappa(pairs: LabelPairs) -> float:
    """Return Cohen's kappa of the labels of spans in both annotations (Cohen 1960)."""
    both = {pair: n for pair, n in pairs.items() if None not in pair}
    total = sum(both.values())
    if not total:
        return 1.0
    one, two = Counter[str | None](), Counter[str | None]()
    for (a, b), n in both.items():
        one[a] += n
        two[b] += n
    chance = sum(one[label] * two[label] for label in one) / total**2
    observed = sum(n for (a, b), n in both.items() if a == b) / total
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0


def report(pairs: LabelPairs) -> str:
    """Return the agreement by label, kappa, and the differences as text."""
    labels = sorted({label for pair in pairs for label in pair if label})
    lines = [f"{'':14}first second  both    F1"]
    lines += [_line(pairs, label, label) for label in labels]
    lines += [_line(pairs, "all", None), f"kappa of the labels on equal spans: {kappa(pairs):.4f}"]
    differing = [(n, a or "-", b or "-") for (a, b), n in pairs.items() if a != b]
    return "\n".join([*lines, *(f"{n:2} {a} / {b}" for n, a, b in sorted(differing, key=lambda d: (-d[0], d[1:])))])


def _line(pairs: LabelPairs, title: str, label: str | None) -> str:
    one = sum(n for (a, _), n in pairs.items() if a and label in {None, a})
    two = sum(n for (_, b), n in pairs.items() if b and label in {None, b})
    both = sum(n for (a, b), n in pairs.items() if a and a == b and label in {None, a})
    return f"{title:14}{one:5} {two:6} {both:5} {f1(pairs, label):.4f}"


if __name__ == "__main__":
    main()
