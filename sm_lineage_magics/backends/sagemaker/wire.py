"""The service's dictionaries as entities and associations, and back: the only place for either.

>>> entity_of("Artifact", client.describe_artifact(ArtifactArn=arn)).type
'DataSet'
>>> creation_of(entity)
Creation(operation='CreateArtifact', request={'ArtifactName': 'raw', …}, cut=())
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ...model import Arn, Association, Entity, Kind
from ...model.packing import packed, whole
from ...model.serial import plain
from . import components
from .seed import as_kept, readable

Wire = Mapping[str, Any]

LISTS: dict[Kind, str] = {
    "Artifact": "ListArtifacts",
    "Action": "ListActions",
    "Context": "ListContexts",
    "TrialComponent": "ListTrialComponents",
}

_METADATA = {
    "CommitId": "commit_id",
    "Repository": "repository",
    "GeneratedBy": "generated_by",
    "ProjectId": "project_id",
}

# What an entity carries that the service has no field for: a name it would refuse, and the
# source and type of a trial component made by hand. Kept beside the properties, under names
# nobody else would take.
_NAME = "sm_lineage_magics:name"
_SOURCE = "sm_lineage_magics:source"
_TYPE = "sm_lineage_magics:type"

# The service says `SageMakerTrainingJob` of a source and `TrainingJob` of a vertex.
_SERVICE = "SageMaker"

# botocore 1.44: ExperimentEntityName and ContextName.
_NAME_PATTERN = re.compile(r"(?=.{1,120}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*")
_NAMES = {"Context": re.compile(r"(?=.{1,120}$)[a-zA-Z0-9]([-_]*[a-zA-Z0-9])*")}
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9]+")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Creation:
    """The call that makes an entity.

    Attributes:
        operation: `CreateArtifact`, …
        request: its parameters.
        cut: properties that do not fit whole.
    """

    operation: str
    request: dict[str, Any]
    cut: tuple[str, ...] = ()


def kind_of(arn: str) -> Kind | None:
    """The kind of lineage entity an ARN names."""
    return Arn.parse(arn).kind


def sketch_of(vertex: Wire) -> Entity:
    """What a vertex of QueryLineage tells of its entity: ARN, kind and type, no name."""
    return Entity(vertex["Arn"], vertex["LineageType"], vertex.get("Type", ""))


def edge_of(edge: Wire) -> Association:
    """An edge of QueryLineage."""
    return Association(edge["SourceArn"], edge["DestinationArn"], edge.get("AssociationType"))


def association_of(summary: Wire) -> Association:
    """An association as ListAssociations tells it."""
    return Association(
        summary["SourceArn"],
        summary["DestinationArn"],
        summary.get("AssociationType"),
        _time(summary.get("CreationTime")),
        _user(summary.get("CreatedBy")),
    )


def entity_of(kind: Kind, wire: Wire) -> Entity:
    """An entity as a Describe or List operation tells it; summaries have no properties."""
    kept = _kept(kind, wire)
    name: str = wire.get(f"{kind}Name", "")
    return Entity(
        arn=wire[f"{kind}Arn"],
        kind=kind,
        type=_type(kind, wire) or kept.get(_TYPE, ""),
        name=kept.get(_NAME) or name,
        source_uri=_source(wire) or kept.get(_SOURCE, ""),
        properties=readable(whole(_without_ours(kept))),
        created=_time(wire.get("CreationTime")),
        modified=_time(wire.get("LastModifiedTime")),
        created_by=_user(wire.get("CreatedBy")),
        status=_status(wire),
        details=_details(wire),
    )


def description_of(arn: str) -> tuple[str, dict[str, str]]:
    """The call that describes the entity of an ARN."""
    kind = kind_of(arn)
    # Only artifacts have a field for the ARN; the others take it where the name goes.
    key = "ArtifactArn" if kind == "Artifact" else f"{kind}Name"
    return f"Describe{kind}", {key: arn}


def deletion_of(arn: str) -> tuple[str, dict[str, str]]:
    """The call that deletes the entity of an ARN; actions and contexts only go by name."""
    parsed = Arn.parse(arn)
    if parsed.kind == "Artifact":
        return "DeleteArtifact", {"ArtifactArn": arn}
    return f"Delete{parsed.kind}", {f"{parsed.kind}Name": parsed.name}


def creation_of(entity: Entity) -> Creation:
    """The call that makes an entity as much like this one as the service allows."""
    kind = entity.kind
    name = service_name(entity)
    fitted = packed({**as_kept(entity.properties), **_extras(entity, name)})
    request: dict[str, Any] = {f"{kind}Name": name} if name else {}
    request |= (
        components.request_of(entity, fitted.properties)
        if kind == "TrialComponent"
        else {
            f"{kind}Type": entity.type or "Unknown",
            "Source": _source_wire(entity),
            "Properties": fitted.properties,
        }
    )
    request |= _common(entity)
    return Creation(f"Create{kind}", request, fitted.cut)


def update_of(entity: Entity, gone: Iterable[str] = ()) -> Creation:
    """The call that makes the stored entity's properties and status these.

    UpdateArtifact "overwrites the current property list", so the whole list goes along.
    """
    arn = Arn.parse(entity.arn)
    name = arn.name if entity.kind != "Artifact" else entity.name
    fitted = packed({**as_kept(entity.properties), **_extras(entity, name)})
    if entity.kind == "TrialComponent":
        return Creation(
            "UpdateTrialComponent",
            components.update_of(entity, fitted.properties, gone),
            fitted.cut,
        )
    key = {"ArtifactArn": entity.arn} if entity.kind == "Artifact" else {f"{entity.kind}Name": name}
    request: dict[str, Any] = {**key, "Properties": fitted.properties}
    if removed := [name for name in gone if name not in fitted.properties]:
        request["PropertiesToRemove"] = removed
    if entity.kind == "Action" and entity.status:
        request["Status"] = entity.status
    return Creation(f"Update{entity.kind}", request, fitted.cut)


def model_sources(model: Wire) -> list[str | Entity]:
    """Where DescribeModel says the model's data lies: URIs, or the ARN of a model package."""
    containers = [model.get("PrimaryContainer", {}), *model.get("Containers", ())]
    sources: list[str | Entity] = []
    for container in containers:
        s3 = container.get("ModelDataSource", {}).get("S3DataSource", {})
        named = (container.get("ModelDataUrl"), s3.get("S3Uri"), container.get("ModelPackageName"))
        sources += [source for source in named if source]
    return sources


def may_be_called(kind: Kind, name: str) -> bool:
    """Whether the service allows an entity of this kind to have this name."""
    return _NAMES.get(kind, _NAME_PATTERN).fullmatch(name) is not None


def service_name(entity: Entity) -> str:
    """The entity's name as far as the service allows: letters, digits and single hyphens.

    Artifacts may go without; of others one is made of the end of the ARN.
    """
    name = entity.name or ("" if entity.kind == "Artifact" else Arn.parse(entity.arn).name)
    if may_be_called(entity.kind, name):
        return name
    return _NOT_IN_NAMES.sub("-", name)[:_LONGEST_NAME].strip("-") or ("entity" if name else "")


def _extras(entity: Entity, name: str) -> dict[str, str]:
    extras = {_NAME: entity.name} if entity.name and entity.name != name else {}
    if entity.kind == "TrialComponent":
        extras |= {_SOURCE: entity.source_uri} if entity.source_uri else {}
        extras |= {_TYPE: entity.type} if entity.type else {}
    return extras


def _source_wire(entity: Entity) -> dict[str, Any]:
    # SourceUri is required and not empty; what has none is its own source.
    source: dict[str, Any] = {"SourceUri": entity.source_uri or _own_source(entity)}
    if entity.kind == "Artifact":
        pairs = entity.details.get("source_types", ())
        types = [{"SourceIdType": kind, "Value": value} for kind, value in pairs]
        return source | ({"SourceTypes": types} if types else {})
    fields = {"SourceType": "source_type", "SourceId": "source_id"}
    kept = entity.details
    return source | {key: kept[ours] for key, ours in fields.items() if ours in kept}


def _own_source(entity: Entity) -> str:
    return f"{_NO_SOURCE}{entity.kind.lower()}/{entity.name or Arn.parse(entity.arn).name}"


_NO_SOURCE = "sm-lineage-magics:none/"


def _common(entity: Entity) -> dict[str, Any]:
    common: dict[str, Any] = {}
    metadata = entity.details.get("metadata", {})
    if metadata and entity.kind != "Context":
        common["MetadataProperties"] = {
            theirs: metadata[ours] for theirs, ours in _METADATA.items() if metadata.get(ours)
        }
    if entity.details.get("description") and entity.kind in ("Action", "Context"):
        common["Description"] = entity.details["description"]
    if entity.status and entity.kind == "Action":
        common["Status"] = entity.status
    tags = entity.details.get("tags", {})
    if tags:
        common["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
    return common


def _kept(kind: Kind, wire: Wire) -> dict[str, str]:
    if kind != "TrialComponent":
        return dict(wire.get("Properties", {}))
    return components.properties_of(wire)


def _without_ours(properties: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in properties.items() if k not in (_NAME, _SOURCE, _TYPE)}


def _source(wire: Wire) -> str:
    source = wire.get("Source") or wire.get("TrialComponentSource") or {}
    uri: str = source.get("SourceUri") or source.get("SourceArn") or ""
    return "" if uri.startswith(_NO_SOURCE) else uri


def _type(kind: Kind, wire: Wire) -> str:
    if kind != "TrialComponent":
        return str(wire.get(f"{kind}Type", ""))
    source = wire.get("Source") or wire.get("TrialComponentSource") or {}
    return str(source.get("SourceType", "")).removeprefix(_SERVICE)


def _status(wire: Wire) -> str | None:
    status = wire.get("Status")
    primary: str | None = status.get("PrimaryStatus") if isinstance(status, Mapping) else status
    return primary


def _details(wire: Wire) -> dict[str, Any]:
    source = wire.get("Source") or {}
    pairs = [[one["SourceIdType"], one["Value"]] for one in source.get("SourceTypes", ())]
    metadata = wire.get("MetadataProperties", {})
    details = {
        "source_types": pairs,
        "source_type": source.get("SourceType") if "SourceUri" in source else None,
        "source_id": source.get("SourceId"),
        "description": wire.get("Description"),
        "metadata": {ours: metadata[key] for key, ours in _METADATA.items() if key in metadata},
        **components.details_of(wire),
    }
    return {key: plain(value) for key, value in details.items() if value}


def _time(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(timezone.utc)


def _user(context: Wire | None) -> str | None:
    if not context:
        return None
    name: str | None = context.get("UserProfileName")
    return name or context.get("IamIdentity", {}).get("Arn")


def variants_of(endpoint: Wire, config: Wire) -> str:
    """The production variants of an endpoint, for people: `blue 90 % (churn-7), …`."""
    variants = config.get("ProductionVariants", ())
    weights = {
        each["VariantName"]: each.get("CurrentWeight", 0.0)
        for each in endpoint.get("ProductionVariants", ())
    }
    whole_weight = sum(weights.values()) or 1.0
    return ", ".join(
        f"{name} {weights.get(name, 0.0) / whole_weight:.0%}".replace("%", " %")
        + (f" ({model})" if model else "")
        for name, model in ((each["VariantName"], each.get("ModelName")) for each in variants)
    )
