"""Turns calls that succeeded into the lineage SageMaker would record of them.

>>> Recorder(account).saw("CreateEndpoint", {"EndpointName": "churn", …}, {"EndpointArn": "arn:…"})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ...model import Entity
from ..account import Account
from ..records import Record, Records
from ..wire import Request
from . import endpoints, jobs, packages
from .containers import Containers
from .sketch import Sketch


class Recorder:
    """Records the lineage of one account.

    Args:
        account: whose lineage it is.
        at_once: whether jobs are over as soon as they are made.
    """

    def __init__(self, account: Account, *, at_once: bool = True) -> None:
        self._account = account
        self._at_once = at_once
        self._containers = Containers(account.store)
        self._jobs = Records(account.store, "emulator.jobs")

    def saw(self, operation: str, request: Request, response: Request) -> None:
        """A call that succeeded; most are none of our business."""
        handler = OPERATIONS.get(operation)
        if handler is not None:
            handler(self, operation, request, response)

    def finish(self, arn: str, status: str = "Completed") -> None:
        """Say how a job ended; what it produced is recorded when it completed."""
        job = self._jobs.get(arn)
        if job is None:
            return
        sketch = self._sketch()
        jobs.finished(job["operation"], job["request"], arn, sketch)
        component = next(one for one in sketch.entities.values() if one.source_uri == arn)
        store = self._account.store
        with store.writing():
            kept = store.get([component.arn]).get(component.arn, component)
            store.put([_ended(kept, component, status)])
            if status == "Completed":
                sketch.write(store)
        self._jobs.forget(arn)

    def pending(self) -> list[Record]:
        """Jobs that are not over: their ARN, operation and request."""
        return list(self._jobs.all().values())

    def job_made(self, operation: str, request: Request, response: Request) -> None:
        """A job was created."""
        arn = jobs.arn_of(operation, response)
        sketch = self._sketch()
        jobs.started(operation, request, arn, self._containers, sketch)
        sketch.write(self._account.store)
        self._jobs.put(arn, {"arn": arn, "operation": operation, "request": request})
        if self._at_once:
            self.finish(arn)

    def model_made(self, operation: str, request: Request, response: Request) -> None:
        """A model was created."""
        self._containers.remember_model(request)

    def config_made(self, operation: str, request: Request, response: Request) -> None:
        """An endpoint configuration was created."""
        self._containers.remember_config(request)

    def package_made(self, operation: str, request: Request, response: Request) -> None:
        """A model package was created."""
        sketch = self._sketch()
        packages.registered(request, response["ModelPackageArn"], sketch)
        sketch.write(self._account.store)

    def package_changed(self, operation: str, request: Request, response: Request) -> None:
        """A model package was updated; a decision about it is an action of its own."""
        if "ModelApprovalStatus" in request:
            sketch = self._sketch()
            packages.decided(response["ModelPackageArn"], request["ModelApprovalStatus"], sketch)
            sketch.write(self._account.store)

    def endpoint_made(self, operation: str, request: Request, response: Request) -> None:
        """An endpoint was created, or given another configuration."""
        sketch = self._sketch()
        containers = self._containers.of_config(request["EndpointConfigName"])
        name, arn = request["EndpointName"], response["EndpointArn"]
        endpoints.deployed(name, arn, containers, sketch)
        sketch.write(self._account.store)

    def _sketch(self) -> Sketch:
        return Sketch(self._account.home, self._account.clock())


def _ended(kept: Entity, over: Entity, status: str) -> Entity:
    """The component of a job that ended so; only one that completed tells of outputs."""
    told = over.details if status == "Completed" else {"end_time": over.details["end_time"]}
    details = {**kept.details, **told}
    return replace(kept, status=status, modified=over.modified, details=details)


OPERATIONS: Mapping[str, Callable[[Recorder, str, Request, Request], None]] = {
    **dict.fromkeys(jobs.JOBS, Recorder.job_made),
    "CreateModel": Recorder.model_made,
    "CreateEndpointConfig": Recorder.config_made,
    "CreateModelPackage": Recorder.package_made,
    "UpdateModelPackage": Recorder.package_changed,
    "CreateEndpoint": Recorder.endpoint_made,
    "UpdateEndpoint": Recorder.endpoint_made,
}
