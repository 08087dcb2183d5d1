"""The order within each column that makes few edges cross.

Columns are swept to and fro, each sorted by where its neighbours in the column before stand on the
average; then neighbours that cross less the other way round change places.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .layers import Layers

_ROUNDS = 24
_PATIENCE = 4
# Changing neighbours costs more than a sweep and gains most in graphs that are small enough to be
# looked at whole.
_SMALL = 3_000

_NONE: Mapping[int, float] = MappingProxyType({})


def order(layers: Layers, before: Mapping[int, float] = _NONE) -> int:
    """Sort the columns of `layers` in place and return how many edges still cross.

    Args:
        layers: the graph.
        before: node → how far down it stood; such nodes stay in that order among themselves.
    """
    _begin(layers, before)
    best, fewest, stale = _copy(layers), crossings(layers), 0
    for turn in range(_ROUNDS if layers.size <= _SMALL else 8):
        if not fewest or stale >= _PATIENCE:
            break
        _sweep(layers, before, rightwards=turn % 2 == 0, mirrored=turn % 4 >= 2)
        now = crossings(layers)
        stale = 0 if now < fewest else stale + 1
        if now < fewest:
            best, fewest = _copy(layers), now
    layers.columns[:] = best
    if fewest and layers.size <= _SMALL:
        fewest -= _exchange(layers, before)
    return fewest


def crossings(layers: Layers) -> int:
    """How many pairs of edges cross between any two columns."""
    return sum(map(_crossings, layers.columns, layers.columns[1:], [layers] * len(layers.columns)))


def _crossings(column: Sequence[int], following: Sequence[int], layers: Layers) -> int:
    place = {node: index for index, node in enumerate(following)}
    seen: list[int] = []
    crossed = 0
    for node in column:
        ends = sorted(place[each] for each in layers.right[node])
        for end in ends:
            crossed += len(seen) - bisect_right(seen, end)
        for end in ends:
            insort(seen, end)
    return crossed


def _begin(layers: Layers, before: Mapping[int, float]) -> None:
    """A first order: as a depth-first search from the left meets nodes, trees do not cross."""
    met: dict[int, int] = {}
    for column in layers.columns:
        waiting = [node for node in reversed(column) if node not in met]
        while waiting:
            node = waiting.pop()
            if node not in met:
                met[node] = len(met)
                # To the right first, then back to what else feeds what lies there.
                waiting.extend(reversed(layers.left[node]))
                waiting.extend(reversed(layers.right[node]))
    for column in layers.columns:
        column.sort(key=met.__getitem__)
        _restore(column, before)


def _sweep(
    layers: Layers, before: Mapping[int, float], *, rightwards: bool, mirrored: bool
) -> None:
    columns = layers.columns if rightwards else layers.columns[::-1]
    neighbours = layers.left if rightwards else layers.right
    place = _places(columns[0])
    for column in columns[1:]:
        height = _places(column)
        for node in column:
            around = neighbours[node]
            if around:
                height[node] = sum([place[each] for each in around]) / len(around)
        if mirrored:
            column.reverse()
        column.sort(key=height.__getitem__)
        _restore(column, before)
        place = _places(column)


def _places(column: Sequence[int]) -> dict[int, float]:
    """How far down each stands, from 0 to 1, so that columns of any length compare."""
    length = len(column)
    return {node: (index + 0.5) / length for index, node in enumerate(column)}


def _restore(column: list[int], before: Mapping[int, float]) -> None:
    """Put the nodes that had an order back into it, in the places they hold now."""
    if before:
        slots = [slot for slot, node in enumerate(column) if node in before]
        nodes = sorted((column[slot] for slot in slots), key=before.__getitem__)
        for slot, node in zip(slots, nodes, strict=True):
            column[slot] = node


def _exchange(layers: Layers, before: Mapping[int, float]) -> int:
    """Swap neighbours as long as that saves crossings, and return how many were saved."""
    saved, gained = 0, 1
    while gained:
        gained = 0
        for index, column in enumerate(layers.columns):
            gained += _exchange_in(column, _sides(layers, index), before)
        saved += gained
    return saved


Side = tuple[list[list[int]], dict[int, int]]


def _sides(layers: Layers, index: int) -> list[Side]:
    """The neighbours of a column on either side, with the places they stand in."""
    sides = []
    for near, neighbours in ((index - 1, layers.left), (index + 1, layers.right)):
        if 0 <= near < len(layers.columns):
            place = {node: at for at, node in enumerate(layers.columns[near])}
            sides.append((neighbours, place))
    return sides


def _exchange_in(column: list[int], sides: Sequence[Side], before: Mapping[int, float]) -> int:
    ends = {
        node: [sorted(place[each] for each in neighbours[node]) for neighbours, place in sides]
        for node in column
    }
    saved = 0
    for slot in range(len(column) - 1):
        one, two = column[slot], column[slot + 1]
        if one in before and two in before:
            continue
        gain = sum(
            _inversions(a, b) - _inversions(b, a) for a, b in zip(ends[one], ends[two], strict=True)
        )
        if gain > 0:
            column[slot], column[slot + 1] = two, one
            saved += gain
    return saved


def _inversions(upper: Sequence[int], lower: Sequence[int]) -> int:
    """How many of the upper node's edges end beneath one of the lower node's."""
    if not upper or not lower or upper[-1] <= lower[0]:
        return 0
    return sum(bisect_left(lower, end) for end in upper)


def _copy(layers: Layers) -> list[list[int]]:
    return [column[:] for column in layers.columns]
