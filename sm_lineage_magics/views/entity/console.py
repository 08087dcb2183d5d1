"""Where the AWS console shows what is behind an entity.

>>> console_url(endpoint)
'https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/endpoints/churn'
"""

from __future__ import annotations

from urllib.parse import quote

from ...model import Arn, Entity, is_arn

# Type of resource → its page in the SageMaker console.
_PAGES = {
    "training-job": "jobs",
    "processing-job": "processing-jobs",
    "transform-job": "transform-jobs",
    "hyper-parameter-tuning-job": "hyper-tuning-jobs",
    "model": "models",
    "endpoint": "endpoints",
}

_DOMAINS = {"aws": "aws.amazon.com", "aws-cn": "amazonaws.cn", "aws-us-gov": "amazonaws-us-gov.com"}


def console_url(entity: Entity) -> str:
    """The console's page of the resource or object; empty where there is none."""
    if entity.source_uri.startswith("s3://"):
        return _object_page(entity.source_uri)
    if not is_arn(entity.source_uri):
        return ""
    arn = Arn.parse(entity.source_uri)
    page = _PAGES.get(arn.type) if arn.service == "sagemaker" else None
    domain = _DOMAINS.get(arn.partition)
    if not (page and domain) or arn.region in ("", "local"):
        return ""
    home = f"https://{arn.region}.console.{domain}/sagemaker/home?region={arn.region}"
    return f"{home}#/{page}/{quote(arn.name, safe='')}"


def _object_page(uri: str) -> str:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    sort = "buckets" if not key or key.endswith("/") else "object"
    return f"https://s3.console.aws.amazon.com/s3/{sort}/{quote(bucket)}?prefix={quote(key)}"
