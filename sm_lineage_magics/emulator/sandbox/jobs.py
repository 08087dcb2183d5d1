"""Jobs of the sandbox: they end when they are told to, and leave something in S3.

>>> box.works("clean-*", lambda inputs: {"clean": {"clean.csv": b"id\n1\n"}})
>>> box.finish("train-churn", "Failed")
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from ...errors import QuestionError
from ...model import Arn
from ..automatic import Recorder
from ..automatic import jobs as recorded
from ..parsed import Parsed
from .calls import Request
from .s3 import Objects, Unwritable

Files = Mapping[str, bytes]
# What a job does: from the files of each input, by the input's name, to those of each output.
Work = Callable[[Mapping[str, Files]], Mapping[str, Files]]

# Operation → the list of moto's jobs, and the field of one that says how it stands.
_IN_MOTO = {
    "CreateTrainingJob": ("training_jobs", "training_job_status"),
    "CreateProcessingJob": ("processing_jobs", "processing_job_status"),
    "CreateTransformJob": ("transform_jobs", "transform_job_status"),
}


class Jobs:
    """The jobs of one sandbox.

    Args:
        recorder: who records their lineage.
        objects: where they read and write.
        moto: moto's SageMaker of the account and region.
        at_once: whether they are over as soon as they are made.
    """

    def __init__(self, recorder: Recorder, objects: Objects, moto: Any, *, at_once: bool) -> None:
        self._recorder = recorder
        self._objects = objects
        self._moto = moto
        self._at_once = at_once
        self._works: list[tuple[str, Work]] = []

    def works(self, pattern: str, work: Work) -> None:
        """Have jobs whose name matches do this; the last pattern given that matches counts."""
        self._works.insert(0, (pattern, work))

    def saw(self, operation: str, request: Request, response: Parsed) -> None:
        """A call that succeeded; a job that was made begins, and ends when it is to at once."""
        self._recorder.saw(operation, request, response)
        if operation in _IN_MOTO:
            arn = recorded.arn_of(operation, response)
            self._stands(operation, request, "InProgress")
            if self._at_once:
                self._finish(operation, request, arn, "Completed")

    def finish(self, name: str, status: str = "Completed") -> None:
        """End the job of a name or ARN.

        Raises:
            QuestionError: when no job of this name is running.
        """
        for job in self._recorder.pending():
            if name in (job["arn"], Arn.parse(job["arn"]).name, _name(job)):
                self._finish(job["operation"], job["request"], job["arn"], status)
                return
        running = ", ".join(_name(job) for job in self._recorder.pending()) or "none"
        raise QuestionError(f"No job {name!r} is running. Running: {running}.")

    def _finish(self, operation: str, request: Request, arn: str, status: str) -> None:
        why = self._refused(operation, request) if status == "Completed" else ""
        ended = "Failed" if why else status
        self._stands(operation, request, ended, why)
        self._recorder.finish(arn, ended)

    def _refused(self, operation: str, request: Request) -> str:
        """Why what the job made cannot be written, as SageMaker says it; empty when it was."""
        try:
            self._write(operation, request)
        except Unwritable as error:
            # In these words in aws/amazon-sagemaker-examples#3881: the job is made all the same.
            return f"ClientError: Artifact upload failed:{error}"
        return ""

    def _stands(self, operation: str, request: Request, status: str, why: str = "") -> None:
        jobs, field = _IN_MOTO[operation]
        for job in getattr(self._moto, jobs).values():
            if getattr(job, f"{field.removesuffix('_status')}_name") == recorded.name_of(
                operation, request
            ):
                setattr(job, field, status)
                if why:
                    job.failure_reason = why
                if operation == "CreateTrainingJob":
                    job.secondary_status = "Training" if status == "InProgress" else status

    def _write(self, operation: str, request: Request) -> None:
        if operation == "CreateTrainingJob":
            self._objects.write(recorded.model_data(request), self._model(request))
        elif operation == "CreateProcessingJob":
            self._write_outputs(request)

    def _model(self, request: Request) -> bytes:
        """A model made by the work given for the job, else an archive that names the job."""
        made = self._work(request["TrainingJobName"], _channels(request)).get("model", {})
        about = {"TrainingJobName": request["TrainingJobName"]}
        return _archive(made or {"sandbox.json": json.dumps(about).encode()})

    def _write_outputs(self, request: Request) -> None:
        inputs = {
            one["InputName"]: one["S3Input"]["S3Uri"]
            for one in request.get("ProcessingInputs", ())
            if "S3Input" in one
        }
        made = self._work(request["ProcessingJobName"], inputs)
        for output in request.get("ProcessingOutputConfig", {}).get("Outputs", ()):
            if "S3Output" in output:
                prefix = output["S3Output"]["S3Uri"].rstrip("/")
                for name, body in made.get(output["OutputName"], {}).items():
                    self._objects.write(f"{prefix}/{name}", body)

    def _work(self, name: str, inputs: Mapping[str, str]) -> Mapping[str, Files]:
        for pattern, work in self._works:
            if fnmatchcase(name, pattern):
                return work({given: self._files(uri) for given, uri in inputs.items()})
        return {}

    def _files(self, uri: str) -> Files:
        return {
            one.removeprefix(uri).lstrip("/") or one.rpartition("/")[2]: self._objects.read(one)
            for one in self._objects.under(uri)
        }


def _name(job: Mapping[str, Any]) -> str:
    return recorded.name_of(job["operation"], job["request"])


def _channels(request: Request) -> dict[str, str]:
    return {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in request.get("InputDataConfig", ())
        if "S3DataSource" in channel.get("DataSource", {})
    }


def _archive(files: Files) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return written.getvalue()
