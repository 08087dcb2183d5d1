"""Which entity of one lineage plays the part of which in another.

>>> [(pair.before.label, pair.after.label) for pair in align(lineage_a, lineage_b)]
[('churn-v1', 'churn-v2'), ('train-v1', 'train-v2'), …]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from ....model import Entity, LineageGraph, Role, last_part, reference_of, role_of

Key = Callable[[LineageGraph, Entity], Hashable]

# Two feature groups or data sets of unlike names are not versions of each other.
_KNOWN_BY_NAME: frozenset[Role] = frozenset({"feature-group", "dataset", "other"})


@dataclass(frozen=True)
class Pair:
    """The same part in two lineages; one side is None where only the other has it."""

    before: Entity | None
    after: Entity | None

    @property
    def sides(self) -> tuple[Entity | None, Entity | None]:
        """Before and after."""
        return (self.before, self.after)

    @property
    def entity(self) -> Entity:
        """The later of the two that is there."""
        entity = self.after or self.before
        assert entity is not None, "a pair has at least one side"
        return entity

    @property
    def role(self) -> Role:
        """The part it plays."""
        return role_of(self.entity)


def align(before: LineageGraph, after: LineageGraph) -> tuple[Pair, ...]:
    """Pair two lineages: first what is the same entity, then what plays the same part.

    The surest key pairs first: ARN, then name, then file or repository, then the job it fed,
    then being the only one of its role. In the order of `after`, then what only `before` has.
    """
    partners: dict[str, Entity] = {}
    left = dict(before.entities)
    for key in (_arn, _name, _part, _purpose, _alone):
        taken = set(partners)
        rest = (entity for arn, entity in after.entities.items() if arn not in taken)
        for old, new in _matched(_by(key, before, left.values()), _by(key, after, rest)):
            partners[new.arn] = old
            del left[old.arn]
    pairs = (Pair(partners.get(arn), entity) for arn, entity in after.entities.items())
    return (*pairs, *(Pair(entity, None) for entity in left.values()))


def _by(key: Key, graph: LineageGraph, entities: Iterable[Entity]) -> dict[Hashable, list[Entity]]:
    groups: dict[Hashable, list[Entity]] = defaultdict(list)
    for entity in entities:
        value = key(graph, entity)
        if value is not None:
            groups[(role_of(entity), value)].append(entity)
    return groups


def _matched(
    before: dict[Hashable, list[Entity]], after: dict[Hashable, list[Entity]]
) -> list[tuple[Entity, Entity]]:
    # Several of a kind on either side are told apart by a later key, or not at all.
    return [
        (before[key][0], after[key][0])
        for key in after
        if len(after[key]) == 1 and len(before.get(key, ())) == 1
    ]


def _arn(graph: LineageGraph, entity: Entity) -> Hashable:
    return entity.arn


def _name(graph: LineageGraph, entity: Entity) -> Hashable:
    return entity.name or str(reference_of(entity))


def _part(graph: LineageGraph, entity: Entity) -> Hashable:
    """The name without what changes from run to run: digits, versions, tags, digests."""
    uri = re.split(r"[@:](?=[^/]*$)", entity.source_uri)[0]
    text = last_part(uri) if role_of(entity) in ("code", "image", "dataset") else entity.label
    return re.sub(r"[\W_]*v?\d+[\w.-]*", "", text) or None


def _purpose(graph: LineageGraph, entity: Entity) -> Hashable:
    if role_of(entity) in _KNOWN_BY_NAME:
        return None
    users = (graph.entities.get(arn) for arn in graph.downstream_of([entity.arn]))
    return tuple(sorted({(role_of(user), user.type) for user in users if user is not None}))


def _alone(graph: LineageGraph, entity: Entity) -> Hashable:
    return None if role_of(entity) in _KNOWN_BY_NAME else entity.type
