"""Throws debris at the search for money and dates: no exception, exact offsets, no more than linear time.

    python -m benchmarks.fuzz --minutes 10 --seed 1

Texts are put together from the pieces below, from slices of the samples and from any characters. One in a few is a
short unit repeated to the length of a long file: four times the length may take about four times as long.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.date_expressions import find as find_dates
from pipeline.money import find as find_money

PIECES = (
    "£ € $ m k bn million - – , . ' ’ ( ) / + : ; 1 2 5 10 25 99 2019 2019/20 30 June May Monday last next"
    " this week a the of to from and or between half quarter hundred point euros pounds kr R$ EUR SAR A$ Rs an"
    " ago in by until since end season summer window deadline day per cent % £5m €60m (£52.6m) £20m-£25m"
    " 20-25m fee bid wage clause loan add-ons up rising plus -plus 23/09/2020 2020-09-23 1st 30th yesterday \n"
    " \n\n \t \u00a0 \u202f Â£ â‚¬ ½ “ ” « » … é İ ß \U0001f6a8"
).split(" ")
SAMPLES = Path(__file__).parent.parent / "samples"
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
    rng, nlp = random.Random(options.seed), _pipeline()  # noqa: S311
    ends, texts, faults = time.monotonic() + 60 * options.minutes, 0, 0
    while time.monotonic() < ends:
        texts += 1
        text = _text(rng)
        for fault in (*_faults(nlp, text, rng), *(_unfair(_unit(rng)) if texts % 8 == 0 else ())):
            faults += 1
            print(f"{fault}\n    {text!r}", flush=True)
    print(f"{texts} texts, {faults} faults, seed {options.seed}")
    return 1 if faults else 0


def _pipeline() -> Language:
    nlp = spacy.blank("en")
    for name in ("sentences", "fees", "dates"):
        nlp.add_pipe(name)
    return nlp


def _text(rng: random.Random) -> str:
    pieces = [rng.choice(PIECES) for _ in range(rng.randrange(60))]
    if rng.random() < 0.5:
        samples = sorted(SAMPLES.rglob("*.txt"))
        whole = rng.choice(samples).read_text(encoding="utf8", errors="replace")
        at = rng.randrange(max(1, len(whole)))
        pieces.insert(rng.randrange(len(pieces) + 1), whole[at : at + rng.randrange(400)])
    if rng.random() < 0.3:
        pieces += [chr(rng.randrange(1, ANY)) for _ in range(rng.randrange(12))]
        rng.shuffle(pieces)
    return rng.choice(("", " ", " ")).join(pieces)


def _unit(rng: random.Random) -> str:
    return rng.choice(("", " ")).join(rng.choice(PIECES) for _ in range(rng.randrange(1, 4))) or " "


def _faults(nlp: Language, text: str, rng: random.Random) -> list[str]:
    """What is wrong with the rows of a text."""
    doc: Doc = nlp.make_doc(text)
    doc._.published_on = rng.choice((None, date.fromordinal(rng.randrange(731_000, 740_000)).isoformat()))
    try:
        for _, component in nlp.pipeline:
            doc = component(doc)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    rows = [*doc._.fees, *doc._.dates]
    wrong = [f"offsets: {row}" for row in rows if text[row["start"] : row["end"]] != row["text"] or not row["text"]]
    wrong += [
        f"ends before it begins: {row}" for row in doc._.dates if (row["start_date"] or "") > (row["end_date"] or "")
    ]
    return wrong + [f"worth nothing: {row}" for row in doc._.fees if row["amount"] <= 0]


def _unfair(unit: str) -> list[str]:
    """Whether a repeated unit takes more than its length's share of time."""
    found = []
    for search in (find_money, lambda text: list(find_dates(text))):
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
