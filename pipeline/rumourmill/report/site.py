"""Renders templates into the files of the site, in a folder beside its place, and puts it there when it is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from rumourmill.errors import UsageError
from rumourmill.filesystem import remove_folder
from rumourmill.report import wording
from rumourmill.schema import TABLES
from rumourmill.version import __version__

__all__ = ["Site", "Summary", "check_place"]

MARKER = "rumourmill-report.json"  # lies in every report, so that nothing else is ever replaced by one


@dataclass(frozen=True)
class Summary:
    """What was made."""

    index: Path  # the page to open
    pages: int
    largest: int  # bytes of the largest page


def check_place(to: Path, out: Path) -> None:
    """See that a report of the dataset `out` may be written to a folder.

    Raises:
        UsageError: it lies in the dataset, or something lies there that is no report of ours.
    """
    if to.is_relative_to(out.resolve()):
        raise UsageError(f"{to} lies inside {out}: keep the tables apart")
    if to.is_dir():
        if any(to.iterdir()) and not (to / MARKER).is_file():
            raise UsageError(f"{to} is not empty and holds no report: choose another folder")
    elif to.exists():
        raise UsageError(f"{to} is no folder: choose another name")


class Site:
    """A site in the making.

    Args:
        to: where it will lie; what lies there now stays until `publish`.
    """

    def __init__(self, to: Path) -> None:
        self._to = to
        self.folder = to.with_name(f"{to.name}.staged")
        self.pages, self.largest = 0, 0
        self._folders: set[Path] = set()
        environment = Environment(
            loader=PackageLoader("rumourmill.report"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(version=__version__, tables=TABLES)
        environment.filters.update(counted=wording.counted, day=wording.day, spelt_day=wording.spelt_day)
        self._template = environment.get_template

    def start(self) -> None:
        """Begin with the files that do not depend on the dataset."""
        remove_folder(self.folder)
        self.pages, self.largest = 0, 0
        self._folders.clear()
        shutil.copytree(Path(__file__).with_name("assets"), self.folder / "assets")

    def page(self, path: str, template: str, **context: Any) -> None:
        """Write a page.

        Args:
            path: where, from the root of the site.
            template: which of the templates.
            context: what it needs.
        """
        text = self._template(template).render(root="../" * path.count("/"), here=path, **context)
        self.pages += 1
        self.largest = max(self.largest, self.file(path, text))

    def file(self, path: str, text: str) -> int:
        """Write a file; returns its bytes."""
        place = self.folder / path
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        return place.write_bytes(text.encode())

    def script(self, path: str, function: str, arguments: Sequence[Any]) -> int:
        """Write data as a script that hands it to a function: pages from the disk may read no other files."""
        values = ",".join(json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in arguments)
        return self.file(path, f"{function}({values});\n")

    def publish(self) -> Summary:
        """Move the site into its place."""
        self.file(MARKER, json.dumps({"rumourmill": __version__, "pages": self.pages}) + "\n")
        old = self._to.with_name(f"{self._to.name}.old")
        remove_folder(old)
        if self._to.exists():
            self._to.rename(old)
        self.folder.rename(self._to)
        remove_folder(old)
        return Summary(self._to / "index.html", self.pages, self.largest)
