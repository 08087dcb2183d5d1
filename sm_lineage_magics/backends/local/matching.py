"""Which stored entity is the one that is meant, though it may have another ARN."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from ...model import Entity
from ...model.sameness import meant, source_of
from . import entities, lookup
from .file.connection import Connection


def existing(connection: Connection, wanted: Iterable[Entity]) -> dict[str, Entity]:
    """By the ARN given: the entity as stored. The same ARN comes before the same source or name."""
    asked = tuple(wanted)
    same_arn = entities.get(connection, (entity.arn for entity in asked))
    others = [entity for entity in asked if entity.arn not in same_arn]
    texts = {text for entity in others for text in (entity.source_uri, entity.name) if text}
    # The newest come first and are to win: of two under one key a dict keeps the later one.
    candidates = lookup.looked_up(connection, texts)
    by_source: defaultdict[Hashable, list[Entity]] = defaultdict(list)
    for each in candidates:
        by_source[source_of(each)].append(each)
    by_name = {key: each for each in candidates[::-1] if (key := _name_of(each))}
    found = {e.arn: _of_source(e, by_source) or by_name.get(_name_of(e)) for e in others}
    return same_arn | {arn: stored for arn, stored in found.items() if stored is not None}


def _of_source(entity: Entity, by_source: Mapping[Hashable, list[Entity]]) -> Entity | None:
    key = source_of(entity)
    return meant(entity, by_source.get(key, ())) if key else None


def _name_of(entity: Entity) -> Hashable:
    """What two entities of one name have in common; None for artifacts, which are their source."""
    return (entity.kind, entity.name) if entity.name and entity.kind != "Artifact" else None
