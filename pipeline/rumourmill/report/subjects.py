"""What was spooled -> a page per player and per club; whoever is much spoken of has several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rumourmill.report.addresses import Addresses
from rumourmill.report.site import Site
from rumourmill.report.spool import Entry, Sections, Spool
from rumourmill.report.timeline import draw

__all__ = ["Subject", "write"]

PER_PAGE = 60  # entries of each section
SECTIONS = ("moves", "prices", "about", "said", "articles")


@dataclass(frozen=True)
class Subject:
    """What lists and the search say of a player or club."""

    kind: str  # players or clubs
    name: str
    path: str
    counts: dict[str, int]  # entries by section


def write(site: Site, spool: Spool, addresses: Addresses) -> Iterator[Subject]:
    """Write the pages of every player and club.

    Args:
        site: where to.
        spool: what the stories told.
        addresses: of all pages.

    Yields:
        Each, when its pages are written.
    """
    for kind, name, sections in spool.subjects():
        _write_one(site, kind, name, sections, addresses)
        counts = {section: len(sections[section]) for section in SECTIONS}
        yield Subject(kind, name, addresses.subject(kind, name), counts)


def _write_one(site: Site, kind: str, name: str, sections: Sections, addresses: Addresses) -> None:
    ordered = {section: sorted(sections[section], key=_by_day) for section in SECTIONS}
    ordered["articles"].reverse()
    facts = Counter(fact for entry in sections["articles"] for fact in entry["facts"])
    count = max(-(-len(entries) // PER_PAGE) for entries in ordered.values())
    pages = [addresses.subject(kind, name, n + 1) for n in range(count)]
    drawing = draw(ordered["moves"])
    for number, path in enumerate(pages):
        here = slice(number * PER_PAGE, (number + 1) * PER_PAGE)
        site.page(
            path,
            "subject.html",
            kind=kind,
            title=name,
            facts=[fact for fact, _ in facts.most_common(4)],
            mentions=sum(entry["mentions"] for entry in sections["articles"]),
            counts={section: len(entries) for section, entries in ordered.items()},
            sections={section: entries[here] for section, entries in ordered.items()},
            drawing=drawing if number == 0 else None,
            page=number + 1,
            pages=pages,
            subject_path=addresses.subject,
            known=addresses.known,
        )


def _by_day(entry: Entry) -> tuple[bool, str, str]:
    """Days in order, then what has none."""
    return not entry["day"], str(entry["day"]), str(entry.get("href", entry["article"]))
