"""A picture before it is laid out: what is named how, what is joined to what, what is missing.

>>> sketch = sketch_of(answer)
>>> [label.lines for label in sketch.labels], list(sketch.bundles)
([('churn',), ('train-churn',)], [('arn:…/train', 'arn:…/churn')])

Languages that lay out by themselves (Mermaid, DOT) are written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model import Answer, Association, Entity, LineageGraph, Mark, Role, role_of
from ...model.wording import counted, role_name
from ..look import LOOKS, Shape
from ..naming import kinds_of, what_is
from ..words import one_line, shortened, wrapped
from .grouping import Group, Grouped, grouped
from .layout import Size
from .missing import Absence, absences_of
from .values import NODE_WIDTH, PLAIN, Drawing

_LINE = 14.0
_LETTERS = 18
# These lose room to their corners.
_TIGHT: frozenset[Shape] = frozenset({"hexagon", "stadium", "arrow", "slanted", "chevron", "tray"})

Bundles = Mapping[tuple[str, str], list[Association]]


@dataclass(frozen=True)
class Sketch:
    """What is to be drawn.

    Attributes:
        labels: entities and groups, in the answer's order.
        bundles: (id, id) → the associations between the two.
        absences: what is missing at a place that is known.
        groups: the groups among the labels.
    """

    labels: tuple[Label, ...]
    bundles: Bundles
    absences: tuple[Absence, ...]
    groups: tuple[Group, ...]


def sketch_of(answer: Answer, drawing: Drawing = PLAIN) -> Sketch:
    """Group, name and bundle."""
    small = grouped(answer, drawing.cap, drawing.keep, drawing.opened, drawing.marks)
    return Sketch(
        tuple(_labels(answer, small, drawing.marks)),
        _bundles(answer.graph, small.home),
        absences_of(answer, small.home),
        small.groups,
    )


@dataclass(frozen=True)
class Label:
    """A node before it has a place: the fields of `picture.Node`, and its name on one line."""

    id: str
    role: Role
    lines: tuple[str, ...]
    note: str
    title: str
    name: str
    mark: Mark | None = None
    members: tuple[str, ...] = ()

    @property
    def size(self) -> Size:
        """The room its shape takes."""
        return Size(NODE_WIDTH, 26 + _LINE * len(self.lines))


def _labels(answer: Answer, small: Grouped, marks: Mapping[str, Mark]) -> Iterable[Label]:
    """Entities and groups in the answer's order, which decides ties in the layout."""
    groups = {group.id: group for group in small.groups}
    ids = dict.fromkeys(small.home[arn] for arn in answer.graph.entities)
    for id in ids:
        if id in groups:
            yield _group_label(groups[id], answer.graph, marks)
        else:
            yield _entity_label(answer.graph.entities[id], marks.get(id))


def _entity_label(entity: Entity, mark: Mark | None) -> Label:
    note = what_is(entity)
    status = one_line(entity.status or "")
    note = f"{note} · {status}" if status and len(note) + len(status) < _LETTERS + 4 else note
    title = "\n".join(
        line
        for line in (
            one_line(entity.label),
            " · ".join(filter(None, (what_is(entity), status))),
            one_line(entity.source_uri),
            one_line(entity.arn),
        )
        if line
    )
    width = _LETTERS - 2 * (LOOKS[role_of(entity)].shape in _TIGHT)
    lines = wrapped(one_line(entity.label) or "(no name)", width, 3)
    name = shortened(entity.label, 48) or "(no name)"
    return Label(entity.arn, role_of(entity), lines, note, title, name, mark)


def _group_label(group: Group, graph: LineageGraph, marks: Mapping[str, Mark]) -> Label:
    members = [graph.entities[arn] for arn in group.members]
    number = len(members)
    many = role_name(group.role, number) if group.role else "more"
    text = f"{number:,} {many}" if group.role and not group.shown else f"+{number:,} {many}"
    names = ", ".join(one_line(entity.label) for entity in members[:12])
    title = f"{kinds_of(members)}\n{names}{', …' if number > 12 else ''}"
    mark = marks.get(group.members[0])
    return Label(
        group.id,
        group.role or "other",
        wrapped(text, _LETTERS, 2),
        _distance(group),
        title,
        text,
        mark if all(marks.get(arn) == mark for arn in group.members) else None,
        group.members,
    )


def _distance(group: Group) -> str:
    first, last = group.hops
    if not last or not group.way:
        return "grouped"
    hops = counted(last, "hop") if first == last else f"{first:,} to {last:,} hops"
    return f"{hops} {group.way}"


def _bundles(graph: LineageGraph, home: Mapping[str, str]) -> Bundles:
    """The associations between any two things drawn; those within a group are not drawn."""
    bundles: dict[tuple[str, str], list[Association]] = {}
    for edge in graph.associations:
        source, destination = (home.get(arn, arn) for arn in edge.pair)
        if source != destination or source == edge.source:
            bundles.setdefault((source, destination), []).append(edge)
    return bundles
