"""Parts of a picture as images, for canvases that place images and write names.

Nodes of one kind share an image, and all lines are one: for every other image the browser makes a
page of its own.

>>> tile(node).startswith("data:image/svg+xml;base64,")
True

As an image, an SVG runs nothing and loads nothing, whoever gave the names in it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace

from ..picture import Edge, Node
from ..picture.layout import Layout, Point, Size
from .document import FONT
from .elements import arrow_heads, nameless, wordless
from .shapes import number

# Room around a node for its rings, its badge, and the stack of a group.
MARGIN = 14.0
# Room around a layout for the breadth of a line on its border.
_BREADTH = 4.0


def tile(node: Node) -> str:
    """The node but for its name, as a data URI; `MARGIN` wider than the node on every side."""
    size = _wider(node.size, MARGIN)
    drawn = replace(node, centre=Point(size.width / 2, size.height / 2))
    return _image(Point(0, 0), size, nameless(drawn))


def lines(edges: Iterable[Edge], layout: Layout) -> str:
    """The edges where the layout has them, as a data URI of the size `sheet(layout)`."""
    drawn = "".join(wordless(edge, "to") for edge in edges)
    corner = Point(layout.left - _BREADTH, layout.top - _BREADTH)
    return _image(corner, sheet(layout), f"<defs>{arrow_heads('to')}</defs>{drawn}")


def sheet(layout: Layout) -> Size:
    """How large the image of a layout's lines is; its middle is the layout's."""
    return _wider(Size(layout.width, layout.height), _BREADTH)


def _wider(size: Size, margin: float) -> Size:
    return Size(size.width + 2 * margin, size.height + 2 * margin)


def _image(corner: Point, size: Size, content: str) -> str:
    box = " ".join(map(number, (*corner, *size)))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{number(size.width)}"'
        f' height="{number(size.height)}" font-family="{FONT}" font-size="12">{content}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
