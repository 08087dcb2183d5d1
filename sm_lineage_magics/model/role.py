"""What an entity is to the person who asks: a data set, a feature group, a model, an endpoint …

The service's types are free text and differ by who wrote them; questions, names, colours and
reports all speak of roles, and this table is the only place that tells one from the other.

>>> role_of(Entity("arn:…:artifact/1", "Artifact", "Model", source_uri="s3://b/model.tar.gz"))
'model'
"""

from __future__ import annotations

from typing import Literal, get_args

from .arn import Kind, parsed
from .entity import Entity

Role = Literal[
    "dataset",
    "feature-group",
    "query",
    "code",
    "image",
    "job",
    "checkpoint",
    "model",
    "package",
    "package-group",
    "approval",
    "deployment",
    "endpoint",
    "pipeline",
    "other",
]

ROLES: tuple[Role, ...] = get_args(Role)

# What the source ARN names decides first: it is the service's word, the type is anybody's.
_BY_RESOURCE: dict[str, Role] = {
    "feature-group": "feature-group",
    "training-job": "job",
    "processing-job": "job",
    "transform-job": "job",
    "hyper-parameter-tuning-job": "job",
    "automl-job": "job",
    "model": "model",
    "model-package": "package",
    "model-package-group": "package-group",
    "endpoint": "endpoint",
    "pipeline": "pipeline",
}

_BY_TYPE: dict[tuple[Kind, str], Role] = {
    ("Artifact", "DataSet"): "dataset",
    ("Artifact", "FeatureGroup"): "feature-group",
    ("Artifact", "Code"): "code",
    ("Artifact", "TransformationCode"): "code",
    ("Artifact", "Image"): "image",
    ("Artifact", "Model"): "model",
    ("Artifact", "ModelData"): "model",
    ("Artifact", "Checkpoint"): "checkpoint",
    ("Artifact", "ProcessingJob"): "job",
    ("Artifact", "TrainingJob"): "job",
    ("Action", "FeatureStoreQuery"): "query",
    ("Action", "Approval"): "approval",
    ("Action", "ModelDeployment"): "deployment",
    ("Context", "Endpoint"): "endpoint",
    ("Context", "ModelGroup"): "package-group",
    ("Context", "FeatureEngineeringPipeline"): "pipeline",
}

# Actions and approvals keep their role though their source may be a package or an endpoint.
_TYPE_FIRST: frozenset[Role] = frozenset({"approval", "deployment", "query", "package-group"})


def role_of(entity: Entity) -> Role:
    """The role of one entity; `other` when neither its source nor its type is known."""
    by_type = _BY_TYPE.get((entity.kind, entity.type))
    if by_type in _TYPE_FIRST and by_type is not None:
        return by_type
    return _by_source(entity) or by_type or _by_kind(entity)


def _by_source(entity: Entity) -> Role | None:
    arn = parsed(entity.source_uri)
    return _BY_RESOURCE.get(arn.type) if arn and arn.service == "sagemaker" else None


def _by_kind(entity: Entity) -> Role:
    if entity.kind == "TrialComponent" or entity.type.endswith("Job"):
        return "job"
    return "pipeline" if "Pipeline" in entity.type else "other"
