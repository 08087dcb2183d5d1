"""Real objects of the SageMaker SDK, version 2, none of which reaches a network."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from sm_lineage_magics.tracking.recognise import recognise
from sm_lineage_magics.tracking.recognise.registry import recogniser_of

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


@pytest.mark.parametrize(
    "path",
    [
        "sagemaker.estimator.Estimator",
        "sagemaker.jumpstart.estimator.JumpStartEstimator",
        "sagemaker.pytorch.PyTorch",
        "sagemaker.sklearn.SKLearn",
        "sagemaker.tensorflow.TensorFlow",
        "sagemaker.huggingface.HuggingFace",
        "sagemaker.xgboost.XGBoost",
        "sagemaker.rl.RLEstimator",
        "sagemaker.KMeans",
        "sagemaker.processing.ScriptProcessor",
        "sagemaker.processing.FrameworkProcessor",
        "sagemaker.sklearn.processing.SKLearnProcessor",
        "sagemaker.spark.processing.PySparkProcessor",
        "sagemaker.clarify.SageMakerClarifyProcessor",
        "sagemaker.feature_store.feature_group.FeatureGroup",
        "sagemaker.feature_store.feature_group.AthenaQuery",
        "sagemaker.feature_store.dataset_builder.DatasetBuilder",
        "sagemaker.model.FrameworkModel",
        "sagemaker.pytorch.PyTorchModel",
        "sagemaker.jumpstart.model.JumpStartModel",
        "sagemaker.model.ModelPackage",
        "sagemaker.pipeline.PipelineModel",
        "sagemaker.predictor.Predictor",
        "sagemaker.predictor_async.AsyncPredictor",
        "sagemaker.transformer.Transformer",
        "sagemaker.tuner.HyperparameterTuner",
        "sagemaker.automl.automl.AutoML",
        "sagemaker.automl.automlv2.AutoMLV2",
        "sagemaker.workflow.pipeline.Pipeline",
        "sagemaker.workflow.pipeline._PipelineExecution",
        "sagemaker.experiments.run.Run",
        "sagemaker.inputs.TrainingInput",
        "sagemaker.processing.ProcessingInput",
        "sagemaker.processing.ProcessingOutput",
        "sagemaker.estimator._TrainingJob",
        "sagemaker.processing.ProcessingJob",
        "sagemaker.transformer._TransformJob",
        "sagemaker.tuner._TuningJob",
        "sagemaker.automl.automl.AutoMLJob",
        "sagemaker.remote_function.job._Job",
        "sagemaker.modules.train.model_trainer.ModelTrainer",
    ],
)
def test_every_class_that_people_hold_is_known_and_empty_it_is_nothing(path):
    """Of a class derived from one that is known, too."""
    module, _, name = path.rpartition(".")
    held = object.__new__(getattr(import_module(module), name))

    assert recogniser_of(held) is not None
    assert names(held) == []


def test_jobs_of_every_kind_by_the_objects_that_stand_for_them(session):
    from sagemaker.automl.automl import AutoML, AutoMLJob
    from sagemaker.automl.automlv2 import AutoMLV2
    from sagemaker.remote_function.job import _Job
    from sagemaker.transformer import _TransformJob
    from sagemaker.tuner import _TuningJob

    # Their constructors look for the bucket.
    automl, second = object.__new__(AutoML), object.__new__(AutoMLV2)
    automl.current_job_name, second.latest_auto_ml_job = "auto-1", AutoMLJob(session, "auto-2", [])

    assert names(automl) == [("automl-job", "auto-1")]
    assert names(second) == [("automl-job", "auto-2")]
    assert names(_TransformJob(session, "score-1")) == [("transform-job", "score-1")]
    assert names(_TuningJob(session, "tune-1")) == [("hyper-parameter-tuning-job", "tune-1")]
    assert names(_Job("remote-1", "s3://shop/", session)) == [("training-job", "remote-1")]


def test_models_of_several_and_what_asks_them(session):
    from sagemaker.model import Model
    from sagemaker.pipeline import PipelineModel
    from sagemaker.predictor import Predictor
    from sagemaker.predictor_async import AsyncPredictor

    parts = [Model(IMAGE, f"s3://shop/{n}.tar.gz", ROLE, sagemaker_session=session) for n in "ab"]
    chain = PipelineModel(parts, ROLE, name="chain", sagemaker_session=session)

    assert names(chain) == [("model", "chain")]
    assert names(parts) == [("s3", "s3://shop/a.tar.gz"), ("s3", "s3://shop/b.tar.gz")]
    assert names(AsyncPredictor(Predictor("later", session))) == [("endpoint", "later")]


def test_a_run_of_an_experiment_and_a_trainer_of_version_2():
    from sagemaker.experiments.run import Run
    from sagemaker.modules.train.model_trainer import ModelTrainer

    arn = "arn:aws:sagemaker:eu-west-1:123456789012:experiment-trial-component/run-1"
    run = object.__new__(Run)
    run._trial_component = SimpleNamespace(trial_component_name="run-1", trial_component_arn=arn)
    # Its constructor asks IAM for a role.
    trainer = object.__new__(ModelTrainer)
    object.__setattr__(trainer, "__pydantic_private__", {"_latest_training_job": "churn-1"})

    assert [(found.name, found.arn) for found in recognise(run)] == [("run-1", arn)]
    assert names(trainer) == [("training-job", "churn-1")]
