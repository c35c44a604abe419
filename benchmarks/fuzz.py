"""Fuzz test of the whole pipeline: no exceptions, valid rows, linear run time.

    python -m benchmarks.fuzz --minutes 60 --seed 1

Files are generated from the fragments below, slices of the samples and random characters, in several encodings, some
with changed bytes. Every 64th test repeats a short unit to a long text and checks that the run time is linear in its
length.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from spacy.language import Language

from rumourmill.dates import find_expressions
from rumourmill.money import find_amounts
from rumourmill.nlp import language
from rumourmill.schema.records import rows_of
from rumourmill.sources.article import Article, from_bytes

FRAGMENTS = (
    "£ € $ m k bn million - – , . ' ’ ( ) / + : ; 1 2 5 10 25 99 2019 2019/20 30 June May Monday last next"
    " this week a the of to from and or between half quarter hundred point euros pounds kr R$ EUR SAR A$ Rs an"
    " ago in by until since end season summer window deadline day per cent % £5m €60m (£52.6m) £20m-£25m"
    " 20-25m fee bid wage clause loan add-ons up rising plus -plus 23/09/2020 2020-09-23 1st 30th yesterday \n"
    " \n\n \t \u00a0 \u202f Â£ â‚¬ ½ “ ” « » … é İ ß \U0001f6a8 \" ' said told he they we United City Roma Lille"
    " Everton striker boss agent Smith O'Neil van & | In: Out: > ➕ signed joined on loan agreed talks <b> &amp;"
).split(" ")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")
SAMPLES = Path(__file__).parent.parent / "samples"
STORIES = [path.read_text(encoding="utf8", errors="replace") for path in sorted(SAMPLES.rglob("*.txt"))]
SHORT, LONG = 60_000, 240_000  # characters of a repeated unit
MAX_TIME_RATIO = 10.0  # of the long text to the short one: linear run time gives 4, quadratic 16
MIN_SECONDS = 0.2  # shorter times are not compared
MAX_CHARACTER = 0x2FFF


def main(arguments: Sequence[str] | None = None) -> int:
    """Run for the given time, print each failure with its input, and return 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rng, nlp = random.Random(options.seed), language.load()  # noqa: S311
    end, texts, rejects, failures = time.monotonic() + 60 * options.minutes, 0, 0, 0
    while time.monotonic() < end:
        texts += 1
        data = _random_file(rng)
        article = from_bytes(data, "fuzz.txt", "fuzz")
        rejects += not isinstance(article, Article)
        found = _row_failures(nlp, article) if isinstance(article, Article) else []
        for failure in (*found, *(_time_failures(_random_unit(rng)) if texts % 64 == 0 else ())):
            failures += 1
            print(f"{failure}\n    {data!r}", flush=True)
    print(f"{texts:,} files, {rejects:,} of them rejected, {failures} failures, seed {options.seed}")
    return 1 if failures else 0


def _random_file(rng: random.Random) -> bytes:
    text = rng.choice((_random_fragments, _random_story))(rng)
    if rng.random() < 0.3:
        text = f"date {date.fromordinal(rng.randrange(731_000, 740_000))} {text}"
    data = bytearray(text.encode(rng.choice(ENCODINGS), errors="replace"))
    for _ in range(rng.randrange(4) if data and rng.random() < 0.2 else 0):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _random_fragments(rng: random.Random) -> str:
    fragments = [rng.choice(FRAGMENTS) for _ in range(rng.randrange(80))]
    fragments.insert(rng.randrange(len(fragments) + 1), _random_slice(rng, 400))
    if rng.random() < 0.3:
        fragments += [chr(rng.randrange(1, MAX_CHARACTER)) for _ in range(rng.randrange(12))]
        rng.shuffle(fragments)
    return rng.choice(("", " ", " ")).join(fragments)


def _random_story(rng: random.Random) -> str:
    """Return slices of stories, one repeated, in different cases, with different separators."""
    slices = [_random_slice(rng, 1200) for _ in range(rng.randrange(1, 5))]
    slices += rng.sample(slices, 1)
    return rng.choice(("", " ", "\n", "\n\n")).join(rng.choice((str, str, str.upper, str.lower))(s) for s in slices)


def _random_slice(rng: random.Random, longest: int) -> str:
    whole = rng.choice(STORIES)
    at = rng.randrange(max(1, len(whole)))
    return whole[at : at + rng.randrange(longest)]


def _random_unit(rng: random.Random) -> str:
    return rng.choice(("", " ")).join(rng.choice(FRAGMENTS) for _ in range(rng.randrange(1, 4))) or " "


def _row_failures(nlp: Language, article: Article) -> list[str]:
    """Return what is wrong with the rows of an article; `rows_of` validates them against text and schema."""
    try:
        (rows,) = [rows_of(doc, article) for doc in language.process(nlp, [article])]
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    reversed_dates = [
        row for row in rows["dates"] if row["start_date"] and row["end_date"] and row["start_date"] > row["end_date"]
    ]
    not_positive = [row for row in rows["fees"] if row["amount"] <= 0]
    return [f"ends before it starts: {row}" for row in reversed_dates] + [
        f"not positive: {row}" for row in not_positive
    ]


def _time_failures(unit: str) -> list[str]:
    """Return a message if the run time on a repeated unit is not linear in its length."""
    found = []
    for search in (find_amounts, lambda text: list(find_expressions(text))):
        short, long = (_seconds(search, unit * (length // len(unit))) for length in (SHORT, LONG))
        if long > MIN_SECONDS and long > MAX_TIME_RATIO * short:
            found.append(f"not linear: {unit!r} takes {short:.3f}s, then {long:.3f}s")
    return found


def _seconds(search: Callable[[str], object], text: str) -> float:
    """Return the processor time of the fastest of three runs."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        search(text)
        runs.append(time.process_time() - start)
    return min(runs)


if __name__ == "__main__":
    sys.exit(main())
