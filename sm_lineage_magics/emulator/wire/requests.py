"""Requests of the service, read as the model's values.

>>> new_entity("Context", {"ContextName": "churn", "ContextType": "Endpoint"}, account).label
'churn'

Requests are as decoded from JSON, so times are seconds since 1970.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, TypedDict

from ...model import Entity, EntityFilter, Home, Kind, is_arn
from ...model.filter import within
from ..account import Account
from .fields import METADATA, Request, Wire, present


def moment(value: float | datetime | None) -> datetime | None:
    """A time of a request, in UTC."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromtimestamp(value, timezone.utc)


def new_entity(kind: Kind, request: Request, account: Account) -> Entity:
    """What a Create operation asks for; automatic when the service itself asks."""
    now = account.clock()
    source = request.get("Source", {})
    return Entity(
        arn=arn_of(kind, request, account.home),
        kind=kind,
        type=request.get(f"{kind}Type", ""),
        name=request.get(f"{kind}Name", ""),
        source_uri=source.get("SourceUri", ""),
        properties=dict(request.get("Properties", {})),
        created=now,
        modified=now,
        created_by=account.caller,
        status=request.get("Status"),
        details=_details(request, source),
    )


def arn_of(kind: Kind, request: Request, home: Home) -> str:
    """The ARN of the entity a Create operation asks for.

    Lower-casing of action and context names inside ARNs is seen for model packages alone, so
    names are left as they are given (not verified against the service).
    """
    if kind == "Artifact":
        return source_arn(request["Source"], home)
    return named_arn(kind, request[f"{kind}Name"], home)


def source_arn(source: Request, home: Home) -> str:
    """The ARN of the artifact of a Source: its URI together with its source types."""
    pairs = [(one["SourceIdType"], one["Value"]) for one in source.get("SourceTypes", ())]
    return home.artifact(source["SourceUri"], pairs)


def named_arn(kind: Kind, name: str, home: Home) -> str:
    """The ARN an action, context or trial component has under a name; an ARN stays itself."""
    if is_arn(name):
        return name
    if kind == "TrialComponent":
        # botocore's model: a trial component's name is "not case-sensitive".
        return home.trial_component(name.lower())
    return home.action(name) if kind == "Action" else home.context(name)


def _details(request: Request, source: Request) -> Wire:
    return present(
        source_types=[[one["SourceIdType"], one["Value"]] for one in source.get("SourceTypes", ())],
        source_type=source.get("SourceType"),
        source_id=source.get("SourceId"),
        description=request.get("Description"),
        metadata=metadata_from(request.get("MetadataProperties", {})),
        tags=tags_from(request.get("Tags", ())),
    )


def metadata_from(wire: Request) -> Wire:
    """MetadataProperties as an entity's details keep them."""
    return {ours: wire[theirs] for theirs, ours in METADATA.items() if wire.get(theirs)}


def tags_from(wire: Any) -> dict[str, str]:
    """Tags as an entity's details keep them."""
    return {tag["Key"]: tag["Value"] for tag in wire}


class Window(TypedDict):
    """When something was made, as a filter takes it."""

    created_after: datetime | None
    created_before: datetime | None


def window_of(request: Request) -> Window:
    """CreatedAfter and CreatedBefore of a List operation."""
    return {
        "created_after": moment(request.get("CreatedAfter")),
        "created_before": moment(request.get("CreatedBefore")),
    }


def in_window(made: datetime | None, request: Request) -> bool:
    """Whether something was made when a List operation wants it to have been."""
    window = window_of(request)
    return within(made, window["created_after"], window["created_before"])


def filter_of(filters: Request) -> EntityFilter:
    """The Filters of QueryLineage: all keys hold, within one key any value will do."""
    return EntityFilter(
        kinds=tuple(filters.get("LineageTypes", ())),
        types=tuple(filters.get("Types", ())),
        properties=dict(filters.get("Properties", {})),
        **window_of(filters),
        modified_after=moment(filters.get("ModifiedAfter")),
        modified_before=moment(filters.get("ModifiedBefore")),
    )
