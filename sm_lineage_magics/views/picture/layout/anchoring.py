"""Keep what was there where it was: old nodes stay, new ones take free places among them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence

from .alignment import Gap
from .layers import Layers


def anchor(
    layers: Layers, heights: Sequence[float], before: Mapping[int, float], gap: Gap
) -> list[float]:
    """Heights in which the nodes of `before` keep theirs.

    The others stand as near as there is room to what they are joined to, nodes before waypoints.

    Args:
        layers: the graph, its columns in their final order.
        heights: where all would stand if nothing had been there.
        before: node → the height it had.
        gap: how far apart the centres of two neighbours must be.
    """
    moves = sorted(before[node] - heights[node] for node in before)
    move = moves[len(moves) // 2]
    now = [before.get(node, height + move) for node, height in enumerate(heights)]
    settled = set(before)
    for column in _outwards(layers.columns, before):
        column_now = _Column(gap)
        for node in sorted(column, key=lambda each: (each not in before, each >= layers.nodes)):
            around = [each for each in layers.left[node] + layers.right[node] if each in settled]
            if node not in before and around:
                now[node] = sum(now[each] for each in around) / len(around)
            now[node] = column_now.take(node, now[node])
        settled.update(column)
    return now


def _outwards(
    columns: Sequence[Sequence[int]], before: Mapping[int, float]
) -> Iterator[Sequence[int]]:
    """Columns that hold old nodes first, then those beside them: each has something to go by."""
    old = [at for at, column in enumerate(columns) if any(node in before for node in column)]
    away = {at: min(abs(at - each) for each in old) for at in range(len(columns))}
    return (columns[at] for at in sorted(away, key=away.__getitem__))


class _Column:
    """The places taken in one column."""

    def __init__(self, gap: Gap) -> None:
        self.gap = gap
        self.nodes: list[int] = []
        self.heights: list[float] = []

    def take(self, node: int, wish: float) -> float:
        """Put `node` into the free place nearest to its wish."""
        start = bisect(self.heights, wish)
        places = [self._free(node, wish, start, way) for way in (1, -1)]
        height = min(places, key=lambda place: abs(place - wish))
        at = bisect(self.heights, height)
        self.nodes.insert(at, node)
        self.heights.insert(at, height)
        return height

    def _free(self, node: int, wish: float, start: int, way: int) -> float:
        """The first free place from the wish on, down (1) or up (-1)."""
        height = wish
        behind = start - 1 if way > 0 else start
        if 0 <= behind < len(self.nodes):
            room = self.heights[behind] + way * self._gap(behind, node)
            height = max(height, room) if way > 0 else min(height, room)
        ahead = start if way > 0 else start - 1
        while 0 <= ahead < len(self.nodes):
            room = self._gap(ahead, node)
            # Places that fit to the hair must not fail for rounding.
            if way * (self.heights[ahead] - height) >= room - 1e-6:
                break
            height = self.heights[ahead] + way * room
            ahead += way
        return height

    def _gap(self, at: int, node: int) -> float:
        return self.gap(self.nodes[at], node)
