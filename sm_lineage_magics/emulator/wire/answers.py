"""The model's values as the service answers them.

>>> described(entity, account)["ArtifactArn"]
'arn:aws:sagemaker:us-east-1:123456789012:artifact/…'

Responses are as botocore parses them, so times are datetimes. Fields without a value are left
out, as the service does.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Association, Entity, Kind, is_arn
from ..account import Account
from ..quotas import SERVICE
from .fields import METADATA, Request, Wire, present

# ListAssociations speaks of trial components so, QueryLineage of `TrainingJob` and the like
# (both are seen in the tests of SDK v2).
_ASSOCIATED_PREFIX = "SageMaker"
_ASSOCIATED_TRIAL_COMPONENT = "SageMakerExperimentTrialComponent"


def metadata_of(details: Request) -> Wire:
    """MetadataProperties as the service gives them."""
    kept = details.get("metadata", {})
    return {theirs: kept[ours] for theirs, ours in METADATA.items() if ours in kept}


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
