"""Real objects of the SageMaker SDK, version 3, none of which reaches a network."""

import pytest

from sm_lineage_magics.tracking.recognise import recognise

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
