"""Which entities exist already under another ARN: looked up by ARN, source and name.

>>> Existing(service, memory).of([planned])
{'arn:aws:sagemaker:local:000000000000:artifact/…': Entity('arn:aws:sagemaker:us-east-1:…')}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from ....errors import AccessDenied, EntityNotFound
from ....model import Arn, Entity, EntityFilter, is_arn
from ....model.sameness import meant
from .. import wire
from ..calls.service import Outcome, Service
from ..memory import Memory
from ..reading.described import describe
from ..reading.listing import listed

Key = TypeVar("Key")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Sight:
    """A stored entity as one look shows it.

    Attributes:
        entity: without its properties when it was only listed.
        whole: whether all of its values are there.
    """

    entity: Entity
    whole: bool = False

    def tells(self, of: Entity) -> bool:
        """Whether it shows what recording `of` may change."""
        return self.whole or (not of.properties and of.status in (None, self.entity.status))


Look = Callable[[Entity], "Sight | None"]


class Existing:
    """Looks entities up."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory

    def of(self, entities: Iterable[Entity]) -> dict[str, Entity]:
        """By the ARN given: the entity as stored; see `Backend.existing`.

        Raises:
            ServiceError: when a look-up is refused: "not there" would be a guess.
        """
        asked = {entity.arn: entity for entity in entities}
        return found_of(self._service.each(lambda key: self.one(asked[key]), asked))

    def one(self, entity: Entity) -> Entity | None:
        """The stored entity that is the same as this one; None when there is none."""
        sight = self._by_identity(entity) or self._by_name(entity)
        return self.whole(entity, sight) if sight else None

    def seen(self, asked: Mapping[str, Entity]) -> dict[str, Sight]:
        """Each that is there as one look shows it; as a rule one round of calls.

        The name is looked up beside the source, unless the source is one that SageMaker records
        by itself, under a name of its own: then only where the source leads to nothing.

        Raises:
            ServiceError: when a look-up that decides is refused.
        """
        looks = [(key, look) for key, entity in asked.items() for look in self._looks(entity)]
        outcome = self._service.each(lambda look: look[1](asked[look[0]]), looks)
        found: dict[str, Sight] = {}
        for (key, _), sight in outcome.found.items():
            # The name comes after the source, and tells more of the same entity.
            if sight and found.get(key, sight).entity.arn == sight.entity.arn:
                found[key] = sight
        for (key, look), error in outcome.refused.items():
            if key not in found or look == self._by_identity:
                raise error
        unnamed = asked.keys() - found.keys() - {k for k, look in looks if look == self._by_name}
        named = self._service.each(lambda key: self._by_name(asked[key]), sorted(unnamed))
        return {**found, **found_of(named)}

    def whole(self, entity: Entity, sight: Sight) -> Entity | None:
        """What was seen, with the values that recording `entity` may change."""
        return sight.entity if sight.tells(entity) else self._described(sight.entity.arn)

    def remembered(self, entity: Entity) -> Entity | None:
        """The same entity as last seen, where what matters of it is known still."""
        if not entity.source_uri or not may_have_source(entity):
            return None
        alike = self._memory.store.find(
            source_uri=entity.source_uri, only=EntityFilter(kinds=(entity.kind,))
        )
        same = meant(entity, alike)
        if same is not None and Sight(same).tells(entity):
            return self._memory.recall_stale([same.arn]).get(same.arn)
        return self._memory.surely(same.arn) if same else None

    def _looks(self, entity: Entity) -> Iterable[Look]:
        beside = not self._is_here(entity.arn) and not _is_recorded_by_itself(entity)
        return (self._by_identity, self._by_name) if beside else (self._by_identity,)

    def _is_here(self, arn: str) -> bool:
        # The embedded store's own ARNs are of no region: nothing has them here.
        return is_arn(arn) and Arn.parse(arn).region == self._service.client.meta.region_name

    def _by_identity(self, entity: Entity) -> Sight | None:
        return self._by_arn(entity) or self._by_source(entity)

    def _by_arn(self, entity: Entity) -> Sight | None:
        if not self._is_here(entity.arn):
            return None
        try:
            stored = self._described(entity.arn)
        except AccessDenied:
            return None  # another account's; the same source may be here all the same
        return Sight(stored, whole=True) if stored else None

    def _by_source(self, entity: Entity) -> Sight | None:
        if not entity.source_uri or not may_have_source(entity):
            return None
        listing = listed(self._service, entity.kind, uri=entity.source_uri)
        found = chain(listing, self._memory.made_just_now(entity.source_uri))
        same = meant(entity, found)
        if same is None:
            return None
        self._memory.glimpse([same])
        return Sight(same)

    def _by_name(self, entity: Entity) -> Sight | None:
        name = wire.service_name(entity)
        if entity.kind == "Artifact" or not name:
            return None
        try:
            answer = self._service.call(f"Describe{entity.kind}", **{f"{entity.kind}Name": name})
        except EntityNotFound:
            return None
        return Sight(self._kept(wire.entity_of(entity.kind, answer)), whole=True)

    def _described(self, arn: str) -> Entity | None:
        try:
            return self._kept(describe(self._service, arn))
        except EntityNotFound:
            return None

    def _kept(self, entity: Entity) -> Entity:
        self._memory.keep([entity])
        return entity


def found_of(outcome: Outcome[Key, Found | None]) -> dict[Key, Found]:
    """What there is, of all of these.

    Raises:
        ServiceError: when one was refused.
    """
    for error in outcome.refused.values():
        raise error
    return {key: found for key, found in outcome.found.items() if found is not None}


def may_have_source(entity: Entity) -> bool:
    """Whether the service keeps this source, so that it can be looked for."""
    # A trial component's source is the job it was made for, and of nothing made by hand.
    return entity.kind != "TrialComponent" or entity.source_uri.startswith("arn:")


def _is_recorded_by_itself(entity: Entity) -> bool:
    """Whether SageMaker records the source by such an entity without being told."""
    if not is_arn(entity.source_uri):
        return False
    source = Arn.parse(entity.source_uri)
    # Of actions it makes approvals and deployments alone; one with a job's source is our own.
    of_actions = entity.kind != "Action" or source.type in ("endpoint", "model-package")
    return source.service == "sagemaker" and of_actions
