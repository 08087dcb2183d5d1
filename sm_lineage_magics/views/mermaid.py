"""An answer as a Mermaid flowchart, left to right with the data.

>>> print(mermaid(answer))
flowchart LR
  n0["orders.csv<br/>data set"]:::dataset
  …
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answer, Association, Entity, role_of
from . import escape
from .naming import gap_lines, title_of, what_is
from .words import shortened


def mermaid(answer: Answer) -> str:
    """The whole graph as a flowchart; gaps are dashed boxes."""
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    ids = {arn: f"n{number}" for number, arn in enumerate(answer.graph.entities)}
    yield "flowchart LR"
    yield f"  accTitle: {escape.mermaid(title_of(answer))}"
    for arn, entity in answer.graph.entities.items():
        yield f"  {ids[arn]}{_box(entity)}:::{role_of(entity)}"
    for edge in answer.graph.associations:
        if edge.source in ids and edge.destination in ids:
            yield f"  {ids[edge.source]} {_arrow(edge)} {ids[edge.destination]}"
    for number, line in enumerate(gap_lines(answer)):
        yield f'  gap{number}["{escape.mermaid(shortened(line, 160))}"]:::gap'
    yield "  classDef gap stroke-dasharray:4 3"


def _box(entity: Entity) -> str:
    name = escape.mermaid(shortened(entity.label, 48))
    return f'["{name}<br/>{escape.mermaid(what_is(entity))}"]'


def _arrow(edge: Association) -> str:
    return {"DerivedFrom": "-.->", "AssociatedWith": "---", "SameAs": "==="}.get(
        edge.type or "", "-->"
    )
