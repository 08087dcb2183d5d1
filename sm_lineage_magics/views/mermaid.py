"""An answer as a Mermaid flowchart, left to right with the data.

>>> print(mermaid(answer))
flowchart LR
  n0[("orders.csv<br/>data set")]:::dataset
  …

Large answers are grouped, as in the picture: Mermaid refuses more than 500 edges.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answer, Association, Role
from ..model.wording import prose
from . import escape
from .look import FOCUS, LINE, LOOKS, Shape
from .naming import gap_lines, summary_of, title_of
from .picture import Drawing
from .picture.label import Label
from .picture.missing import Absence
from .picture.sketch import Sketch, sketch_of

DRAWING = Drawing(cap=120)

_BOXES: dict[Shape, tuple[str, str]] = {
    "cylinder": ("[(", ")]"),
    "columns": ("[[", "]]"),
    "slanted": ("[/", "/]"),
    "rounded": ("(", ")"),
    "hexagon": ("{{", "}}"),
    "stadium": ("([", "])"),
    "tray": ("[\\", "/]"),
    "arrow": (">", "]"),
}
_ARROWS = {"Produced": "==>", "DerivedFrom": "-.->", "AssociatedWith": "---", "SameAs": "==="}


def mermaid(answer: Answer, drawing: Drawing = DRAWING) -> str:
    """The graph as a flowchart; what is missing is dashed, and named in a comment."""
    sketch = sketch_of(answer, drawing)
    return "\n".join(_lines(answer, sketch)) + "\n"


def _lines(answer: Answer, sketch: Sketch) -> Iterator[str]:
    ids = {label.id: f"n{number}" for number, label in enumerate(sketch.labels)}
    ids |= {absence.id: f"gap{number}" for number, absence in enumerate(sketch.absences)}
    yield "flowchart LR"
    yield f"  accTitle: {escape.mermaid(title_of(answer))}"
    yield f"  accDescr: {escape.mermaid(prose((summary_of(answer), *sketch.notes)))}"
    yield from (f"  {ids[label.id]}{_box(label)}" for label in sketch.labels)
    yield from (f"  {ids[each.id]}{_stub(each)}" for each in sketch.absences)
    yield from _edges(sketch, ids)
    yield from _styles(answer, sketch, ids)
    yield from (f"  %% note: {escape.mermaid(line)}" for line in sketch.notes)
    yield from (f"  %% gap: {escape.mermaid(line)}" for line in gap_lines(answer))


def _edges(sketch: Sketch, ids: dict[str, str]) -> Iterator[str]:
    for (source, destination), bundle in sketch.bundles.items():
        if source in ids and destination in ids:
            yield f"  {ids[source]} {_arrow(bundle)} {ids[destination]}"
    for absence in sketch.absences:
        yield from (f"  {ids[one]} -.-> {ids[other]}" for one, other in absence.links)


def _box(label: Label) -> str:
    name = label.name
    opening, closing = _BOXES.get(LOOKS[label.role].shape, ("[", "]"))
    text = f"{escape.mermaid(name)}<br/>{escape.mermaid(label.note)}"
    return f'{opening}"{text}"{closing}:::{_class(label.role)}'


def _stub(absence: Absence) -> str:
    return f'["{escape.mermaid(absence.words)}"]:::gap'


def _arrow(bundle: list[Association]) -> str:
    types = {edge.type for edge in bundle}
    return _ARROWS.get(types.pop() or "", "-->") if len(types) == 1 else "-->"


def _styles(answer: Answer, sketch: Sketch, ids: dict[str, str]) -> Iterator[str]:
    for role in dict.fromkeys(label.role for label in sketch.labels):
        colour = LOOKS[role].colour
        yield f"  classDef {_class(role)} fill:{colour},stroke:{colour},color:#fff"
    yield f"  classDef gap fill:none,stroke:{LINE},stroke-dasharray:4 3"
    yield f"  classDef focus stroke:{FOCUS},stroke-width:4px"
    focused = [ids[arn] for arn in answer.focus if arn in ids and arn in answer.graph]
    if focused:
        yield f"  class {','.join(focused)} focus"


def _class(role: Role) -> str:
    return role.replace("-", "_")
