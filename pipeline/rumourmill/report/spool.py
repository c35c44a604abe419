"""What stories tell of each player and club, put by on the disk and taken out again subject by subject."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Entry", "Sections", "Spool"]

Entry: TypeAlias = dict[str, Any]  # holds what JSON can
Sections: TypeAlias = dict[str, list[Entry]]
BUCKETS = 64  # files; one at a time is held in memory


class Spool:
    """A context manager; entries are put in, then `subjects` takes them out.

    Args:
        folder: where the files lie; made here, removed by whoever owns it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._paths = [folder / f"{number:02}.jsonl" for number in range(BUCKETS)]
        self._open = ExitStack()

    def __enter__(self) -> Spool:
        self._files = [self._open.enter_context(path.open("w+", encoding="utf8")) for path in self._paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def put(self, kind: str, name: str, section: str, entry: Entry) -> None:
        """Put an entry by.

        Args:
            kind: `players` or `clubs`.
            name: of whom or which.
            section: which part of his page it goes to.
            entry: what JSON can hold.
        """
        bucket = self._files[zlib.crc32(name.encode()) % BUCKETS]
        bucket.write(json.dumps([kind, name, section, entry], ensure_ascii=False) + "\n")

    def subjects(self) -> Iterator[tuple[str, str, Sections]]:
        """Every player and club with his entries by section, in the order in which they were put."""
        for bucket in self._files:
            bucket.seek(0)
            found: dict[tuple[str, str], Sections] = defaultdict(lambda: defaultdict(list))
            for kind, name, section, entry in map(json.loads, bucket):
                found[kind, name][section].append(entry)
            for (kind, name), sections in sorted(found.items()):
                yield kind, name, sections
