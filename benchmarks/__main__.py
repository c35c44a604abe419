"""Measures all systems on one corpus in one run, and prints them side by side."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from benchmarks.growth import daily, grow
from benchmarks.runner import OURS, STOCK, TWO, Result, compare, told

WIDTH = 110
HEADS = ("articles/s", "tokens/s", "× stock", "by CPU", "start s", "whole s", "peak MB")
LOAD = """
import json, time
began = time.perf_counter()
import rumourmill.nlp.language
ready = time.perf_counter()
rumourmill.load()
print(json.dumps({"imports": ready - began, "load": time.perf_counter() - ready}))
"""


def main() -> None:
    """Make the corpus, run the rounds, print and keep the figures."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3, help="of each system the best one counts")
    parser.add_argument("--sizes", default="", help="read corpora of these sizes as well: 1000,10000,100000")
    parser.add_argument("--json", type=Path, help="keep the figures here as well")
    args = parser.parse_args()
    sizes = sorted(int(size) for size in args.sizes.split(",") if size)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), args.articles, args.rounds, sizes)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    _print(figures, Console(highlight=False, width=WIDTH))


def measure(folder: Path, articles: int, rounds: int, sizes: Sequence[int] = ()) -> dict[str, Any]:
    """All figures of one run, as they are kept.

    Args:
        folder: an empty one to work in.
        articles: how many the corpus has.
        rounds: how often each system runs.
        sizes: of corpora that one worker reads beside; the largest one is read again with 1% more.
    """
    source, one, scratch = (folder / name for name in ("articles", "one", "scratch"))
    busy = os.getloadavg()[0]  # others at work on the machine: the figures are theirs as well
    corpus = told("-m", "benchmarks.corpus", str(source), "--articles", str(articles))
    told("-m", "benchmarks.corpus", str(one), "--articles", "1")
    console, best = Console(stderr=True, highlight=False), {}
    for name, result in compare(source, one, scratch, rounds):
        best[name] = result
        console.print(f"[dim]{name}: {result.whole.seconds:.1f} s[/]")
    loads = [told("-c", LOAD) for _ in range(rounds)]
    growth = grow(folder, sizes, best[OURS].start.seconds)
    return {
        "date": dt.date.today().isoformat(),
        "machine": {
            "cpu": _cpu(),
            "cores": len(os.sched_getaffinity(0)),
            "load": round(busy, 2),
            "python": platform.python_version(),
        },
        "corpus": corpus,
        "rounds": rounds,
        "systems": {name: _figures(result, best[STOCK], corpus) for name, result in best.items()},
        "load": {key: min(load[key] for load in loads) for key in loads[0]},
        "steps": told("-m", "benchmarks.steps", str(source)),
        "sizes": growth,
        "daily": daily(folder, sizes[-1]) if sizes else None,
    }


def _figures(result: Result, stock: Result, corpus: Mapping[str, int]) -> dict[str, Any]:
    return {
        "articles_per_second": corpus["articles"] / result.seconds,
        "tokens_per_second": corpus["tokens"] / result.seconds,
        "times_stock": stock.seconds / result.seconds,
        "times_stock_by_cpu": stock.cpu / result.cpu,
        "start": asdict(result.start),
        "whole": asdict(result.whole),
    }


def _print(figures: Mapping[str, Any], console: Console) -> None:
    corpus, machine, systems = figures["corpus"], figures["machine"], figures["systems"]
    size = f"{corpus['articles']:,} articles, {corpus['words']:,} words, {corpus['tokens']:,} tokens"
    console.print(f"{size} (seed {corpus['seed']}); best of {figures['rounds']} rounds")
    where = f"{machine['cores']} cores, {machine['cpu']}, at load {machine['load']} before"
    console.print(f"{figures['date']}; {where}; Python {machine['python']}")
    view = Table("", *(Column(head, justify="right") for head in HEADS))
    for name, of in systems.items():
        view.add_row(
            name,
            f"{of['articles_per_second']:,.1f}",
            f"{of['tokens_per_second']:,.0f}",
            f"{of['times_stock']:.2f}",
            f"{of['times_stock_by_cpu']:.2f}",
            f"{of['start']['seconds']:.2f}",
            f"{of['whole']['seconds']:.1f}",
            f"{of['whole']['peak_mb']:.0f}",
        )
    console.print(view)
    pace = systems[TWO]["tokens_per_second"] / systems[OURS]["tokens_per_second"]
    load = figures["load"]
    console.print(f"2 workers: {pace:.2f} times 1")
    console.print(f"rumourmill.load(): {load['load']:.2f} s, after {load['imports']:.2f} s of imports")
    _print_steps(figures["steps"], console)
    for size in figures["sizes"]:
        pace, memory = f"{size['articles_per_second']:.1f} articles/s", f"{size['whole']['peak_mb']:.0f} MB at most"
        console.print(f"{size['articles']:,} articles: {pace}, {memory}")
    if found := figures["daily"]:
        scan, whole = found["scan"]["seconds"], found["whole"]["seconds"]
        console.print(f"nothing new over {found['known']:,}: {scan:.1f} s; with {found['new']:,} new: {whole:.1f} s")


def _print_steps(steps: Mapping[str, Any], console: Console) -> None:
    seconds: Mapping[str, float] = steps["seconds"]
    whole = sum(seconds.values())
    view = Table("step", *(Column(head, justify="right") for head in ("seconds", "share")))
    for step, spent in seconds.items():
        view.add_row(step, f"{spent:.2f}", f"{spent / whole:.1%}")
    console.print(view)
    console.print(f"all but the neural pass ({steps['neural']}): {1 - seconds[steps['neural']] / whole:.1%}")


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
