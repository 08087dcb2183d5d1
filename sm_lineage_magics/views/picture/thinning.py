"""Edges that say nothing of what reaches what: a longer way shows it as well.

>>> shortcuts([("raw", "clean"), ("clean", "model"), ("raw", "model")])
{('raw', 'model')}

A crowded picture leaves those of its groups out, and says how many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import TopologicalSorter

from .layout import Pair
from .layout.cycles import back_edges


def shortcuts(pairs: Collection[Pair]) -> set[Pair]:
    """The pairs without any or all of which everything reaches what it reached.

    They are what a transitive reduction leaves out (Aho, Garey and Ullman, 1972) once every cycle
    is cut; what cuts it is none of them, so that ways round and round are kept as well.
    """
    straight = [pair for pair in pairs if pair[0] != pair[1]]
    ids = dict.fromkeys(end for pair in straight for end in pair)
    number = {id: at for at, id in enumerate(ids)}
    edges = [(number[source], number[destination]) for source, destination in straight]
    back = back_edges(len(number), edges)
    beyond: dict[int, list[int]] = {node: [] for node in number.values()}
    for at, (source, destination) in enumerate(edges):
        if at not in back:
            beyond[source].append(destination)
    further = _further(beyond)
    return {
        straight[at]
        for at, (source, destination) in enumerate(edges)
        if at not in back and further[source] >> destination & 1
    }


def _further(beyond: Mapping[int, Collection[int]]) -> dict[int, int]:
    """Of each node what it reaches in two steps or more: a number with the bit of each set."""
    # Sets of what thousands of nodes reach would be as many as there are pairs of them.
    further: dict[int, int] = {}
    reached: dict[int, int] = {}
    for node in TopologicalSorter(beyond).static_order():
        further[node], reached[node] = 0, 0
        for following in beyond[node]:
            further[node] |= reached[following]
            reached[node] |= reached[following] | 1 << following
    return further
