"""The moves of a player or club over time as a small drawing: what a template needs to draw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rumourmill.report.spool import Entry
from rumourmill.report.wording import short_pounds

__all__ = ["Dot", "Drawing", "draw"]

WIDTH, HEIGHT = 420, 150
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 112  # of the field in which the dots lie
MOST = 200  # dots


@dataclass(frozen=True)
class Dot:
    """One move as one article tells it."""

    x: float
    y: float
    status: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """Dots from the first day to the last; higher is dearer, those on the line below name no price."""

    first: str
    last: str
    dearest: str
    dots: list[Dot]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def draw(moves: Sequence[Entry]) -> Drawing | None:
    """The drawing of a list of moves, or None where there are no two days to set apart.

    Args:
        moves: in order of their day; those without a day and those told as background are left out.
    """
    moves = [move for move in moves if move["day"] and not move["historic"]][-MOST:]
    days = [dt.date.fromisoformat(move["day"]).toordinal() for move in moves]
    if len(set(days)) < 2:
        return None
    first, last = days[0], days[-1]
    dearest = max(move["fee_gbp"] or 0.0 for move in moves)
    dots = []
    for move, at in zip(moves, days, strict=True):
        share = (move["fee_gbp"] or 0.0) / dearest if dearest else 0.0
        x = LEFT + (WIDTH - LEFT - RIGHT) * (at - first) / (last - first)
        y = BOTTOM - (BOTTOM - TOP) * share
        dots.append(Dot(round(x, 1), round(y, 1), move["status"], _label(move)))
    return Drawing(moves[0]["day"], moves[-1]["day"], short_pounds(dearest) if dearest else "", dots)


def _label(move: Entry) -> str:
    way = " to ".join(club for club in (move["from_club"], move["to_club"]) if club)
    price = f", {short_pounds(move['fee_gbp'])}" if move["fee_gbp"] else ""
    return f"{move['day']}: {move['player']}, {way or 'no club named'}, {move['status']}{price}"
