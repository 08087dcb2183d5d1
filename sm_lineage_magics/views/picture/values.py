"""What a drawing of an answer shows and where, before it is drawn in any language.

>>> picture = picture_of(answer)
>>> [(node.lines, node.centre) for node in picture.nodes]
[(('churn',), Point(x=74.0, y=20.0)), …]

The SVG and the explorer are drawn from the same picture, so they are the same picture.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ...model import AssociationType, Mark, Role
from .features import Feature
from .grouping import CAP, Group
from .layout import Layout, Point, Size

NODE_WIDTH = 128.0


@dataclass(frozen=True)
class Node:
    """An entity, or a group of them, as it is to be drawn.

    Attributes:
        id: its ARN, or the group's id.
        role: decides shape and colour; `other` for a group of several roles.
        lines: its name, shortened and broken so that it fits.
        note: what it is, in small letters beneath.
        title: all of that whole, for the pointer that rests on it.
        centre: where its middle is.
        size: how much room its shape takes.
        focus: whether it was asked about.
        mark: what is to be said of it: added, on the path, …
        members: ARNs of a group; empty for an entity.
        faded: whether it stands back behind what is marked.
    """

    id: str
    role: Role
    lines: tuple[str, ...]
    note: str
    title: str
    centre: Point
    size: Size
    focus: bool = False
    mark: Mark | None = None
    members: tuple[str, ...] = ()
    faded: bool = False


@dataclass(frozen=True)
class Edge:
    """One association, or all of those between two groups.

    Attributes:
        source: id of the node or stub it leads from.
        destination: id of the one it leads to.
        type: what it says; None when it says nothing, or several say different things.
        title: in words, for the pointer that rests on it.
        route: the points it goes through; see `layout.Layout.routes`.
        number: how many associations it stands for.
        mark: what is to be said of it.
        missing: whether it leads to something that could not be seen.
        faded: whether it stands back behind what is marked.
    """

    source: str
    destination: str
    type: AssociationType | None
    title: str
    route: tuple[Point, ...]
    number: int = 1
    mark: Mark | None = None
    missing: bool = False
    faded: bool = False


@dataclass(frozen=True)
class Stub:
    """Something that is missing, drawn dashed where it would be.

    Attributes:
        id: the ARN that is missing, or `gap:` and a number.
        lines: what is missing, in a few words.
        title: the whole gap.
        centre: where its middle is.
        size: how much room it takes.
    """

    id: str
    lines: tuple[str, ...]
    title: str
    centre: Point
    size: Size


@dataclass(frozen=True)
class Picture:
    """Everything to draw.

    Attributes:
        title: the question.
        summary: the answer in one sentence, for readers who do not see it.
        nodes: entities and groups.
        edges: what joins them.
        stubs: what is missing.
        gaps: every gap, in words, whether or not it has a stub.
        layout: where everything is; its positions are what the next, larger picture keeps.
        groups: the groups drawn.
        features: the features drawn.
        notes: what is left out of the drawing though the answer holds it, in words.
    """

    title: str = ""
    summary: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    stubs: tuple[Stub, ...] = ()
    gaps: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    groups: tuple[Group, ...] = ()
    features: tuple[Feature, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """How to draw an answer.

    Attributes:
        cap: entities and groups at most, about; beyond it groups are made.
        keep: ARNs that are never grouped.
        opened: id of a group → how many of its members are drawn one by one.
        features: ARN of a feature group or query → how many of its features are drawn, besides.
        marks: ARN → its mark; with a path marked, the rest is faded.
        edge_marks: (source ARN, destination ARN) → the mark of an association.
        before: id → where it was drawn, to keep it there.
    """

    cap: int = CAP
    keep: Collection[str] = ()
    opened: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    features: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    edge_marks: Mapping[tuple[str, str], Mark] = field(default_factory=lambda: MappingProxyType({}))
    before: Mapping[str, Point] = field(default_factory=lambda: MappingProxyType({}))


PLAIN = Drawing()
