"""`create_ml_lineage` over a sandbox: what AWS describes is drawn, what was named is added."""

from __future__ import annotations

import json

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.errors import QuestionError
from sm_lineage_magics.ml_lineage_helper import (
    IncompleteLineage,
    MLLineageHelper,
    QueryLineage,
)

from .. import aws

# Each opens a sandbox.
pytestmark = pytest.mark.slow

ENDS = ("Name/Source", "Name/Destination")
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"


@pytest.fixture(scope="module")
def box():
    with emulator.sandbox() as opened:
        sm = boto3.client("sagemaker")
        for group in ("claims", "customers"):
            feature_group(opened, group)
        processing(sm, opened)
        yield opened


@pytest.fixture
def sm(box):
    return boto3.client("sagemaker")


@pytest.fixture(params=["sagemaker", "embedded"])
def session(request, box):
    if request.param == "sagemaker":
        return None
    lineage = Lineage.open(":memory:")
    request.addfinalizer(lineage.close)
    return lineage


def feature_group(box, name):
    features = {"policy_id": "Integral", "event_time": "String"}
    aws.feature_group(name, box.role, features, f"s3://{box.bucket}/offline")


def processing(sm, box):
    def given(name, key):
        place = {"S3Uri": f"s3://{box.bucket}/{key}", "LocalPath": f"/in/{name}"}
        how = {"S3DataType": "S3Prefix", "S3InputMode": "File"}
        return {"InputName": name, "S3Input": place | how}

    sm.create_processing_job(
        ProcessingJobName="clean",
        ProcessingInputs=[given("code", "code/clean.py"), given("claims", "raw/claims.csv")],
        ProcessingResources={"ClusterConfig": aws.MACHINE},
        AppSpecification={"ImageUri": IMAGE},
        RoleArn=box.role,
    )


def train(sm, box, name, channels=("train", "test")):
    aws.train(
        name,
        box.role,
        f"s3://{box.bucket}/models",
        {channel: f"s3://{box.bucket}/{name}/{channel}.csv" for channel in channels},
        image=IMAGE,
        HyperParameters={
            "sagemaker_submit_directory": json.dumps(f"s3://{box.bucket}/{name}/sourcedir.tar.gz"),
            "sagemaker_program": json.dumps("train.py"),
        },
    )
    return sm.describe_training_job(TrainingJobName=name)


def edges_of(table):
    """By name; SageMaker calls the trial component of a job after it, with a suffix."""
    names = (table[column].str.replace(r"-aws-\w+-job$", "", regex=True) for column in ENDS)
    return set(zip(*names, strict=True))


def test_the_worked_example_is_recorded_whole(sm, box, session):
    name = "fraud-all" if session is None else "fraud-all-embedded"
    job = train(sm, box, name)
    data = job["ModelArtifacts"]["S3ModelArtifacts"]
    sm.create_model(
        ModelName=name,
        PrimaryContainer={"Image": IMAGE, "ModelDataUrl": data},
        ExecutionRoleArn=box.role,
    )
    tables = [
        sm.describe_feature_group(FeatureGroupName=each)["OfflineStoreConfig"]["DataCatalogConfig"][
            "TableName"
        ]
        for each in ("claims", "customers")
    ]
    page = "https://github.com/shop/fraud/blob/9f3c/"

    table = MLLineageHelper(session).create_ml_lineage(
        name,
        model_name=name,
        query=f'SELECT * FROM "{tables[0]}" a JOIN "{tables[1]}" b ON a.policy_id = b.policy_id',
        feature_group_names=["customers", "claims"],
        sagemaker_processing_job_description=sm.describe_processing_job(ProcessingJobName="clean"),
        repo_links=[
            ("processing_code", page + "clean.py"),
            ("training_code", page + "train.py"),
        ],
    )

    query = f"query-{name}"
    assert {
        ("claims.csv", "clean"),
        ("clean.py", "clean"),
        ("clean", "claims"),
        ("clean", "customers"),
        ("claims", query),
        ("customers", query),
        (query, "train.csv"),
        (query, "test.csv"),
        ("train.csv", name),
        ("test.csv", name),
        ("train.py", name),
        (name, name),
    } <= edges_of(table)
    assert set(table["Git URL"].dropna()) == {page + "clean.py", page + "train.py"}
    groups = QueryLineage(session).get_feature_groups_from_model(name)
    assert sorted(groups["Feature Group Name"]) == ["claims", "customers"]


def test_one_channel_and_no_model_name_are_enough(sm, box, session):
    """It fails with an IndexError, and with a ParamValidationError."""
    name = "single" if session is None else "single-embedded"
    train(sm, box, name, channels=("train",))

    table = MLLineageHelper(session).create_ml_lineage(name, feature_group_names=["claims"])

    assert {("claims", "train.csv"), ("train.csv", name)} <= edges_of(table)


def test_a_second_time_nothing_is_written(sm, box):
    """It renames what is there, and replaces its properties."""
    train(sm, box, "twice")
    first = MLLineageHelper().create_ml_lineage("twice", feature_group_names=["claims"])
    before = list(box.service.account.store.find())

    second = MLLineageHelper().create_ml_lineage("twice", feature_group_names=["claims"])

    assert first.equals(second)
    assert list(box.service.account.store.find()) == before


def test_a_feature_group_the_query_does_not_read_is_not_linked(sm, box):
    """It links every feature group to every data set."""
    train(sm, box, "partly")
    group = sm.describe_feature_group(FeatureGroupName="claims")
    table_name = group["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]

    with pytest.warns(IncompleteLineage, match="customers: The query does not read it"):
        table = MLLineageHelper().create_ml_lineage(
            "partly",
            query=f'SELECT * FROM "{table_name}"',
            feature_group_names=["claims", "customers"],
        )

    assert ("claims", "query-partly") in edges_of(table)
    assert not [edge for edge in edges_of(table) if edge[0] == "customers"]


def test_a_link_to_no_job_is_a_gap(sm, box):
    train(sm, box, "linkless")

    with pytest.warns(IncompleteLineage, match="no job to link"):
        MLLineageHelper().create_ml_lineage(
            "linkless", repo_links=[("processing_code", "https://github.com/shop/a.py")]
        )


def test_a_job_that_is_not_there_is_an_error(box):
    with pytest.raises(QuestionError, match="No model of this training job is known"):
        MLLineageHelper().create_ml_lineage("never-ran")


def test_what_was_never_trained_is_an_error(box):
    with pytest.raises(QuestionError, match="dict speaks of no training job"):
        MLLineageHelper().create_ml_lineage({})
