"""A plan carried out: entities are made, values brought up to date, associations added.

>>> receipt = Applying(service, memory).finish(plan)
>>> receipt.created, receipt.gaps
(('arn:aws:sagemaker:us-east-1:123456789012:artifact/…',), ())

The service has no transactions. What was refused half-way is a gap of the receipt, and applying
the plan again does the rest and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from ....errors import EntityNotFound, LineageError, WriteRefused
from ....model import Association, Entity, Gap, Plan, PlannedEntity, Receipt
from ....model.plan import Pair, value_of
from .. import wire
from ..calls.refusals import AlreadyExists, gap_of
from ..calls.service import Service
from ..memory import Memory
from . import links
from .existing import Existing
from .ownership import allowed, changed, written_by

# Seconds to wait before each look for what exists and is not listed yet.
_PATIENCE = (0.0, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Written:
    """What became of one planned entity.

    Attributes:
        entity: as it is now; None when there is none.
        created: whether it did not exist before.
        before: property → its value before, for what was changed; the status under `STATUS`.
        gaps: what could not be written of it.
    """

    entity: Entity | None
    created: bool = False
    before: Mapping[str, str | None] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()


class Applying:
    """One plan on its way into an account, at once or in two steps."""

    def __init__(self, service: Service, memory: Memory) -> None:
        self._service = service
        self._memory = memory
        self._existing = Existing(service, memory)
        self._placed: dict[str, Written] = {}
        self._refused: dict[str, LineageError] = {}

    def make(self, plan: Plan) -> Receipt:
        """The first step: make what is to be created.

        Raises:
            WriteRefused: when the backend is read-only and there is something to make.
        """
        self._place([planned for planned in plan.entities if planned.act == "create"], {})
        return _receipt(self._placed, (), ())

    def finish(self, plan: Plan, seen: Iterable[Entity] = ()) -> Receipt:
        """Write what is not written yet; the receipt is of both steps.

        Args:
            plan: all that is to be written.
            seen: entities as they were read just now; others are read before they are changed.

        Raises:
            WriteRefused: when the backend is read-only and the plan would change something.
            ServiceError: when nothing at all was written because the service refused.
        """
        stored = {entity.arn: entity for entity in seen}
        self._place([each for each in plan.entities if not self._is_settled(each.key)], stored)
        merging = self._begun(plan.entities)
        linked, unlinked = self._link(plan)
        merged = self._service.outcome(merging)
        self._refused |= merged.refused
        self._placed |= merged.found
        self._remember_merged(merged.found, plan.entities)
        said = "It was not written:"
        unwritten = [gap_of(error, key, said) for key, error in self._refused.items()]
        receipt = _receipt(self._placed, linked, [*unwritten, *unlinked])
        self._raise_if_futile(receipt)
        return receipt

    def _is_settled(self, key: str) -> bool:
        return key in self._placed or key in self._refused

    def _place(self, planned: Iterable[PlannedEntity], stored: Mapping[str, Entity]) -> None:
        """Have each of these made, or found as it is: then it can be linked."""
        asked = {each.key: each for each in planned}
        placing = self._service.each(lambda key: self._placing(asked[key], stored), asked)
        self._refused |= placing.refused
        self._placed |= {key: placing.found[key] for key in asked if key in placing.found}
        self._remember_made({k: e for k, e in placing.found.items() if e.created}, asked)
        for error in placing.refused.values():
            if isinstance(error, WriteRefused):
                raise error

    def _placing(self, planned: PlannedEntity, stored: Mapping[str, Entity]) -> Written:
        known = stored.get(planned.key)
        if known is None and planned.act != "create":
            known = self._existing.one(planned.entity)
        if known is not None:
            return Written(known)
        if planned.act == "reuse":
            why = "It was to be reused, but it does not exist (any more)."
            return Written(None, gaps=(Gap("missing", planned.key, why),))
        try:
            return self._create(planned.entity)
        except AlreadyExists:
            return self._found_again(planned)

    def _found_again(self, planned: PlannedEntity) -> Written:
        """One that somebody made a moment ago, which the lists may not show yet."""
        for seconds in _PATIENCE:
            self._service.pause(seconds)
            stored = self._existing.one(planned.entity)
            if stored is not None:
                return Written(stored)
        why = "It was made a moment ago, and no list shows it yet. Record it again in a minute."
        return Written(None, gaps=(Gap("missing", planned.key, why),))

    def _create(self, entity: Entity) -> Written:
        creation = wire.creation_of(entity)
        answer = self._service.call(creation.operation, **creation.request)
        made = replace(entity, arn=answer[f"{entity.kind}Arn"], created=None, modified=None)
        return Written(made, created=True, gaps=_cut(made.arn, creation.cut))

    def _begun(self, planned: Iterable[PlannedEntity]) -> dict[str, Future[Written]]:
        """Begin to write the values of entities that were there."""
        there = {
            each.key: (placed.entity, written_by(each.entity))
            for each in planned
            if each.act != "reuse"
            and (placed := self._placed.get(each.key))
            and placed.entity
            and not placed.created
        }
        claims = self._memory.claims()
        news = {k: allowed(one, to, claims.get(one.arn, {})) for k, (one, to) in there.items()}
        # Before it is sent, as we may not live to see the answer: what is written is ours, and
        # what is remembered is out of date.
        claimed = {there[key][0].arn: values for key, values in news.items() if values}
        self._memory.claim(claimed)
        self._memory.forget(claimed)
        return {
            key: self._service.submit(self._merge, there[key][0], values)
            for key, values in news.items()
            if values
        }

    def _merge(self, stored: Entity, news: Mapping[str, str]) -> Written:
        merged = changed(stored, news)
        update = wire.update_of(merged)
        self._service.call(update.operation, **update.request)
        before = {name: value_of(stored, name) for name in news}
        return Written(merged, before=before, gaps=_cut(stored.arn, update.cut))

    def _link(self, plan: Plan) -> tuple[list[Pair], list[Gap]]:
        arns, keys = _arns(self._placed), {each.key for each in plan.entities}
        wanted = [link.association for link in plan.links if link.act == "link"]
        absent = {each: [e for e in each.pair if e in keys and e not in arns] for each in wanted}
        placed = [each.placed(arns) for each in wanted if not absent[each]]
        outcome = links.link(self._service, placed)
        self._memory.keep_links(each for each in placed if each.pair in outcome.found)
        left_out = [_left_out(end, each) for each in wanted for end in dict.fromkeys(absent[each])]
        gaps = [
            _not_linked(pair, error)
            for pair, error in outcome.refused.items()
            if not isinstance(error, AlreadyExists)
        ]
        return list(outcome.found), [*left_out, *gaps]

    def _remember_made(
        self, made: Mapping[str, Written], planned: Mapping[str, PlannedEntity]
    ) -> None:
        entities = {key: one.entity for key, one in made.items() if one.entity}
        self._memory.keep_made(entities.values())
        self._memory.keep_wrote(
            {entity.arn: written_by(planned[key].entity) for key, entity in entities.items()}
        )
        if entities:
            self._memory.forget_meanings()

    def _remember_merged(
        self, merged: Mapping[str, Written], planned: Iterable[PlannedEntity]
    ) -> None:
        wanted = {each.key: written_by(each.entity) for each in planned}
        wrote: dict[str, dict[str, str]] = {}
        for key, one in merged.items():
            assert one.entity is not None  # what is merged is there
            news = {k: v for k, v in wanted[key].items() if k in one.before}
            wrote.setdefault(one.entity.arn, {}).update(news)
        self._memory.keep_wrote(wrote)

    def _raise_if_futile(self, receipt: Receipt) -> None:
        if receipt.empty and not receipt.arns:
            for error in self._refused.values():
                raise error


def _arns(placed: Mapping[str, Written]) -> dict[str, str]:
    return {key: one.entity.arn for key, one in placed.items() if one.entity is not None}


def _receipt(placed: Mapping[str, Written], linked: Iterable[Pair], gaps: Iterable[Gap]) -> Receipt:
    there = [(one.entity.arn, one) for one in placed.values() if one.entity is not None]
    return Receipt.of(
        _arns(placed),
        (arn for arn, one in there if one.created),
        linked,
        {arn: one.before for arn, one in there if one.before},
        (*(gap for one in placed.values() for gap in one.gaps), *gaps),
    )


def _cut(arn: str, names: Iterable[str]) -> tuple[Gap, ...]:
    why = "The service has no room for its whole value; the beginning was written."
    return tuple(Gap("truncated", arn, f"Property {name!r}: {why}") for name in names)


def _left_out(end: str, edge: Association) -> Gap:
    why = f"It is not there, so {edge.source} → {edge.destination} is left out."
    return Gap("missing", end, why)


def _not_linked(pair: Pair, error: LineageError) -> Gap:
    if isinstance(error, WriteRefused):
        raise error
    if isinstance(error, EntityNotFound):
        absent = next((end for end in pair if end in str(error)), " → ".join(pair))
        return _left_out(absent, Association(*pair))
    return gap_of(error, " → ".join(pair), "The association was not written:")
