"""Leaves out what is no prose: stretches of digits and signs by the thousand, from tables, codes or broken files.

The searches for money and dates try many patterns at each digit or sign. Prose has few of them; a megabyte of nothing
else would take half a minute and hold nothing that anybody would call an amount or a date.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["prose"]

WINDOW = 4096  # characters that are judged together, and then part by part where they are no prose
PART = 512
DENSE = 0.25  # share of digits and signs from which a window is no prose; a list of transfers has a tenth
COUNTED = "0123456789£€$’'"


def prose(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that can hold prose, as start and end, in order.

    Args:
        text: raw text of any length; up to one window it is always prose.
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
    return sum(text.count(sign, start, end) for sign in COUNTED) >= DENSE * (end - start)
