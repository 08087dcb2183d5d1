"""The service's dictionaries and the model's values, one into the other.

>>> described(entity, account)["ArtifactArn"]
'arn:aws:sagemaker:us-east-1:123456789012:artifact/…'

Requests are as decoded from JSON, so times are seconds since 1970; responses are as botocore
parses them, so times are datetimes. Fields without a value are left out, as the service does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, TypedDict

from ..model import Association, Entity, EntityFilter, Home, Kind, is_arn
from .account import Account
from .quotas import SERVICE

Wire = dict[str, Any]
Request = Mapping[str, Any]

_METADATA = {
    "CommitId": "commit_id",
    "Repository": "repository",
    "GeneratedBy": "generated_by",
    "ProjectId": "project_id",
}

# ListAssociations speaks of trial components so, QueryLineage of `TrainingJob` and the like
# (both are seen in the tests of SDK v2).
_ASSOCIATED_PREFIX = "SageMaker"
_ASSOCIATED_TRIAL_COMPONENT = "SageMakerExperimentTrialComponent"


def moment(value: float | datetime | None) -> datetime | None:
    """A time of a request, in UTC."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromtimestamp(value, timezone.utc)


def present(**fields: Any) -> Wire:
    """The fields that have a value; an empty text, list or map is none."""
    return {name: value for name, value in fields.items() if value not in (None, "", {}, [])}


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
    return {ours: wire[theirs] for theirs, ours in _METADATA.items() if wire.get(theirs)}


def metadata_of(details: Request) -> Wire:
    """MetadataProperties as the service gives them."""
    kept = details.get("metadata", {})
    return {theirs: kept[ours] for theirs, ours in _METADATA.items() if ours in kept}


def tags_from(wire: Any) -> dict[str, str]:
    """Tags as an entity's details keep them."""
    return {tag["Key"]: tag["Value"] for tag in wire}


def described(entity: Entity, account: Account) -> Wire:
    """What a Describe operation answers for an artifact, action or context."""
    kind = entity.kind
    return present(
        **{
            f"{kind}Name": entity.name,
            f"{kind}Arn": entity.arn,
            "Source": source_of(entity),
            f"{kind}Type": entity.type,
        },
        Description=entity.details.get("description"),
        Status=entity.status,
        Properties=dict(entity.properties),
        **times_of(entity),
        MetadataProperties=metadata_of(entity.details),
        LineageGroupArn=account.lineage_group,
    )


def summarised(entity: Entity) -> Wire:
    """What a List operation answers for an artifact, action or context."""
    kind = entity.kind
    return present(
        **{
            f"{kind}Arn": entity.arn,
            f"{kind}Name": entity.name,
            "Source": source_of(entity),
            f"{kind}Type": entity.type,
        },
        Status=entity.status,
        CreationTime=entity.created,
        LastModifiedTime=entity.modified,
    )


def source_of(entity: Entity) -> Wire:
    """The Source of an artifact, or of an action or context, which keep different fields."""
    if entity.kind == "Artifact":
        pairs = entity.details.get("source_types", ())
        types = [{"SourceIdType": kind, "Value": value} for kind, value in pairs]
        return present(SourceUri=entity.source_uri, SourceTypes=types)
    return present(
        SourceUri=entity.source_uri,
        SourceType=entity.details.get("source_type"),
        SourceId=entity.details.get("source_id"),
    )


def times_of(entity: Entity) -> Wire:
    """When and by whom it was made and last changed."""
    return {
        "CreationTime": entity.created,
        "CreatedBy": user_of(entity.created_by),
        "LastModifiedTime": entity.modified,
        "LastModifiedBy": user_of(entity.details.get("modified_by", entity.created_by)),
    }


def user_of(caller: str | None) -> Wire | None:
    """The UserContext of a caller; None for the service itself and for callers outside Studio.

    What the service answers for callers outside Studio is not verified; nothing is the least.
    """
    if caller is None or caller == SERVICE:
        return None
    if is_arn(caller):
        return {"IamIdentity": {"Arn": caller}}
    return {"UserProfileName": caller}


def vertex_of(entity: Entity) -> Wire:
    """A vertex of QueryLineage."""
    return vertex(entity.arn, entity.kind, entity.type)


def vertex(arn: str, kind: Kind, type: str) -> Wire:
    """A vertex of QueryLineage; its type is left out where there is none."""
    if not type:
        return {"Arn": arn, "LineageType": kind}
    return {"Arn": arn, "Type": type, "LineageType": kind}


def edge_of(association: Association) -> Wire:
    """An edge of QueryLineage; its type is left out where there is none."""
    edge: Wire = {"SourceArn": association.source, "DestinationArn": association.destination}
    if association.type is not None:
        edge["AssociationType"] = association.type
    return edge


def association_summary(association: Association, ends: Mapping[str, Entity]) -> Wire:
    """What ListAssociations answers for one association."""
    source, destination = ends.get(association.source), ends.get(association.destination)
    return present(
        SourceArn=association.source,
        DestinationArn=association.destination,
        SourceType=associated_type(source),
        DestinationType=associated_type(destination),
        AssociationType=association.type,
        SourceName=source.name if source else None,
        DestinationName=destination.name if destination else None,
        CreationTime=association.created,
        CreatedBy=user_of(association.created_by),
    )


def associated_type(entity: Entity | None) -> str:
    """How ListAssociations calls the type of one end."""
    if entity is None:
        return ""
    if entity.kind != "TrialComponent":
        return entity.type
    return f"{_ASSOCIATED_PREFIX}{entity.type}" if entity.type else _ASSOCIATED_TRIAL_COMPONENT


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
