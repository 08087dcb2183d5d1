"""The layout itself: the steps in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from .alignment import Gap, align
from .anchoring import anchor
from .columns import anchored_centres, column_centres, column_widths, columns_of
from .cycles import Edge, back_edges
from .layers import Layers, layered
from .ordering import order
from .packing import cleared, components, packed, single
from .ranks import ranks
from .routing import Grid, aside
from .values import Layout, Pair, Point, Size, Spacing, joined

_NOWHERE: Mapping[str, Point] = MappingProxyType({})
_NO_LEVEL: Mapping[str, int] = MappingProxyType({})


def lay_out(
    sizes: Mapping[str, Size],
    links: Iterable[Pair],
    before: Mapping[str, Point] = _NOWHERE,
    spacing: Spacing = Spacing(),  # noqa: B008  (frozen)
    level: Mapping[str, int] = _NO_LEVEL,
) -> Layout:
    """Find a place for every node and a way for every link.

    Args:
        sizes: node → its size; their order breaks ties.
        links: pairs of nodes, in the data's direction; what leads from or to elsewhere is left out.
        before: node → where it was drawn; it stays there, or as near as what is new allows.
        spacing: room between things.
        level: node → how far with the data it is known to be; cycles are cut by it.
    """
    given = _Given(sizes, before, spacing, level)
    there = [pair for pair in dict.fromkeys(links) if pair[0] in sizes and pair[1] in sizes]
    parts = list(components(sizes, there))
    part_of = {node: part[0] for part in parts for node in part}
    within: dict[str, list[Pair]] = {part[0]: [] for part in parts}
    for pair in there:
        within[part_of[pair[0]]].append(pair)
    old: list[Layout] = []
    new: list[Layout] = []
    for part in parts:
        side = old if any(node in before for node in part) else new
        side.append(_part(part, within[part[0]], given))
    if not old:
        return packed(new, spacing)
    kept = joined(cleared(old, spacing))
    beneath = packed(new, spacing).moved(kept.left, kept.bottom + spacing.component)
    return joined((kept, beneath)) if new else kept


@dataclass(frozen=True)
class _Given:
    """What holds for every part of the graph."""

    sizes: Mapping[str, Size]
    before: Mapping[str, Point]
    spacing: Spacing
    level: Mapping[str, int]


def _part(nodes: Sequence[str], links: Sequence[Pair], given: _Given) -> Layout:
    if links:
        return _component(nodes, links, given)
    (node,) = nodes
    alone = single(node, given.sizes[node])
    middle = alone.positions[node]
    at = given.before.get(node, middle)
    return alone.moved(at.x - middle.x, at.y - middle.y)


def _component(nodes: Sequence[str], links: Sequence[Pair], given: _Given) -> Layout:
    spacing = given.spacing
    before = {node: given.before[node] for node in nodes if node in given.before}
    graph = _Numbered.of(nodes, links, given)
    places = {graph.number[node]: point for node, point in before.items()}
    rank = ranks(len(nodes), graph.edges, columns_of(places, spacing))
    layers = layered(rank, graph.edges)
    tops = {node: point.y for node, point in places.items()}
    order(layers, tops)
    gap = _gap(layers, graph.sizes, spacing)
    heights = align(layers, gap)
    widths = column_widths(layers, [size.width for size in graph.sizes])
    if before:
        heights = anchor(layers, heights, tops, gap)
        lefts = {rank[node]: point.x for node, point in places.items()}
        centres = anchored_centres(widths, lefts, spacing)
    else:
        centres = column_centres(layers, widths, heights, spacing)
    drawn = graph.drawn(Grid(centres, widths, _columns(layers), heights, graph.sizes), layers)
    return drawn if before else drawn.moved(-drawn.left, -drawn.top)


@dataclass(frozen=True)
class _Numbered:
    """A component by numbers, its edges without loops and turned so that none leads back."""

    nodes: Sequence[str]
    number: Mapping[str, int]
    sizes: Sequence[Size]
    links: Sequence[Pair]
    edges: Sequence[Edge]
    back: frozenset[int]

    @classmethod
    def of(cls, nodes: Sequence[str], links: Sequence[Pair], given: _Given) -> _Numbered:
        number = {node: index for index, node in enumerate(nodes)}
        straight = [pair for pair in links if pair[0] != pair[1]]
        edges = [(number[source], number[destination]) for source, destination in straight]
        level = {number[node]: given.level[node] for node in nodes if node in given.level}
        back = back_edges(len(nodes), edges, level)
        turned = [edge[::-1] if at in back else edge for at, edge in enumerate(edges)]
        loops = [pair for pair in links if pair[0] == pair[1]]
        return cls(
            nodes,
            number,
            [given.sizes[node] for node in nodes],
            [*straight, *loops],
            turned,
            frozenset(back),
        )

    def drawn(self, grid: Grid, layers: Layers) -> Layout:
        """Names again instead of numbers."""
        positions = {node: grid.centre(at) for at, node in enumerate(self.nodes)}
        routes = dict(zip(self.links, self._routes(grid, layers), strict=False))
        for node in (source for source, destination in self.links if source == destination):
            routes[node, node] = grid.loop(self.number[node])
        return _boxed(positions, routes, dict(zip(self.nodes, self.sizes, strict=True)))

    def _routes(self, grid: Grid, layers: Layers) -> Iterable[tuple[Point, ...]]:
        met: set[Edge] = set()
        for at, (edge, chain) in enumerate(zip(self.edges, layers.chains, strict=True)):
            route = grid.route(*edge, chain)
            route = aside(route) if edge in met else route
            met.add(edge)
            yield route[::-1] if at in self.back else route


def _boxed(
    positions: Mapping[str, Point],
    routes: Mapping[Pair, tuple[Point, ...]],
    sizes: Mapping[str, Size],
) -> Layout:
    corners = [
        (point.x + sign * sizes[node].width / 2, point.y + sign * sizes[node].height / 2)
        for node, point in positions.items()
        for sign in (-1, 1)
    ]
    corners += [point for route in routes.values() for point in route]
    left, top = (min(each) for each in zip(*corners, strict=True))
    right, bottom = (max(each) for each in zip(*corners, strict=True))
    return Layout(positions, routes, left, top, right, bottom)


def _gap(layers: Layers, sizes: Sequence[Size], spacing: Spacing) -> Gap:
    half = [size.height / 2 for size in sizes] + [0.0] * (layers.size - layers.nodes)

    def gap(upper: int, lower: int) -> float:
        both = upper < layers.nodes and lower < layers.nodes
        return half[upper] + half[lower] + (spacing.row if both else spacing.edge)

    return gap


def _columns(layers: Layers) -> list[int]:
    column_of = [0] * layers.size
    for index, column in enumerate(layers.columns):
        for node in column:
            column_of[node] = index
    return column_of
