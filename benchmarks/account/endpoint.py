"""An account that answers in process, every call of every client counted and made to take longer.

>>> measured(world_of(2), 0.05, lambda: backend.traverse([arn], "upstream"))
Measured(calls=12, rounds=3, seconds=0.17, answer=Answer(…))
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from account.examples import example
from account.rounds import Span, rounds
from sm_lineage_magics import emulator
from sm_lineage_magics.emulator.operations import OPERATIONS

os.environ.update(
    AWS_ACCESS_KEY_ID="emulated",
    AWS_SECRET_ACCESS_KEY="emulated",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
)

# The SDK reports its use over the network, which is neither wanted nor to be measured.
_QUIET = "SchemaVersion: '1.0'\nSageMaker: {PythonSDK: {Modules: {TelemetryOptOut: true}}}\n"
_FOLDER = Path(tempfile.mkdtemp())
(_FOLDER / "config.yaml").write_text(_QUIET)
os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = str(_FOLDER / "config.yaml")
os.environ["SM_LINEAGE_STORE"] = str(_FOLDER / "lineage.db")


class Measured(NamedTuple):
    """What a question cost: calls, how many of them had to wait for one another, and seconds."""

    calls: int
    rounds: int
    seconds: float
    answer: Any


def world_of(models: int) -> Any:
    """ml-lineage-helper's worked example for several models, built as the tests build it."""
    return example("backends.sagemaker.world").World(models)


class Endpoint:
    """Every call of the process: noted, delayed, and answered by a world, which is SageMaker's."""

    def __init__(self, world: Any, seconds: float) -> None:
        self._world, self._seconds = world, seconds
        self._lock = threading.Lock()
        self.spans: list[Span] = []

    @contextlib.contextmanager
    def beneath(self) -> Iterator[Endpoint]:
        from botocore.client import BaseClient

        whole = BaseClient._make_api_call

        def call(client: Any, operation: str, request: dict[str, Any]) -> Any:
            began = time.perf_counter()
            time.sleep(self._seconds)
            try:
                answer = self._answer(client, operation, request)
                return whole(client, operation, request) if answer is None else answer
            finally:
                with self._lock:
                    self.spans.append((began, time.perf_counter()))

        BaseClient._make_api_call = call
        try:
            with emulator.emulate(self._world.store):
                yield self
        finally:
            BaseClient._make_api_call = whole

    def _answer(self, client: Any, operation: str, request: dict[str, Any]) -> Any:
        """What the world answers; None for what is the emulator's."""
        if client.meta.service_model.service_name == "sagemaker":
            if operation == "ListTags":
                return {"Tags": []}
            found = self._world.resources(operation, request)
            if found is not None or operation in OPERATIONS:
                return found
        raise _nothing_there(operation)


def _nothing_there(operation: str) -> Exception:
    from botocore.exceptions import ClientError

    error = {"Code": "ResourceNotFound", "Message": "There is nothing of that name."}
    return ClientError({"Error": error}, operation)


def measured(world: Any, latency: float, work: Callable[[], Any]) -> Measured:
    """Do work with every call taking `latency` seconds longer."""
    with Endpoint(world, latency).beneath() as endpoint:
        began = time.perf_counter()
        answer = work()
        seconds = time.perf_counter() - began
        return Measured(len(endpoint.spans), rounds(endpoint.spans), seconds, answer)
