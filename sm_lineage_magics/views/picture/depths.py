"""How deep in the flow of data things lie: by the longest way, where hops go by the shortest.

>>> depths(["raw", "clean", "model"], [("raw", "clean"), ("clean", "model"), ("raw", "model")])
{'raw': 0, 'clean': 1, 'model': 2}

What is of one depth never feeds what is of the same or a lesser one, unless there is a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from .layout import Pair


def depths(nodes: Iterable[str], links: Iterable[Pair]) -> dict[str, int]:
    """How many links the longest way among `nodes` has that leads to each.

    Args:
        nodes: a cycle is entered at what comes first of it.
        links: those with an end elsewhere are left out.
    """
    depth = dict.fromkeys(nodes, 0)
    onward: dict[str, list[str]] = {}
    waiting_for = dict(depth)
    for source, destination in links:
        if source in depth and destination in depth and source != destination:
            onward.setdefault(source, []).append(destination)
            waiting_for[destination] += 1
    _deepen(depth, onward, waiting_for)
    return depth


def _deepen(
    depth: dict[str, int], onward: Mapping[str, list[str]], waiting_for: dict[str, int]
) -> None:
    """Take every node once all that leads to it is taken; where none is left, the next by order."""
    taken: set[str] = set()
    free = [node for node, number in waiting_for.items() if not number]
    for ready in chain((free,), ([node] for node in depth if node not in taken)):
        for node in ready:
            taken.add(node)
            for following in onward.get(node, ()):
                if following not in taken:
                    depth[following] = max(depth[following], depth[node] + 1)
                    waiting_for[following] -= 1
                    if not waiting_for[following]:
                        ready.append(following)
