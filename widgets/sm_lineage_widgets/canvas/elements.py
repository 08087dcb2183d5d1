"""A picture as cytoscape's elements: plain dictionaries, nothing of a widget in them.

>>> [element["data"]["id"] for element in elements_of(picture)]
['all lines', 'arn:aws:sagemaker:…', …]

The lines are not elements of their own but one image: they do not move without the picture, nothing
is asked of one of them, and the page waits for every element there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sm_lineage_magics.views.picture import Edge, Node, Picture, Stub
from sm_lineage_magics.views.picture.layout import Layout
from sm_lineage_magics.views.svg.elements import breadth, name_height
from sm_lineage_magics.views.svg.images import lines, sheet, tile

Element = Mapping[str, Any]

# The height of a name's letters, in pixels.
LETTERS = 12

# The ids of the images of lines; a blank is in no ARN.
LINES, LIT = "all lines", "lit lines"


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


def elements_of(picture: Picture, light: Light = DARK) -> list[Element]:
    """Lines, nodes and stubs, with their classes."""
    return [
        *_lines(picture, light.way),
        *(_node(node, light) for node in picture.nodes),
        *map(_stub, picture.stubs),
    ]


def positions_of(picture: Picture) -> Mapping[str, Mapping[str, float]]:
    """Where everything is, as cytoscape's `preset` layout wants it."""
    placed: tuple[Node | Stub, ...] = (*picture.nodes, *picture.stubs)
    places = dict.fromkeys((LINES, LIT), picture.layout.centre)
    places |= {each.id: each.centre for each in placed}
    return {id: {"x": place.x, "y": place.y} for id, place in places.items()}


def _lines(picture: Picture, way: Collection[str]) -> Iterator[Element]:
    """All lines as one image, and over them, as another, those on the way."""
    if picture.edges:
        yield _sheet(LINES, picture.edges, picture.layout, "faded" if way else "")
    lit = [
        replace(edge, mark="path", faded=False)
        for edge in picture.edges
        if edge.source in way and edge.destination in way
    ]
    if lit:
        yield _sheet(LIT, lit, picture.layout)


def _sheet(id: str, edges: Iterable[Edge], layout: Layout, classes: str = "") -> Element:
    size = sheet(layout)
    data = {
        "id": id,
        # Nothing is written on it, but every node is asked what is.
        "label": "",
        "width": size.width,
        "height": size.height,
        "image": lines(edges, layout),
    }
    return {"data": data, "classes": f"lines {classes}".rstrip()}


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
        yield "chosen asked" if node.focus else "chosen"
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
