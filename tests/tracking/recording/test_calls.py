"""How many calls recording costs in an account, beside what the cell itself does."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import Counter
from collections.abc import Iterator
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

from ... import aws

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


GROUPS = ("customers", "claims")


def run_the_example(box) -> None:
    """What the worked example of AWS's blog runs, untracked; SageMaker records both jobs."""
    sagemaker, bucket = boto3.client("sagemaker"), f"s3://{box.bucket}"
    for group in GROUPS:
        features = {"id": "String", "time": "String"}
        aws.feature_group(group, box.role, features, f"{bucket}/offline")
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
        ProcessingResources={"ClusterConfig": aws.MACHINE},
        RoleArn=box.role,
    )
    channels = {name: f"{bucket}/{name}.csv" for name in ("train", "test")}
    submitted = {"sagemaker_submit_directory": f"{bucket}/code/source.tar.gz"}
    aws.train("train", box.role, f"{bucket}/models", channels, HyperParameters=submitted)
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


DESCRIBED = {
    "DescribeFeatureGroup": 2,
    "DescribeModel": 1,
    "DescribeProcessingJob": 1,
    "DescribeTrainingJob": 1,
}


@pytest.mark.slow
def test_the_example_as_older_tools_record_it_is_29_calls_in_4_rounds_and_again_9_in_3(monkeypatch):
    """Descriptions of jobs, groups and model included; `ml-lineage-helper` makes 81 each time."""
    with emulator.sandbox() as box:
        run_the_example(box)
        backend = SageMakerBackend.open(client=boto3.client("sagemaker"))
        tracker = Tracker(backend, Journal(Store.open(":memory:")))
        assert backend.name  # an account is asked who it is when it is opened
        with in_rounds(monkeypatch) as once:
            first = tracker.record(as_older_tools_record_it())
        with in_rounds(monkeypatch) as anew:
            again = tracker.record(as_older_tools_record_it())

    assert (len(first.plan.entities), len(first.plan.links)) == (10, 12)
    assert (len(first.run.receipt.created), len(first.run.receipt.linked)) == (3, 7)
    assert again.run is None
    assert once == [
        DESCRIBED,
        {"ListArtifacts": 8, "ListTrialComponents": 2},
        {"CreateArtifact": 3, "DescribeArtifact": 1, "QueryLineage": 2},
        {"AddAssociation": 7, "UpdateArtifact": 1},
    ]
    assert sum(map(Counter.total, once)) == 29
    assert anew == [
        DESCRIBED,
        {"ListArtifacts": 1, "QueryLineage": 1},
        {"DescribeArtifact": 1, "ListAssociations": 1},
    ]
    assert sum(map(Counter.total, anew)) == 9


@contextlib.contextmanager
def in_rounds(monkeypatch, quiet: float = 0.25) -> Iterator[list[Counter[str]]]:
    """Let the calls of every client go round by round: all that wait, once no more come."""
    from botocore.client import BaseClient

    whole, rounds = BaseClient._make_api_call, []
    arrivals: queue.Queue[tuple[str, threading.Event] | None] = queue.Queue()

    def call(client, operation, parameters):
        goes = threading.Event()
        arrivals.put((operation, goes))
        goes.wait()
        return whole(client, operation, parameters)

    def let_go() -> None:
        while (first := arrivals.get()) is not None:
            waiting = [first]
            with contextlib.suppress(queue.Empty):
                while True:
                    waiting.append(arrivals.get(timeout=quiet))
            rounds.append(Counter(operation for operation, _ in waiting))
            for _, goes in waiting:
                goes.set()

    letting_go = threading.Thread(target=let_go)
    letting_go.start()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(BaseClient, "_make_api_call", call)
            yield rounds
    finally:
        arrivals.put(None)
        letting_go.join()
