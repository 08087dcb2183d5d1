"""An answer in Graphviz's language, every entity of it.

>>> print(dot(answer))
digraph lineage {
  graph [rankdir=LR, label="upstream churn\\l…"];
  …
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..model import Answer, Association
from . import escape
from .look import FOCUS, LINE, LOOKS, STROKES, Shape
from .naming import gap_lines, summary_of, title_of
from .picture import Drawing
from .picture.label import Label
from .picture.missing import Absence
from .picture.sketch import Sketch, sketch_of

WHOLE = Drawing(cap=sys.maxsize)

_SHAPES: dict[Shape, str] = {
    "cylinder": "cylinder",
    "columns": "component",
    "slanted": "parallelogram",
    "document": "note",
    "octagon": "octagon",
    "hexagon": "hexagon",
    "box": "box3d",
    "tray": "invtrapezium",
    "arrow": "rarrow",
    "chevron": "cds",
    "ticket": "tab",
}


def dot(answer: Answer, drawing: Drawing = WHOLE) -> str:
    """The graph as a digraph; what is missing is dashed, and named in the label."""
    sketch = sketch_of(answer, drawing)
    return "\n".join(("digraph lineage {", *_lines(answer, sketch), "}")) + "\n"


def _lines(answer: Answer, sketch: Sketch) -> Iterator[str]:
    caption = [title_of(answer), summary_of(answer), *sketch.notes, *gap_lines(answer)]
    # \l ends a line of the caption and sets it to the left.
    label = "".join(escape.dot(line) + "\\l" for line in caption)
    yield f'  graph [rankdir=LR, labeljust=l, fontname="Helvetica", label="{label}"];'
    yield '  node [style=filled, fontname="Helvetica", fontsize=11, fontcolor=white];'
    yield f'  edge [color="{LINE}"];'
    known = {label.id for label in sketch.labels} | {each.id for each in sketch.absences}
    focus = set(answer.focus)
    yield from (f"  {_node(label, focused=label.id in focus)}" for label in sketch.labels)
    yield from (f"  {_stub(absence)}" for absence in sketch.absences)
    for (source, destination), bundle in sketch.bundles.items():
        if source in known and destination in known:
            yield f"  {_id(source)} -> {_id(destination)} [{_stroke(bundle)}];"
    for absence in sketch.absences:
        for source, destination in absence.links:
            yield f"  {_id(source)} -> {_id(destination)} [style=dashed];"


def _node(label: Label, *, focused: bool) -> str:
    look = LOOKS[label.role]
    ring = f', color="{FOCUS}", penwidth=4' if focused else ""
    return (
        f'{_id(label.id)} [label="{escape.dot(label.name)}\\n{escape.dot(label.note)}",'
        f' tooltip="{escape.dot(label.title)}", fillcolor="{look.colour}",'
        f" shape={_SHAPES.get(look.shape, 'box')}{ring}];"
    )


def _stub(absence: Absence) -> str:
    return (
        f'{_id(absence.id)} [label="{escape.dot(absence.words)}", shape=box, style=dashed,'
        f' fontcolor="{LINE}", tooltip="{escape.dot(absence.title)}"];'
    )


def _stroke(bundle: list[Association]) -> str:
    types = {edge.type for edge in bundle}
    stroke = STROKES[types.pop() if len(types) == 1 else None]
    style = "dashed" if stroke.dashes else "solid"
    ending = "" if stroke.arrow else ", dir=none"
    return f'style={style}, penwidth={stroke.width:g}, tooltip="{stroke.words}"{ending}'


def _id(id: str) -> str:
    return f'"{escape.dot(id)}"'
