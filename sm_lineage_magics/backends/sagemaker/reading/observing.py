"""What is true just now of the endpoints, packages and feature groups behind entities.

>>> observed(service, [endpoint])
{'arn:…:context/churn-…-aws-endpoint': {'Status': 'InService', 'Variants': 'blue 100 % (churn-7)'}}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ....errors import CredentialsMissing, EntityNotFound
from ....model import Arn, Entity, is_arn, vocabulary
from .. import wire
from ..calls.refusals import NotOffered, gap_kind_of, translated
from ..calls.service import Service

Observation = Mapping[str, str]
Look = Callable[[], Observation]

# More looks than this at objects of S3 are a job of their own, not part of an answer.
MOST_OBJECTS = 1_000
_TOO_MANY = f"Only the first {MOST_OBJECTS:,} objects of S3 were looked at."


def observed(
    service: Service, entities: Iterable[Entity], s3: Callable[[], Any] | None = None
) -> dict[str, Observation]:
    """By ARN, for those behind which something can be seen; a call or a few each, all at once.

    What was refused is observed as `Unseen`, with the reason.

    Args:
        service: makes the calls.
        entities: whose state is wanted.
        s3: gives the client that looks at data; called only when there is data to look at.

    Raises:
        CredentialsMissing: when nothing can be seen for want of them.
    """
    wanted = tuple(entities)
    data = [entity for entity in wanted if _comparable(entity)] if s3 else []
    looks = [(one.arn, look) for one in wanted for look in _looks(service, one)]
    if s3 and data:
        client = s3()
        looks += [(e.arn, partial(_object, client, e.source_uri)) for e in data[:MOST_OBJECTS]]
    seen = {each.arn: _unseen(_TOO_MANY, "truncated") for each in data[MOST_OBJECTS:]}
    for arn, found in _looked(service, looks).items():
        seen[arn] = {**seen.get(arn, {}), **found}
    return {arn: each for arn, each in seen.items() if each}


def _looked(service: Service, looks: Sequence[tuple[str, Look]]) -> dict[str, Observation]:
    """What looks saw, by ARN, beside what was refused of the same entity."""
    outcome = service.each(lambda place: looks[place][1](), range(len(looks)))
    seen: dict[str, Observation] = {}
    for place, error in outcome.refused.items():
        if isinstance(error, CredentialsMissing):
            raise error
        seen[looks[place][0]] = _unseen(str(error), gap_kind_of(error))
    for place, found in outcome.found.items():
        arn = looks[place][0]
        seen[arn] = {**seen.get(arn, {}), **found}
    return seen


def _unseen(why: str, kind: str) -> Observation:
    return {vocabulary.UNSEEN: why, vocabulary.UNSEEN_KIND: kind}


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


def _looks(service: Service, entity: Entity) -> Iterator[Look]:
    if not is_arn(entity.source_uri):
        return
    source = Arn.parse(entity.source_uri)
    if source.type == "feature-group":
        yield partial(_feature_group, service, source.name)
    elif source.type == "endpoint":
        yield partial(_endpoint, service, source.name)
        yield partial(_tags, service, entity)
    elif source.type == "model-package":
        yield partial(_package, service, entity.source_uri)
        yield partial(_tags, service, entity)


def _tags(service: Service, entity: Entity) -> Observation:
    """Whose it is: people tag endpoints and packages, and now and then the entity itself."""
    tags: dict[str, str] = {}
    for arn in (entity.arn, entity.source_uri):
        try:
            answers = list(service.pages("ListTags", ResourceArn=arn))
        except (EntityNotFound, NotOffered):
            continue  # what is not there has no tags
        tags |= {tag["Key"]: tag["Value"] for answer in answers for tag in answer["Tags"]}
    return {vocabulary.TAGS: json.dumps(tags)} if tags else {}


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
