"""Which column each node stands in, so that every edge leads to the right and few lead far.

>>> ranks(4, [(0, 1), (1, 2), (3, 2)])
[0, 1, 2, 1]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .cycles import Edge

_NONE: Mapping[int, int] = MappingProxyType({})


def ranks(size: int, edges: Sequence[Edge], before: Mapping[int, int] = _NONE) -> list[int]:
    """The column of each node, from 0; `edges` must have no cycle.

    Args:
        size: how many nodes there are.
        edges: pairs of nodes.
        before: node → the column it stood in, kept where that can be.
    """
    incoming, outgoing = _neighbours(size, edges)
    order = _topological(incoming, outgoing)
    rank = _kept(order, incoming, outgoing, before) if before else [0] * size
    for node in order:
        rank[node] = max([rank[node], *(rank[each] + 1 for each in incoming[node])])
    _tighten(rank, order, incoming, outgoing, before)
    first = min(rank, default=0)
    return [each - first for each in rank]


def _tighten(
    rank: list[int],
    order: Sequence[int],
    incoming: list[list[int]],
    outgoing: list[list[int]],
    before: Mapping[int, int],
) -> None:
    """Move nodes towards the side on which they have more edges; the rest follow."""
    for _ in range(3):
        for node in reversed(order):
            if outgoing[node] and len(outgoing[node]) >= len(incoming[node]) and node not in before:
                rank[node] = min(rank[each] for each in outgoing[node]) - 1
        for node in order:
            if incoming[node] and len(incoming[node]) > len(outgoing[node]) and node not in before:
                rank[node] = max(rank[each] for each in incoming[node]) + 1


def _kept(
    order: Sequence[int],
    incoming: list[list[int]],
    outgoing: list[list[int]],
    before: Mapping[int, int],
) -> list[int]:
    """Old nodes where they were, new ones left of what they feed or right of what feeds them."""
    rank: dict[int, int] = dict(before)
    for node in reversed(order):
        placed = [rank[each] for each in outgoing[node] if each in rank]
        if node not in rank and placed:
            rank[node] = min(placed) - 1
    for node in order:
        placed = [rank[each] for each in incoming[node] if each in rank]
        if node not in rank and placed:
            rank[node] = max(placed) + 1
    return [rank.get(node, 0) for node in range(len(order))]


def _neighbours(size: int, edges: Sequence[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    incoming: list[list[int]] = [[] for _ in range(size)]
    outgoing: list[list[int]] = [[] for _ in range(size)]
    for source, destination in edges:
        incoming[destination].append(source)
        outgoing[source].append(destination)
    return incoming, outgoing


def _topological(incoming: list[list[int]], outgoing: list[list[int]]) -> list[int]:
    waiting_for = [len(sources) for sources in incoming]
    order = [node for node, count in enumerate(waiting_for) if not count]
    for node in order:
        for following in outgoing[node]:
            waiting_for[following] -= 1
            if not waiting_for[following]:
                order.append(following)
    return order
