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
from .service import Service

Observation = Mapping[str, str]


def observed(service: Service, entities: Iterable[Entity]) -> dict[str, Observation]:
    """By ARN, for those behind which something can be seen; one call each, all at once.

    Raises:
        CredentialsMissing: when nothing can be seen for want of them.
    """
    looks = {entity.arn: look for entity in entities if (look := _look(service, entity))}
    outcome = service.each(lambda arn: looks[arn](), looks)
    for error in outcome.refused.values():
        if isinstance(error, CredentialsMissing):
            raise error
    return {arn: seen for arn, seen in outcome.found.items() if seen}


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
