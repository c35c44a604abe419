"""Writes docs/performance.md and its charts from the results of `make bench` (`make bench-page`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.runner import OURS, STOCK, TWO_WORKERS

__all__ = ["FIGURES", "PAGE", "charts", "page", "write"]

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "performance.md"
FIGURES = Path(__file__).with_name("measured.json")  # the results shown on the page
BAR_HEIGHT, LABEL_WIDTH, WIDTH = 26, 190, 720  # pixels: height of a row, width of labels, width of the chart
HEAD = """# Performance

Measured on {date} with {cores} cores ({cpu}, load {load} before the run) and Python {python}, on {articles:,} generated
articles of {average:,.0f} words on average (seed {seed}); the best of {rounds} rounds of each system. `make bench`
measures on your machine, and `make bench-page` writes this page from `benchmarks/measured.json`.

## Comparison

{systems}

![Articles per second of each system](images/performance-systems.svg)

- Articles and tokens per second include reading the files and writing Parquet, but not the start of the process. Stock
  spaCy only processes the texts and writes nothing.
- "Stock and libraries" is stock spaCy with price-parser, dateparser and textacy's quotations, written to Parquet.
- "by CPU" is the ratio of CPU seconds instead of elapsed seconds. "start" is a complete run on one article; "peak" is
  the memory of the largest process.

## Targets

{goals}

## Time by step

{steps}

![Percentage of time of each step](images/performance-steps.svg)
"""
SIZES = """
## Size of the corpus

{sizes}
"""
DAILY = """
## Incremental runs

{known:,} unchanged articles: {scan:.1f} s; with {new:,} new articles: {whole:.1f} s.
"""


def page(figures: Mapping[str, Any]) -> str:
    """Return the page as Markdown."""
    corpus, machine, steps = figures["corpus"], figures["machine"], figures["steps"]
    text = HEAD.format(
        **corpus,
        **machine,
        date=figures["date"],
        rounds=figures["rounds"],
        average=corpus["words"] / corpus["articles"],
        systems=_table(
            ("", "articles/s", "tokens/s", "× stock", "by CPU", "start, s", "whole, s", "peak, MB"),
            (_system(name, of) for name, of in figures["systems"].items()),
        ),
        goals=_table(("target", "measured", ""), _goals(figures)),
        steps=_table(("step", "seconds", "%"), _steps(steps["seconds"])),
    )
    if figures["sizes"]:
        heads = ("articles", "articles/s", "peak, MB")
        text += SIZES.format(sizes=_table(heads, (_size(size) for size in figures["sizes"])))
    if daily := figures["daily"]:
        seconds = {"scan": daily["scan"]["seconds"], "whole": daily["whole"]["seconds"]}
        text += DAILY.format(**(daily | seconds))
    return text


def charts(figures: Mapping[str, Any]) -> dict[str, str]:
    """The charts as SVG, by the names of their files."""
    systems = {name: of["articles_per_second"] for name, of in figures["systems"].items()}
    seconds: Mapping[str, float] = figures["steps"]["seconds"]
    shares = {step: spent / sum(seconds.values()) for step, spent in seconds.items()}
    return {
        "performance-systems.svg": _bars("articles per second", systems, "{:.1f}"),
        "performance-steps.svg": _bars("percentage of a worker's time", shares, "{:.1%}"),
    }


def write(figures: Mapping[str, Any]) -> None:
    """Write the page, its charts and measured.json."""
    PAGE.write_text(page(figures), encoding="utf8")
    for name, chart in charts(figures).items():
        (DOCS / "images" / name).write_text(chart, encoding="utf8")
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")


def _system(name: str, of: Mapping[str, Any]) -> Iterator[str]:
    yield name
    yield f"{of['articles_per_second']:,.1f}"
    yield f"{of['tokens_per_second']:,.0f}"
    yield f"{of['times_stock']:.2f}"
    yield f"{of['times_stock_by_cpu']:.2f}"
    yield f"{of['start']['seconds']:.2f}"
    yield f"{of['whole']['seconds']:.1f}"
    yield f"{of['whole']['peak_mb']:,.0f}"


def _goals(figures: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each target, the measured value, and whether it is met."""
    ours, two, steps = figures["systems"][OURS], figures["systems"][TWO_WORKERS], figures["steps"]
    pace = two["articles_per_second"] / ours["articles_per_second"]
    beyond = 1 - steps["seconds"][steps["neural"]] / sum(steps["seconds"].values())
    start, load = ours["start"]["seconds"], figures["load"]["load"]
    yield f"6 times {STOCK}", f"{ours['times_stock']:.2f} times", _verdict(ours["times_stock"] >= 6)
    yield "2 workers 1.85 times as fast as 1", f"{pace:.2f} times", _verdict(pace >= 1.85)
    yield "the first row within 1.5 s", f"{start:.2f} s", _verdict(start < 1.5)
    yield "`rumourmill.load()` within 1 s", f"{load:.2f} s", _verdict(load < 1)
    yield "all steps but the neural network under 40%", f"{beyond:.1%}", _verdict(beyond < 0.4)
    if len(sizes := figures["sizes"]) > 1:
        paces = [size["articles_per_second"] for size in sizes]
        memory = [size["whole"]["peak_mb"] for size in sizes[-2:]]
        slower, more = 1 - paces[-1] / paces[0], memory[1] / memory[0] - 1
        first, before, last = (f"{sizes[at]['articles']:,}" for at in (0, -2, -1))
        yield f"at {last} articles less than 5% slower than at {first}", f"{slower:.1%}", _verdict(slower < 0.05)
        yield f"at {last} articles less than 10% more memory than at {before}", f"{more:.1%}", _verdict(more < 0.1)
    if daily := figures["daily"]:
        scan = daily["scan"]["seconds"]
        yield f"{daily['known']:,} unchanged articles checked within 5 s", f"{scan:.1f} s", _verdict(scan < 5)


def _verdict(met: bool) -> str:
    return "met" if met else "**missed**"


def _steps(seconds: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    whole = sum(seconds.values())
    for step, spent in seconds.items():
        yield step, f"{spent:.2f}", f"{spent / whole:.1%}"


def _size(of: Mapping[str, Any]) -> tuple[str, str, str]:
    return f"{of['articles']:,}", f"{of['articles_per_second']:.1f}", f"{of['whole']['peak_mb']:,.0f}"


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    ruler = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ruler, *rows))


def _bars(title: str, values: Mapping[str, float], shown: str) -> str:
    """Return a horizontal bar chart as SVG."""
    scale = (WIDTH - LABEL_WIDTH - 80) / max(values.values())
    height = BAR_HEIGHT * len(values) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-size="13"',
        '    font-family="sans-serif" fill="#222">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LABEL_WIDTH}" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, value) in enumerate(values.items()):
        y, length = 32 + number * BAR_HEIGHT, value * scale
        lines += [
            f'<text x="{LABEL_WIDTH - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL_WIDTH}" y="{y}" width="{length:.1f}" height="{BAR_HEIGHT - 6}" fill="#2a6f97"/>',
            f'<text x="{LABEL_WIDTH + length + 6:.1f}" y="{y + 15}">{shown.format(value)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf8")))
