"""Objects of the SageMaker Python SDK, version 2 (attribute names as of 2.257)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import Resource
from .peek import entry, items, peek, text
from .registry import recogniser_of, recognises
from .rows import by_name, named, register, with_script

register(
    {
        # `_current_job_name` is set before the job is made; it is only asked for second.
        "sagemaker.estimator.EstimatorBase": with_script(
            by_name("training-job", "latest_training_job.job_name", "_current_job_name"),
            "source_dir",
            "entry_point",
        ),
        "sagemaker.estimator._TrainingJob": by_name("training-job", "job_name"),
        "sagemaker.processing.Processor": by_name(
            "processing-job", "latest_job.job_name", "_current_job_name"
        ),
        "sagemaker.processing.ProcessingJob": by_name("processing-job", "job_name"),
        "sagemaker.transformer.Transformer": by_name(
            "transform-job", "latest_transform_job.job_name", "_current_job_name"
        ),
        "sagemaker.transformer._TransformJob": by_name("transform-job", "job_name"),
        "sagemaker.tuner.HyperparameterTuner": by_name(
            "hyper-parameter-tuning-job", "latest_tuning_job.job_name", "_current_job_name"
        ),
        "sagemaker.tuner._TuningJob": by_name("hyper-parameter-tuning-job", "job_name"),
        "sagemaker.automl.automl.AutoML": by_name(
            "automl-job", "latest_auto_ml_job.job_name", "current_job_name", "_auto_ml_job_name"
        ),
        "sagemaker.automl.automlv2.AutoMLV2": by_name(
            "automl-job", "latest_auto_ml_job.job_name", "current_job_name", "_auto_ml_job_name"
        ),
        "sagemaker.automl.automl.AutoMLJob": by_name("automl-job", "job_name"),
        "sagemaker.feature_store.feature_group.FeatureGroup": by_name("feature-group", "name"),
        "sagemaker.model.ModelPackage": by_name("model-package", arns=("model_package_arn",)),
        "sagemaker.workflow.pipeline.Pipeline": by_name("pipeline", "name"),
        "sagemaker.workflow.pipeline._PipelineExecution": by_name(
            "pipeline-execution", arns=("arn",)
        ),
        "sagemaker.experiments.run.Run": by_name(
            "experiment-trial-component",
            "_trial_component.trial_component_name",
            arns=("_trial_component.trial_component_arn",),
        ),
        "sagemaker.remote_function.job._Job": by_name("training-job", "job_name"),
        "sagemaker.modules.train.model_trainer.ModelTrainer": by_name(
            "training-job", "_latest_training_job.training_job_name", "_latest_training_job"
        ),
    }
)


@recognises("sagemaker.model.Model", "sagemaker.pipeline.PipelineModel")
def model(value: Any, origin: str) -> Iterator[Resource]:
    """A model: by its name once it has one, with the endpoint it was deployed to."""
    name, endpoint = text(value, "name"), text(value, "endpoint_name")
    data = text(value, "model_data") or text_in(peek(value, "model_data"), "S3DataSource", "S3Uri")
    if name:
        yield named("model", name, origin=origin)
    elif data.startswith("s3://"):
        yield named("s3", data, origin=origin, artifact="Model")
    if endpoint:
        yield named("endpoint", endpoint, origin=origin)


@recognises("sagemaker.base_predictor.Predictor", "sagemaker.predictor_async.AsyncPredictor")
def predictor(value: Any, origin: str) -> Iterator[Resource]:
    """What an endpoint is asked through."""
    if name := text(value, "endpoint_name", "predictor.endpoint_name"):
        yield named("endpoint", name, origin=origin)


@recognises(
    "sagemaker.feature_store.feature_group.AthenaQuery",
    "sagemaker.mlops.feature_store.athena_query.AthenaQuery",
)
def athena_query(value: Any, origin: str) -> Iterator[Resource]:
    """The last run of a query; before the first there is nothing to speak of."""
    if execution := text(value, "_current_query_execution_id"):
        table = ".".join(filter(None, (text(value, "database"), text(value, "table_name"))))
        yield named("athena-query", execution, origin=origin, table=table)


@recognises(
    "sagemaker.feature_store.dataset_builder.DatasetBuilder",
    "sagemaker.mlops.feature_store.dataset_builder.DatasetBuilder",
)
def dataset_builder(value: Any, origin: str) -> Iterator[Resource]:
    """The feature groups a data set is built from; of its query it keeps nothing."""
    yield from of_attribute(value, "_base", origin)
    for merged in items(peek(value, "_feature_groups_to_be_merged")):
        database, table = text(merged, "database"), text(merged, "table_name")
        if database and table:
            yield named("offline-table", f"{database}.{table}", origin=origin)


@recognises("sagemaker.inputs.TrainingInput", "sagemaker.core.inputs.TrainingInput")
def training_input(value: Any, origin: str) -> Iterator[Resource]:
    """One channel of a training job."""
    uri = text_in(peek(value, "config"), "DataSource", "S3DataSource", "S3Uri")
    if uri.startswith("s3://"):
        yield named("s3", uri, origin=origin)


@recognises("sagemaker.processing.ProcessingInput", "sagemaker.processing.ProcessingOutput")
def processing_end(value: Any, origin: str) -> Iterator[Resource]:
    """One input or output of a processing job, where it is in S3."""
    uris = (text(value, path) for path in ("s3_input.s3_uri", "source", "destination"))
    if uri := next((uri for uri in uris if uri.startswith("s3://")), ""):
        yield named("s3", uri, origin=origin)


def of_attribute(value: Any, path: str, origin: str) -> Iterator[Resource]:
    """What an object held by another one speaks of."""
    held = peek(value, path)
    recogniser = recogniser_of(held)
    if recogniser is not None:
        yield from recogniser(held, origin)


def text_in(value: Any, *keys: str) -> str:
    """A text under nested keys; empty where there is none."""
    found = entry(value, *keys)
    return found if type(found) is str else ""
