"""What of a picture lies under the pointer, told by the id its element has on the canvas.

>>> title(picture, model.arn)
'churn · model'
"""

from __future__ import annotations

from collections.abc import Iterator

from sm_lineage_magics.model import Direction
from sm_lineage_magics.views.picture import Node, Picture, Stub
from sm_lineage_magics.views.picture.features import Feature
from sm_lineage_magics.views.picture.grouping import Group


def drawn_as(picture: Picture, id: str) -> Group | Feature | None:
    """The group or feature of an id; None for entities and stubs."""
    several: tuple[Group | Feature, ...] = (*picture.groups, *picture.features)
    return next((each for each in several if each.id == id), None)


def title(picture: Picture, id: str) -> str:
    """What a node or stub is in full: shapes have room for a part of it."""
    drawn: tuple[Node | Stub, ...] = (*picture.nodes, *picture.stubs)
    text = next((each.title for each in drawn if each.id == id), "")
    return " · ".join(text.split("\n")[:2])


def hangs_on(picture: Picture, stub: str) -> Iterator[tuple[str, Direction]]:
    """What a stub is joined to, and on which side of that it is."""
    for edge in picture.edges:
        if edge.source == stub:
            yield edge.destination, "upstream"
        elif edge.destination == stub:
            yield edge.source, "downstream"
