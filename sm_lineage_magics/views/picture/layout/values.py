"""What a layout is told and what it answers: sizes in, points out, in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Size(NamedTuple):
    """How much room a node takes."""

    width: float
    height: float


Pair = tuple[str, str]


@dataclass(frozen=True)
class Spacing:
    """Room between things.

    Attributes:
        column: between two columns, at least.
        widest: between two columns that many steep edges part, at most.
        row: between two nodes of one column.
        edge: between an edge that passes through a column and what is next to it.
        component: between parts of a graph that have nothing to do with each other.
    """

    column: float = 36
    widest: float = 76
    row: float = 14
    edge: float = 7
    component: float = 28


@dataclass(frozen=True)
class Layout:
    """Where everything goes.

    Attributes:
        positions: node → its centre.
        routes: (source, destination) → the points its edge goes through, from the border of the
            one to the border of the other. Between an odd point and the even one after it the
            edge curves; between an even and an odd one it runs level, past the nodes of a column.
        left: where the drawing begins; 0 unless it grew to the left of what was there.
        top: the same, upwards.
        right: where it ends.
        bottom: the same, downwards.
    """

    positions: Mapping[str, Point] = field(default_factory=dict)
    routes: Mapping[Pair, tuple[Point, ...]] = field(default_factory=dict)
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    @property
    def width(self) -> float:
        """From the left to the right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The middle between left and right, top and bottom."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def moved(self, x: float, y: float) -> Layout:
        """The same drawing, further right by `x` and down by `y`."""
        if not x and not y:
            return self
        return Layout(
            MappingProxyType({n: Point(p.x + x, p.y + y) for n, p in self.positions.items()}),
            MappingProxyType(
                {
                    pair: tuple(Point(p.x + x, p.y + y) for p in route)
                    for pair, route in self.routes.items()
                }
            ),
            self.left + x,
            self.top + y,
            self.right + x,
            self.bottom + y,
        )


def joined(layouts: Iterable[Layout]) -> Layout:
    """Drawings that do not overlap as one."""
    parts = tuple(layouts)
    return Layout(
        MappingProxyType({n: p for part in parts for n, p in part.positions.items()}),
        MappingProxyType({n: p for part in parts for n, p in part.routes.items()}),
        min((part.left for part in parts), default=0),
        min((part.top for part in parts), default=0),
        max((part.right for part in parts), default=0),
        max((part.bottom for part in parts), default=0),
    )
