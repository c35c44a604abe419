"""The pages of players and clubs, each with a timeline of moves; subjects with many entries have several pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rumourmill.report.addresses import Addresses
from rumourmill.report.formatting import format_short_pounds
from rumourmill.report.site import Site
from rumourmill.report.subject_entries import EntryStore, Sections, SubjectEntry

__all__ = ["Dot", "Subject", "Timeline", "make_timeline", "write_subjects"]

PER_PAGE = 60  # entries of each section
SECTIONS = ("moves", "prices", "about", "said", "articles")
WIDTH, HEIGHT = 420, 150  # of the timeline, in SVG units
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 112  # margins of its plot area; BOTTOM is the y coordinate of the axis
MAX_DOTS = 200


@dataclass(frozen=True)
class Subject:
    """What lists and search show of a player or club."""

    kind: str  # players or clubs
    name: str
    path: str
    counts: dict[str, int]  # entries by section


@dataclass(frozen=True)
class Dot:
    """A move as one article reports it."""

    x: float
    y: float
    status: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """A chart of moves over time: y is the price; moves without a price are on the axis."""

    first: str
    last: str
    highest: str
    dots: list[Dot]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def write_subjects(site: Site, store: EntryStore, addresses: Addresses) -> Iterator[Subject]:
    """Write the pages of every player and club.

    Args:
        site: the site to write to.
        store: the entries of all articles.
        addresses: the addresses of all pages.

    Yields:
        Each subject when its pages are written.
    """
    for kind, name, sections in store.subjects():
        _write_subject(site, kind, name, sections, addresses)
        counts = {section: len(sections[section]) for section in SECTIONS}
        yield Subject(kind, name, addresses.subject(kind, name), counts)


def _write_subject(site: Site, kind: str, name: str, sections: Sections, addresses: Addresses) -> None:
    ordered = {section: sorted(sections[section], key=_by_day) for section in SECTIONS}
    ordered["articles"].reverse()
    facts = Counter(fact for entry in sections["articles"] for fact in entry["facts"])
    count = max(-(-len(entries) // PER_PAGE) for entries in ordered.values())
    pages = [addresses.subject(kind, name, n + 1) for n in range(count)]
    timeline = make_timeline(ordered["moves"])
    for number, path in enumerate(pages):
        shown = slice(number * PER_PAGE, (number + 1) * PER_PAGE)
        site.write_page(
            path,
            "subject.html",
            kind=kind,
            title=name,
            facts=[fact for fact, _ in facts.most_common(4)],
            mentions=sum(entry["mentions"] for entry in sections["articles"]),
            counts={section: len(entries) for section, entries in ordered.items()},
            sections={section: entries[shown] for section, entries in ordered.items()},
            timeline=timeline if number == 0 else None,
            page=number + 1,
            pages=pages,
            subject_path=addresses.subject,
            find_subject=addresses.find_subject,
        )


def _by_day(entry: SubjectEntry) -> tuple[bool, str, str]:
    """Return the sort key of an entry: by day, undated entries last."""
    return not entry["day"], str(entry["day"]), str(entry.get("href", entry["article"]))


def make_timeline(moves: Sequence[SubjectEntry]) -> Timeline | None:
    """Return the timeline of moves, or None if they have fewer than two different days.

    Args:
        moves: entries in order of their days; undated and historic ones are skipped.
    """
    moves = [move for move in moves if move["day"] and not move["historic"]][-MAX_DOTS:]
    days = [dt.date.fromisoformat(move["day"]).toordinal() for move in moves]
    if len(set(days)) < 2:
        return None
    first, last = days[0], days[-1]
    highest = max(move["fee_gbp"] or 0.0 for move in moves)
    dots = []
    for move, day in zip(moves, days, strict=True):
        relative = (move["fee_gbp"] or 0.0) / highest if highest else 0.0
        x = LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (last - first)
        y = BOTTOM - (BOTTOM - TOP) * relative
        dots.append(Dot(round(x, 1), round(y, 1), move["status"], _dot_label(move)))
    return Timeline(moves[0]["day"], moves[-1]["day"], format_short_pounds(highest) if highest else "", dots)


def _dot_label(move: SubjectEntry) -> str:
    clubs = " to ".join(club for club in (move["from_club"], move["to_club"]) if club)
    price = f", {format_short_pounds(move['fee_gbp'])}" if move["fee_gbp"] else ""
    return f"{move['day']}: {move['player']}, {clubs or 'no club named'}, {move['status']}{price}"
