"""Assemble the shipped pipeline from a trained recogniser and the components."""

from __future__ import annotations

import argparse
from pathlib import Path

from rumourmill.components.players import Players
from rumourmill.nlp.language import build

DESCRIPTION = "English football news: players, other people, clubs, fees, dates, quotations and transfers"


def main() -> None:
    """Write the pipeline to the model directory; the model card (README.md) is not changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recogniser", type=Path)
    parser.add_argument("contexts", type=Path, help="weights of the context scorer")
    parser.add_argument("target", type=Path)
    parser.add_argument("--version", required=True)
    args = parser.parse_args()
    nlp = build(args.recogniser)
    players: Players = nlp.get_pipe("players")
    players.scorer.from_disk(args.contexts)
    nlp.meta.update(name="transfer_news", version=args.version, description=DESCRIPTION, license="MIT")
    nlp.meta.update(author="The Rumourmill authors", requirements=["rumourmill"])
    nlp.config["paths"].update(train=None, dev=None)  # paths of the training machine
    nlp.to_disk(args.target)
    size = sum(file.stat().st_size for file in args.target.rglob("*") if file.is_file())
    print(f"{args.target}: {size / 1e6:.1f} MB, {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main()
