"""Real objects of the SageMaker SDK, version 3, none of which reaches a network."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from sm_lineage_magics.tracking.recognise import recognise
from sm_lineage_magics.tracking.recognise.registry import recogniser_of

# What the SDK warns of is not ours to mend.
pytestmark = [pytest.mark.sdk_v3, pytest.mark.filterwarnings("ignore")]
resources = pytest.importorskip(
    "sagemaker.core.resources", reason="needs the sagemaker package, version 3"
)

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"


@pytest.fixture(autouse=True)
def region(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")


def names(value):
    return [(resource.type, resource.name) for resource in recognise(value, "x")]


@pytest.mark.parametrize(
    ("kind", "field", "expected"),
    [
        ("TrainingJob", "training_job_name", "training-job"),
        ("ProcessingJob", "processing_job_name", "processing-job"),
        ("TransformJob", "transform_job_name", "transform-job"),
        (
            "HyperParameterTuningJob",
            "hyper_parameter_tuning_job_name",
            "hyper-parameter-tuning-job",
        ),
        ("Model", "model_name", "model"),
        ("Endpoint", "endpoint_name", "endpoint"),
        ("FeatureGroup", "feature_group_name", "feature-group"),
    ],
)
def test_each_resource_is_known_by_its_name(kind, field, expected):
    assert names(getattr(resources, kind)(**{field: "churn"})) == [(expected, "churn")]


def test_resources_without_a_name_are_known_by_their_arn():
    package = resources.ModelPackage(
        model_package_name="churn", model_package_arn=f"{ARN}:model-package/churn/1"
    )
    execution = resources.PipelineExecution(pipeline_execution_arn=f"{ARN}:pipeline/p/execution/x")

    assert recognise(package)[0].arn == f"{ARN}:model-package/churn/1"
    assert names(execution) == [("pipeline-execution", "p/execution/x")]


def test_a_model_trainer_speaks_of_its_last_job():
    from sagemaker.core.training.configs import InputData
    from sagemaker.train.model_trainer import ModelTrainer

    # Its constructor asks IAM for a role.
    trainer = object.__new__(ModelTrainer)
    object.__setattr__(trainer, "__pydantic_private__", {"_latest_training_job": None})
    assert names(trainer) == []

    trainer.__pydantic_private__["_latest_training_job"] = resources.TrainingJob(
        training_job_name="churn-1"
    )
    assert names(trainer) == [("training-job", "churn-1")]
    assert names(InputData(channel_name="train", data_source="s3://shop/train/")) == [
        ("s3", "s3://shop/train/")
    ]


def test_queries_and_data_sets_of_the_feature_store():
    from sagemaker.mlops.feature_store.athena_query import AthenaQuery
    from sagemaker.mlops.feature_store.dataset_builder import DatasetBuilder

    query = AthenaQuery("AwsDataCatalog", "shop", "customers_1", None)
    assert names(query) == []
    query._current_query_execution_id = "e-1"
    assert names(query) == [("athena-query", "e-1")]

    group = resources.FeatureGroup(feature_group_name="customers")
    builder = object.__new__(DatasetBuilder)
    builder._base = group
    assert names(builder) == [("feature-group", "customers")]


@pytest.mark.parametrize(
    "path",
    [
        "sagemaker.train.model_trainer.ModelTrainer",
        "sagemaker.train.sft_trainer.SFTTrainer",
        "sagemaker.train.dpo_trainer.DPOTrainer",
        "sagemaker.train.tuner.HyperparameterTuner",
        "sagemaker.core.processing.Processor",
        "sagemaker.core.processing.ScriptProcessor",
        "sagemaker.core.processing.FrameworkProcessor",
        "sagemaker.core.transformer.Transformer",
        "sagemaker.serve.model_builder.ModelBuilder",
        "sagemaker.mlops.feature_store.FeatureGroup",
        "sagemaker.mlops.feature_store.athena_query.AthenaQuery",
        "sagemaker.mlops.feature_store.dataset_builder.DatasetBuilder",
        "sagemaker.mlops.workflow.pipeline.Pipeline",
        "sagemaker.mlops.workflow.pipeline.PipelineExecution",
        "sagemaker.core.experiments.run.Run",
        "sagemaker.core.training.configs.InputData",
        "sagemaker.core.shapes.shapes.Channel",
        "sagemaker.core.shapes.shapes.ProcessingInput",
        "sagemaker.core.shapes.shapes.ProcessingOutput",
        "sagemaker.core.inputs.TrainingInput",
        "sagemaker.core.resources.AutoMLJobV2",
        "sagemaker.core.resources.TrialComponent",
        "sagemaker.core.resources.ModelPackageGroup",
        "sagemaker.core.resources.Pipeline",
    ],
)
def test_every_class_that_people_hold_is_known_and_empty_it_is_nothing(path):
    module, _, name = path.rpartition(".")
    held = object.__new__(getattr(import_module(module), name))

    assert recogniser_of(held) is not None
    assert names(held) == []


@pytest.mark.parametrize(
    ("path", "attributes", "expected"),
    [
        (
            "sagemaker.core.processing.ScriptProcessor",
            {"latest_job": resources.ProcessingJob(processing_job_name="clean-1")},
            [("processing-job", "clean-1")],
        ),
        (
            "sagemaker.core.transformer.Transformer",
            {"latest_transform_job": resources.TransformJob(transform_job_name="score-1")},
            [("transform-job", "score-1")],
        ),
        (
            "sagemaker.train.tuner.HyperparameterTuner",
            {
                "latest_tuning_job": resources.HyperParameterTuningJob(
                    hyper_parameter_tuning_job_name="tune-1"
                )
            },
            [("hyper-parameter-tuning-job", "tune-1")],
        ),
        (
            "sagemaker.train.sft_trainer.SFTTrainer",
            {"_latest_training_job": "tuned-1"},
            [("training-job", "tuned-1")],
        ),
        (
            "sagemaker.serve.model_builder.ModelBuilder",
            {"built_model": resources.Model(model_name="churn"), "endpoint_name": "live"},
            [("model", "churn"), ("endpoint", "live")],
        ),
        (
            "sagemaker.mlops.workflow.pipeline.PipelineExecution",
            {"arn": f"{ARN}:pipeline/p/execution/x"},
            [("pipeline-execution", "p/execution/x")],
        ),
        (
            "sagemaker.core.experiments.run.Run",
            {"_trial_component": SimpleNamespace(trial_component_name="run-1")},
            [("experiment-trial-component", "run-1")],
        ),
    ],
)
def test_what_an_object_made_is_what_it_speaks_of(path, attributes, expected):
    """Without its constructor, which asks the network."""
    module, _, name = path.rpartition(".")
    held = object.__new__(getattr(import_module(module), name))
    object.__setattr__(held, "__dict__", dict(attributes))

    assert names(held) == expected


def test_inputs_and_outputs_speak_of_where_their_data_is():
    from sagemaker.core import shapes
    from sagemaker.core.inputs import TrainingInput

    place = shapes.S3DataSource(s3_data_type="S3Prefix", s3_uri="s3://shop/train/")
    channel = shapes.Channel(
        channel_name="train", data_source=shapes.DataSource(s3_data_source=place)
    )
    given = shapes.ProcessingInput(
        input_name="raw",
        s3_input=shapes.ProcessingS3Input(
            s3_uri="s3://shop/raw.csv", local_path="/opt/ml/x", s3_data_type="S3Prefix"
        ),
    )
    made = shapes.ProcessingOutput(
        output_name="clean",
        s3_output=shapes.ProcessingS3Output(
            s3_uri="s3://shop/clean/", local_path="/opt/ml/y", s3_upload_mode="EndOfJob"
        ),
    )

    assert names(channel) == [("s3", "s3://shop/train/")]
    assert names(TrainingInput("s3://shop/train/")) == [("s3", "s3://shop/train/")]
    assert names([given, made]) == [("s3", "s3://shop/raw.csv"), ("s3", "s3://shop/clean/")]
