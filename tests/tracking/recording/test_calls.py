"""How many calls recording costs in an account, beside what the cell itself does."""

from __future__ import annotations

from itertools import pairwise

import boto3
import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Association, Entity, Home
from sm_lineage_magics.tracking.describe import Clients, describe
from sm_lineage_magics.tracking.facts import Facts, Link, Resource
from sm_lineage_magics.tracking.recording.journal import Journal
from sm_lineage_magics.tracking.recording.tracker import Tracker

HOME = Home()


def data(name: str) -> Entity:
    uri = f"s3://shop/{name}"
    return Entity(HOME.artifact(uri), "Artifact", "DataSet", name, uri, properties={"rows": "8"})


def chain(length: int) -> Facts:
    """Data sets, each a changed copy of the one before."""
    sets = [data(f"{number:02}.csv") for number in range(length)]
    pairs = pairwise(sets)
    links = (Link(Association(a.arn, b.arn, "DerivedFrom"), "seen") for a, b in pairs)
    return Facts(tuple(sets), tuple(links))


@pytest.fixture
def account():
    """A tracker of an empty account, and the names of the calls it makes."""
    calls = []
    client = emulator.client()
    client.meta.events.register_first(
        "before-call.sagemaker", lambda model, **_: calls.append(model.name)
    )
    backend = SageMakerBackend.open(client=client)
    yield Tracker(backend, Journal(Store.open(":memory:"))), calls
    backend.close()


def counted(calls: list[str]) -> dict[str, int]:
    """How often each operation was called, the account's own name left out."""
    return {name: calls.count(name) for name in sorted(set(calls) - {"ListLineageGroups"})}


def test_new_lineage_costs_a_look_and_a_write_for_each_entity_and_a_write_for_each_link(account):
    tracker, calls = account
    tracker.record(chain(20))

    assert counted(calls) == {"AddAssociation": 19, "CreateArtifact": 20, "ListArtifacts": 20}


def test_recorded_again_nothing_new_is_two_questions_whatever_its_size(account):
    """Twenty in a row are more than the ten levels that one question reaches."""
    tracker, calls = account
    tracker.record(chain(20))
    calls.clear()
    again = tracker.record(chain(20))

    assert again.run is None
    assert counted(calls) == {"QueryLineage": 2}


def test_what_was_deleted_meanwhile_is_looked_up_and_made_again(account):
    tracker, calls = account
    first = tracker.record(chain(6))
    tracker.backend.delete([first.run.receipt.arns[data("05.csv").arn]])
    calls.clear()
    again = tracker.record(chain(6))

    assert [planned.entity.name for planned in again.plan.entities if planned.act == "create"] == [
        "05.csv"
    ]
    assert [link.act for link in again.plan.links] == ["keep"] * 4 + ["link"]
    assert len(list(tracker.backend.listed())) == 6


def test_what_another_deleted_behind_our_back_is_made_again(account):
    """Another kernel's delete, of which this one's memory knows nothing."""
    tracker, _ = account
    first = tracker.record(chain(6))
    other = SageMakerBackend.open(client=tracker.backend.service.client)
    other.delete([first.run.receipt.arns[data("02.csv").arn]])
    again = tracker.record(chain(6))

    assert again.answer.gaps == ()
    assert len(list(tracker.backend.listed())) == 6
    assert len(list(tracker.backend.linked())) == 5


MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}
GROUPS = ("customers", "claims")


def run_the_example(box) -> None:
    """What the worked example of AWS's blog runs, untracked; SageMaker records both jobs."""
    sagemaker, bucket = boto3.client("sagemaker"), f"s3://{box.bucket}"
    for group in GROUPS:
        sagemaker.create_feature_group(
            FeatureGroupName=group,
            RecordIdentifierFeatureName="id",
            EventTimeFeatureName="time",
            FeatureDefinitions=[
                {"FeatureName": name, "FeatureType": "String"} for name in ("id", "time")
            ],
            OfflineStoreConfig={"S3StorageConfig": {"S3Uri": f"{bucket}/offline"}},
            RoleArn=box.role,
        )
    given = {"raw": "raw/claims.csv", "code": "code/processing.py"}
    place = {"LocalPath": "/opt/ml/x", "S3DataType": "S3Prefix"}
    sagemaker.create_processing_job(
        ProcessingJobName="clean",
        AppSpecification={"ImageUri": "image"},
        ProcessingInputs=[
            {"InputName": name, "S3Input": {"S3Uri": f"{bucket}/{key}", **place}}
            for name, key in given.items()
        ],
        ProcessingOutputConfig={
            "Outputs": [
                {
                    "OutputName": group,
                    "AppManaged": True,
                    "FeatureStoreOutput": {"FeatureGroupName": group},
                }
                for group in GROUPS
            ]
        },
        ProcessingResources={"ClusterConfig": MACHINE},
        RoleArn=box.role,
    )
    channels = {name: f"{bucket}/{name}.csv" for name in ("train", "test")}
    sagemaker.create_training_job(
        TrainingJobName="train",
        AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
        InputDataConfig=[
            {
                "ChannelName": name,
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
            }
            for name, uri in channels.items()
        ],
        OutputDataConfig={"S3OutputPath": f"{bucket}/models"},
        ResourceConfig=MACHINE,
        StoppingCondition={"MaxRuntimeInSeconds": 60},
        HyperParameters={"sagemaker_submit_directory": f"{bucket}/code/source.tar.gz"},
        RoleArn=box.role,
    )
    model = f"{bucket}/models/train/output/model.tar.gz"
    sagemaker.create_model(
        ModelName="fraud",
        PrimaryContainer={"Image": "image", "ModelDataUrl": model},
        ExecutionRoleArn=box.role,
    )


def as_older_tools_record_it() -> Facts:
    """The ten entities and twelve links of it that `ml-lineage-helper` writes."""
    asked = [Resource("feature-group", group) for group in GROUPS]
    asked += [Resource("processing-job", "clean"), Resource("training-job", "train")]
    seen = describe([*asked, Resource("model", "fraud")], Clients(boto3.client("sagemaker")))
    entities = {e.arn: e for e in seen.entities if e.type != "Image"}
    named = {e.source_uri.rpartition("/")[2]: e.arn for e in entities.values()}
    links = [link for link in seen.links if entities.keys() >= set(link.association.pair)]
    links += [
        Link(Association(named[group], named[data], "ContributedTo"), "named", "named")
        for group in GROUPS
        for data in ("train.csv", "test.csv")
    ]
    return Facts(tuple(entities.values()), tuple(links))


@pytest.mark.slow
def test_the_example_as_older_tools_record_it_takes_thirty_calls_and_again_nine(monkeypatch):
    """Descriptions of jobs, groups and model included; `ml-lineage-helper` makes 81 each time."""
    calls = []
    with emulator.sandbox() as box:
        run_the_example(box)
        backend = SageMakerBackend.open(client=boto3.client("sagemaker"))
        tracker = Tracker(backend, Journal(Store.open(":memory:")))
        count_all(monkeypatch, calls)
        first = tracker.record(as_older_tools_record_it())
        once = counted(calls)
        calls.clear()
        again = tracker.record(as_older_tools_record_it())

    assert (len(first.plan.entities), len(first.plan.links)) == (10, 12)
    assert (len(first.run.receipt.created), len(first.run.receipt.linked)) == (3, 7)
    assert once == {
        **DESCRIBED,
        "ListTrialComponents": 2,
        "ListArtifacts": 8,
        "QueryLineage": 2,
        "DescribeArtifact": 2,
        "CreateArtifact": 3,
        "UpdateArtifact": 1,
        "AddAssociation": 7,
    }
    assert sum(once.values()) == 30
    assert again.run is None
    assert counted(calls) == {
        **DESCRIBED,
        "QueryLineage": 1,
        "ListArtifacts": 1,
        "DescribeArtifact": 1,
        "ListAssociations": 1,
    }


DESCRIBED = {
    "DescribeFeatureGroup": 2,
    "DescribeModel": 1,
    "DescribeProcessingJob": 1,
    "DescribeTrainingJob": 1,
}


def count_all(monkeypatch, calls: list[str]) -> None:
    """Note every call of every client from here on."""
    from botocore.client import BaseClient

    whole = BaseClient._make_api_call

    def call(client, operation, parameters):
        calls.append(operation)
        return whole(client, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
