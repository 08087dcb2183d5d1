"""How far down each node stands: long edges straight, nodes near what they are joined to.

The method of Brandes and Köpf ("Fast and Simple Horizontal Coordinate Assignment", 2002), turned on
its side: nodes are aligned with the median of their neighbours into blocks, four times (looking
left or right, from the top or from the bottom), each time packed as tightly as sizes allow; a node
stands between the two middle ones of its four places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from .layers import Layers

Gap = Callable[[int, int], float]


def align(layers: Layers, gap: Gap) -> list[float]:
    """How far down the centre of each node and waypoint stands, from any origin.

    Args:
        layers: the graph, its columns in their final order.
        gap: how far apart the centres of two neighbours of a column must be.
    """
    place = [0] * layers.size
    for column in layers.columns:
        for index, node in enumerate(column):
            place[node] = index
    barred = _conflicts(layers, place)
    variants = [
        _variant(layers, place, barred, gap, leftwards=leftwards, upwards=upwards)
        for leftwards in (True, False)
        for upwards in (False, True)
    ]
    return _between(variants)


def _variant(
    layers: Layers,
    place: list[int],
    barred: set[tuple[int, int]],
    gap: Gap,
    *,
    leftwards: bool,
    upwards: bool,
) -> list[float]:
    columns = layers.columns if leftwards else layers.columns[::-1]
    if upwards:
        columns = [column[::-1] for column in columns]
        longest = max(map(len, columns), default=0)
        place = [longest - each for each in place]
    neighbours = layers.left if leftwards else layers.right
    root = _blocks(columns, neighbours, place, barred)
    heights = _packed(columns, root, gap)
    return [-each for each in heights] if upwards else heights


def _conflicts(layers: Layers, place: list[int]) -> set[tuple[int, int]]:
    """Edges that cross a stretch between waypoints; they give way, so that it stays straight."""
    barred: set[tuple[int, int]] = set()
    for column, following in pairwise(layers.columns[1:]):
        barred.update(_crossing_inner(layers, place, len(column), following))
    return barred


def _crossing_inner(
    layers: Layers, place: list[int], length: int, following: Sequence[int]
) -> Iterator[tuple[int, int]]:
    top = scanned = 0
    for index, node in enumerate(following):
        inner = _inner_neighbour(layers, node)
        if inner is None and index < len(following) - 1:
            continue
        bottom = length if inner is None else place[inner]
        while scanned <= index:
            below = following[scanned]
            if below < layers.nodes or _inner_neighbour(layers, below) is None:
                for each in layers.left[below]:
                    if not top <= place[each] <= bottom:
                        yield (each, below)
            scanned += 1
        top = bottom


def _inner_neighbour(layers: Layers, node: int) -> int | None:
    """The waypoint that comes before this waypoint, if both are."""
    if node < layers.nodes:
        return None
    (before,) = layers.left[node]
    return before if before >= layers.nodes else None


def _blocks(
    columns: Sequence[Sequence[int]],
    neighbours: list[list[int]],
    place: list[int],
    barred: set[tuple[int, int]],
) -> list[int]:
    """The block each node belongs to, named by the first of it: neighbours that stand level."""
    root = list(range(len(place)))
    aligned = bytearray(len(place))
    for column in columns[1:]:
        last = -1
        for node in column:
            around = sorted(neighbours[node], key=place.__getitem__)
            for each in around[(len(around) - 1) // 2 : len(around) // 2 + 1]:
                if (
                    root[node] == node
                    and not aligned[each]
                    and last < place[each]
                    and (each, node) not in barred
                    and (node, each) not in barred
                ):
                    aligned[each] = 1
                    root[node] = root[each]
                    last = place[each]
    return root


def _packed(columns: Sequence[Sequence[int]], root: list[int], gap: Gap) -> list[float]:
    """Heights of all nodes: blocks as far up as can be, then drawn down to what is below them."""
    above: dict[int, dict[int, float]] = {block: {} for block in root}
    below: dict[int, dict[int, float]] = {block: {} for block in root}
    for column in columns:
        for one, next in pairwise(column):
            upper, lower = root[one], root[next]
            room = max(gap(one, next), above[lower].get(upper, 0.0))
            above[lower][upper] = below[upper][lower] = room
    height: dict[int, float] = {}
    order = _topmost_first(above, below)
    for block in order:
        height[block] = max((height[each] + room for each, room in above[block].items()), default=0)
    for block in reversed(order):
        if below[block]:
            lowest = min(height[each] - room for each, room in below[block].items())
            height[block] = max(height[block], lowest)
    return [height[block] for block in root]


def _topmost_first(
    above: dict[int, dict[int, float]], below: dict[int, dict[int, float]]
) -> list[int]:
    waiting_for = {block: len(upper) for block, upper in above.items()}
    order = [block for block, count in waiting_for.items() if not count]
    for block in order:
        for lower in below[block]:
            waiting_for[lower] -= 1
            if not waiting_for[lower]:
                order.append(lower)
    return order


def _between(variants: list[list[float]]) -> list[float]:
    """Shift all to the narrowest one's top or bottom, and take the middle of the middle two."""
    spans = [max(variant, default=0) - min(variant, default=0) for variant in variants]
    narrowest = variants[spans.index(min(spans))]
    shifted = []
    for number, variant in enumerate(variants):
        edge = max if number % 2 else min
        shift = edge(narrowest, default=0) - edge(variant, default=0)
        shifted.append([each + shift for each in variant])
    return [sum(sorted(places)[1:3]) / 2 for places in zip(*shifted, strict=True)]
