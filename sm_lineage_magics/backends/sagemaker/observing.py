"""What is true just now of the endpoints, packages and feature groups behind entities.

>>> observed(service, [endpoint])
{'arn:…:context/churn-…-aws-endpoint': {'Status': 'InService', 'Variants': 'blue 100 % (churn-7)'}}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from ...errors import CredentialsMissing
from ...model import Arn, Entity, is_arn, vocabulary
from . import wire
from .refusals import translated
from .service import Service

Observation = Mapping[str, str]


# More looks than this at objects of S3 are a job of their own, not part of an answer.
MOST_OBJECTS = 1_000
_TOO_MANY = f"Only the first {MOST_OBJECTS:,} objects of S3 were looked at."


def observed(
    service: Service, entities: Iterable[Entity], s3: Callable[[], Any] | None = None
) -> dict[str, Observation]:
    """By ARN, for those behind which something can be seen; one call each, all at once.

    What was refused is observed as `Unseen`, with the reason.

    Args:
        service: makes the calls.
        entities: whose state is wanted.
        s3: gives the client that looks at data; called only when there is data to look at.

    Raises:
        CredentialsMissing: when nothing can be seen for want of them.
    """
    wanted = tuple(entities)
    looks = {entity.arn: look for entity in wanted if (look := _look(service, entity))}
    data = [entity for entity in wanted if _comparable(entity)] if s3 else []
    if s3 and data:
        looks |= {e.arn: partial(_object, s3(), e.source_uri) for e in data[:MOST_OBJECTS]}
    outcome = service.each(lambda arn: looks[arn](), looks)
    for error in outcome.refused.values():
        if isinstance(error, CredentialsMissing):
            raise error
    seen = {arn: seen for arn, seen in outcome.found.items() if seen}
    seen |= {arn: {vocabulary.UNSEEN: str(error)} for arn, error in outcome.refused.items()}
    return seen | {each.arn: {vocabulary.UNSEEN: _TOO_MANY} for each in data[MOST_OBJECTS:]}


def _comparable(entity: Entity) -> bool:
    """Whether it is one object of S3 whose ETag was recorded."""
    uri = entity.source_uri
    known = bool(entity.properties.get(vocabulary.ETAG))
    return known and uri.startswith("s3://") and not uri.endswith("/")


def _object(s3: Any, uri: str) -> Observation:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    with translated("HeadObject", "s3"):
        answer = s3.head_object(Bucket=bucket, Key=key)
    return {vocabulary.ETAG: answer["ETag"].strip('"')}


def _look(service: Service, entity: Entity) -> Callable[[], Observation] | None:
    if not is_arn(entity.source_uri):
        return None
    source = Arn.parse(entity.source_uri)
    looks = {
        "endpoint": partial(_endpoint, service, source.name),
        "model-package": partial(_package, service, entity.source_uri),
        "feature-group": partial(_feature_group, service, source.name),
    }
    return looks.get(source.type)


def _endpoint(service: Service, name: str) -> Observation:
    endpoint = service.call("DescribeEndpoint", EndpointName=name)
    config = service.call(
        "DescribeEndpointConfig", EndpointConfigName=endpoint["EndpointConfigName"]
    )
    variants = wire.variants_of(endpoint, config)
    return {vocabulary.STATUS: endpoint["EndpointStatus"], vocabulary.VARIANTS: variants}


def _package(service: Service, arn: str) -> Observation:
    package = service.call("DescribeModelPackage", ModelPackageName=arn)
    status: Any = package.get("ModelApprovalStatus")
    return {vocabulary.APPROVAL_STATUS: status} if status else {}


def _feature_group(service: Service, name: str) -> Observation:
    group = service.call("DescribeFeatureGroup", FeatureGroupName=name)
    features = {each["FeatureName"]: each["FeatureType"] for each in group["FeatureDefinitions"]}
    return {vocabulary.FEATURES: json.dumps(features, separators=(",", ":"))}
