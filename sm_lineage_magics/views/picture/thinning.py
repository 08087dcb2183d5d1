"""Edges that say nothing of what reaches what: a longer way shows it as well.

>>> shortcuts([("raw", "clean"), ("clean", "model"), ("raw", "model")])
{('raw', 'model')}

A crowded picture leaves those of its groups out, and says how many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import TopologicalSorter

from .layout import Pair
from .layout.cycles import knots


def shortcuts(pairs: Collection[Pair]) -> set[Pair]:
    """The pairs without any or all of which everything reaches what it reached.

    They are what a transitive reduction leaves out (Aho, Garey and Ullman, 1972), with every knot
    of cycles taken as one node: what joins the nodes of a knot stays.
    """
    number = {id: at for at, id in enumerate(dict.fromkeys(end for pair in pairs for end in pair))}
    knot = knots(len(number), [(number[source], number[end]) for source, end in pairs])
    ends = {pair: (knot[number[pair[0]]], knot[number[pair[1]]]) for pair in pairs}
    beyond: dict[int, set[int]] = {each: set() for each in knot}
    for source, end in ends.values():
        if source != end:
            beyond[source].add(end)
    longer = _further(beyond)
    return {pair for pair, (source, end) in ends.items() if longer[source] >> end & 1}


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
