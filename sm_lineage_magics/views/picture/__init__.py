"""What every drawing of an answer shows and where: grouped, named, laid out; drawn by none yet.

>>> picture_of(answer).nodes
(Node(…), …)

`grouping` makes a large answer small, `missing` finds places for its gaps, `sketch` names what is
left, `layout` places it and `compose` puts all of that together.
"""

from .compose import picture_of
from .values import NODE_WIDTH, PLAIN, Drawing, Edge, Node, Picture, Stub

__all__ = ["NODE_WIDTH", "PLAIN", "Drawing", "Edge", "Node", "Picture", "Stub", "picture_of"]
