"""How many calls had to wait for one another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

# When a call began and ended.
Span = tuple[float, float]


def rounds(spans: Iterable[Span]) -> int:
    """The longest chain of calls each of which began after the one before had ended.

    >>> rounds([(0, 1), (0, 2), (2, 3)])
    2
    """
    ends: list[float] = []  # ends[n] is the earliest end of a chain of n + 1 calls
    for began, ended in sorted(spans, key=lambda span: span[1]):
        length = bisect_right(ends, began)
        if length == len(ends):
            ends.append(ended)
        else:
            ends[length] = min(ends[length], ended)
    return len(ends)
