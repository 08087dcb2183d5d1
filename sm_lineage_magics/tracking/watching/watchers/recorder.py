"""Calls of AWS services, seen for the length of a cell, whatever library makes them.

The SDK (2 and 3), awswrangler and plain boto3 all pass through one method of botocore. What is
not listed below passes with one look-up; what other threads do is not looked at.

>>> with Recorder(log, Crew()).watching():
...     estimator.fit({"train": "s3://shop/train/"}, wait=False)
>>> log.calls[0].operation, log.calls[0].response["TrainingJobArn"]
('CreateTrainingJob', 'arn:aws:sagemaker:eu-west-1:123456789012:training-job/churn')
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ..crew import Crew
from ..events import Call, Log
from ..replacing.functions import replacing
from ..replacing.patches import Patches, Wrapper
from .filling import Filling
from .objects import Objects

_MODULE = "botocore.client"

# Operations that put records into feature groups.
FILLING = ("PutRecord", "BatchWriteRecord")

# Operations that make something lineage speaks of, and the service they belong to.
OPERATIONS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "CreateTrainingJob",
            "CreateProcessingJob",
            "CreateTransformJob",
            "CreateHyperParameterTuningJob",
            "CreateAutoMLJob",
            "CreateAutoMLJobV2",
            "CreateModel",
            "CreateModelPackage",
            "UpdateModelPackage",
            "CreateEndpoint",
            "UpdateEndpoint",
            "CreateFeatureGroup",
            "StartPipelineExecution",
        ),
        "sagemaker",
    ),
    "StartQueryExecution": "athena",
    **dict.fromkeys(
        ("GetObject", "PutObject", "CopyObject", "CompleteMultipartUpload", "SelectObjectContent"),
        "s3",
    ),
    # They come by the thousand: of each place in the code, the first into a feature group is kept.
    **dict.fromkeys(FILLING, "sagemaker-featurestore-runtime"),
}


class Recorder:
    """Sees the calls of one cell."""

    def __init__(self, log: Log, crew: Crew) -> None:
        self._log, self._crew = log, crew
        self._objects = Objects(log)
        self._filling = Filling(log, crew)
        self._calling = threading.local()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every call made inside the block by the threads that belong to it."""
        with self._filling.watching(), replacing((_MODULE,), self._open):
            yield

    def _open(self, module: ModuleType, patches: Patches) -> None:
        patches.replace(module.BaseClient, "_make_api_call", self._seeing)

    def _seeing(self, original: Wrapper) -> Wrapper:
        def seeing(client: Any, operation_name: str, api_params: Any) -> Any:
            __tracebackhide__ = True
            # A service that is emulated in this process makes calls of its own to answer one;
            # they are no doing of the cell.
            if getattr(self._calling, "now", False):
                return original(client, operation_name, api_params)
            self._calling.now = True
            try:
                response = original(client, operation_name, api_params)
            finally:
                self._calling.now = False
            if operation_name in OPERATIONS and self._crew.here():
                self._seen(client, operation_name, api_params, response)
            return response

        return seeing

    def _seen(self, client: Any, operation: str, sent: Mapping[str, Any], got: Any) -> None:
        service = client.meta.service_model.service_name
        if OPERATIONS[operation] != service:
            return
        if service == "s3":
            self._objects.seen(operation, sent, got)
        elif operation in FILLING:
            self._filling.seen(sent, client)
        else:
            site, order = self._log.now()
            where = site or self._crew.begun_at()
            self._log.call(Call(service, operation, sent, got, client, where, order))
