"""Objects of the SageMaker Python SDK, version 3 (attribute names as of sagemaker-core 2.27).

Resources keep the describe response in snake case; what is not set is an `Unassigned`, which is
no text and so is never taken for a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import Resource
from .peek import text
from .registry import recognises
from .rows import by_name, named, register, with_script
from .sdk2 import of_attribute

# Class of `sagemaker.core.resources` → (kind of resource, its name's beginning).
_RESOURCES = {
    "TrainingJob": ("training-job", "training_job"),
    "ProcessingJob": ("processing-job", "processing_job"),
    "TransformJob": ("transform-job", "transform_job"),
    "HyperParameterTuningJob": ("hyper-parameter-tuning-job", "hyper_parameter_tuning_job"),
    "AutoMLJob": ("automl-job", "auto_ml_job"),
    "AutoMLJobV2": ("automl-job", "auto_ml_job"),
    "Model": ("model", "model"),
    "ModelPackage": ("model-package", "model_package"),
    "ModelPackageGroup": ("model-package-group", "model_package_group"),
    "Endpoint": ("endpoint", "endpoint"),
    "FeatureGroup": ("feature-group", "feature_group"),
    "Pipeline": ("pipeline", "pipeline"),
    "PipelineExecution": ("pipeline-execution", "pipeline_execution"),
    "TrialComponent": ("experiment-trial-component", "trial_component"),
}

# Version 2 carries version 3's resources as `sagemaker_core.main` for its ModelTrainer.
for _home in ("sagemaker.core.resources", "sagemaker_core.main.resources"):
    register(
        {
            f"{_home}.{name}": by_name(kind, f"{start}_name", arns=(f"{start}_arn",))
            for name, (kind, start) in _RESOURCES.items()
        }
    )

register(
    {
        **dict.fromkeys(
            (
                "sagemaker.train.model_trainer.ModelTrainer",
                "sagemaker.train.base_trainer.BaseTrainer",
            ),
            with_script(
                by_name(
                    "training-job", "_latest_training_job.training_job_name", "_latest_training_job"
                ),
                "source_code.source_dir",
                "source_code.entry_script",
            ),
        ),
        "sagemaker.core.processing.Processor": by_name(
            "processing-job", "latest_job.processing_job_name", "_current_job_name"
        ),
        "sagemaker.core.transformer.Transformer": by_name(
            "transform-job", "latest_transform_job.transform_job_name", "_current_job_name"
        ),
        "sagemaker.train.tuner.HyperparameterTuner": by_name(
            "hyper-parameter-tuning-job",
            "latest_tuning_job.hyper_parameter_tuning_job_name",
            "_current_job_name",
        ),
        "sagemaker.mlops.workflow.pipeline.Pipeline": by_name("pipeline", "name"),
        "sagemaker.mlops.workflow.pipeline.PipelineExecution": by_name(
            "pipeline-execution", arns=("arn",)
        ),
        "sagemaker.core.experiments.run.Run": by_name(
            "experiment-trial-component",
            "_trial_component.trial_component_name",
            arns=("_trial_component.trial_component_arn",),
        ),
    }
)


@recognises("sagemaker.serve.model_builder.ModelBuilder")
def model_builder(value: Any, origin: str) -> Iterator[Resource]:
    """The model that was built, and the endpoint it was deployed to."""
    built = list(of_attribute(value, "built_model", origin))
    yield from built
    if endpoint := text(value, "_deployed_endpoint.endpoint_name", "endpoint_name"):
        yield named("endpoint", endpoint, origin=origin)


@recognises(
    "sagemaker.core.training.configs.InputData",
    "sagemaker.core.shapes.shapes.Channel",
    "sagemaker.train.configs.InputData",
    "sagemaker.modules.configs.InputData",
)
def input_data(value: Any, origin: str) -> Iterator[Resource]:
    """One channel of a training job."""
    uri = text(value, "data_source", "data_source.s3_data_source.s3_uri", "data_source.s3_uri")
    if uri.startswith("s3://"):
        yield named("s3", uri, origin=origin)


@recognises(
    "sagemaker.core.shapes.shapes.ProcessingInput", "sagemaker.core.shapes.shapes.ProcessingOutput"
)
def processing_end(value: Any, origin: str) -> Iterator[Resource]:
    """One input or output of a processing job, where it is in S3."""
    uri = text(value, "s3_input.s3_uri", "s3_output.s3_uri")
    if uri.startswith("s3://"):
        yield named("s3", uri, origin=origin)
