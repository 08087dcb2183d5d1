"""An answer as the two CSV files of Neptune's bulk loader, in its Gremlin format.

>>> sorted(neptune(answer))
['edges.csv', 'vertices.csv']

Vertices are labelled with their kind and role, edges with the association's type. Gaps are
vertices labelled `Gap`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Answer, Entity, role_of
from ...model.serial import time_to_text
from ..csv import written
from ..words import one_line

_VERTEX = (
    "~id",
    "~label",
    "name:String",
    "type:String",
    "status:String",
    "source_uri:String",
    "created:Date",
    "created_by:String",
    "properties:String",
)
_EDGE = ("~id", "~from", "~to", "~label")


def neptune(answer: Answer) -> dict[str, str]:
    """File name → content."""
    vertices = [*map(_vertex, answer.graph.entities.values()), *_gaps(answer)]
    return {
        "vertices.csv": written((_VERTEX, *vertices)),
        "edges.csv": written((_EDGE, *_edges(answer))),
    }


def _vertex(entity: Entity) -> tuple[str, ...]:
    import json

    return (
        entity.arn,
        f"{entity.kind};{role_of(entity)}",  # the loader takes several labels parted by ;
        one_line(entity.label),
        one_line(entity.type),
        one_line(entity.status or ""),
        one_line(entity.source_uri),
        time_to_text(entity.created) if entity.created else "",
        one_line(entity.created_by or ""),
        json.dumps(dict(entity.properties), sort_keys=True) if entity.properties else "",
    )


def _edges(answer: Answer) -> Iterator[tuple[str, ...]]:
    known = answer.graph
    for edge in known.associations:
        # The loader refuses edges to vertices that are not there; those are among the gaps.
        if edge.source in known and edge.destination in known:
            yield (f"{edge.source}->{edge.destination}", *edge.pair, edge.type or "LinkedTo")


def _gaps(answer: Answer) -> Iterator[tuple[str, ...]]:
    for number, gap in enumerate(answer.gaps):
        where = one_line(gap.where)
        yield (f"gap-{number}", "Gap", gap.kind, "", "", where, "", "", one_line(gap.why))
