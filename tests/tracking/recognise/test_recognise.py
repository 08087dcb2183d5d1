"""Values are told by the names of their classes; those of the SDK are made here by name."""

import threading
from types import SimpleNamespace

import numpy
import pandas
import pytest
from sklearn.linear_model import LogisticRegression

from sm_lineage_magics.tracking.facts import Resource
from sm_lineage_magics.tracking.recognise import (
    forget,
    recognise,
    recognise_all,
    recognises,
    resources_of_call,
)

ARN = "arn:aws:sagemaker:eu-west-1:123456789012"


def of_class(name, /, **attributes):
    """An object of a class called `module.Class`, with these attributes."""
    module, _, qualname = name.rpartition(".")
    made = type(qualname, (), {"__module__": module})()
    made.__dict__.update(attributes)
    return made


def job(name):
    return SimpleNamespace(job_name=name)


def names(value):
    return [(resource.type, resource.name) for resource in recognise(value, "x")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            of_class("sagemaker.estimator.EstimatorBase", latest_training_job=job("churn-1")),
            [("training-job", "churn-1")],
        ),
        (of_class("sagemaker.estimator.EstimatorBase", latest_training_job=None), []),
        (
            of_class(
                "sagemaker.estimator.EstimatorBase",
                latest_training_job=None,
                _current_job_name="churn-2",
            ),
            [("training-job", "churn-2")],
        ),
        (
            of_class("sagemaker.processing.Processor", latest_job=job("clean-1")),
            [("processing-job", "clean-1")],
        ),
        (of_class("sagemaker.processing.ProcessingJob", job_name="c"), [("processing-job", "c")]),
        (
            of_class("sagemaker.transformer.Transformer", latest_transform_job=job("score-1")),
            [("transform-job", "score-1")],
        ),
        (
            of_class("sagemaker.tuner.HyperparameterTuner", latest_tuning_job=job("tune-1")),
            [("hyper-parameter-tuning-job", "tune-1")],
        ),
        (of_class("sagemaker.automl.automl.AutoML", current_job_name="a"), [("automl-job", "a")]),
        (
            of_class("sagemaker.feature_store.feature_group.FeatureGroup", name="customers"),
            [("feature-group", "customers")],
        ),
        (
            of_class(
                "sagemaker.feature_store.feature_group.AthenaQuery",
                _current_query_execution_id="e-1",
                database="shop",
                table_name="customers_1",
            ),
            [("athena-query", "e-1")],
        ),
        (
            of_class(
                "sagemaker.feature_store.feature_group.AthenaQuery",
                _current_query_execution_id=None,
            ),
            [],
        ),
        (
            of_class(
                "sagemaker.feature_store.dataset_builder.DatasetBuilder",
                _base=of_class("sagemaker.feature_store.feature_group.FeatureGroup", name="a"),
                _feature_groups_to_be_merged=[SimpleNamespace(database="d", table_name="b_1")],
            ),
            [("feature-group", "a"), ("offline-table", "d.b_1")],
        ),
        (
            of_class("sagemaker.model.Model", name="churn", endpoint_name="churn-live"),
            [("model", "churn"), ("endpoint", "churn-live")],
        ),
        (
            of_class("sagemaker.model.Model", name=None, model_data="s3://b/model.tar.gz"),
            [("s3", "s3://b/model.tar.gz")],
        ),
        (
            of_class("sagemaker.model.ModelPackage", model_package_arn=f"{ARN}:model-package/g/1"),
            [("model-package", "g/1")],
        ),
        (
            of_class("sagemaker.base_predictor.Predictor", endpoint_name="live"),
            [("endpoint", "live")],
        ),
        (
            of_class(
                "sagemaker.workflow.pipeline._PipelineExecution",
                arn=f"{ARN}:pipeline/p/execution/x",
            ),
            [("pipeline-execution", "p/execution/x")],
        ),
        (
            of_class(
                "sagemaker.inputs.TrainingInput",
                config={"DataSource": {"S3DataSource": {"S3Uri": "s3://b/train/"}}},
            ),
            [("s3", "s3://b/train/")],
        ),
        (
            of_class("sagemaker.processing.ProcessingInput", source="s3://b/raw.csv"),
            [("s3", "s3://b/raw.csv")],
        ),
        (of_class("sagemaker.processing.ProcessingInput", source="raw.csv"), []),
        (
            of_class(
                "sagemaker.train.model_trainer.ModelTrainer",
                _latest_training_job=of_class(
                    "sagemaker.core.resources.TrainingJob", training_job_name="churn-3"
                ),
            ),
            [("training-job", "churn-3")],
        ),
        (
            of_class("sagemaker.train.base_trainer.BaseTrainer", _latest_training_job="churn-4"),
            [("training-job", "churn-4")],
        ),
        (
            of_class(
                "sagemaker.core.resources.Endpoint",
                endpoint_name="live",
                endpoint_arn=of_class("sagemaker.core.utils.utils.Unassigned"),
            ),
            [("endpoint", "live")],
        ),
        (
            of_class(
                "sagemaker.core.resources.ModelPackage",
                model_package_arn=f"{ARN}:model-package/g/2",
            ),
            [("model-package", "g/2")],
        ),
        (
            of_class(
                "sagemaker.core.processing.Processor",
                latest_job=SimpleNamespace(processing_job_name="clean-2"),
            ),
            [("processing-job", "clean-2")],
        ),
        (
            of_class(
                "sagemaker.serve.model_builder.ModelBuilder",
                built_model=of_class("sagemaker.core.resources.Model", model_name="churn"),
            ),
            [("model", "churn")],
        ),
        ("s3://bucket/raw/", [("s3", "s3://bucket/raw/")]),
        ("s3a://bucket/raw/a b.csv", [("s3", "s3://bucket/raw/a b.csv")]),
        ("arn:aws:s3:::bucket/raw.csv", [("s3", "s3://bucket/raw.csv")]),
        ("s3://bucket/key?X-Amz-Signature=secret", []),
        (f"{ARN}:feature-group/customers", [("feature-group", "customers")]),
        (f"{ARN}:pipeline/p/execution/x", [("pipeline-execution", "p/execution/x")]),
        (f"{ARN}:artifact/0123", []),
        ("arn:aws:iam::123456789012:role/admin", []),
        ("see s3://bucket/raw/ for more", []),
        ({"TrainingJobArn": f"{ARN}:training-job/churn-1"}, [("training-job", "churn-1")]),
        (
            {
                "TrainingJobName": "churn-1",
                "TrainingJobArn": f"{ARN}:training-job/churn-1",
                "TuningJobArn": f"{ARN}:hyper-parameter-tuning-job/t",
                "AutoMLJobArn": f"{ARN}:automl-job/a",
            },
            [("training-job", "churn-1")],
        ),
        (
            {
                "ProcessingJobName": "p",
                "ProcessingJobArn": f"{ARN}:processing-job/p",
                "TrainingJobArn": f"{ARN}:training-job/t",
            },
            [("processing-job", "p")],
        ),
        ({"QueryExecutionId": "e-1"}, [("athena-query", "e-1")]),
        (
            {"QueryExecution": {"QueryExecutionId": "e-1", "Query": "SELECT 1"}},
            [("athena-query", "e-1")],
        ),
        ({"TrainingJobArn": "no arn"}, []),
        (
            {"train": "s3://b/train/", "test": "s3://b/test/"},
            [("s3", "s3://b/train/"), ("s3", "s3://b/test/")],
        ),
        (["s3://b/train/", 3, None], [("s3", "s3://b/train/")]),
        (None, []),
        (3.5, []),
        (b"s3://b/train/", []),
        (LogisticRegression, []),
        (LogisticRegression(), []),
        (pandas, []),
        (pandas.DataFrame({"a": [1]}), []),
        (numpy.arange(3), []),
    ],
)
def test_each_value_is_what_it_speaks_of(value, expected):
    assert names(value) == expected


def test_a_class_derived_from_one_that_is_known_is_known():
    base = type(of_class("sagemaker.estimator.EstimatorBase"))
    mine = type("MyEstimator", (base,), {"__module__": "my.code"})()
    mine.latest_training_job = job("mine-1")

    assert names(mine) == [("training-job", "mine-1")]


def test_a_model_package_of_version_2_is_no_plain_model():
    base = type(of_class("sagemaker.model.Model"))
    package = type("ModelPackage", (base,), {"__module__": "sagemaker.model"})()
    package.name, package.model_package_arn = "m", f"{ARN}:model-package/g/1"

    assert names(package) == [("model-package", "g/1")]


def test_a_fitted_estimator_is_known_by_its_class_and_settings():
    (found,) = recognise(LogisticRegression(C=2.0).fit([[0.0], [1.0]], [0, 1]), "clf")

    assert (found.type, found.name, found.origin) == ("estimator", "LogisticRegression", "clf")
    assert found.known["estimator"].parameters["C"] == 2.0


@pytest.mark.parametrize("frame", [pandas.DataFrame({"a": [1]}), pandas.Series([1])])
def test_a_frame_speaks_of_what_is_noted_on_it(frame):
    frame.attrs["source"] = "s3://b/raw.csv"

    assert names(frame) == [("s3", "s3://b/raw.csv")]


class Hostile:
    """Everything that can be asked of it raises, or never answers."""

    def __getattribute__(self, name):
        if name in ("__class__", "__dict__", "latest_training_job"):
            threading.Event().wait()
        raise RuntimeError(name)

    __repr__ = __str__ = __hash__ = __bool__ = __len__ = __iter__ = __eq__ = __getattribute__


def test_a_hostile_object_is_nothing_and_is_not_asked():
    hostile = type("EstimatorBase", (Hostile,), {"__module__": "sagemaker.estimator"})()

    assert names(hostile) == []
    assert recognise_all({"a": hostile, "b": [hostile], "c": {"d": hostile}}) == ()


def test_properties_are_not_called():
    class Model:
        __module__ = "sagemaker.model"

        @property
        def name(self):
            raise AssertionError("asked")

    Model.__qualname__ = "Model"
    assert names(Model()) == []


def test_slots_are_read():
    kind = type(
        "FeatureGroup",
        (),
        {"__module__": "sagemaker.feature_store.feature_group", "__slots__": ("name",)},
    )
    group = kind()
    assert names(group) == []

    group.name = "customers"
    assert names(group) == [("feature-group", "customers")]


def test_private_attributes_of_pydantic_are_read():
    class Base:
        __slots__ = ("__dict__", "__pydantic_private__")

    trainer = type("ModelTrainer", (Base,), {"__module__": "sagemaker.train.model_trainer"})()
    assert names(trainer) == []

    trainer.__pydantic_private__ = {"_latest_training_job": "churn-1"}
    assert names(trainer) == [("training-job", "churn-1")]


def test_a_value_that_holds_itself_is_not_followed_for_ever():
    ring = []
    ring.append(ring)

    assert names(ring) == []


def test_each_resource_is_told_once_with_where_it_was_seen():
    found = recognise_all({"a": "s3://b/x", "b": "s3://b/x"})

    assert found == (Resource("s3", "s3://b/x", origin="a"),)


def test_users_register_their_own():
    @recognises("shop.Trainer")
    def trainer(value, origin):
        yield Resource("training-job", value.__dict__["run"], origin=origin)

    try:
        assert names(of_class("shop.Trainer", run="r-1")) == [("training-job", "r-1")]
    finally:
        forget("shop.Trainer")
    assert names(of_class("shop.Trainer", run="r-1")) == []


@pytest.mark.parametrize(
    ("operation", "sent", "got", "expected"),
    [
        (
            "CreateTrainingJob",
            {"TrainingJobName": "churn"},
            {"TrainingJobArn": f"{ARN}:training-job/churn"},
            Resource(
                "training-job", "churn", f"{ARN}:training-job/churn", origin="CreateTrainingJob"
            ),
        ),
        (
            "StartQueryExecution",
            {
                "QueryString": "SELECT 1",
                "QueryExecutionContext": {"Database": "shop"},
                "ResultConfiguration": {"OutputLocation": "s3://b/q/"},
            },
            {"QueryExecutionId": "e-1"},
            Resource(
                "athena-query",
                "e-1",
                known={"query": "SELECT 1", "database": "shop", "output": "s3://b/q/"},
                origin="StartQueryExecution",
            ),
        ),
        (
            "PutObject",
            {"Bucket": "b", "Key": "raw.csv"},
            {"ETag": '"abc"'},
            Resource("s3", "s3://b/raw.csv", known={"ETag": "abc"}, origin="PutObject"),
        ),
        (
            "PutRecord",
            {"FeatureGroupName": "customers"},
            {},
            Resource("feature-group", "customers", origin="PutRecord"),
        ),
    ],
)
def test_a_call_is_about_what_it_made(operation, sent, got, expected):
    assert resources_of_call(operation, sent, got) == (expected,)


def test_other_calls_are_about_nothing():
    assert resources_of_call("ListTags", {"ResourceArn": "x"}, {"Tags": []}) == ()


@pytest.mark.parametrize(
    ("attributes", "script"),
    [
        ({"source_dir": "src", "entry_point": "train.py"}, "src/train.py"),
        ({"source_dir": None, "entry_point": "train.py"}, "train.py"),
        ({"source_dir": None, "entry_point": None}, None),
    ],
)
def test_an_estimator_tells_the_script_its_job_runs(attributes, script):
    """Where it lies on this machine."""
    estimator = of_class(
        "sagemaker.estimator.EstimatorBase", latest_training_job=job("churn-1"), **attributes
    )

    [told] = recognise(estimator, "x")
    assert told.known.get("script") == script
