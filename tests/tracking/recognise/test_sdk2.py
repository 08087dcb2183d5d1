"""Real objects of the SageMaker SDK, version 2, none of which reaches a network."""

from types import SimpleNamespace

import pytest

from sm_lineage_magics.tracking.recognise import recognise

# What the SDK warns of is not ours to mend.
pytestmark = [pytest.mark.sdk_v2, pytest.mark.filterwarnings("ignore")]
pytest.importorskip("sagemaker.estimator", reason="needs the sagemaker package, version 2")


@pytest.fixture
def session():
    import boto3
    from sagemaker.session import Session

    boto = boto3.Session("x", "y", region_name="eu-west-1")
    return Session(boto_session=boto, default_bucket="shop")


ROLE = "arn:aws:iam::123456789012:role/ml"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"


def names(value):
    return [(resource.type, resource.name) for resource in recognise(value, "x")]


def test_an_estimator_speaks_of_its_last_job(session):
    from sagemaker.estimator import Estimator, _TrainingJob

    estimator = Estimator(IMAGE, ROLE, 1, "ml.m5.large", sagemaker_session=session)
    assert names(estimator) == []

    estimator.latest_training_job = _TrainingJob(session, "churn-1")
    assert names(estimator) == [("training-job", "churn-1")]
    assert names(estimator.latest_training_job) == [("training-job", "churn-1")]


def test_a_framework_estimator_is_an_estimator(session):
    from sagemaker.estimator import _TrainingJob
    from sagemaker.xgboost import XGBoost

    estimator = XGBoost(
        "train.py",
        "1.7-1",
        role=ROLE,
        instance_count=1,
        instance_type="ml.m5.large",
        sagemaker_session=session,
    )
    estimator.latest_training_job = _TrainingJob(session, "churn-2")

    assert names(estimator) == [("training-job", "churn-2")]


def test_a_processor_speaks_of_its_last_job(session):
    from sagemaker.processing import ProcessingInput, ProcessingJob, ProcessingOutput, Processor

    processor = Processor(ROLE, IMAGE, 1, "ml.m5.large", sagemaker_session=session)
    processor.latest_job = ProcessingJob(session, "clean-1", [], [], None)

    assert names(processor) == [("processing-job", "clean-1")]
    assert names(ProcessingInput("s3://shop/raw.csv", "/x")) == [("s3", "s3://shop/raw.csv")]
    assert names(ProcessingOutput(source="/x", destination="s3://shop/out/")) == [
        ("s3", "s3://shop/out/")
    ]


def test_a_feature_group_its_query_and_its_data_set(session):
    from sagemaker.feature_store.feature_group import AthenaQuery, FeatureGroup
    from sagemaker.feature_store.feature_store import FeatureStore

    group = FeatureGroup("customers", sagemaker_session=session)
    query = AthenaQuery("AwsDataCatalog", "shop", "customers_1", session)
    builder = FeatureStore(session).create_dataset(group, "s3://shop/sets/")

    assert names(group) == [("feature-group", "customers")]
    assert names(query) == []
    query._current_query_execution_id = "e-1"
    assert names(query) == [("athena-query", "e-1")]
    assert names(builder) == [("feature-group", "customers")]


def test_models_predictors_transformers_and_tuners(session):
    from sagemaker.estimator import Estimator
    from sagemaker.model import Model, ModelPackage
    from sagemaker.predictor import Predictor
    from sagemaker.transformer import Transformer
    from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

    package = "arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/1"
    model = Model(IMAGE, "s3://shop/model.tar.gz", ROLE, sagemaker_session=session)
    estimator = Estimator(IMAGE, ROLE, 1, "ml.m5.large", sagemaker_session=session)
    transformer = Transformer("churn", 1, "ml.m5.large", sagemaker_session=session)
    transformer.latest_transform_job = SimpleNamespace(job_name="score-1")
    tuner = HyperparameterTuner(
        estimator,
        "auc",
        {"eta": ContinuousParameter(0, 1)},
        [{"Name": "auc", "Regex": "auc=(.*)"}],
    )
    tuner.latest_tuning_job = SimpleNamespace(job_name="tune-1")

    assert names(model) == [("s3", "s3://shop/model.tar.gz")]
    model.name, model.endpoint_name = "churn", "live"
    assert names(model) == [("model", "churn"), ("endpoint", "live")]
    assert names(ModelPackage(ROLE, model_package_arn=package, sagemaker_session=session)) == [
        ("model-package", "churn/1")
    ]
    assert names(Predictor("live", session)) == [("endpoint", "live")]
    assert names(transformer) == [("transform-job", "score-1")]
    assert names(tuner) == [("hyper-parameter-tuning-job", "tune-1")]


def test_inputs_and_executions(session):
    from sagemaker.inputs import TrainingInput
    from sagemaker.workflow.pipeline import Pipeline, _PipelineExecution

    arn = "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/p/execution/x"

    assert names(TrainingInput("s3://shop/train/")) == [("s3", "s3://shop/train/")]
    assert names({"train": TrainingInput("s3://shop/train/")}) == [("s3", "s3://shop/train/")]
    assert names(_PipelineExecution(arn=arn, sagemaker_session=session)) == [
        ("pipeline-execution", "p/execution/x")
    ]
    assert names(Pipeline("p", sagemaker_session=session)) == [("pipeline", "p")]
