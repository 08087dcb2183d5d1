"""Training, processing and transform jobs: what they read, what they ran, what they made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ...model import Entity
from ...model.vocabulary import ENTRY_POINT
from ..facts import Resource
from ..secrets import without_secrets
from .ask import Ask, Unseen
from .drawing import Drawing, artifact, at, job
from .models import draw_model
from .queries import draw_definition


def training(resource: Resource, ask: Ask) -> Drawing:
    """A training job: all its channels, its image, its script, and its model once it is done."""
    answer = ask("sagemaker", "describe_training_job", TrainingJobName=resource.name)
    drawing = Drawing(f"DescribeTrainingJob {resource.name}")
    settings = {k: _plain(v) for k, v in answer.get("HyperParameters", {}).items()}
    told = {k: v for k, v in settings.items() if not k.startswith("sagemaker_")}
    arn = answer["TrainingJobArn"]
    parameters, read = without_secrets(told), _read_by_channel(answer)
    trained = drawing.add(job("TrainingJob", resource.name, arn, answer, parameters, read))
    for channel in answer.get("InputDataConfig", ()):
        _channel(drawing, trained, channel, answer)
    _image(drawing, trained, at(answer, "AlgorithmSpecification", "TrainingImage"))
    _script(drawing, trained, settings)
    _trained(drawing, trained, answer)
    return drawing


def processing(resource: Resource, ask: Ask) -> Drawing:
    """A processing job with its inputs and outputs by name."""
    answer = ask("sagemaker", "describe_processing_job", ProcessingJobName=resource.name)
    drawing = Drawing(f"DescribeProcessingJob {resource.name}")
    done = drawing.add(job("ProcessingJob", resource.name, answer["ProcessingJobArn"], answer, {}))
    _image(drawing, done, at(answer, "AppSpecification", "ImageUri"))
    script = _script_of(at(answer, "AppSpecification", "ContainerEntrypoint") or ())
    for each in answer.get("ProcessingInputs", ()):
        _input(drawing, done, each, script, ask)
    outputs = at(answer, "ProcessingOutputConfig", "Outputs") or ()
    groups = filter(None, map(_group_of, outputs))
    ask.ahead("sagemaker", "describe_feature_group", "FeatureGroupName", groups)
    for each in outputs:
        _output(drawing, done, each, ask)
    drawing.unfinished(done, "outputs")
    return drawing


def transform(resource: Resource, ask: Ask) -> Drawing:
    """A transform job: its data, the model it asked, and what it wrote."""
    answer = ask("sagemaker", "describe_transform_job", TransformJobName=resource.name)
    drawing = Drawing(f"DescribeTransformJob {resource.name}")
    done = drawing.add(job("TransformJob", resource.name, answer["TransformJobArn"], answer, {}))
    if uri := at(answer, "TransformInput", "DataSource", "S3DataSource", "S3Uri"):
        drawing.reads(done, artifact("DataSet", uri), "input")
    if (uri := at(answer, "TransformOutput", "S3OutputPath")) and _makes(done):
        drawing.makes(done, artifact("DataSet", uri), "output")
    if name := answer.get("ModelName"):
        draw_model(drawing, done, name, ask, f"model {name}")
    drawing.unfinished(done, "output")
    return drawing


def _channel(
    drawing: Drawing, trained: Entity, channel: Mapping[str, Any], answer: Mapping[str, Any]
) -> None:
    name, uri = channel["ChannelName"], source_of(channel.get("DataSource", {}))
    # Version 3 of the SDK hands over code and its own small programs as channels.
    driven = any(c["ChannelName"] == "sm_drivers" for c in answer.get("InputDataConfig", ()))
    if name == "sm_drivers":
        return
    if not uri:
        drawing.gap("unresolved", trained.name, f"The source of channel {name} is not understood.")
    elif name == "code" and driven:
        drawing.reads(trained, artifact("Code", uri), "channel code")
    else:
        drawing.reads(trained, artifact("DataSet", uri), f"channel {name}")


def _read_by_channel(answer: Mapping[str, Any]) -> dict[str, str]:
    channels = answer.get("InputDataConfig", ())
    uris = {each["ChannelName"]: source_of(each.get("DataSource", {})) for each in channels}
    return {name: uri for name, uri in uris.items() if uri and name != "sm_drivers"}


def source_of(source: Mapping[str, Any]) -> str:
    """The URI of a channel's data: S3, a file system, or a data set of SageMaker's hub."""
    if uri := at(source, "S3DataSource", "S3Uri"):
        return str(uri)
    if files := source.get("FileSystemDataSource"):
        kind = str(files.get("FileSystemType", "FS")).lower()
        return f"{kind}://{files.get('FileSystemId', '')}{files.get('DirectoryPath', '')}"
    return str(at(source, "DatasetSource", "DatasetArn") or "")


def _image(drawing: Drawing, reader: Entity, image: str | None) -> None:
    if image:
        drawing.reads(reader, artifact("Image", image), "image")


def _script(drawing: Drawing, trained: Entity, settings: Mapping[str, str]) -> None:
    folder = settings.get("sagemaker_submit_directory", "")
    program = settings.get("sagemaker_program", "")
    if folder.startswith("s3://"):
        code = artifact("Code", folder, **{ENTRY_POINT: program})
        drawing.reads(trained, code, "sagemaker_submit_directory")


def _trained(drawing: Drawing, trained: Entity, answer: Mapping[str, Any]) -> None:
    model = at(answer, "ModelArtifacts", "S3ModelArtifacts")
    if model and _makes(trained):
        drawing.makes(trained, artifact("Model", model), "model artifacts")
    if checkpoints := at(answer, "CheckpointConfig", "S3Uri"):
        drawing.makes(trained, artifact("Checkpoint", checkpoints), "checkpoints")
    if package := answer.get("OutputModelPackageArn"):
        drawing.makes(trained, artifact("Model", package), "output model package")
        drawing.more.append(Resource("model-package", package, package))
    drawing.unfinished(trained, "model")


def _input(drawing: Drawing, done: Entity, given: Mapping[str, Any], script: str, ask: Ask) -> None:
    name, uri = given["InputName"], at(given, "S3Input", "S3Uri")
    definition = given.get("DatasetDefinition") or {}
    if uri and name in ("code", "entrypoint"):
        program = script if name == "code" else ""
        drawing.reads(done, artifact("Code", uri, **{ENTRY_POINT: program}), f"input {name}")
    elif uri:
        drawing.reads(done, artifact("DataSet", uri), f"input {name}")
    elif definition:
        draw_definition(drawing, done, name, definition, ask)
    else:
        drawing.gap("unresolved", done.name, f"The source of input {name} is not understood.")


def _output(drawing: Drawing, done: Entity, made: Mapping[str, Any], ask: Ask) -> None:
    if not _makes(done):
        return
    name, uri = made["OutputName"], at(made, "S3Output", "S3Uri")
    if uri:
        drawing.makes(done, artifact("DataSet", uri), f"output {name}")
    if group := _group_of(made):
        drawing.more.append(Resource("feature-group", group))
        try:
            arn = ask("sagemaker", "describe_feature_group", FeatureGroupName=group)
        except Unseen:
            return  # described on its own next, which reports why it cannot be seen
        made_group = artifact("FeatureGroup", arn["FeatureGroupArn"], group)
        drawing.makes(done, made_group, f"output {name}")


def _group_of(output: Mapping[str, Any]) -> str:
    return str(at(output, "FeatureStoreOutput", "FeatureGroupName") or "")


def _makes(made_by: Entity) -> bool:
    """Whether a job that has come this far left something."""
    return made_by.status != "Failed"


def _script_of(entrypoint: Iterable[str]) -> str:
    """The script a processing job runs: the last part of its entry point that is a file's path."""
    paths = [part for part in entrypoint if part.startswith("/opt/ml/processing/input/")]
    return paths[-1].rpartition("/")[2] if paths else ""


def _plain(value: str) -> str:
    """A hyper-parameter without the JSON quotes that version 2 of the SDK puts around texts."""
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except ValueError:
            return value
    return value
