"""Entities as OpenLineage data sets: what they are called there, and their facets.

>>> name_of(Entity("arn:…", "Artifact", "DataSet", source_uri="s3://bucket/raw/orders.csv"))
('s3://bucket', 'raw/orders.csv')
"""

from __future__ import annotations

import json
from typing import Any

from ...model import Arn, Entity, is_arn, role_of, vocabulary

PRODUCER = "https://pypi.org/project/sm-lineage-magics"
_FACETS = "https://openlineage.io/spec/facets/"
_CUSTOM = f"{PRODUCER}/#openlineage"


def facet(schema: str, **values: Any) -> dict[str, Any]:
    """A facet of the specification (`1-1-0/SQLJobFacet`), or with no schema one of our own."""
    version, _, name = schema.partition("/")
    url = f"{_FACETS}{version}/{name}.json#/$defs/{name}" if schema else _CUSTOM
    return {"_producer": PRODUCER, "_schemaURL": url, **values}


def name_of(entity: Entity) -> tuple[str, str]:
    """Namespace and name, by the specification's rules for where the data lies."""
    uri = entity.source_uri or entity.arn
    if is_arn(uri):
        arn = Arn.parse(uri)
        return f"arn:{arn.partition}:{arn.service}:{arn.region}:{arn.account}", arn.resource
    scheme, separator, rest = uri.partition("://")
    if not separator:
        return "sagemaker", uri
    host, _, path = rest.partition("/")
    return (f"{scheme}://{host}", path or "/") if host else (scheme, f"/{path}")


def dataset(entity: Entity) -> dict[str, Any]:
    """Namespace, name and facets: schema, type, version, symlinks, ownership and our own."""
    namespace, name = name_of(entity)
    return {"namespace": namespace, "name": name, "facets": _facets(entity)}


def _facets(entity: Entity) -> dict[str, Any]:
    known = {"arn": entity.arn, "kind": entity.kind, "type": entity.type, "status": entity.status}
    facets = {
        "sagemaker": facet("", **{key: value for key, value in known.items() if value}),
        "datasetType": facet("1-0-1/DatasetTypeDatasetFacet", **_type(entity)),
        "schema": _schema(entity),
        "version": _version(entity),
        "symlinks": _symlinks(entity),
        "ownership": _ownership(entity),
    }
    return {name: value for name, value in facets.items() if value}


def _type(entity: Entity) -> dict[str, str]:
    role = role_of(entity)
    if role == "endpoint":
        return {"datasetType": "MODEL", "subType": "ENDPOINT"}
    kinds = {"model": "MODEL", "package": "MODEL", "feature-group": "TABLE", "dataset": "FILE"}
    return {"datasetType": kinds.get(role, role.upper())}


def _schema(entity: Entity) -> dict[str, Any] | None:
    try:
        features = json.loads(entity.properties.get(vocabulary.FEATURES, ""))
    except ValueError:
        return None
    if not isinstance(features, dict):
        return None
    fields = [{"name": str(name), "type": str(type)} for name, type in features.items()]
    return facet("1-2-0/SchemaDatasetFacet", fields=fields)


def _version(entity: Entity) -> dict[str, Any] | None:
    properties = entity.properties
    version = properties.get(vocabulary.VERSION_ID) or properties.get(vocabulary.ETAG)
    if not version:
        return None
    return facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=version)


def _symlinks(entity: Entity) -> dict[str, Any] | None:
    """The Glue table of a feature group's offline store: what Amazon DataZone knows it by."""
    database, dot, table = entity.properties.get(vocabulary.OFFLINE_TABLE, "").partition(".")
    if not dot or not is_arn(entity.source_uri):
        return None
    arn = Arn.parse(entity.source_uri)
    link = {
        "namespace": f"arn:{arn.partition}:glue:{arn.region}:{arn.account}",
        "name": f"table/{database}/{table}",
        "type": "TABLE",
    }
    return facet("1-0-1/SymlinksDatasetFacet", identifiers=[link])


def _ownership(entity: Entity) -> dict[str, Any] | None:
    if not entity.created_by:
        return None
    owner = {"name": entity.created_by, "type": "CREATOR"}
    return facet("1-0-1/OwnershipDatasetFacet", owners=[owner])
