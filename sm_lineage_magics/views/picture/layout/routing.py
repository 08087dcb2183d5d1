"""The way of each edge: level past the nodes of a column, curving only between columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .values import Point, Size

# Two edges between the same two nodes, one to and one fro, run this far apart.
_ASIDE = 6.0


@dataclass(frozen=True)
class Grid:
    """Where columns and everything in them came to stand.

    Attributes:
        centres: the middle of each column.
        widths: of each column.
        rank: node or waypoint → its column.
        heights: node or waypoint → how far down its centre is.
        sizes: node → its size.
    """

    centres: Sequence[float]
    widths: Sequence[float]
    rank: Sequence[int]
    heights: Sequence[float]
    sizes: Sequence[Size]

    def centre(self, node: int) -> Point:
        """The centre of a node."""
        return Point(self.centres[self.rank[node]], self.heights[node])

    def route(self, source: int, destination: int, waypoints: Sequence[int]) -> tuple[Point, ...]:
        """From the right side of `source` to the left side of `destination`."""
        start, end = self.centre(source), self.centre(destination)
        points = [Point(start.x + self.sizes[source].width / 2, start.y)]
        points.append(Point(self._side(source, 1), start.y))
        for waypoint in waypoints:
            points.append(Point(self._side(waypoint, -1), self.heights[waypoint]))
            points.append(Point(self._side(waypoint, 1), self.heights[waypoint]))
        points.append(Point(self._side(destination, -1), end.y))
        points.append(Point(end.x - self.sizes[destination].width / 2, end.y))
        return tuple(points)

    def loop(self, node: int) -> tuple[Point, ...]:
        """Out of the right side, over the top, and in again at the left."""
        centre, size = self.centre(node), self.sizes[node]
        right, top = centre.x + size.width / 2, centre.y - size.height / 2
        return (
            Point(right - 26, top),
            Point(right - 26, top - 10),
            Point(right - 8, top - 10),
            Point(right - 8, top),
        )

    def _side(self, node: int, sign: int) -> float:
        column = self.rank[node]
        return self.centres[column] + sign * self.widths[column] / 2


def aside(route: Sequence[Point]) -> tuple[Point, ...]:
    """The same way, a little lower, for the second edge between two nodes."""
    return tuple(Point(point.x, point.y + _ASIDE) for point in route)
