"""From an answer to its picture: group, label, lay out.

>>> picture_of(answer, Drawing(cap=20)).groups
(Group(id='group:upstream:2:dataset', …),)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model import Answer, Association, Mark, last_part
from ...model.wording import counted
from ..look import STROKES
from ..naming import gap_lines, summary_of, title_of
from ..words import one_line, wrapped
from .label import Label
from .layout import Layout, Point, Size, lay_out
from .missing import Absence
from .sketch import Sketch, sketch_of
from .values import PLAIN, Drawing, Edge, Node, Picture, Stub

_STUB = Size(126.0, 34.0)
_STUB_LETTERS = 18


def picture_of(answer: Answer, drawing: Drawing = PLAIN) -> Picture:
    """Decide everything that is to be seen."""
    sketch = sketch_of(answer, drawing)
    links = [*sketch.bundles, *(pair for each in sketch.absences for pair in each.links)]
    sizes = {label.id: label.size for label in sketch.labels}
    sizes |= {absence.id: _STUB for absence in sketch.absences}
    layout = lay_out(sizes, links, drawing.before, level=_levels(sketch))
    lit = _Light.of(drawing)
    return Picture(
        title_of(answer),
        summary_of(answer),
        tuple(_node(label, layout, lit, answer) for label in sketch.labels),
        tuple(_edges(sketch, links, layout, lit, answer)),
        tuple(_stub(absence, layout) for absence in sketch.absences),
        tuple(gap_lines(answer)),
        layout,
        sketch.groups,
        sketch.features,
        sketch.notes,
    )


def _levels(sketch: Sketch) -> dict[str, int]:
    """How far with the data from the focus each node is: what cycles are cut by."""
    away = {
        arn: -hops if way == "upstream" else hops
        for arn, (way, hops) in sketch.places.items()
        if way
    }
    return {
        label.id: away[arn]
        for label in sketch.labels
        for arn in (label.members or (label.id,))[:1]
        if arn in away
    }


@dataclass(frozen=True)
class _Light:
    """What is marked, and whether everything else stands back."""

    marks: Mapping[str, Mark]
    edges: Mapping[tuple[str, str], Mark]
    path: bool

    @classmethod
    def of(cls, drawing: Drawing) -> _Light:
        return cls(drawing.marks, drawing.edge_marks, "path" in drawing.marks.values())

    def edge(self, bundle: Iterable[Association]) -> Mark | None:
        if not self.marks and not self.edges:
            return None
        marked = [self._one(each) for each in bundle]
        return marked[0] if marked and all(mark == marked[0] for mark in marked) else None

    def _one(self, edge: Association) -> Mark | None:
        if edge.pair in self.edges:
            return self.edges[edge.pair]
        ends = self.marks.get(edge.source), self.marks.get(edge.destination)
        if ends == ("path", "path"):
            return "path"
        return next((mark for mark in ends if mark in ("added", "removed")), None)


def _node(label: Label, layout: Layout, lit: _Light, answer: Answer) -> Node:
    focus = label.id in answer.focus
    return Node(
        label.id,
        label.role,
        label.lines,
        label.note,
        label.title,
        layout.positions[label.id],
        label.size,
        focus,
        label.mark,
        label.members,
        lit.path and label.mark is None and not focus,
    )


def _edges(
    sketch: Sketch, links: Iterable[tuple[str, str]], layout: Layout, lit: _Light, answer: Answer
) -> Iterable[Edge]:
    entities = answer.graph.entities
    # Of a bundle only the first is told by its ends, and whether those are there.
    ends = (arn for bundle in sketch.bundles.values() for arn in bundle[0].pair)
    names = {arn: entities[arn].label for arn in ends if arn in entities}
    names |= {label.id: label.name for label in sketch.labels}
    for pair in dict.fromkeys(links):
        if pair in layout.routes:
            bundle = sketch.bundles.get(pair, [])
            yield _edge(pair, bundle, layout.routes[pair], lit, names)


def _edge(
    pair: tuple[str, str],
    bundle: list[Association],
    route: tuple[Point, ...],
    lit: _Light,
    names: Mapping[str, str],
) -> Edge:
    types = {each.type for each in bundle}
    type = types.pop() if len(types) == 1 else None
    missing = not bundle or not all(end in names for end in bundle[0].pair)
    mark = lit.edge(bundle)
    title = _edge_title(bundle, names)
    return Edge(*pair, type, title, route, len(bundle), mark, missing, lit.path and mark is None)


def _edge_title(bundle: list[Association], names: Mapping[str, str]) -> str:
    if not bundle:
        return "something is missing here"
    if len(bundle) > 1:
        return counted(len(bundle), "association")
    (edge,) = bundle
    ends = (one_line(names[arn] if arn in names else last_part(arn)) for arn in edge.pair)
    return f" — {STROKES[edge.type].words} → ".join(ends)


def _stub(absence: Absence, layout: Layout) -> Stub:
    lines = wrapped(absence.words, _STUB_LETTERS, 2)
    return Stub(absence.id, lines, absence.title, layout.positions[absence.id], _STUB)
