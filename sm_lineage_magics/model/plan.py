"""What is about to be written, with a reason for each line, and what came of it.

A plan names entities by key: the ARN the embedded store gives them, or their own where they
exist already. A backend turns keys into its own ARNs and says in the receipt which became which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from .answer import Gap
from .association import Association
from .entity import Entity, nothing
from .graph import LineageGraph

EntityAct = Literal["create", "reuse", "merge"]
LinkAct = Literal["link", "keep", "skip"]
Pair = tuple[str, str]
Values = Mapping[str, Mapping[str, "str | None"]]

# Properties have names, so the empty one is free for the status.
STATUS = ""


def value_of(entity: Entity, name: str) -> str | None:
    """The value of a property, or of the status."""
    return entity.status if name == STATUS else entity.properties.get(name)


@dataclass(frozen=True)
class Known:
    """What a store has already of what is to be recorded.

    Attributes:
        entities: key → the entity as stored.
        links: pairs of stored ARNs that are linked.
        whole: whether values and links are told too, not only what is there.
    """

    entities: Mapping[str, Entity] = field(default_factory=nothing, hash=False)
    links: frozenset[Pair] = frozenset()
    whole: bool = True

    def arn(self, key: str) -> str:
        """What the store calls the entity of this key; the key itself when it is new."""
        return self.entities[key].arn if key in self.entities else key


@dataclass(frozen=True)
class PlannedEntity:
    """One entity of a plan.

    Attributes:
        entity: as it is to be; its `arn` is the key.
        act: `create` it, `reuse` it untouched, or `merge` these properties and this status in.
        reason: why, in words for the person who reads the plan.
        before: property → its value before (None: it was not there), for what merging changes;
            the status under `STATUS`.
    """

    entity: Entity
    act: EntityAct
    reason: str = ""
    before: Mapping[str, str | None] = field(default_factory=nothing, hash=False)

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
    linked: tuple[Pair, ...] = ()
    merged: Mapping[str, Mapping[str, str | None]] = field(default_factory=nothing, hash=False)
    gaps: tuple[Gap, ...] = ()
    statuses: Mapping[str, str | None] = field(default_factory=nothing, hash=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.created or self.linked or self.merged or self.statuses)

    @classmethod
    def of(
        cls,
        arns: Mapping[str, str],
        created: Iterable[str] = (),
        linked: Iterable[Pair] = (),
        before: Values = MappingProxyType({}),
        gaps: Iterable[Gap] = (),
    ) -> Receipt:
        """The receipt of changes: `before` holds the values that were there, `STATUS` included."""
        merged = {arn: {k: v for k, v in vs.items() if k != STATUS} for arn, vs in before.items()}
        statuses = {arn: values[STATUS] for arn, values in before.items() if STATUS in values}
        kept = {arn: values for arn, values in merged.items() if values}
        return cls(arns, tuple(created), tuple(linked), kept, tuple(gaps), statuses)

    @property
    def before(self) -> dict[str, dict[str, str | None]]:
        """By ARN, the values before of what was changed, the status under `STATUS`."""
        values = {arn: dict(each) for arn, each in self.merged.items()}
        for arn, status in self.statuses.items():
            values.setdefault(arn, {})[STATUS] = status
        return values

    def then(self, later: Receipt) -> Receipt:
        """What this and, after it, `later` did to one store; the gaps are those of `later`."""
        first, second = self.before, later.before
        before = {arn: {**second.get(arn, {}), **first.get(arn, {})} for arn in {**first, **second}}
        return Receipt.of(
            {**self.arns, **later.arns},
            dict.fromkeys((*self.created, *later.created)),
            dict.fromkeys((*self.linked, *later.linked)),
            before,
            later.gaps,
        )


class Attempt(Protocol):
    """Something that is being recorded: it decides, and keeps what was decided and done."""

    def decided(self, known: Known) -> Plan:
        """What to write, kept durably before it is returned; nothing is written before.

        It is asked again when more is known. As long as that is not `whole`, no more of the plan
        is written than what it creates.
        """

    def wrote(self, receipt: Receipt) -> None:
        """Keep what was written so far."""
