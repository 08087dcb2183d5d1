"""A lineage under inspection: its entities by the part they play, and what feeds what.

>>> [job.label for job in Inspected(graph).of("job")]
['train-churn']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from ...model import Answer, Entity, Gap, GapKind, LineageGraph, Role, role_of, vocabulary
from ...model.wording import NOT_RECORDED, NOT_SEEN

# What a look-up says of a resource now, by ARN of its entity: `Status`, `ETag`, `Features`, …
Now = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Inspected:
    """A graph under inspection, with what several rules need computed once.

    Attributes:
        graph: what is recorded.
        now: what look-ups said just now, by ARN: `ETag`, `Features`, …
        absent: what to say of what is not there: that it is not recorded, or was not seen.
    """

    graph: LineageGraph
    now: Now = field(default_factory=dict)
    absent: str = NOT_RECORDED

    @cached_property
    def by_role(self) -> Mapping[Role, tuple[Entity, ...]]:
        """All entities by the part they play."""
        groups: dict[Role, list[Entity]] = defaultdict(list)
        for entity in self.graph.entities.values():
            groups[role_of(entity)].append(entity)
        return {role: tuple(entities) for role, entities in groups.items()}

    def of(self, *roles: Role) -> Iterator[Entity]:
        """The entities that play one of these parts."""
        return (entity for role in roles for entity in self.by_role.get(role, ()))

    def fed_by(self, *roles: Role) -> frozenset[str]:
        """Everything downstream of an entity with one of these roles, and those themselves."""
        for role in roles:
            if role not in self._fed:
                starts = (entity.arn for entity in self.of(role))
                self._fed[role] = frozenset(self.graph.distances(starts, "downstream"))
        return frozenset().union(*(self._fed[role] for role in roles))

    @cached_property
    def _fed(self) -> dict[Role, frozenset[str]]:
        # Filled by `fed_by`: several rules ask for the same walk of a whole store.
        return {}

    def degree(self, entity: Entity) -> int:
        """How many associations are at it."""
        graph = self.graph
        return len(graph.incoming.get(entity.arn, ())) + len(graph.outgoing.get(entity.arn, ()))

    def upstream(self, entity: Entity) -> Iterator[Entity]:
        """What contributed to it directly."""
        arns = self.graph.upstream_of([entity.arn])
        return (self.graph.entities[arn] for arn in arns if arn in self.graph)

    def downstream(self, entity: Entity) -> Iterator[Entity]:
        """What it contributed to directly."""
        arns = self.graph.downstream_of([entity.arn])
        return (self.graph.entities[arn] for arn in arns if arn in self.graph)


def absent_in(answer: Answer) -> str:
    """What to say of what an answer lacks: whether it may be recorded all the same."""
    return NOT_SEEN if answer.obscured else NOT_RECORDED


def is_training(job: Entity) -> bool:
    """Whether an entity is a training job."""
    return role_of(job) == "job" and "Training" in job.type


def unseen(now: Now) -> Iterator[Gap]:
    """A gap for each reason why things could not be looked at as they are now."""
    refused: dict[tuple[str, GapKind], list[str]] = {}
    for arn, seen in now.items():
        if why := seen.get(vocabulary.UNSEEN):
            kind = cast(GapKind, seen.get(vocabulary.UNSEEN_KIND, "failed"))
            refused.setdefault((why, kind), []).append(arn)
    for (why, kind), arns in refused.items():
        yield Gap(kind, arns[0] if len(arns) == 1 else f"{len(arns):,} entities", why)
