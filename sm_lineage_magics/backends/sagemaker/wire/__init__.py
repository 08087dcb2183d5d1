"""The service's dictionaries as entities and associations, and back: the only room for either.

>>> entity_of("Artifact", client.describe_artifact(ArtifactArn=arn)).type
'DataSet'
>>> creation_of(entity)
Creation(operation='CreateArtifact', request={'ArtifactName': 'raw', …}, cut=())
"""

from __future__ import annotations

from ....model import Kind
from .answers import Wire, association_of, edge_of, entity_of, kind_of, sketch_of
from .names import service_name
from .requests import Creation, creation_of, deletion_of, description_of, update_of
from .resources import model_sources, variants_of

LISTS: dict[Kind, str] = {
    "Artifact": "ListArtifacts",
    "Action": "ListActions",
    "Context": "ListContexts",
    "TrialComponent": "ListTrialComponents",
}

__all__ = [
    "LISTS",
    "Creation",
    "Wire",
    "association_of",
    "creation_of",
    "deletion_of",
    "description_of",
    "edge_of",
    "entity_of",
    "kind_of",
    "model_sources",
    "service_name",
    "sketch_of",
    "update_of",
    "variants_of",
]
