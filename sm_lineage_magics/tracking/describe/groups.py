"""What stands for several jobs: tuning, AutoML, pipeline executions, experiment runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Arn, Entity, is_arn
from ..facts import Resource
from ..secrets import without_secrets
from .ask import Ask, Unseen
from .drawing import Drawing, artifact, at, job
from .jobs import source_of
from .models import data_of


def tuning(resource: Resource, ask: Ask) -> Drawing:
    """A tuning job: what all its trainings read, and the model of the best of them."""
    answer = ask(
        "sagemaker",
        "describe_hyper_parameter_tuning_job",
        HyperParameterTuningJobName=resource.name,
    )
    drawing = Drawing(f"DescribeHyperParameterTuningJob {resource.name}")
    arn = answer["HyperParameterTuningJobArn"]
    tuned = drawing.add(job("HyperParameterTuningJob", resource.name, arn, answer, {}))
    definitions = answer.get("TrainingJobDefinitions") or [answer.get("TrainingJobDefinition", {})]
    for definition in definitions:
        _trained_on(drawing, tuned, definition)
    if best := at(answer, "BestTrainingJob", "TrainingJobName"):
        _best(drawing, tuned, best, ask)
    drawing.unfinished(tuned, "best model")
    return drawing


def automl(resource: Resource, ask: Ask) -> Drawing:
    """An AutoML job: its data, and the models of its best candidate."""
    answer = _automl(resource.name, ask)
    drawing = Drawing(f"DescribeAutoMLJob {resource.name}")
    made = drawing.add(job("AutoMLJob", resource.name, answer["AutoMLJobArn"], answer, {}))
    channels = answer.get("InputDataConfig") or answer.get("AutoMLJobInputDataConfig") or ()
    for channel in channels:
        if uri := source_of(channel.get("DataSource", {})):
            drawing.reads(made, artifact("DataSet", uri), "input")
    for container in at(answer, "BestCandidate", "InferenceContainers") or ():
        if uri := data_of(container):
            drawing.makes(made, artifact("Model", uri), "best candidate")
    drawing.unfinished(made, "best candidate")
    return drawing


def pipeline_execution(resource: Resource, ask: Ask) -> Drawing:
    """One execution of a pipeline: its steps, each described as what it is."""
    drawing = Drawing(f"ListPipelineExecutionSteps {resource.name}")
    steps = ask.pages(
        "sagemaker",
        "list_pipeline_execution_steps",
        "PipelineExecutionSteps",
        PipelineExecutionArn=resource.arn or resource.name,
    )
    for step in steps:
        if step.get("StepStatus") == "Failed":
            why = str(step.get("FailureReason") or "it gives no reason")
            drawing.gap("not-recorded", step["StepName"], f"The step failed: {why}")
        drawing.more += _of_step(step.get("Metadata", {}))
    return drawing


def trial_component(resource: Resource, ask: Ask) -> Drawing:
    """A run of an experiment: what it was told it read and wrote."""
    answer = ask("sagemaker", "describe_trial_component", TrialComponentName=resource.name)
    drawing = Drawing(f"DescribeTrialComponent {resource.name}")
    parameters = {k: next(iter(v.values()), "") for k, v in answer.get("Parameters", {}).items()}
    source = at(answer, "Source", "SourceArn") or answer["TrialComponentArn"]
    known = {**answer, "RunStatus": at(answer, "Status", "PrimaryStatus")}
    run = drawing.add(job("Run", resource.name, source, known, without_secrets(parameters)))
    for name, artifact_ in (answer.get("InputArtifacts") or {}).items():
        drawing.reads(run, artifact("DataSet", artifact_["Value"]), f"input {name}")
    for name, artifact_ in (answer.get("OutputArtifacts") or {}).items():
        drawing.makes(run, artifact("DataSet", artifact_["Value"]), f"output {name}")
    drawing.unfinished(run, "outputs")
    return drawing


def stored(resource: Resource, ask: Ask) -> Drawing:
    """An object or a prefix in S3, by its URI; it is not looked at."""
    drawing = Drawing("named")
    etag = str(resource.known.get("ETag", ""))
    drawing.add(artifact(str(resource.known.get("artifact", "DataSet")), resource.name, ETag=etag))
    return drawing


def _of_step(metadata: Mapping[str, Any]) -> list[Resource]:
    """The resources a step made; a model package stands under `RegisterModel`."""
    arns = (part.get("Arn", "") for part in metadata.values() if isinstance(part, Mapping))
    parsed = (Arn.parse(arn) for arn in arns if is_arn(arn))
    return [Resource(arn.type, arn.name, str(arn)) for arn in parsed]


def _trained_on(drawing: Drawing, tuned: Entity, definition: Mapping[str, Any]) -> None:
    for channel in definition.get("InputDataConfig", ()):
        if uri := source_of(channel.get("DataSource", {})):
            drawing.reads(tuned, artifact("DataSet", uri), f"channel {channel['ChannelName']}")
    if image := at(definition, "AlgorithmSpecification", "TrainingImage"):
        drawing.reads(tuned, artifact("Image", image), "image")


def _best(drawing: Drawing, tuned: Entity, training_job: str, ask: Ask) -> None:
    drawing.more.append(Resource("training-job", training_job))
    if model := _model_of(training_job, ask):
        drawing.makes(tuned, artifact("Model", model), f"best training job {training_job}")


def _model_of(training_job: str, ask: Ask) -> str:
    try:
        answer = ask("sagemaker", "describe_training_job", TrainingJobName=training_job)
    except Unseen:
        return ""  # described on its own next, which reports why it cannot be seen
    return str(at(answer, "ModelArtifacts", "S3ModelArtifacts") or "")


def _automl(name: str, ask: Ask) -> dict[str, Any]:
    # Version 2 of the call also answers for jobs that version 1 made, not the other way round.
    try:
        return ask("sagemaker", "describe_auto_ml_job_v2", AutoMLJobName=name)
    except Unseen as unseen:
        if unseen.gap.kind in ("denied", "throttled"):
            raise
        return ask("sagemaker", "describe_auto_ml_job", AutoMLJobName=name)
