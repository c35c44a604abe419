"""Throws debris at the whole pipeline: no exception, rows that keep the contract, no more than linear time.

    python -m benchmarks.fuzz --minutes 60 --seed 1

Files are put together from the pieces below, from slices of the samples, cut, doubled and shuffled, and from any
characters, in several encodings, some with bytes changed. One in a few is a short unit repeated to the length of a long
file: four times the length may take about four times as long.
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

PIECES = (
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
UNFAIR = 10.0  # how many times as long four times the text may take: linear is four, quadratic sixteen
NOTABLE = 0.2  # seconds; below, the clock tells nothing
ANY = 0x2FFF


def main(arguments: Sequence[str] | None = None) -> int:
    """Run for the minutes asked; 1 when anything was found, each fault printed with the text that showed it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rng, nlp = random.Random(options.seed), language.load()  # noqa: S311
    ends, texts, rejects, faults = time.monotonic() + 60 * options.minutes, 0, 0, 0
    while time.monotonic() < ends:
        texts += 1
        data = _file(rng)
        article = from_bytes(data, "fuzz.txt", "fuzz")
        rejects += not isinstance(article, Article)
        found = _faults(nlp, article) if isinstance(article, Article) else []
        for fault in (*found, *(_unfair(_unit(rng)) if texts % 64 == 0 else ())):
            faults += 1
            print(f"{fault}\n    {data!r}", flush=True)
    print(f"{texts:,} files, {rejects:,} of them rejected, {faults} faults, seed {options.seed}")
    return 1 if faults else 0


def _file(rng: random.Random) -> bytes:
    text = rng.choice((_debris, _story))(rng)
    if rng.random() < 0.3:
        text = f"date {date.fromordinal(rng.randrange(731_000, 740_000))} {text}"
    data = bytearray(text.encode(rng.choice(ENCODINGS), errors="replace"))
    for _ in range(rng.randrange(4) if data and rng.random() < 0.2 else 0):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _debris(rng: random.Random) -> str:
    pieces = [rng.choice(PIECES) for _ in range(rng.randrange(80))]
    pieces.insert(rng.randrange(len(pieces) + 1), _slice(rng, 400))
    if rng.random() < 0.3:
        pieces += [chr(rng.randrange(1, ANY)) for _ in range(rng.randrange(12))]
        rng.shuffle(pieces)
    return rng.choice(("", " ", " ")).join(pieces)


def _story(rng: random.Random) -> str:
    """Slices of stories, some doubled, turned to capitals or run together."""
    slices = [_slice(rng, 1200) for _ in range(rng.randrange(1, 5))]
    slices += rng.sample(slices, 1)
    return rng.choice(("", " ", "\n", "\n\n")).join(rng.choice((str, str, str.upper, str.lower))(s) for s in slices)


def _slice(rng: random.Random, longest: int) -> str:
    whole = rng.choice(STORIES)
    at = rng.randrange(max(1, len(whole)))
    return whole[at : at + rng.randrange(longest)]


def _unit(rng: random.Random) -> str:
    return rng.choice(("", " ")).join(rng.choice(PIECES) for _ in range(rng.randrange(1, 4))) or " "


def _faults(nlp: Language, article: Article) -> list[str]:
    """What is wrong with the rows of an article; `rows_of` holds them against text and contract."""
    try:
        (rows,) = [rows_of(doc, article) for doc in language.process(nlp, [article])]
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    backwards = [
        row for row in rows["dates"] if row["start_date"] and row["end_date"] and row["start_date"] > row["end_date"]
    ]
    worthless = [row for row in rows["fees"] if row["amount"] <= 0]
    return [f"ends before it begins: {row}" for row in backwards] + [f"worth nothing: {row}" for row in worthless]


def _unfair(unit: str) -> list[str]:
    """Whether a repeated unit takes more than its length's share of time."""
    found = []
    for search in (find_amounts, lambda text: list(find_expressions(text))):
        short, long = (_seconds(search, unit * (length // len(unit))) for length in (SHORT, LONG))
        if long > NOTABLE and long > UNFAIR * short:
            found.append(f"not linear: {unit!r} takes {short:.3f}s, then {long:.3f}s")
    return found


def _seconds(search: Callable[[str], object], text: str) -> float:
    """The least of three runs, in time of the processor: a machine that others use is noisy."""
    runs = []
    for _ in range(3):
        begun = time.process_time()
        search(text)
        runs.append(time.process_time() - begun)
    return min(runs)


if __name__ == "__main__":
    sys.exit(main())
