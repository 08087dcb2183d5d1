"""A plan carried out: entities first, all at once, then the associations between them.

>>> receipt = Writing(service, memory, existing).apply(plan)
>>> receipt.created, receipt.gaps
(('arn:aws:sagemaker:us-east-1:123456789012:artifact/…',), ())

The service has no transactions. What was refused half-way is a gap of the receipt, and applying
the plan again does the rest and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from ...errors import EntityNotFound, LineageError, WriteRefused
from ...model import Association, Entity, Gap, Plan, PlannedEntity, PlannedLink, Receipt
from . import edges, wire
from .ascent import Pair
from .existing import Existing
from .memory import Memory
from .ownership import STATUS, allowed, changed, value_of, written_by
from .refusals import AlreadyExists, gap_of
from .service import Service

# Seconds to wait before each look for what exists and is not listed yet.
_PATIENCE = (0.0, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Written:
    """What became of one planned entity.

    Attributes:
        entity: as it is now; None when there is none.
        created: whether it did not exist before.
        before: property → its value before, for what was changed; the status under ``.
        gaps: what could not be written of it.
    """

    entity: Entity | None
    created: bool = False
    before: Mapping[str, str | None] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()


class Writing:
    """Applies plans."""

    def __init__(self, service: Service, memory: Memory, existing: Existing) -> None:
        self._service = service
        self._memory = memory
        self._existing = existing

    def apply(self, plan: Plan) -> Receipt:
        """Write a plan.

        Raises:
            WriteRefused: when the backend is read-only and the plan would change something.
            ServiceError: when nothing at all was written because the service refused.
        """
        planned = {each.key: each for each in plan.entities}
        placing = self._service.each(lambda key: self._place(planned[key]), planned)
        merging = self._begun(placing.found, planned)
        placed = {key: one for key in planned if (one := placing.found.get(key))}
        arns = {key: one.entity.arn for key, one in placed.items() if one.entity is not None}
        linked, gaps = self._link(plan.links, planned, arns)
        merged = self._service.outcome(merging)
        written = {**placed, **merged.found}
        refused = {**placing.refused, **merged.refused}
        unwritten = [gap_of(error, key, "It was not written:") for key, error in refused.items()]
        receipt = _receipt(arns, written, linked, [*unwritten, *gaps])
        self._remember(written, planned)
        _raise_if_futile(receipt, refused.values())
        return receipt

    def _place(self, planned: PlannedEntity) -> Written:
        """The entity made, or as it is: then it can be linked."""
        stored = None if planned.act == "create" else self._existing.one(planned.entity)
        if stored is None and planned.act != "reuse":
            try:
                return self._create(planned.entity)
            except AlreadyExists:
                return self._found_again(planned)
        if stored is None:
            why = "It was to be reused, but it does not exist (any more)."
            return Written(None, gaps=(Gap("missing", planned.key, why),))
        return Written(stored)

    def _found_again(self, planned: PlannedEntity) -> Written:
        """One that somebody made a moment ago, which the lists may not show yet."""
        for seconds in _PATIENCE:
            self._service.pause(seconds)
            stored = self._existing.one(planned.entity)
            if stored is not None:
                return Written(stored)
        why = "It was made a moment ago, and no list shows it yet. Record it again in a minute."
        return Written(None, gaps=(Gap("missing", planned.key, why),))

    def _begun(
        self, placed: Mapping[str, Written], planned: Mapping[str, PlannedEntity]
    ) -> dict[str, Future[Written]]:
        """Begin to write the values of entities that were there."""
        wrote = self._memory.wrote()
        return {
            key: self._service.submit(
                self._merge, one.entity, planned[key].entity, wrote.get(one.entity.arn, {})
            )
            for key, one in placed.items()
            if one.entity is not None and not one.created and planned[key].act != "reuse"
        }

    def _create(self, entity: Entity) -> Written:
        creation = wire.creation_of(entity)
        answer = self._service.call(creation.operation, **creation.request)
        made = replace(entity, arn=answer[f"{entity.kind}Arn"], created=None, modified=None)
        return Written(made, created=True, gaps=_cut(made.arn, creation.cut))

    def _merge(self, stored: Entity, entity: Entity, wrote: Mapping[str, str]) -> Written:
        news = allowed(stored, written_by(entity), wrote)
        if not news:
            return Written(stored)
        merged = changed(stored, news)
        update = wire.update_of(merged)
        self._service.call(update.operation, **update.request)
        before = {name: value_of(stored, name) for name in news}
        return Written(merged, before=before, gaps=_cut(stored.arn, update.cut))

    def _link(
        self,
        links: Iterable[PlannedLink],
        planned: Mapping[str, PlannedEntity],
        arns: Mapping[str, str],
    ) -> tuple[list[Pair], list[Gap]]:
        wanted = [link.association for link in links if link.act == "link"]
        placed = [_placed(each, arns) for each in wanted if not _unplaced(each, planned, arns)]
        left_out = [
            _left_out(end, each) for each in wanted for end in _unplaced(each, planned, arns)
        ]
        outcome = edges.link(self._service, placed)
        self._memory.keep_links(each for each in placed if each.pair in outcome.found)
        gaps = [
            _not_linked(pair, error)
            for pair, error in outcome.refused.items()
            if not isinstance(error, AlreadyExists)
        ]
        return list(outcome.found), [*left_out, *gaps]

    def _remember(
        self, written: Mapping[str, Written], planned: Mapping[str, PlannedEntity]
    ) -> None:
        ours: dict[str, dict[str, str]] = {}
        for key, one in written.items():
            if one.entity is None or not (one.created or one.before):
                continue
            values = written_by(planned[key].entity)
            kept = values if one.created else {k: v for k, v in values.items() if k in one.before}
            ours.setdefault(one.entity.arn, {}).update(kept)
        self._memory.keep_wrote(ours)
        self._memory.forget(one.entity.arn for one in written.values() if one.entity and one.before)
        made = [one.entity for one in written.values() if one.created and one.entity]
        self._memory.keep_made(made)
        if made:
            self._memory.forget_meanings()


def _receipt(
    arns: Mapping[str, str],
    written: Mapping[str, Written],
    linked: Iterable[Pair],
    gaps: Iterable[Gap],
) -> Receipt:
    before = {one.entity.arn: one.before for one in written.values() if one.entity and one.before}
    merged = {arn: {k: v for k, v in each.items() if k != STATUS} for arn, each in before.items()}
    return Receipt(
        arns,
        tuple(one.entity.arn for one in written.values() if one.created and one.entity),
        tuple(linked),
        {arn: values for arn, values in merged.items() if values},
        (*(gap for one in written.values() for gap in one.gaps), *gaps),
        {arn: values[STATUS] for arn, values in before.items() if STATUS in values},
    )


def _raise_if_futile(receipt: Receipt, errors: Iterable[LineageError]) -> None:
    for error in errors:
        if isinstance(error, WriteRefused) or not receipt.arns:
            raise error


def _cut(arn: str, names: Iterable[str]) -> tuple[Gap, ...]:
    why = "The service has no room for its whole value; the beginning was written."
    return tuple(Gap("truncated", arn, f"Property {name!r}: {why}") for name in names)


def _placed(edge: Association, arns: Mapping[str, str]) -> Association:
    source, destination = (arns.get(end, end) for end in edge.pair)
    return replace(edge, source=source, destination=destination)


def _unplaced(
    edge: Association, planned: Mapping[str, PlannedEntity], arns: Mapping[str, str]
) -> list[str]:
    return [end for end in dict.fromkeys(edge.pair) if end in planned and end not in arns]


def _left_out(end: str, edge: Association) -> Gap:
    why = f"It is not there, so {edge.source} → {edge.destination} is left out."
    return Gap("missing", end, why)


def _not_linked(pair: Pair, error: LineageError) -> Gap:
    if isinstance(error, EntityNotFound):
        absent = next((end for end in pair if end in str(error)), " → ".join(pair))
        return _left_out(absent, Association(*pair))
    return gap_of(error, " → ".join(pair), "The association was not written:")
