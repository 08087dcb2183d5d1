"""A picture as cytoscape's elements: plain dictionaries, nothing of a widget in them.

>>> [element["data"]["id"] for element in nodes_of(picture)]
['arn:aws:sagemaker:…', …]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from sm_lineage_magics.views.picture import Edge, Node, Picture, Stub
from sm_lineage_magics.views.picture.layout import Point
from sm_lineage_magics.views.svg.elements import breadth, name_height
from sm_lineage_magics.views.svg.tile import tile

Element = Mapping[str, Any]

# The height of a name's letters, in pixels.
LETTERS = 12


@dataclass(frozen=True)
class Light:
    """What a person has brought forward in a picture, by id.

    Attributes:
        way: on the way to what was clicked; when there is any, the rest stands back.
        hits: what a search has found.
        chosen: what was clicked.
    """

    way: Collection[str] = ()
    hits: Collection[str] = ()
    chosen: str | None = None


DARK = Light()


def nodes_of(picture: Picture, light: Light = DARK) -> list[Element]:
    """Nodes and stubs, with their classes."""
    nodes = [_node(node, light) for node in picture.nodes]
    return nodes + [_stub(stub) for stub in picture.stubs]


def edges_of(picture: Picture, light: Light = DARK) -> list[Element]:
    """Edges, bent as the picture routes them."""
    places = {each.id: each for each in _placed(picture)}
    return [
        _edge(edge, (places[edge.source], places[edge.destination]), light.way)
        for edge in picture.edges
        if edge.source in places and edge.destination in places
    ]


def positions_of(picture: Picture) -> Mapping[str, Mapping[str, float]]:
    """Where everything is, as cytoscape's `preset` layout wants it."""
    return {each.id: {"x": each.centre.x, "y": each.centre.y} for each in _placed(picture)}


def edge_id(source: str, destination: str) -> str:
    """The id of an edge; a blank is in no ARN, so no two pairs share one."""
    return f"{source} {destination}"


def _placed(picture: Picture) -> tuple[Node | Stub, ...]:
    return (*picture.nodes, *picture.stubs)


def _node(node: Node, light: Light) -> Element:
    data = {
        "id": node.id,
        "label": "\n".join(node.lines),
        "height": node.size.height,
        "above": name_height(node),
        "image": tile(node),
        **_letters(node),
    }
    return {"data": data, "classes": " ".join(_classes(node, light))}


def _letters(node: Node) -> dict[str, float]:
    """How high the letters of a name are, where the usual ones would not stay within its shape."""
    broad = max(map(breadth, node.lines), default=0)
    return {"letters": round(LETTERS * 116 / broad, 1)} if broad > 116 else {}


def _classes(node: Node, light: Light) -> Iterator[str]:
    if node.id == light.chosen:
        yield "chosen"
    elif node.id in light.hits:
        yield "hit"
    elif node.faded or (light.way and node.id not in light.way):
        yield "faded"


def _stub(stub: Stub) -> Element:
    data = {
        "id": stub.id,
        "label": "\n".join(stub.lines),
        "height": stub.size.height,
    }
    return {"data": data, "classes": "stub"}


def _edge(edge: Edge, ends: tuple[Node | Stub, Node | Stub], lit: Collection[str]) -> Element:
    data = {
        "id": edge_id(edge.source, edge.destination),
        "source": edge.source,
        "target": edge.destination,
        **_bends(edge.route, ends),
    }
    on_the_way = edge.source in lit and edge.destination in lit
    classes = [f"type-{edge.type or 'untyped'}", *_light(on_the_way, bool(lit))]
    classes += ["bent"] * ("weights" in data) + ["missing"] * edge.missing
    classes += [f"mark-{edge.mark}"] * bool(edge.mark) + ["faded"] * edge.faded
    return {"data": data, "classes": " ".join(classes)}


def _light(is_lit: bool, any_lit: bool) -> list[str]:
    if not any_lit:
        return []
    return ["lit"] if is_lit else ["faded"]


def _bends(route: tuple[Point, ...], ends: tuple[Node | Stub, Node | Stub]) -> dict[str, Any]:
    """The points between, as cytoscape measures them: along and beside the line of the middles.

    Cytoscape draws the curve through the middles between control points, so two of them, level
    with the ends, make the picture's own bend from one column to the next.
    """
    if len(route) < 2:
        return {}
    # Both ends of every bend as well, so that what lies between two bends stays level.
    bends = [point for one, two in _pairs(route) for point in (one, *_controls(one, two), two)]
    controls = bends[1:-1]
    start, end = (each.centre for each in ends)
    length = hypot(end.x - start.x, end.y - start.y)
    if length < 1 or all(abs(_beside(p, start, end, length)) < 0.5 for p in controls):
        return {}
    return {
        "weights": [round(_along(p, start, end, length), 4) for p in controls],
        "distances": [round(_beside(p, start, end, length), 2) for p in controls],
        "leaves": _border(route[0], ends[0]),
        "arrives": _border(route[-1], ends[1]),
    }


def _pairs(route: tuple[Point, ...]) -> Iterable[tuple[Point, Point]]:
    """The stretches on which the edge curves; between them it runs level."""
    return zip(route[::2], route[1::2], strict=False)


def _controls(start: Point, end: Point) -> tuple[Point, Point]:
    middle = (start.x + end.x) / 2
    return Point(middle, start.y), Point(middle, end.y)


def _along(point: Point, start: Point, end: Point, length: float) -> float:
    across = (point.x - start.x) * (end.x - start.x) + (point.y - start.y) * (end.y - start.y)
    return across / length**2


def _beside(point: Point, start: Point, end: Point, length: float) -> float:
    cross = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
    return cross / length


def _border(point: Point, node: Node | Stub) -> str:
    """An end of an edge as pixels from the middle of its node."""
    return f"{point.x - node.centre.x:.1f}px {point.y - node.centre.y:.1f}px"
