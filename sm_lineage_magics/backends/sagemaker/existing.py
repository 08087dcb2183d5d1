"""Which entities exist already under another ARN: one round of look-ups by source and name.

>>> Existing(service, memory).of([planned])
{'arn:aws:sagemaker:local:000000000000:artifact/…': Entity('arn:aws:sagemaker:us-east-1:…')}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...errors import AccessDenied, EntityNotFound
from ...model import Arn, Entity, is_arn
from . import wire
from .described import describe
from .listing import listed
from .memory import Memory
from .service import Service


class Existing:
    """Looks entities up."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory

    def of(self, entities: Iterable[Entity]) -> Mapping[str, Entity]:
        """By the ARN given: the entity as stored, whole.

        Raises:
            ServiceError: when a look-up is refused: "not there" would be a guess.
        """
        asked = {entity.arn: entity for entity in entities}
        outcome = self._service.each(lambda key: self.one(asked[key]), asked)
        for error in outcome.refused.values():
            raise error
        found = {key: stored for key, stored in outcome.found.items() if stored is not None}
        self._memory.keep(found.values())
        return found

    def one(self, entity: Entity) -> Entity | None:
        """The stored entity that is the same as this one, whole; None when there is none."""
        return self._by_arn(entity) or self._by_source(entity) or self._by_name(entity)

    def _by_arn(self, entity: Entity) -> Entity | None:
        # The embedded store's own ARNs are of no region: nothing has them here.
        region = self._service.client.meta.region_name
        if not is_arn(entity.arn) or Arn.parse(entity.arn).region != region:
            return None
        try:
            return self._described(entity.arn)
        except AccessDenied:
            return None  # another account's; the same source may be here all the same

    def _by_source(self, entity: Entity) -> Entity | None:
        if not entity.source_uri or not may_have_source(entity):
            return None
        found = listed(self._service, entity.kind, uri=entity.source_uri)
        same = next((each for each in found if same_source(entity, each)), None)
        return self._described(same.arn) if same else None

    def _by_name(self, entity: Entity) -> Entity | None:
        name = wire.service_name(entity)
        if entity.kind == "Artifact" or not name:
            return None
        try:
            answer = self._service.call(f"Describe{entity.kind}", **{f"{entity.kind}Name": name})
        except EntityNotFound:
            return None
        return wire.entity_of(entity.kind, answer)

    def _described(self, arn: str) -> Entity | None:
        try:
            return describe(self._service, arn)
        except EntityNotFound:
            return None


def may_have_source(entity: Entity) -> bool:
    """Whether the service keeps this source, so that it can be looked for."""
    # A trial component's source is the job it was made for, and of nothing made by hand.
    return entity.kind != "TrialComponent" or entity.source_uri.startswith("arn:")


def same_source(one: Entity, other: Entity) -> bool:
    """Whether two entities of the same source URI are the same thing."""
    if one.kind == "Artifact":
        return _source_types(one) == _source_types(other)
    # One endpoint or package may be the source of an approval and of a deployment.
    return one.kind == "TrialComponent" or one.type == other.type


def _source_types(entity: Entity) -> list[tuple[str, ...]]:
    return sorted(tuple(pair) for pair in entity.details.get("source_types", ()))
