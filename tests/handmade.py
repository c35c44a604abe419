"""Datasets with given rows, for tests of report and exports."""

from __future__ import annotations

import datetime as dt
import hashlib

from rumourmill import dataset
from rumourmill.schema.records import article_row, reject_row, validate
from rumourmill.sources import Article, Reject

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
EVIL = "\"><script src=x>alert('1')</script><b style=a onclick=b>&amp;{{ 7*7 }}<!-- \u202e"
PLACED = {"start": 0, "end": 3, "text": "Ann"}
ROWS = {
    "players": {"player": "Ann", "position": None, "nationality": None, "club": None, "mentions": 1, "spans": [PLACED]},
    "clubs": {"club": "Roma", "country": None, "mentions": 1, "spans": [PLACED]},
    "fees": {
        **PLACED, "amount": 5e6, "amount_max": None, "currency": "GBP", "amount_gbp": 5e6, "amount_max_gbp": None,
        "gbp_basis": "stated", "qualifier": "exact", "kind": "bid", "period": None, "player": None, "sentence": "Ann",
    },
    "dates": {**PLACED, "start_date": None, "end_date": None, "granularity": "day", "relative": True},
    "quotes": {
        **PLACED, "kind": "direct", "speaker": None, "speaker_role": "unknown", "speaker_start": None,
        "speaker_end": None, "cue": None,
    },
    "transfers": {
        "player": "Ann", "from_club": None, "to_club": None, "kind": "unknown", "status": "bid", "fee_amount": None,
        "fee_currency": None, "fee_gbp": None, "reported_by": None, "event_date": None, "historic": False,
        "confidence": 0.5, "start": 0, "end": 3, "sentence": "Ann",
    },
}  # fmt: skip


def row(table, article_id, text=None, at=None, **values):
    """Return a row of a table; `text` is at offset `at`."""
    made = {**ROWS[table], **values}
    if text is not None:
        place = {"start": at, "end": at + len(text), "text": text}
        made |= {"spans": [place]} if "spans" in made else {k: v for k, v in place.items() if k in made}
    return validate(table, {"article_id": article_id, **made})


def write(out, articles, rejects=()):
    """Write a dataset of articles, each given as id, title, text, day, and rows by table."""
    rows = {"rejects": [reject_row(*reject, NOW) for reject in rejects]}
    entries = []
    for id_, title, text, day, tables in articles:
        hash_ = hashlib.sha256(text.encode()).hexdigest()
        made = Article(id_, f"{id_}.txt", hash_, text, title, 0, day, "header" if day else "none")
        rows.setdefault("articles", []).append(article_row(made, NOW, "m-1"))
        entries.append(dataset.LedgerEntry(f"{id_}.txt", id_, hash_, None))
        for table, some in tables.items():
            rows.setdefault(table, []).extend(some)
    with dataset.open_for_writing(out) as data:
        data.commit([dataset.stage(data.files, "r", entries, rows)], {})
    return out


def hostile_dataset(out):
    """Write a dataset with HTML in every text field."""
    text = f"{EVIL} “{EVIL}” £5m\n"
    evil = {
        "players": [row("players", "e", EVIL, 0, player=EVIL, club=EVIL, position=EVIL, nationality=EVIL)],
        "clubs": [row("clubs", "e", EVIL, 0, club=EVIL, country=EVIL)],
        "fees": [row("fees", "e", "£5m", text.index("£5m"), player=EVIL, sentence=EVIL, currency=EVIL)],
        "dates": [row("dates", "e", EVIL, 0)],
        "quotes": [row("quotes", "e", EVIL, len(EVIL) + 2, speaker=EVIL, cue=EVIL)],
        "transfers": [
            row(
                "transfers", "e", EVIL, 0, player=EVIL, to_club=EVIL, from_club=EVIL, reported_by=EVIL, sentence=EVIL,
                fee_amount=1.0, fee_currency=EVIL, event_date=dt.date(2020, 1, day),
            )
            for day in (1, 2)
        ],
    }  # fmt: skip
    evil = {name: [{**r, "article_id": EVIL} for r in rows] for name, rows in evil.items()}
    write(out, [(EVIL, EVIL, text, dt.date(2020, 1, 1), evil)], [(EVIL, Reject("empty", EVIL))])
    return out
