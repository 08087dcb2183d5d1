"""Nodes column by column, with a waypoint in every column that an edge passes through.

Waypoints are numbered on from the nodes. After that every edge leads from one column to the next,
and ordering and alignment need to know nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .cycles import Edge

# A few edges across thousands of columns would cost more waypoints than the graph has nodes; such
# edges go straight from end to end, the longest of them first.
_WAYPOINTS_PER_NODE = 4
_WAYPOINTS_AT_LEAST = 4_000


@dataclass(frozen=True)
class Layers:
    """A graph whose edges all lead one column on.

    Attributes:
        nodes: how many nodes there are; larger numbers are waypoints.
        columns: what stands in each column, from the top.
        left: of each node and waypoint, what it is joined to in the column before.
        right: the same in the column after.
        chains: the waypoints of each edge, in the order of the edges.
    """

    nodes: int
    columns: list[list[int]]
    left: list[list[int]]
    right: list[list[int]]
    chains: list[tuple[int, ...]]

    @property
    def size(self) -> int:
        """How many nodes and waypoints there are."""
        return len(self.left)


def layered(rank: Sequence[int], edges: Sequence[Edge]) -> Layers:
    """Put nodes into their columns and waypoints on their edges."""
    nodes = len(rank)
    columns: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for node, column in enumerate(rank):
        columns[column].append(node)
    left: list[list[int]] = [[] for _ in range(nodes)]
    right: list[list[int]] = [[] for _ in range(nodes)]
    longest = _longest(rank, edges)
    chains = []
    for source, destination in edges:
        span = rank[destination] - rank[source]
        chain = tuple(range(len(left), len(left) + span - 1)) if span <= longest else ()
        for column, waypoint in enumerate(chain, rank[source] + 1):
            columns[column].append(waypoint)
            left.append([])
            right.append([])
        if chain or span == 1:
            for one, next in pairwise((source, *chain, destination)):
                right[one].append(next)
                left[next].append(one)
        chains.append(chain)
    return Layers(nodes, columns, left, right, chains)


def _longest(rank: Sequence[int], edges: Sequence[Edge]) -> int:
    """The longest span that still gets waypoints, within what they may cost altogether."""
    allowed = max(_WAYPOINTS_AT_LEAST, _WAYPOINTS_PER_NODE * len(rank))
    longest = 1
    spans = Counter(rank[destination] - rank[source] for source, destination in edges)
    for span in sorted(spans):
        allowed -= (span - 1) * spans[span]
        if allowed < 0:
            return longest
        longest = span
    return longest
