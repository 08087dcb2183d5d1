"""Which stored entity is the one that is meant, though it may have another ARN."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model import Entity
from . import entities
from .connection import Connection


def existing(connection: Connection, wanted: Iterable[Entity]) -> dict[str, Entity]:
    """By the ARN given: the entity as stored. The same ARN comes before the same source or name."""
    asked = tuple(wanted)
    same_arn = entities.get(connection, (entity.arn for entity in asked))
    others = [entity for entity in asked if entity.arn not in same_arn]
    texts = {text for entity in others for text in (entity.source_uri, entity.name) if text}
    candidates = entities.looked_up(connection, texts)
    found = ((entity, _same(entity, candidates)) for entity in others)
    return same_arn | {entity.arn: stored for entity, stored in found if stored is not None}


def _same(entity: Entity, candidates: Sequence[Entity]) -> Entity | None:
    near = [each for each in candidates if each.kind == entity.kind]
    by_source = (each for each in near if _same_source(entity, each))
    by_name = (each for each in near if entity.kind != "Artifact" and _same_name(entity, each))
    return next(by_source, None) or next(by_name, None)


def _same_source(one: Entity, other: Entity) -> bool:
    if not one.source_uri or one.source_uri != other.source_uri:
        return False
    if one.kind == "Artifact":
        return _source_types(one) == _source_types(other)
    # One endpoint or package may be the source of an approval and of a deployment.
    return one.type == other.type


def _same_name(one: Entity, other: Entity) -> bool:
    return bool(one.name) and one.name == other.name


def _source_types(entity: Entity) -> list[tuple[str, ...]]:
    return sorted(tuple(pair) for pair in entity.details.get("source_types", ()))
