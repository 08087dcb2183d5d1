"""Which edges to turn round so that no cycle is left: lineage has none, until somebody makes one.

>>> back_edges(3, [(0, 1), (1, 2), (2, 0)])
{2}
"""

from __future__ import annotations

from collections.abc import Sequence

Edge = tuple[int, int]


def back_edges(size: int, edges: Sequence[Edge]) -> set[int]:
    """Indexes of the edges that lead back, as a depth-first search from the sources meets them.

    Nodes are 0 to `size`; edges from a node to itself must have been left out.
    """
    outgoing = _outgoing(size, edges)
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


def _outgoing(size: int, edges: Sequence[Edge]) -> list[list[tuple[int, int]]]:
    outgoing: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for index, (source, destination) in enumerate(edges):
        outgoing[source].append((index, destination))
    return outgoing
