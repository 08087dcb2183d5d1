"""From an answer to its picture: group, label, lay out.

>>> picture_of(answer, Drawing(cap=20)).groups
(Group(id='group:upstream:2:dataset', …),)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Answer, Association, Entity, LineageGraph, Mark, Role, last_part, role_of
from .grouping import Group, Grouped, grouped
from .layout import Layout, Point, Size, lay_out
from .look import STROKES
from .missing import Absence, absences_of
from .naming import gap_lines, kinds_of, role_name, summary_of, title_of, what_is
from .picture import NODE_WIDTH, PLAIN, Drawing, Edge, Node, Picture, Stub
from .words import counted, one_line, wrapped

_LINE = 14.0
_LETTERS = 19
_STUB = Size(126.0, 34.0)


def picture_of(answer: Answer, drawing: Drawing = PLAIN) -> Picture:
    """Decide everything that is to be seen."""
    small = grouped(answer, drawing.cap, drawing.keep, drawing.opened, drawing.marks)
    absences = absences_of(answer, small.home)
    looks = {look.id: look for look in _looks(answer, small, drawing.marks)}
    bundles = _bundles(answer.graph, small.home)
    links = [*bundles, *(pair for absence in absences for pair in absence.links)]
    sizes = {id: look.size for id, look in looks.items()}
    sizes |= {absence.id: _STUB for absence in absences}
    layout = lay_out(sizes, links, drawing.before)
    lit = _Light.of(drawing)
    return Picture(
        title_of(answer),
        summary_of(answer),
        tuple(_node(look, layout, lit, answer) for look in looks.values()),
        tuple(_edges(bundles, links, layout, lit, answer)),
        tuple(_stub(absence, layout) for absence in absences),
        tuple(gap_lines(answer)),
        layout,
        small.groups,
    )


@dataclass(frozen=True)
class _Look:
    """A node before it has a place."""

    id: str
    role: Role
    lines: tuple[str, ...]
    note: str
    title: str
    mark: Mark | None = None
    members: tuple[str, ...] = ()

    @property
    def size(self) -> Size:
        return Size(NODE_WIDTH, 26 + _LINE * len(self.lines))


def _looks(answer: Answer, small: Grouped, marks: Mapping[str, Mark]) -> Iterable[_Look]:
    """Entities and groups in the answer's order, which decides ties in the layout."""
    groups = {group.id: group for group in small.groups}
    ids = dict.fromkeys(small.home[arn] for arn in answer.graph.entities)
    for id in ids:
        if id in groups:
            yield _group_look(groups[id], answer.graph, marks)
        else:
            yield _entity_look(answer.graph.entities[id], marks.get(id))


def _entity_look(entity: Entity, mark: Mark | None) -> _Look:
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
    lines = wrapped(entity.label, _LETTERS, 2) if one_line(entity.label) else ("(no name)",)
    return _Look(entity.arn, role_of(entity), lines, note, title, mark)


def _group_look(group: Group, graph: LineageGraph, marks: Mapping[str, Mark]) -> _Look:
    members = [graph.entities[arn] for arn in group.members]
    number = len(members)
    many = role_name(group.role, number) if group.role else "more"
    text = f"{number:,} {many}" if group.role and not group.shown else f"+{number:,} {many}"
    names = ", ".join(one_line(entity.label) for entity in members[:12])
    title = f"{kinds_of(members)}\n{names}{', …' if number > 12 else ''}"
    mark = marks.get(group.members[0])
    return _Look(
        group.id,
        group.role or "other",
        wrapped(text, _LETTERS, 2),
        _distance(group),
        title,
        mark if all(marks.get(arn) == mark for arn in group.members) else None,
        group.members,
    )


def _distance(group: Group) -> str:
    first, last = group.hops
    if not last or not group.way:
        return "grouped"
    hops = counted(last, "hop") if first == last else f"{first:,} to {last:,} hops"
    return f"{hops} {group.way}"


Bundles = Mapping[tuple[str, str], list[Association]]


def _bundles(graph: LineageGraph, home: Mapping[str, str]) -> Bundles:
    """The associations between any two things drawn; those within a group are not drawn."""
    bundles: dict[tuple[str, str], list[Association]] = {}
    for edge in graph.associations:
        source, destination = (home.get(arn, arn) for arn in edge.pair)
        if source != destination or source == edge.source:
            bundles.setdefault((source, destination), []).append(edge)
    return bundles


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
        marked = [self._one(each) for each in bundle]
        return marked[0] if marked and all(mark == marked[0] for mark in marked) else None

    def _one(self, edge: Association) -> Mark | None:
        if edge.pair in self.edges:
            return self.edges[edge.pair]
        ends = self.marks.get(edge.source), self.marks.get(edge.destination)
        if ends == ("path", "path"):
            return "path"
        return next((mark for mark in ends if mark in ("added", "removed")), None)


def _node(look: _Look, layout: Layout, lit: _Light, answer: Answer) -> Node:
    focus = look.id in answer.focus
    return Node(
        look.id,
        look.role,
        look.lines,
        look.note,
        look.title,
        layout.positions[look.id],
        look.size,
        focus,
        look.mark,
        look.members,
        lit.path and look.mark is None and not focus,
    )


def _edges(
    bundles: Bundles,
    links: Iterable[tuple[str, str]],
    layout: Layout,
    lit: _Light,
    answer: Answer,
) -> Iterable[Edge]:
    for pair in dict.fromkeys(links):
        if pair in layout.routes:
            bundle = bundles.get(pair, [])
            yield _edge(pair, bundle, layout.routes[pair], lit, answer)


def _edge(
    pair: tuple[str, str],
    bundle: list[Association],
    route: tuple[Point, ...],
    lit: _Light,
    answer: Answer,
) -> Edge:
    types = {each.type for each in bundle}
    type = types.pop() if len(types) == 1 else None
    known = answer.graph.entities
    missing = not bundle or bundle[0].source not in known or bundle[0].destination not in known
    mark = lit.edge(bundle)
    title = _edge_title(bundle, answer.graph)
    return Edge(*pair, type, title, route, len(bundle), mark, missing, lit.path and mark is None)


def _edge_title(bundle: list[Association], graph: LineageGraph) -> str:
    if not bundle:
        return "something is missing here"
    if len(bundle) > 1:
        return counted(len(bundle), "association")
    (edge,) = bundle
    ends = (
        one_line(graph.entities[arn].label if arn in graph else last_part(arn)) for arn in edge.pair
    )
    return f" — {STROKES[edge.type].words} → ".join(ends)


def _stub(absence: Absence, layout: Layout) -> Stub:
    lines = wrapped(absence.words, _LETTERS, 2)
    return Stub(absence.id, lines, absence.title, layout.positions[absence.id], _STUB)
