"""Writes docs/performance.md and its charts from the figures of `make bench`: `make bench-page`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.runner import OURS, STOCK, TWO

__all__ = ["FIGURES", "PAGE", "charts", "page", "write"]

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "performance.md"
FIGURES = Path(__file__).with_name("measured.json")  # what the page was made from
BAR, LABEL, WIDTH = 26, 190, 720  # pixels of a chart: height of a row, room for names, whole width
HEAD = """# Performance

{date}, {cores} cores, {cpu}, at load {load} before; Python {python}; {articles:,} made articles of {average:,.0f} words
on average (seed {seed}); of each system the best of {rounds} rounds. `make bench-page` makes this page from the figures
that `make bench` printed last (`benchmarks/measured.json`): run both, and it is about your machine.

## Side by side

{systems}

![Articles a second of each system](images/performance-systems.svg)

- Articles and tokens a second are those of the whole process beyond its first article: files in, Parquet out. Stock
  spaCy only reads the texts and writes nothing.
- The afternoon assembly is stock spaCy's entities, price-parser, dateparser and textacy's quotations, to Parquet.
- "by CPU" compares seconds of a core instead of seconds on the clock. "start" is a whole run of one article, from the
  command to its row on the disk; "peak" the memory of the largest process.

## What is aimed at

{goals}

## Where the time goes

{steps}

![The share of each step](images/performance-steps.svg)
"""
SIZES = """
## Over the size

{sizes}
"""
DAILY = """
## A daily run

{known:,} articles known and nothing new: {scan:.1f} s; with {new:,} new: {whole:.1f} s.
"""


def page(figures: Mapping[str, Any]) -> str:
    """The page as Markdown."""
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
        goals=_table(("goal", "measured", ""), _goals(figures)),
        steps=_table(("step", "seconds", "share"), _steps(steps["seconds"])),
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
        "performance-systems.svg": _bars("articles a second", systems, "{:.1f}"),
        "performance-steps.svg": _bars("share of a worker's time", shares, "{:.1%}"),
    }


def write(figures: Mapping[str, Any]) -> None:
    """Put the page, its charts and its figures in their places."""
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
    """Each goal, what was measured, and whether it is reached."""
    ours, two, steps = figures["systems"][OURS], figures["systems"][TWO], figures["steps"]
    pace = two["articles_per_second"] / ours["articles_per_second"]
    beyond = 1 - steps["seconds"][steps["neural"]] / sum(steps["seconds"].values())
    start, load = ours["start"]["seconds"], figures["load"]["load"]
    yield f"6 times {STOCK}", f"{ours['times_stock']:.2f} times", _reached(ours["times_stock"] >= 6)
    yield "2 workers 1.85 times as fast as 1", f"{pace:.2f} times", _reached(pace >= 1.85)
    yield "the first row within 1.5 s", f"{start:.2f} s", _reached(start < 1.5)
    yield "`rumourmill.load()` within 1 s", f"{load:.2f} s", _reached(load < 1)
    yield "all but the neural pass under 40%", f"{beyond:.1%}", _reached(beyond < 0.4)
    if len(sizes := figures["sizes"]) > 1:
        paces = [size["articles_per_second"] for size in sizes]
        memory = [size["whole"]["peak_mb"] for size in sizes[-2:]]
        slower, more = 1 - paces[-1] / paces[0], memory[1] / memory[0] - 1
        first, before, last = (f"{sizes[at]['articles']:,}" for at in (0, -2, -1))
        yield f"at {last} articles less than 5% slower than at {first}", f"{slower:.1%}", _reached(slower < 0.05)
        yield f"at {last} articles less than 10% more memory than at {before}", f"{more:.1%}", _reached(more < 0.1)
    if daily := figures["daily"]:
        scan = daily["scan"]["seconds"]
        yield f"{daily['known']:,} known articles seen through within 5 s", f"{scan:.1f} s", _reached(scan < 5)


def _reached(goal: bool) -> str:
    return "reached" if goal else "**missed**"


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
    """A chart of bars from left to right, one below the other."""
    scale = (WIDTH - LABEL - 80) / max(values.values())
    height = BAR * len(values) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-size="13"',
        '    font-family="sans-serif" fill="#222">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LABEL}" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, value) in enumerate(values.items()):
        y, length = 32 + number * BAR, value * scale
        lines += [
            f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR - 6}" fill="#2a6f97"/>',
            f'<text x="{LABEL + length + 6:.1f}" y="{y + 15}">{shown.format(value)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf8")))
