"""Nodes column by column, with a waypoint in every column that an edge passes through.

Waypoints are numbered on from the nodes. After that every edge leads from one column to the next,
and ordering and alignment need to know nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, islice, pairwise

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
    chains = _chains(rank, edges)
    columns = _columns(rank, edges, chains)
    size = len(rank) + sum(map(len, chains))
    left: list[list[int]] = [[] for _ in range(size)]
    right: list[list[int]] = [[] for _ in range(size)]
    for (source, destination), chain in zip(edges, chains, strict=True):
        # What gets no waypoints, though it passes through columns, is joined to nothing.
        if chain or rank[destination] - rank[source] == 1:
            for one, following in pairwise((source, *chain, destination)):
                right[one].append(following)
                left[following].append(one)
    return Layers(len(rank), columns, left, right, chains)


def _chains(rank: Sequence[int], edges: Sequence[Edge]) -> list[tuple[int, ...]]:
    """The waypoints of each edge, one in each column between its ends; none if it is too long."""
    longest, numbers = _longest(rank, edges), count(len(rank))
    spans = (rank[destination] - rank[source] for source, destination in edges)
    return [tuple(islice(numbers, span - 1)) if 1 < span <= longest else () for span in spans]


def _columns(
    rank: Sequence[int], edges: Sequence[Edge], chains: Sequence[tuple[int, ...]]
) -> list[list[int]]:
    columns: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for node, column in enumerate(rank):
        columns[column].append(node)
    for (source, _), chain in zip(edges, chains, strict=True):
        for column, waypoint in enumerate(chain, rank[source] + 1):
            columns[column].append(waypoint)
    return columns


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
