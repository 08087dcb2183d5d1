"""Which entities exist already under another ARN: one round of look-ups by source and name.

>>> Existing(service, memory).of([planned])
{'arn:aws:sagemaker:local:000000000000:artifact/…': Entity('arn:aws:sagemaker:us-east-1:…')}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from ...errors import AccessDenied, EntityNotFound
from ...model import Arn, Entity, EntityFilter, is_arn
from . import edges, wire
from .ascent import Ascent, Pair, climbed, ends_of
from .described import describe
from .listing import listed
from .memory import Memory
from .service import Outcome, Service

Found = TypeVar("Found")

# Looking up two entities costs no more calls than asking what lies upstream of them.
_WORTH_A_QUERY = 3


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
        return self._each(lambda key: self.one(asked[key]), asked)

    def recorded(
        self, entities: Iterable[Entity], links: Iterable[Pair]
    ) -> tuple[dict[str, Entity], frozenset[Pair]]:
        """Entities as stored, and which of them are linked; see `Backend.recorded`.

        Two rounds of calls where each has a source: what is remembered is confirmed while the
        rest is looked up, then values are asked for while links are.

        Raises:
            ServiceError: when a look-up is refused.
        """
        asked, links = {entity.arn: entity for entity in entities}, tuple(links)
        seen, ascent = self._seen(asked, links)
        there = {key: sight.entity for key, sight in seen.items()}
        asking = {
            key: self._service.submit(self._whole, entity, seen.get(key))
            for key, entity in asked.items()
        }
        linked = edges.between(self._service, _stored(links, there), ascent)
        found = _all(self._service.outcome(asking))
        by_name = found.keys() - seen.keys()
        late = _stored((pair for pair in links if not by_name.isdisjoint(pair)), found)
        return found, linked | edges.between(self._service, late, ascent)

    def one(self, entity: Entity) -> Entity | None:
        """The stored entity that is the same as this one; None when there is none."""
        return self._whole(entity, self._look(entity))

    def _seen(
        self, asked: Mapping[str, Entity], links: Sequence[Pair]
    ) -> tuple[dict[str, Sight], Ascent]:
        """What there is, at one look each; memory is confirmed, and what it had wrong looked up."""
        known = {key: one for key, entity in asked.items() if (one := self._remembered(entity))}
        if len(known) < _WORTH_A_QUERY:
            known = {}
        confirming = self._service.beside(self._confirmed, known, links)
        looked = self._looked(asked, asked.keys() - known.keys())
        confirmed, ascent = self._service.result(confirming)
        wrong = self._looked(asked, known.keys() - confirmed.keys())
        return {**looked, **wrong, **confirmed}, ascent

    def _looked(self, asked: Mapping[str, Entity], keys: Iterable[str]) -> dict[str, Sight]:
        return self._each(lambda key: self._look(asked[key]), sorted(keys))

    def _confirmed(
        self, known: Mapping[str, Entity], links: Sequence[Pair]
    ) -> tuple[dict[str, Sight], Ascent]:
        """What is remembered, as far as the lineage at its ends shows it is there."""
        ends = ends_of(links, known)
        arns = {stored.arn for stored in known.values()}
        ascent = climbed(self._service, {known[key].arn for key in ends}, arns)
        there = ascent.entities
        sights = {k: Sight(stored, True) for k, stored in known.items() if stored.arn in there}
        return sights, ascent

    def _remembered(self, entity: Entity) -> Entity | None:
        """The same entity as last seen, where what matters of it is known still."""
        if not entity.source_uri or not may_have_source(entity):
            return None
        alike = self._memory.store.find(
            source_uri=entity.source_uri, only=EntityFilter(kinds=(entity.kind,))
        )
        same = next((each for each in alike if same_source(entity, each)), None)
        if same is not None and Sight(same).tells(entity):
            return self._memory.recall_stale([same.arn]).get(same.arn)
        return self._memory.surely(same.arn) if same else None

    def _look(self, entity: Entity) -> Sight | None:
        return self._by_arn(entity) or self._by_source(entity)

    def _by_arn(self, entity: Entity) -> Sight | None:
        # The embedded store's own ARNs are of no region: nothing has them here.
        region = self._service.client.meta.region_name
        if not is_arn(entity.arn) or Arn.parse(entity.arn).region != region:
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
        alike = (each for each in found if each.kind == entity.kind)
        same = next((each for each in alike if same_source(entity, each)), None)
        if same is None:
            return None
        self._memory.glimpse([same])
        return Sight(same)

    def _whole(self, entity: Entity, seen: Sight | None) -> Entity | None:
        if seen is None:
            return self._by_name(entity)
        return seen.entity if seen.tells(entity) else self._described(seen.entity.arn)

    def _by_name(self, entity: Entity) -> Entity | None:
        name = wire.service_name(entity)
        if entity.kind == "Artifact" or not name:
            return None
        try:
            answer = self._service.call(f"Describe{entity.kind}", **{f"{entity.kind}Name": name})
        except EntityNotFound:
            return None
        return self._kept(wire.entity_of(entity.kind, answer))

    def _described(self, arn: str) -> Entity | None:
        try:
            return self._kept(describe(self._service, arn))
        except EntityNotFound:
            return None

    def _kept(self, entity: Entity) -> Entity:
        self._memory.keep([entity])
        return entity

    def _each(self, work: Callable[[str], Found | None], keys: Iterable[str]) -> dict[str, Found]:
        return _all(self._service.each(work, keys))


def _all(outcome: Outcome[str, Found | None]) -> dict[str, Found]:
    """What there is, of all of these.

    Raises:
        ServiceError: when one was refused.
    """
    for error in outcome.refused.values():
        raise error
    return {key: found for key, found in outcome.found.items() if found is not None}


def _stored(links: Iterable[Pair], known: Mapping[str, Entity]) -> set[Pair]:
    """The links whose ends are both known, by the ARNs that are stored."""
    return {(known[a].arn, known[b].arn) for a, b in links if a in known and b in known}


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
