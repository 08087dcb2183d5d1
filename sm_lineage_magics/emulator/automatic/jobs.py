"""Training, processing and transform jobs: one trial component each, with what goes in and out.

>>> started("CreateTrainingJob", request, arn, models, sketch)

Artifacts stand for the URI as it was given to the Create operation, never for key or content.
Source: Amazon SageMaker Developer Guide, "Amazon SageMaker AI-created tracking entities".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.serial import time_to_text
from ..wire import Request, present
from .containers import Containers, parts_of
from .settings import parameters_of
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


@dataclass(frozen=True)
class Part:
    """One thing a job reads or writes.

    Attributes:
        uri: where it is.
        type: of its artifact.
        name: what the trial component calls it; empty where it does not list it.
        media_type: what the job was told that it is.
    """

    uri: str
    type: str
    name: str = ""
    media_type: str = ""


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
    parts = tuple(_inputs(operation, request, models))
    told = {
        "display_name": _display_name(operation, request, sketch),
        "start_time": time_to_text(sketch.now),
        "parameters": parameters_of(operation, request, models),
        "input_artifacts": _by_name(parts),
    }
    job = _component(operation, request, source, "InProgress", sketch, told)
    for uri, type_ in _artifacts(parts):
        sketch.link(sketch.artifact(uri, type_), job, "ContributedTo")


def finished(operation: str, request: Request, source: str, sketch: Sketch) -> None:
    """What a job that is over has produced."""
    parts = tuple(_outputs(operation, request))
    told = {"end_time": time_to_text(sketch.now), "output_artifacts": _by_name(parts)}
    job = _component(operation, request, source, "Completed", sketch, told)
    for uri, type_ in _artifacts(parts):
        sketch.link(job, sketch.artifact(uri, type_), "Produced")


def _component(
    operation: str,
    request: Request,
    source: str,
    status: str,
    sketch: Sketch,
    told: Mapping[str, Any],
) -> str:
    job = JOBS[operation]
    name = sketch.name(name_of(operation, request), job.suffix)
    return sketch.component(name, job.word, source, status, present(**told))


def _display_name(operation: str, request: Request, sketch: Sketch) -> str:
    given: str | None = request.get("ExperimentConfig", {}).get("TrialComponentDisplayName")
    return given or sketch.name(name_of(operation, request), JOBS[operation].suffix)


def _artifacts(parts: Iterable[Part]) -> Iterable[tuple[str, str]]:
    return dict.fromkeys((part.uri, part.type) for part in parts)


def _by_name(parts: Iterable[Part]) -> dict[str, dict[str, str]]:
    return {
        part.name: present(media_type=part.media_type, value=part.uri)
        for part in parts
        if part.name
    }


def _inputs(operation: str, request: Request, models: Containers) -> Iterable[Part]:
    if operation == "CreateTrainingJob":
        return _training_inputs(request)
    if operation == "CreateProcessingJob":
        return _processing_inputs(request)
    return _transform_inputs(request, models)


def _outputs(operation: str, request: Request) -> Iterator[Part]:
    if operation == "CreateTrainingJob":
        yield Part(model_data(request), "Model", "SageMaker.ModelArtifact")
        checkpoint = request.get("CheckpointConfig", {}).get("S3Uri")
        if checkpoint:
            yield Part(checkpoint, "Checkpoint")
    elif operation == "CreateProcessingJob":
        for output in request.get("ProcessingOutputConfig", {}).get("Outputs", ()):
            if "S3Output" in output:
                yield Part(output["S3Output"]["S3Uri"], "DataSet", output.get("OutputName", ""))
    else:
        place = request["TransformOutput"]["S3OutputPath"]
        yield Part(place, "DataSet", "SageMaker.TransformOutput")


def model_data(request: Request) -> str:
    """Where a training job leaves its model."""
    prefix = request["OutputDataConfig"]["S3OutputPath"].rstrip("/")
    return f"{prefix}/{request['TrainingJobName']}/output/model.tar.gz"


def _training_inputs(request: Request) -> Iterator[Part]:
    for channel in request.get("InputDataConfig", ()):
        source = channel.get("DataSource", {}).get("S3DataSource")
        if source:
            name, media = channel.get("ChannelName", ""), channel.get("ContentType", "")
            yield Part(source["S3Uri"], "DataSet", name, media)
    image = request.get("AlgorithmSpecification", {}).get("TrainingImage")
    if image:
        yield _image(image)


def _processing_inputs(request: Request) -> Iterator[Part]:
    for given in request.get("ProcessingInputs", ()):
        if "S3Input" in given:
            # The script comes as an input too, and is recorded as a data set like the others.
            yield Part(given["S3Input"]["S3Uri"], "DataSet", given.get("InputName", ""))
    yield _image(request["AppSpecification"]["ImageUri"])


def _transform_inputs(request: Request, models: Containers) -> Iterator[Part]:
    given = request["TransformInput"]
    uri, media = given["DataSource"]["S3DataSource"]["S3Uri"], given.get("ContentType", "")
    yield Part(uri, "DataSet", "SageMaker.TransformInput", media)
    for container in models.of_model(request["ModelName"]):
        yield from (Part(*part) for part in parts_of(container))


def _image(uri: str) -> Part:
    return Part(uri, "Image", "SageMaker.ImageUri")
