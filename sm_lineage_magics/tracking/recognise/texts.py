"""Plain texts that name something: ARNs and S3 URIs. Any other text names nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Arn, is_arn
from ..facts import Resource
from .rows import named

# Resource types of SageMaker's ARNs that `describe` knows how to ask about.
DESCRIBABLE = frozenset(
    {
        "training-job",
        "processing-job",
        "transform-job",
        "hyper-parameter-tuning-job",
        "automl-job",
        "model",
        "model-package",
        "model-package-group",
        "endpoint",
        "feature-group",
        "pipeline",
        "experiment-trial-component",
    }
)

# Without a query string: those are presigned and open doors.
_S3 = re.compile(r"s3[an]?://[\w.-]+(?:/[^\n?]*)?")


def resources_of_text(value: str, origin: str) -> Iterator[Resource]:
    """The resource that a text names as a whole, if it names one."""
    if len(value) > 2_048:
        return
    if _S3.fullmatch(value):
        yield named("s3", "s3" + value[value.index("://") :], origin=origin)
    elif is_arn(value):
        yield from _of_arn(Arn.parse(value), value, origin)


def _of_arn(arn: Arn, text: str, origin: str) -> Iterator[Resource]:
    if arn.service == "s3":
        yield named("s3", f"s3://{arn.resource}", origin=origin)
    elif arn.service == "sagemaker" and arn.type in DESCRIBABLE:
        execution = arn.type == "pipeline" and "/execution/" in arn.name
        yield named("pipeline-execution" if execution else arn.type, arn.name, text, origin)
