"""Leave out text that is not prose: long runs of digits and symbols from tables, code or broken files.

The searches for money and dates try many patterns at each digit and symbol. A megabyte of digits would take half a
minute and contains no amount or date.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["prose"]

WINDOW = 4096  # characters that are classified together; a window that is not prose is then classified in parts
PART = 512  # characters
DENSE = 0.25  # ratio of digits and symbols from which text is not prose; a list of transfers has 0.1
COUNTED = "0123456789£€$’'"


def prose(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the parts of a text that may be prose, in order.

    Args:
        text: text of any length; up to `WINDOW` characters it is always prose.
    """
    if len(text) <= WINDOW:
        yield 0, len(text)
        return
    start: int | None = None
    for at, end in _windows(text):
        if _is_dense(text, at, end):
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start = at
    if start is not None:
        yield start, len(text)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    for at in range(0, len(text), WINDOW):
        end = min(at + WINDOW, len(text))
        if _is_dense(text, at, end):
            yield from ((part, min(part + PART, end)) for part in range(at, end, PART))
        else:
            yield at, end


def _is_dense(text: str, start: int, end: int) -> bool:
    return sum(text.count(symbol, start, end) for symbol in COUNTED) >= DENSE * (end - start)
