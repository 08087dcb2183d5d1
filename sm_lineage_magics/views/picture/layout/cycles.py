"""Which edges to turn round so that no cycle is left: lineage has none, until somebody makes one.

>>> back_edges(3, [(0, 1), (1, 2), (2, 0)])
{2}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

Edge = tuple[int, int]


_NONE: Mapping[int, int] = MappingProxyType({})


def back_edges(size: int, edges: Sequence[Edge], level: Mapping[int, int] = _NONE) -> set[int]:
    """Indexes of the edges to turn.

    Within a cycle those that lead against `level` (node → how far with the data it is known to
    be); of what cycles are left then, those that a depth-first search from the sources meets last.
    Nodes are 0 to `size`; edges from a node to itself must have been left out.
    """
    back = _against(size, edges, level) if level else set()
    outgoing = _outgoing(
        size, [edge[::-1] if at in back else edge for at, edge in enumerate(edges)]
    )
    turned = _met_last(size, edges, outgoing)
    return back ^ turned


def _against(size: int, edges: Sequence[Edge], level: Mapping[int, int]) -> set[int]:
    back = _met_last(size, edges, _outgoing(size, edges))
    if not back:
        return back
    knot = knots(size, edges)
    return {
        at
        for at, (source, destination) in enumerate(edges)
        if knot[source] == knot[destination] and level.get(source, 0) > level.get(destination, 0)
    }


def _met_last(size: int, edges: Sequence[Edge], outgoing: list[list[tuple[int, int]]]) -> set[int]:
    fed = {destination for _, destination in edges}
    back: set[int] = set()
    # 0: not met yet; 1: on the way from the start to here; 2: done with.
    state = bytearray(size)
    for start in sorted(range(size), key=fed.__contains__):
        if not state[start]:
            _search(start, outgoing, state, back)
    return back


def _search(
    start: int, outgoing: list[list[tuple[int, int]]], state: bytearray, back: set[int]
) -> None:
    state[start] = 1
    way = [(start, iter(outgoing[start]))]
    while way:
        node, rest = way[-1]
        for edge, following in rest:
            if state[following] == 1:
                back.add(edge)
            elif state[following] == 0:
                state[following] = 1
                way.append((following, iter(outgoing[following])))
                break
        else:
            state[node] = 2
            way.pop()


def knots(size: int, edges: Sequence[Edge]) -> list[int]:
    """The strongly connected component of each node, by Tarjan's method, without recursion."""
    outgoing = _outgoing(size, edges)
    found: dict[int, int] = {}
    lowest: dict[int, int] = {}
    knot = [-1] * size
    open: list[int] = []
    for start in range(size):
        way = [(start, iter(outgoing[start]))] if start not in found else []
        while way:
            node, rest = way[-1]
            if node not in found:
                found[node] = lowest[node] = len(found)
                open.append(node)
            for _, following in rest:
                if following not in found:
                    way.append((following, iter(outgoing[following])))
                    break
                if knot[following] < 0:
                    lowest[node] = min(lowest[node], lowest[following])
            else:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[node])
                if lowest[node] == found[node]:
                    _close(node, open, knot)
    return knot


def _close(node: int, open: list[int], knot: list[int]) -> None:
    while knot[node] < 0:
        knot[open.pop()] = node


def _outgoing(size: int, edges: Sequence[Edge]) -> list[list[tuple[int, int]]]:
    outgoing: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for index, (source, destination) in enumerate(edges):
        outgoing[source].append((index, destination))
    return outgoing
