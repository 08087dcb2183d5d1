"""The calls that describe, make, change and delete an entity.

>>> creation_of(entity)
Creation(operation='CreateArtifact', request={'ArtifactName': 'raw', …}, cut=())
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ....model import Arn, Entity
from ....model.packing import packed
from . import components
from .kept import METADATA, NAME, NO_SOURCE, SOURCE, TYPE
from .names import service_name
from .seed import as_kept


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


def description_of(arn: str) -> tuple[str, dict[str, str]]:
    """The call that describes the entity of an ARN."""
    kind = Arn.parse(arn).kind
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


def _extras(entity: Entity, name: str) -> dict[str, str]:
    extras = {NAME: entity.name} if entity.name and entity.name != name else {}
    if entity.kind == "TrialComponent":
        extras |= {SOURCE: entity.source_uri} if entity.source_uri else {}
        extras |= {TYPE: entity.type} if entity.type else {}
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
    return f"{NO_SOURCE}{entity.kind.lower()}/{entity.name or Arn.parse(entity.arn).name}"


def _common(entity: Entity) -> dict[str, Any]:
    common: dict[str, Any] = {}
    metadata = entity.details.get("metadata", {})
    if metadata and entity.kind != "Context":
        common["MetadataProperties"] = {
            theirs: metadata[ours] for theirs, ours in METADATA.items() if metadata.get(ours)
        }
    if entity.details.get("description") and entity.kind in ("Action", "Context"):
        common["Description"] = entity.details["description"]
    if entity.status and entity.kind == "Action":
        common["Status"] = entity.status
    tags = entity.details.get("tags", {})
    if tags:
        common["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
    return common
