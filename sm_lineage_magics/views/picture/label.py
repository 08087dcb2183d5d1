"""What stands on a node: an entity, a group or a feature, named so that it fits.

>>> entity_label(model).lines
('churn',)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Entity, LineageGraph, Mark, Role, role_of
from ...model.wording import counted, role_name
from ..look import LOOKS, Shape
from ..naming import kinds_of, what_is
from ..words import columns, one_line, shortened, wrapped
from .features import Feature
from .grouping import Group
from .layout import Size
from .values import NODE_WIDTH

_LINE = 14.0
_LETTERS = 15
# These lose room to their corners.
_TIGHT: frozenset[Shape] = frozenset(
    {"hexagon", "stadium", "arrow", "slanted", "chevron", "tray", "columns"}
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
        note = 12 if self.note else 0
        return Size(NODE_WIDTH, 14 + note + _LINE * len(self.lines))


def entity_label(entity: Entity, mark: Mark | None = None) -> Label:
    """The name of an entity, and what it is."""
    width = _LETTERS - 2 * (LOOKS[role_of(entity)].shape in _TIGHT)
    note = what_is(entity)
    status = one_line(entity.status or "")
    note = f"{note} · {status}" if status and len(note) + len(status) < width + 5 else note
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
    lines = _fitted(one_line(entity.label) or "(no name)", width)
    name = shortened(entity.label, 48) or "(no name)"
    return Label(entity.arn, role_of(entity), lines, note, title, name, mark)


def group_label(group: Group, graph: LineageGraph, marks: Mapping[str, Mark]) -> Label:
    """How many of what a group holds."""
    members = [graph.entities[arn] for arn in group.members]
    number = len(members)
    many = role_name(group.role, number) if group.role else "more"
    text = f"{number:,} {many}" if group.role and not group.shown else f"+{number:,} {many}"
    names = ", ".join(one_line(entity.label) for entity in members[:12])
    kinds = kinds_of(graph.roles[arn] for arn in group.members)
    title = f"{kinds}\n{names}{', …' if number > 12 else ''}"
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


def _fitted(name: str, width: int) -> tuple[str, ...]:
    """On one line if it nearly fits: an ending alone on the second reads badly."""
    return (name,) if columns(name) <= width + 1 else wrapped(name, width, 3)


def _distance(group: Group) -> str:
    first, last = group.hops
    if not last or not group.way:
        return "grouped"
    # With "to" it would be wider than its node.
    hops = counted(last, "hop") if first == last else f"{first:,}–{last:,} hops"
    return f"{hops} {group.way}"


def feature_label(feature: Feature) -> Label:
    """The name of a feature, in the colour of its group."""
    (first, *more), group = feature.names, one_line(feature.group)
    if more:
        name = f"+{len(feature.names):,} features"
        title = f"{name} of {group}\n{shortened(', '.join(feature.names), 200)}"
    else:
        # On one line, between the two stripes of its shape.
        name = shortened(first, _LETTERS - 1) or "(no name)"
        title = f"{one_line(first)}\n" + " · ".join(
            filter(None, (f"feature of {group}", one_line(feature.type)))
        )
    members = feature.names if more else ()
    return Label(feature.id, "feature-group", (name,), "", title, name, None, members)
