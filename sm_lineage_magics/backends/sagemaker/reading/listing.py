"""Entities as the List operations tell them: by source, by kind and type, or all of them.

>>> [entity.name for entity in by_source(service, "s3://bucket/raw.csv", ["Artifact"])]
['raw']

Summaries carry neither properties nor descriptions.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from ....model import KINDS, Arn, Entity, EntityFilter, Kind, is_arn
from .. import wire
from ..calls.service import Service

_EPOCH = datetime.min.replace(tzinfo=timezone.utc)

# The service's words for what a source ARN is of decide which lists can hold its entity.
_KINDS_OF_RESOURCE: dict[str, tuple[Kind, ...]] = {
    "training-job": ("TrialComponent", "Artifact"),
    "processing-job": ("TrialComponent", "Artifact"),
    "transform-job": ("TrialComponent", "Artifact"),
    "hyper-parameter-tuning-job": ("TrialComponent", "Artifact"),
    "automl-job": ("TrialComponent", "Artifact"),
    "model-package-group": ("Context",),
}
_WITH_SOURCE: tuple[Kind, ...] = ("Artifact", "Action", "Context")


def kinds_of_source(uri: str) -> tuple[Kind, ...]:
    """The kinds whose entities can have this source."""
    # A trial component's source is a job's ARN, or nothing the service could look for.
    if not is_arn(uri):
        return _WITH_SOURCE
    return _KINDS_OF_RESOURCE.get(Arn.parse(uri).type, _WITH_SOURCE)


def by_source(service: Service, uri: str, kinds: Iterable[Kind]) -> list[Entity]:
    """Every entity of these kinds whose source is `uri`; one call a kind, all at once.

    Raises:
        ServiceError: when a list is refused.
    """
    outcome = service.each(lambda kind: list(listed(service, kind, uri=uri)), kinds)
    for error in outcome.refused.values():
        raise error
    return [entity for found in outcome.found.values() for entity in found]


def everything(
    service: Service, only: EntityFilter | None = None, kinds: Iterable[Kind] = KINDS
) -> Iterator[Entity]:
    """Entities newest first, lazily, page by page; as much of the filter as lists can do."""
    only = only or EntityFilter()
    wanted = [kind for kind in kinds if not only.kinds or kind in only.kinds]
    lists = (listed(service, kind, only=only) for kind in wanted)
    return heapq.merge(*lists, key=newest_first)


def listed(
    service: Service, kind: Kind, uri: str | None = None, only: EntityFilter | None = None
) -> Iterator[Entity]:
    """Entities of one kind, newest first, then by ARN."""
    items = service.listed(wire.LISTS[kind], **_request(kind, uri, only or EntityFilter()))
    return _in_order(wire.entity_of(kind, item) for item in items)


def _request(kind: Kind, uri: str | None, only: EntityFilter) -> dict[str, Any]:
    request: dict[str, Any] = {}
    if uri is not None:
        request["SourceArn" if kind == "TrialComponent" else "SourceUri"] = uri
    if len(only.types) == 1 and kind != "TrialComponent":
        request[f"{kind}Type"] = only.types[0]
    window = {"CreatedAfter": only.created_after, "CreatedBefore": only.created_before}
    return request | {key: moment for key, moment in window.items() if moment is not None}


def _in_order(entities: Iterator[Entity]) -> Iterator[Entity]:
    """The service orders by time alone; entities of the same moment are put in order here."""
    same: list[Entity] = []
    for entity in entities:
        if same and entity.created != same[0].created:
            yield from sorted(same, key=newest_first)
            same = []
        same.append(entity)
    yield from sorted(same, key=newest_first)


def newest_first(entity: Entity) -> tuple[float, str]:
    """The order of every list: by time, then by ARN."""
    return (-(entity.created or _EPOCH).timestamp(), entity.arn)
