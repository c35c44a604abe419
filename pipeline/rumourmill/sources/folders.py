"""Walks a folder of articles, on a disk or in an object store."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rumourmill.filesystem.objects import ObjectPath, Place
from rumourmill.sources.source import MAX_BYTES, TABLES, Reject, Source, suffix, too_long, unreadable

__all__ = ["walk"]


def walk(root: Place) -> list[Source]:
    """The articles below a folder, in order of their source path; hidden files and folders are left out.

    Args:
        root: folder to walk, or a table; links inside it are followed to files, and never out of it.

    Returns:
        One Source for each `.txt`, `.txt.gz` or table, and one with a fault for each link or folder in their way.
    """
    root = root.resolve()
    if root.is_file():
        return [Source(root.name, root)]
    found = _objects(root) if isinstance(root, ObjectPath) else _files(root)
    return _without_twins(sorted(found, key=lambda source: source.source_path))


def _objects(root: ObjectPath) -> Iterator[Source]:
    for name, path, size, version in root.below():
        if not suffix(name) or any(part.startswith(".") for part in name.split("/")):
            continue
        stamp = (size, int(version[:15], 16), 0) if version else None
        source = Source(name, path, stamp=stamp)
        too_big = size > MAX_BYTES and not source.is_table
        yield replace(source, fault=too_long(f"{size:,} bytes")) if too_big else source


def _files(root: Path) -> list[Source]:
    sources: list[Source] = []
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            sources.append(Source(_below(root, str(folder))[0], folder, unreadable(error), folder=True))
            continue
        for entry in visible:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            sources += _entry(root, entry)
    return sources


def _entry(root: Path, entry: os.DirEntry[str]) -> Iterator[Source]:
    article = bool(suffix(entry.name))
    if not article and not entry.is_symlink():
        return
    path, (name, valid) = Path(entry.path), _below(root, entry.path)
    if article and not valid:
        yield Source(name, path, Reject("bad_name", "Its name is not valid UTF-8: rename the file."))
    elif entry.is_symlink():
        fault = _link_fault(root, path, article)
        if fault or (article and path.is_file()):
            yield Source(name, path, fault)
    elif entry.is_dir(follow_symlinks=False):
        if not suffix(entry.name).endswith(TABLES):  # Spark writes a table as a folder of that name
            yield Source(name, path, Reject("not_a_file", "It is a folder, whatever its name; its articles are read."))
    elif not entry.is_file(follow_symlinks=False):
        yield Source(name, path, Reject("not_a_file", "It is a pipe, socket or device, not a file."))
    else:
        yield Source(name, path)


def _link_fault(root: Path, path: Path, article: bool) -> Reject | None:
    """What is wrong with a link; one to a folder in IN is no fault: its articles are read in their own place."""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return Reject("link_broken", "It is a link to a file that is not there.")
    except (RuntimeError, OSError) as error:  # Python 3.11 and 3.12 tell a loop by a RuntimeError
        if isinstance(error, OSError) and error.errno != errno.ELOOP:
            return unreadable(error)
        return Reject("link_loop", "It is a link that leads back to itself.")
    fault = None
    if not target.is_relative_to(root):
        if article or target.is_dir():
            fault = Reject("link_outside", "It is a link out of the folder of articles: copy the articles into it.")
    elif path.is_relative_to(target):
        fault = Reject("link_loop", "It is a link to a folder that it stands in.")
    elif article and not target.is_file():
        fault = Reject("not_a_file", "It is a link to something that is not a file.")
    return fault


def _without_twins(sources: list[Source]) -> list[Source]:
    """Two files that would have one article_id: the first keeps it."""
    owners: dict[str, str] = {}
    for i, source in enumerate(sources):
        if (
            not source.is_table
            and source.fault is None
            and (owner := owners.setdefault(source.article_id, source.source_path)) != (source.source_path)
        ):
            twin = Reject("duplicate", f"It has the same name as {owner}, but for the suffix: rename one of them.")
            sources[i] = replace(source, fault=twin)
    return sources


def _below(root: Path, path: str) -> tuple[str, bool]:
    """A path below root, and whether it is valid UTF-8 (what is not, is escaped)."""
    name = path[len(str(root)) :].lstrip("/") or "."
    if name.isascii():
        return name, True
    shown = name.encode("utf8", "surrogateescape").decode("utf8", "backslashreplace")
    return shown, shown == name
