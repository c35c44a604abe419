"""Measure all systems on one generated corpus and print the results."""

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

from benchmarks.growth import measure_incremental_run, measure_sizes
from benchmarks.runner import OURS, STOCK, TWO_WORKERS, Result, compare, run_json

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
    """Run the benchmarks, print the results and save them as JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each system, of which the best counts")
    parser.add_argument("--sizes", default="", help="also measure corpora of these sizes: 1000,10000,100000")
    parser.add_argument("--json", type=Path, help="file for the results")
    args = parser.parse_args()
    sizes = sorted(int(size) for size in args.sizes.split(",") if size)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), args.articles, args.rounds, sizes)
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    _print_results(figures, Console(highlight=False, width=WIDTH))


def measure(folder: Path, articles: int, rounds: int, sizes: Sequence[int] = ()) -> dict[str, Any]:
    """Run all benchmarks and return their results.

    Args:
        folder: an empty working folder.
        articles: number of articles of the corpus.
        rounds: runs of each system.
        sizes: sizes of further corpora, measured with one worker; the largest is extracted again with 1% more articles.
    """
    source, one, scratch = (folder / name for name in ("articles", "one", "scratch"))
    load = os.getloadavg()[0]  # other processes on the machine disturb the measurement
    corpus = run_json("-m", "benchmarks.corpus", str(source), "--articles", str(articles))
    run_json("-m", "benchmarks.corpus", str(one), "--articles", "1")
    console, best = Console(stderr=True, highlight=False), {}
    for name, result in compare(source, one, scratch, rounds):
        best[name] = result
        console.print(f"[dim]{name}: {result.whole.seconds:.1f} s[/]")
    load_times = [run_json("-c", LOAD) for _ in range(rounds)]
    growth = measure_sizes(folder, sizes, best[OURS].start.seconds)
    return {
        "date": dt.date.today().isoformat(),
        "machine": {
            "cpu": _cpu(),
            "cores": len(os.sched_getaffinity(0)),
            "load": round(load, 2),
            "python": platform.python_version(),
        },
        "corpus": corpus,
        "rounds": rounds,
        "systems": {name: _figures(result, best[STOCK], corpus) for name, result in best.items()},
        "load": {key: min(times[key] for times in load_times) for key in load_times[0]},
        "steps": run_json("-m", "benchmarks.steps", str(source)),
        "sizes": growth,
        "daily": measure_incremental_run(folder, sizes[-1]) if sizes else None,
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


def _print_results(figures: Mapping[str, Any], console: Console) -> None:
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
    pace = systems[TWO_WORKERS]["tokens_per_second"] / systems[OURS]["tokens_per_second"]
    load = figures["load"]
    console.print(f"2 workers: {pace:.2f} times 1")
    console.print(f"rumourmill.load(): {load['load']:.2f} s, after {load['imports']:.2f} s of imports")
    _print_steps(figures["steps"], console)
    for size in figures["sizes"]:
        pace, memory = f"{size['articles_per_second']:.1f} articles/s", f"{size['whole']['peak_mb']:.0f} MB peak"
        console.print(f"{size['articles']:,} articles: {pace}, {memory}")
    if found := figures["daily"]:
        scan, whole = found["scan"]["seconds"], found["whole"]["seconds"]
        console.print(
            f"{found['known']:,} unchanged articles: {scan:.1f} s; with {found['new']:,} new ones: {whole:.1f} s"
        )


def _print_steps(steps: Mapping[str, Any], console: Console) -> None:
    seconds: Mapping[str, float] = steps["seconds"]
    whole = sum(seconds.values())
    view = Table("step", *(Column(head, justify="right") for head in ("seconds", "%")))
    for step, spent in seconds.items():
        view.add_row(step, f"{spent:.2f}", f"{spent / whole:.1%}")
    console.print(view)
    console.print(f"all steps but the neural network ({steps['neural']}): {1 - seconds[steps['neural']] / whole:.1%}")


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
