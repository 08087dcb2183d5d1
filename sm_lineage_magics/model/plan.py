"""What is about to be written, with a reason for each line, and what came of it.

A plan names entities by key: the ARN the embedded store gives them, or their own where they
exist already. A backend turns keys into its own ARNs and says in the receipt which became which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .answer import Gap
from .association import Association
from .entity import Entity, nothing
from .graph import LineageGraph

EntityAct = Literal["create", "reuse", "merge"]
LinkAct = Literal["link", "keep", "skip"]


@dataclass(frozen=True)
class PlannedEntity:
    """One entity of a plan.

    Attributes:
        entity: as it is to be; its `arn` is the key.
        act: `create` it, `reuse` it untouched, or `merge` these properties and this status in.
        reason: why, in words for the person who reads the plan.
    """

    entity: Entity
    act: EntityAct
    reason: str = ""

    @property
    def key(self) -> str:
        """What the plan's links call this entity."""
        return self.entity.arn


@dataclass(frozen=True)
class PlannedLink:
    """One association of a plan; its ends are keys.

    Attributes:
        association: as it is to be.
        act: `link` it, `keep` one that exists, or `skip` it.
        reason: why it is skipped or kept.
        evidence: what was seen that says these two belong together.
    """

    association: Association
    act: LinkAct
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything one recording would write."""

    entities: tuple[PlannedEntity, ...] = ()
    links: tuple[PlannedLink, ...] = ()
    title: str = ""

    @property
    def empty(self) -> bool:
        """Whether applying it would change nothing."""
        return all(e.act == "reuse" for e in self.entities) and all(
            link.act != "link" for link in self.links
        )

    @classmethod
    def of(cls, graph: LineageGraph, known: Iterable[str] = (), title: str = "") -> Plan:
        """The plan that writes a whole graph, merging into the entities already `known`."""
        there = frozenset(known)
        return cls(
            tuple(
                PlannedEntity(entity, "merge" if entity.arn in there else "create")
                for entity in graph.entities.values()
            ),
            tuple(PlannedLink(association, "link") for association in graph.associations),
            title,
        )


@dataclass(frozen=True)
class Receipt:
    """What a backend did with a plan, enough to take back that and no more.

    Attributes:
        arns: key of the plan → ARN in the backend.
        created: ARNs that did not exist before.
        linked: (source ARN, destination ARN) pairs that did not exist before.
        merged: ARN → property → its value before (None: it was not there).
        gaps: what could not be done, and why.
        statuses: ARN → its status before.
    """

    arns: Mapping[str, str] = field(default_factory=nothing, hash=False)
    created: tuple[str, ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    merged: Mapping[str, Mapping[str, str | None]] = field(default_factory=nothing, hash=False)
    gaps: tuple[Gap, ...] = ()
    statuses: Mapping[str, str | None] = field(default_factory=nothing, hash=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.created or self.linked or self.merged or self.statuses)
