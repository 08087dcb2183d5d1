"""Entities as OpenLineage data sets, and back: what they are called there, and their facets.

>>> name_of(Entity("arn:…", "Artifact", "DataSet", source_uri="s3://bucket/raw/orders.csv"))
('s3://bucket', 'raw/orders.csv')
>>> uri_of("s3://bucket", "raw/orders.csv")
's3://bucket/raw/orders.csv'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ....model import KINDS, Arn, Entity, Home, is_arn, last_part, role_of, vocabulary

PRODUCER = "https://pypi.org/project/sm-lineage-magics"
_FACETS = "https://openlineage.io/spec/facets/"
_CUSTOM = f"{PRODUCER}/#openlineage"

# The namespace of what lies nowhere.
_NO_PLACE = "sagemaker"
_OWN_FACET = "sagemaker"

# What facets of the specification tell, and the source of a cell, which is nobody's else.
_TOLD = frozenset({vocabulary.QUERY, vocabulary.COLUMNS, vocabulary.FEATURES, vocabulary.SOURCE})

# ETags are digests, of uploads in parts with their number; other versions of S3 look otherwise.
_ETAG = re.compile(r"[0-9a-f]{32}(-\d+)?")


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
        return _NO_PLACE, uri
    host, _, path = rest.partition("/")
    return (f"{scheme}://{host}", path or "/") if host else (scheme, f"/{path}")


def uri_of(namespace: str, name: str) -> str:
    """The URI that a namespace and a name stand for: what `name_of` took apart, as one again."""
    if namespace == _NO_PLACE:
        return name
    if namespace.startswith("arn:"):
        return f"{namespace}:{name}"
    if "://" not in namespace:
        return f"{namespace}://{name}"
    # The path of a file begins with a slash in OpenLineage; an S3 key that does is another key.
    rest = name if namespace.startswith("s3://") else name.removeprefix("/")
    return namespace if name == "/" else f"{namespace}/{rest}"


def sagemaker(entity: Entity) -> dict[str, Any]:
    """What no facet of the specification holds: what the entity is in SageMaker."""
    known = {name: getattr(entity, name) for name in ("arn", "kind", "type", "name", "status")}
    known["properties"] = {k: v for k, v in entity.properties.items() if k not in _TOLD}
    return facet("", **{name: value for name, value in known.items() if value})


def ours(facets: Mapping[str, Any], uri: str) -> Entity | None:
    """The entity that the facet of `sagemaker` tells of; None where there is no such facet."""
    known = facets.get(_OWN_FACET) or {}
    if not known.get("arn") or known.get("kind") not in KINDS:
        return None
    type, name = (str(known.get(key) or "") for key in ("type", "name"))
    properties = {str(k): str(v) for k, v in (known.get("properties") or {}).items()}
    source = "" if uri == known["arn"] else uri
    return Entity(
        str(known["arn"]), known["kind"], type, name, source, properties, status=known.get("status")
    )


def entity_of(dataset: Mapping[str, Any]) -> Entity:
    """What a data set of OpenLineage is here: a feature group, a model, or a data set."""
    facets = dataset.get("facets") or {}
    uri = uri_of(dataset["namespace"], dataset["name"])
    entity = ours(facets, uri) or _artifact(facets, uri)
    return replace(
        entity,
        properties={**entity.properties, **dict(_properties(entity, facets))},
        created_by=_owner(facets, "CREATOR"),
        details=tags_of(facets),
    )


def dataset(entity: Entity) -> dict[str, Any]:
    """Namespace, name and facets: schema, type, version, symlinks, ownership, tags and our own."""
    namespace, name = name_of(entity)
    return {"namespace": namespace, "name": name, "facets": _facets(entity)}


def _facets(entity: Entity) -> dict[str, Any]:
    facets = {
        _OWN_FACET: sagemaker(entity),
        "datasetType": facet("1-0-1/DatasetTypeDatasetFacet", **_type(entity)),
        "schema": _schema(entity),
        "version": _version(entity),
        "symlinks": _symlinks(entity),
        "ownership": _ownership(entity),
        "tags": tagged(entity, "1-0-0/TagsDatasetFacet"),
    }
    return {name: value for name, value in facets.items() if value}


def tagged(entity: Entity, schema: str) -> dict[str, Any] | None:
    """The tags of an entity as a facet; None when it has none."""
    tags = entity.details.get("tags") or {}
    named = [{"key": str(k), "value": str(v), "source": "SAGEMAKER"} for k, v in tags.items()]
    return facet(schema, tags=named) if named else None


def tags_of(facets: Mapping[str, Any]) -> Mapping[str, Any]:
    """Details with the tags that facets tell, and whose it is; empty when they tell of none."""
    owner, told = _owner(facets), (facets.get("tags") or {}).get("tags") or ()
    tags = {"owner": owner} if owner else {}
    tags |= {str(tag["key"]): str(tag.get("value", "")) for tag in told if tag.get("key")}
    return {"tags": tags} if tags else {}


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


def _artifact(facets: Mapping[str, Any], uri: str) -> Entity:
    arn, name = Home().artifact(uri), last_part(uri)
    if is_arn(uri) and Arn.parse(uri).type == "feature-group":
        return Entity(arn, "Artifact", "FeatureGroup", name, uri)
    kind = (facets.get("datasetType") or {}).get("datasetType")
    return Entity(arn, "Artifact", "Model" if kind == "MODEL" else "DataSet", name, uri)


def _properties(entity: Entity, facets: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if fields := (facets.get("schema") or {}).get("fields"):
        types = {str(field["name"]): str(field.get("type") or "") for field in fields}
        is_group = role_of(entity) == "feature-group"
        listed = json.dumps(types if is_group else list(types))
        yield (vocabulary.FEATURES if is_group else vocabulary.HEADER), listed
    if version := (facets.get("version") or {}).get("datasetVersion"):
        is_etag = _ETAG.fullmatch(str(version)) is not None
        yield (vocabulary.ETAG if is_etag else vocabulary.VERSION_ID), str(version)


def _owner(facets: Mapping[str, Any], type: str = "") -> str | None:
    owners = (facets.get("ownership") or {}).get("owners") or ()
    named = (str(each["name"]) for each in owners if not type or each.get("type") == type)
    return next(named, None)
