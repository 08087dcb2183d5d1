"""Training, processing and transform jobs: one trial component each, with what goes in and out.

>>> started("CreateTrainingJob", request, arn, models, sketch)

Artifacts stand for the URI as it was given to the Create operation, never for key or content.
Source: Amazon SageMaker Developer Guide, "Amazon SageMaker AI-created tracking entities".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..wire import Request
from .containers import Containers, parts_of
from .sketch import Sketch


@dataclass(frozen=True)
class Job:
    """How one kind of job is recorded.

    Attributes:
        word: the kind, as in `TrainingJob` and `TrainingJobName`.
        suffix: what the trial component's name ends in.
    """

    word: str
    suffix: str


JOBS = {
    "CreateTrainingJob": Job("TrainingJob", "aws-training-job"),
    "CreateProcessingJob": Job("ProcessingJob", "aws-processing-job"),
    "CreateTransformJob": Job("TransformJob", "aws-transform-job"),
}

Part = tuple[str, str]  # a URI and the type of its artifact


def name_of(operation: str, request: Request) -> str:
    """The name of the job a Create operation asks for."""
    return str(request[f"{JOBS[operation].word}Name"])


def arn_of(operation: str, response: Request) -> str:
    """The ARN of the job a Create operation made."""
    return str(response[f"{JOBS[operation].word}Arn"])


def started(
    operation: str, request: Request, source: str, models: Containers, sketch: Sketch
) -> None:
    """A job and everything that contributes to it."""
    job = _component(operation, request, source, "InProgress", sketch)
    for uri, type_ in dict.fromkeys(_inputs(operation, request, models)):
        sketch.link(sketch.artifact(uri, type_), job, "ContributedTo")


def finished(operation: str, request: Request, source: str, sketch: Sketch) -> None:
    """What a job that is over has produced."""
    job = _component(operation, request, source, "Completed", sketch)
    for uri, type_ in dict.fromkeys(outputs(operation, request)):
        sketch.link(job, sketch.artifact(uri, type_), "Produced")


def _component(operation: str, request: Request, source: str, status: str, sketch: Sketch) -> str:
    job = JOBS[operation]
    name = sketch.name(name_of(operation, request), job.suffix)
    return sketch.component(name, job.word, source, status)


def _inputs(operation: str, request: Request, models: Containers) -> Iterable[Part]:
    if operation == "CreateTrainingJob":
        return _training_inputs(request)
    if operation == "CreateProcessingJob":
        return _processing_inputs(request)
    return _transform_inputs(request, models)


def outputs(operation: str, request: Request) -> Iterator[Part]:
    """Where a job writes, and what it writes there."""
    if operation == "CreateTrainingJob":
        yield model_data(request), "Model"
        checkpoint = request.get("CheckpointConfig", {}).get("S3Uri")
        if checkpoint:
            yield checkpoint, "Checkpoint"
    elif operation == "CreateProcessingJob":
        for output in request.get("ProcessingOutputConfig", {}).get("Outputs", ()):
            if "S3Output" in output:
                yield output["S3Output"]["S3Uri"], "DataSet"
    else:
        yield request["TransformOutput"]["S3OutputPath"], "DataSet"


def model_data(request: Request) -> str:
    """Where a training job leaves its model."""
    prefix = request["OutputDataConfig"]["S3OutputPath"].rstrip("/")
    return f"{prefix}/{request['TrainingJobName']}/output/model.tar.gz"


def _training_inputs(request: Request) -> Iterator[Part]:
    for channel in request.get("InputDataConfig", ()):
        source = channel.get("DataSource", {}).get("S3DataSource")
        if source:
            yield source["S3Uri"], "DataSet"
    image = request.get("AlgorithmSpecification", {}).get("TrainingImage")
    if image:
        yield image, "Image"


def _processing_inputs(request: Request) -> Iterator[Part]:
    for given in request.get("ProcessingInputs", ()):
        if "S3Input" in given:
            # The script comes as an input too, and is recorded as a data set like the others.
            yield given["S3Input"]["S3Uri"], "DataSet"
    yield request["AppSpecification"]["ImageUri"], "Image"


def _transform_inputs(request: Request, models: Containers) -> Iterator[Part]:
    source = request["TransformInput"]["DataSource"]["S3DataSource"]
    yield source["S3Uri"], "DataSet"
    for container in models.of_model(request["ModelName"]):
        yield from parts_of(container)
