"""Which stored entity is the one that is meant, though it may have another ARN."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ...model import Entity
from . import entities, lookup
from .file.connection import Connection


def existing(connection: Connection, wanted: Iterable[Entity]) -> dict[str, Entity]:
    """By the ARN given: the entity as stored. The same ARN comes before the same source or name."""
    asked = tuple(wanted)
    same_arn = entities.get(connection, (entity.arn for entity in asked))
    others = [entity for entity in asked if entity.arn not in same_arn]
    texts = {text for entity in others for text in (entity.source_uri, entity.name) if text}
    # The newest come first and are to win: of two under one key a dict keeps the later one.
    candidates = lookup.looked_up(connection, texts)[::-1]
    by_source = {key: each for each in candidates if (key := _source_of(each))}
    by_name = {key: each for each in candidates if (key := _name_of(each))}
    found = {e.arn: by_source.get(_source_of(e)) or by_name.get(_name_of(e)) for e in others}
    return same_arn | {arn: stored for arn, stored in found.items() if stored is not None}


def _source_of(entity: Entity) -> Hashable:
    """What two entities with the same source have in common; None for one without a source."""
    if not entity.source_uri:
        return None
    if entity.kind == "Artifact":
        types = sorted(tuple(pair) for pair in entity.details.get("source_types", ()))
        return (entity.kind, entity.source_uri, tuple(types))
    # One endpoint or package may be the source of an approval and of a deployment.
    return (entity.kind, entity.source_uri, entity.type)


def _name_of(entity: Entity) -> Hashable:
    """What two entities of one name have in common; None for artifacts, which are their source."""
    return (entity.kind, entity.name) if entity.name and entity.kind != "Artifact" else None
