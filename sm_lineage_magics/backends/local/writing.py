"""Plans carried out in a store, and taken back: each in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone

from ...model import Association, Entity, Gap, Plan, PlannedEntity, Receipt
from ...model.plan import STATUS, Values, value_of
from . import claims, edges, entities
from .file.connection import Connection
from .matching import existing
from .store import Store


def apply(store: Store, plan: Plan) -> Receipt:
    """Write a plan. Applying it again changes nothing."""
    with store.writing() as connection:
        now = datetime.now(timezone.utc)
        there = existing(connection, (planned.entity for planned in plan.entities))
        new = [p.entity for p in plan.entities if p.key not in there and p.act != "reuse"]
        made = {entity.arn: _dated(entity, now) for entity in reversed(new)}
        ids = entities.put(connection, reversed(made.values()), ours=True)
        merged = _merge(connection, plan.entities, there, now)
        arns = {key: entity.arn for key, entity in there.items()} | {e.arn: e.arn for e in new}
        wanted = [
            each.association.placed(arns).dated(now) for each in plan.links if each.act == "link"
        ]
        linked, gaps = _link(connection, wanted, ids, {*arns.values()})
    missing = [_missing(planned) for planned in plan.entities if planned.key not in arns]
    created = tuple(dict.fromkeys(entity.arn for entity in new))
    return Receipt.of(arns, created, linked, merged, [*missing, *gaps])


def remove(store: Store, receipt: Receipt) -> Receipt:
    """Take back what a receipt says was made, except what others have linked to since."""
    with store.writing() as connection:
        unlinked = store.unlink(receipt.linked)
        restored, changed = _restore(store, connection, receipt.before)
        dropped, kept = _drop_unlinked(store, receipt.created)
    return Receipt.of(receipt.arns, dropped, unlinked, restored, [*changed, *kept])


def delete(store: Store, arns: Iterable[str]) -> Receipt:
    """Delete entities with the associations at them."""
    asked = tuple(dict.fromkeys(arns))
    with store.writing():
        there = tuple(store.get(asked))
        pairs = dict.fromkeys(association.pair for _, association in store.step("both")(there))
        unlinked = store.unlink(pairs)
        store.drop(there)
    gaps = [
        Gap("missing", arn, "There was nothing to delete.") for arn in asked if arn not in there
    ]
    return Receipt({arn: arn for arn in there}, there, tuple(unlinked), gaps=tuple(gaps))


def _dated(entity: Entity, now: datetime) -> Entity:
    if entity.created and entity.modified:
        return entity
    created = entity.created or now
    return replace(entity, created=created, modified=entity.modified or created)


def _merge(
    connection: Connection,
    planned: Iterable[PlannedEntity],
    there: Mapping[str, Entity],
    now: datetime,
) -> dict[str, dict[str, str | None]]:
    """Write what a plan may onto entities that exist; by ARN, the values before."""
    wanted: dict[str, dict[str, str]] = {}
    for each in planned:
        if each.key in there and each.act != "reuse":
            wanted.setdefault(there[each.key].arn, {}).update(_written(each.entity))
    if not wanted:
        return {}
    stored = {entity.arn: entity for entity in there.values()}
    ledger = claims.ledger(connection, wanted)
    before = {}
    for arn, values in wanted.items():
        entity = stored[arn]
        news = {k: v for k, v in values.items() if v != value_of(entity, k)}
        news = {k: v for k, v in news.items() if ledger.holds(entity, k)}
        if news:
            before[arn] = {key: value_of(entity, key) for key in news}
            _rewrite(connection, entity, news, ledger, now)
    return before


def _written(entity: Entity) -> dict[str, str]:
    status = {} if entity.status is None else {STATUS: entity.status}
    return {**entity.properties, **status}


def _rewrite(
    connection: Connection,
    entity: Entity,
    values: Mapping[str, str | None],
    ledger: claims.Ledger,
    now: datetime,
) -> None:
    kept = {key: value for key, value in entity.properties.items() if key not in values}
    added = {k: v for k, v in values.items() if v is not None and k != STATUS}
    status = values.get(STATUS, entity.status)
    changed = replace(entity, properties={**kept, **added}, status=status, modified=now)
    ours = entity.arn in ledger.whole
    entities.put(connection, [changed], ours=ours)
    if not ours:
        claims.claim(connection, entity.arn, {k: v for k, v in values.items() if v is not None})


def _link(
    connection: Connection, wanted: Sequence[Association], ids: Mapping[str, int], there: set[str]
) -> tuple[list[tuple[str, str]], list[Gap]]:
    """Add the associations whose ends are there, or were before; of the others a gap."""
    ends = {arn for association in wanted for arn in association.pair}
    there = {*there, *entities.get(connection, ends - there)}
    whole = (each for each in wanted if there.issuperset(each.pair))
    linked = edges.link(connection, whole, ids)
    gaps = [
        Gap(
            "missing", arn, f"It does not exist, so {each.source} → {each.destination} is left out."
        )
        for each in wanted
        for arn in dict.fromkeys(each.pair)
        if arn not in there
    ]
    return linked, gaps


def _missing(planned: PlannedEntity) -> Gap:
    return Gap("missing", planned.key, "It was to be reused, but it does not exist (any more).")


def _restore(
    store: Store, connection: Connection, values: Values
) -> tuple[dict[str, dict[str, str | None]], list[Gap]]:
    """Put the values back that were there before, where ours still are; what was there now."""
    now = datetime.now(timezone.utc)
    ledger = claims.ledger(connection, values)
    restored, gaps = {}, []
    for arn, entity in store.get(values).items():
        ours = {k: v for k, v in values[arn].items() if ledger.holds(entity, k)}
        changed = {k: v for k, v in ours.items() if v != value_of(entity, k)}
        gaps += [_not_ours(arn, key) for key in values[arn] if key not in ours]
        if changed:
            restored[arn] = {key: value_of(entity, key) for key in changed}
            _rewrite(connection, entity, changed, ledger, now)
    return restored, gaps


def _drop_unlinked(store: Store, created: Iterable[str]) -> tuple[tuple[str, ...], Iterator[Gap]]:
    there = tuple(store.get(created))
    at = {arn for _, each in store.step("both")(there) for arn in each.pair}
    store.drop(arn for arn in there if arn not in at)
    why = "It is left in place: others have linked to it since."
    return (
        tuple(arn for arn in there if arn not in at),
        (Gap("failed", arn, why) for arn in there if arn in at),
    )


def _not_ours(arn: str, key: str) -> Gap:
    what = f"Property {key!r}" if key else "The status"
    return Gap("failed", arn, f"{what} is left as it is: somebody else has changed it since.")
