"""What the service answers, as entities and associations.

>>> entity_of("Artifact", client.describe_artifact(ArtifactArn=arn)).type
'DataSet'
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ....model import Arn, Association, Entity, Kind
from ....model.packing import whole
from ....model.serial import plain
from . import components
from .kept import METADATA, NAME, NO_SOURCE, SOURCE, TYPE
from .seed import readable

Wire = Mapping[str, Any]

# The service says `SageMakerTrainingJob` of a source and `TrainingJob` of a vertex.
_SERVICE = "SageMaker"


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
        type=_type(kind, wire) or kept.get(TYPE, ""),
        name=kept.get(NAME) or name,
        source_uri=_source(wire) or kept.get(SOURCE, ""),
        properties=readable(whole(_without_ours(kept))),
        created=_time(wire.get("CreationTime")),
        modified=_time(wire.get("LastModifiedTime")),
        created_by=_user(wire.get("CreatedBy")),
        status=_status(wire),
        details=_details(wire),
    )


def _kept(kind: Kind, wire: Wire) -> dict[str, str]:
    if kind != "TrialComponent":
        return dict(wire.get("Properties", {}))
    return components.properties_of(wire)


def _without_ours(properties: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in properties.items() if k not in (NAME, SOURCE, TYPE)}


def _source(wire: Wire) -> str:
    source = wire.get("Source") or wire.get("TrialComponentSource") or {}
    uri: str = source.get("SourceUri") or source.get("SourceArn") or ""
    return "" if uri.startswith(NO_SOURCE) else uri


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
        "metadata": {ours: metadata[key] for key, ours in METADATA.items() if key in metadata},
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
