"""Answers of boto3, and the calls of a tracked cell: which resource each is about.

>>> resources_of_call("CreateModel", {"ModelName": "churn"}, {"ModelArn": arn})
(Resource(type='model', name='churn', …),)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...model import Arn, is_arn
from ..facts import Resource
from .rows import named

# Kind of resource → what the keys of its name and ARN start with in every answer about it.
_STEMS = {
    "pipeline-execution": "PipelineExecution",
    "hyper-parameter-tuning-job": "HyperParameterTuningJob",
    "automl-job": "AutoMLJob",
    "training-job": "TrainingJob",
    "processing-job": "ProcessingJob",
    "transform-job": "TransformJob",
    "feature-group": "FeatureGroup",
    "endpoint": "Endpoint",
    "model-package": "ModelPackage",
    "model-package-group": "ModelPackageGroup",
    "model": "Model",
    "pipeline": "Pipeline",
    "experiment-trial-component": "TrialComponent",
}

# Operations of SageMaker that make or change one resource; each sends its name or is told its ARN.
_OPERATIONS = {
    "CreateTrainingJob": "training-job",
    "CreateProcessingJob": "processing-job",
    "CreateTransformJob": "transform-job",
    "CreateHyperParameterTuningJob": "hyper-parameter-tuning-job",
    "CreateAutoMLJob": "automl-job",
    "CreateAutoMLJobV2": "automl-job",
    "CreateModel": "model",
    "CreateModelPackage": "model-package",
    "UpdateModelPackage": "model-package",
    "CreateEndpoint": "endpoint",
    "UpdateEndpoint": "endpoint",
    "CreateFeatureGroup": "feature-group",
    "UpdateFeatureGroup": "feature-group",
    "StartPipelineExecution": "pipeline-execution",
    "PutRecord": "feature-group",
}


def resources_of_response(value: Mapping[str, Any], origin: str) -> Iterator[Resource]:
    """What an answer of boto3 is about: by its ARN; where it names several, by its own name."""
    if execution := _query(value):
        yield named("athena-query", execution, origin=origin, **_query_known(value))
        return
    kinds = [kind for kind, stem in _STEMS.items() if is_arn(_text(value, f"{stem}Arn"))]
    own = [kind for kind in kinds if _text(value, f"{_STEMS[kind]}Name")]
    for kind in (own or kinds)[:1]:
        yield _of_arn(kind, _text(value, f"{_STEMS[kind]}Arn"), origin)


def resources_of_call(
    operation: str, sent: Mapping[str, Any], got: Mapping[str, Any], origin: str = ""
) -> tuple[Resource, ...]:
    """What a call of a service made or changed; nothing for an operation that is not known.

    Args:
        operation: as the service calls it: `CreateTrainingJob`.
        sent: the parameters of the call.
        got: its answer.
        origin: where it was seen, for people; the operation when empty.
    """
    origin = origin or operation
    if operation == "StartQueryExecution":
        return tuple(_started(sent, got, origin))
    if operation in ("PutObject", "CompleteMultipartUpload", "CopyObject", "GetObject"):
        uri = f"s3://{sent.get('Bucket')}/{sent.get('Key')}"
        return (named("s3", uri, origin=origin, ETag=_text(got, "ETag").strip('"')),)
    kind = _OPERATIONS.get(operation)
    return tuple(_made(kind, sent, got, origin)) if kind else ()


def _made(
    kind: str, sent: Mapping[str, Any], got: Mapping[str, Any], origin: str
) -> Iterator[Resource]:
    stem = _STEMS[kind]
    arn, name = _text(got, f"{stem}Arn"), _text(sent, f"{stem}Name")
    if is_arn(arn):
        yield _of_arn(kind, arn, origin)
    elif name:
        yield named(kind, name, origin=origin)


def _started(sent: Mapping[str, Any], got: Mapping[str, Any], origin: str) -> Iterator[Resource]:
    if execution := _text(got, "QueryExecutionId"):
        yield named(
            "athena-query",
            execution,
            origin=origin,
            query=_text(sent, "QueryString"),
            database=_text(sent.get("QueryExecutionContext") or {}, "Database"),
            catalog=_text(sent.get("QueryExecutionContext") or {}, "Catalog"),
            output=_text(sent.get("ResultConfiguration") or {}, "OutputLocation"),
        )


def _query(value: Mapping[str, Any]) -> str:
    execution = value.get("QueryExecution")
    inner = _text(execution, "QueryExecutionId") if type(execution) is dict else ""
    return inner or _text(value, "QueryExecutionId")


def _query_known(value: Mapping[str, Any]) -> dict[str, str]:
    execution = value.get("QueryExecution")
    return {"query": _text(execution, "Query")} if type(execution) is dict else {}


def _of_arn(kind: str, arn: str, origin: str) -> Resource:
    return named(kind, Arn.parse(arn).name, arn, origin)


def _text(value: Any, key: str) -> str:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""
