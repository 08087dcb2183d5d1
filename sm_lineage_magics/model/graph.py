"""Entities and the associations between them, as one frozen value.

>>> graph = LineageGraph.of([a, b], [Association(a.arn, b.arn, "ContributedTo")])
>>> graph.upstream_of([b.arn])
('arn:…/a',)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType

from .association import Association
from .entity import Entity
from .role import Role, role_of
from .walk import Direction, Level, crossings, walk

Index = Mapping[str, tuple[Association, ...]]


@dataclass(frozen=True)
class LineageGraph:
    """A frozen graph: entities by ARN in a meaningful order, and associations.

    Associations may name ARNs whose entity is not in the graph (denied, deleted, another
    account's); they are kept, so that a gap stays visible.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict, hash=False)
    associations: tuple[Association, ...] = ()

    @classmethod
    def of(
        cls, entities: Iterable[Entity] = (), associations: Iterable[Association] = ()
    ) -> LineageGraph:
        """The graph of these; of twice the same ARN or pair the first one counts."""
        by_arn: dict[str, Entity] = {}
        for entity in entities:
            by_arn.setdefault(entity.arn, entity)
        by_pair: dict[tuple[str, str], Association] = {}
        for association in associations:
            by_pair.setdefault(association.pair, association)
        return cls(MappingProxyType(by_arn), tuple(by_pair.values()))

    @cached_property
    def incoming(self) -> Index:
        """By destination ARN: the associations that lead to it."""
        return _indexed((edge.destination, edge) for edge in self.associations)

    @cached_property
    def outgoing(self) -> Index:
        """By source ARN: the associations that start there."""
        return _indexed((edge.source, edge) for edge in self.associations)

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The role of every entity, by ARN."""
        return MappingProxyType({arn: role_of(entity) for arn, entity in self.entities.items()})

    def upstream_of(self, arns: Iterable[str]) -> tuple[str, ...]:
        """What contributed directly to any of `arns`."""
        return tuple(dict.fromkeys(arn for arn, _ in self.step(arns, "upstream")))

    def downstream_of(self, arns: Iterable[str]) -> tuple[str, ...]:
        """What any of `arns` contributed to directly."""
        return tuple(dict.fromkeys(arn for arn, _ in self.step(arns, "downstream")))

    def levels(
        self, start: Iterable[str], direction: Direction, max_depth: int | None = None
    ) -> Iterator[Level[str, Association]]:
        """Walk this graph from `start`, level by level."""
        return walk(start, partial(self.step, direction=direction), max_depth)

    def distances(self, start: Iterable[str], direction: Direction = "both") -> dict[str, int]:
        """How many associations away from `start` each reachable ARN is."""
        starts = tuple(start)
        # Link by link: the levels of a whole store are long, and nobody asks for them here.
        crossed = crossings(starts, partial(self.step, direction=direction))
        return dict.fromkeys(starts, 0) | {arn: depth for depth, arn, _, new in crossed if new}

    def induced(self, arns: Iterable[str]) -> LineageGraph:
        """The graph of these entities and the associations among them, in the order given."""
        kept = dict.fromkeys(arns)
        return LineageGraph.of(
            (self.entities[arn] for arn in kept if arn in self.entities),
            (e for e in self.associations if e.source in kept and e.destination in kept),
        )

    def __or__(self, other: LineageGraph) -> LineageGraph:
        """Both graphs as one; of what both have, this one's."""
        return LineageGraph.of(
            (*self.entities.values(), *other.entities.values()),
            (*self.associations, *other.associations),
        )

    def __len__(self) -> int:
        return len(self.entities)

    def __contains__(self, arn: object) -> bool:
        return arn in self.entities

    def step(self, arns: Iterable[str], direction: Direction) -> Iterator[tuple[str, Association]]:
        """One level: pairs of a neighbour's ARN and the association crossed to it."""
        for arn in arns:
            if direction != "downstream":
                yield from ((edge.source, edge) for edge in self.incoming.get(arn, ()))
            if direction != "upstream":
                yield from ((edge.destination, edge) for edge in self.outgoing.get(arn, ()))


def _indexed(pairs: Iterable[tuple[str, Association]]) -> Index:
    index: dict[str, list[Association]] = defaultdict(list)
    for key, association in pairs:
        index[key].append(association)
    return {key: tuple(edges) for key, edges in index.items()}
