"""Renders templates to the files of the site in a staging folder, and moves it to its target when complete."""

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
from rumourmill.report import formatting
from rumourmill.schema import TABLES
from rumourmill.version import __version__

__all__ = ["ReportSummary", "Site", "check_target"]

MARKER = "rumourmill-report.json"  # identifies a report: only folders with this file are replaced


@dataclass(frozen=True)
class ReportSummary:
    """The result of a report."""

    index: Path  # the page to open
    pages: int
    largest: int  # size of the largest page in bytes


def check_target(to: Path, out: Path) -> None:
    """Check that a report of the dataset `out` can be written to `to`.

    Raises:
        UsageError: `to` is inside the dataset, or exists and is not a report.
    """
    if to.is_relative_to(out.resolve()):
        raise UsageError(f"{to} is inside {out}: choose a folder outside the tables")
    if to.is_dir():
        if any(to.iterdir()) and not (to / MARKER).is_file():
            raise UsageError(f"{to} is not empty and contains no report: choose another folder")
    elif to.exists():
        raise UsageError(f"{to} is not a folder: choose another name")


class Site:
    """Writes the files of a site.

    Args:
        to: target folder; an existing report there is replaced by `publish`.
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
        environment.filters.update(
            pluralize=formatting.pluralize, iso_date=formatting.iso_date, long_date=formatting.long_date
        )
        self._template = environment.get_template

    def start(self) -> None:
        """Create the staging folder with the static files; an earlier attempt is discarded."""
        remove_folder(self.folder)
        self.pages, self.largest = 0, 0
        self._folders.clear()
        shutil.copytree(Path(__file__).with_name("assets"), self.folder / "assets")

    def write_page(self, path: str, template: str, **context: Any) -> None:
        """Render a page.

        Args:
            path: relative to the root of the site.
            template: file name of the template.
            context: the variables of the template.
        """
        text = self._template(template).render(root="../" * path.count("/"), here=path, **context)
        self.pages += 1
        self.largest = max(self.largest, self.write_file(path, text))

    def write_file(self, path: str, text: str) -> int:
        """Write a file and return its size in bytes."""
        target = self.folder / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return target.write_bytes(text.encode())

    def write_script(self, path: str, function: str, arguments: Sequence[Any]) -> int:
        """Write data as a call of a JavaScript function: pages opened from disk cannot fetch JSON files."""
        values = ",".join(json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in arguments)
        return self.write_file(path, f"{function}({values});\n")

    def publish(self) -> ReportSummary:
        """Move the site to its target and return the summary."""
        self.write_file(MARKER, json.dumps({"rumourmill": __version__, "pages": self.pages}) + "\n")
        old = self._to.with_name(f"{self._to.name}.old")
        remove_folder(old)
        if self._to.exists():
            self._to.rename(old)
        self.folder.rename(self._to)
        remove_folder(old)
        return ReportSummary(self._to / "index.html", self.pages, self.largest)
