"""What stands behind a node's name as an image, for canvases that place images and write names.

Nodes of one kind share an image: for every other one the browser makes a page of its own.

>>> tile(node).startswith("data:image/svg+xml;base64,")
True

As an image, an SVG runs nothing and loads nothing, whoever gave the names in it.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

from ..picture import Node
from ..picture.layout import Point
from .document import FONT
from .elements import nameless
from .shapes import number

# Room around a node for its rings, its badge, and the stack of a group.
MARGIN = 14.0


def tile(node: Node) -> str:
    """The node but for its name, as a data URI; `MARGIN` wider than the node on every side."""
    width, height = (side + 2 * MARGIN for side in (node.size.width, node.size.height))
    drawn = replace(node, centre=Point(width / 2, height / 2))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}"'
        f' height="{number(height)}" font-family="{FONT}" font-size="12">{nameless(drawn)}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
