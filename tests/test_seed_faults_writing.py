"""Faults of the tool this one grew from, where it writes lineage: none of them is here.

It recorded a training job and all before it by one call, `create_ml_lineage`. What it got wrong
is told in each test's first line.
"""

from __future__ import annotations

import base64
import itertools

import pandas as pd
import pytest

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.local import LocalBackend
from sm_lineage_magics.errors import StoreError
from sm_lineage_magics.model import Association, Entity, Home, Plan, PlannedEntity
from sm_lineage_magics.model.vocabulary import HELPER_QUERY
from sm_lineage_magics.tracking.backfill import adopted
from sm_lineage_magics.tracking.facts import Facts, Link
from sm_lineage_magics.tracking.recording.tracker import Tracker

from . import aws

HOME = Home("eu-west-1", "123456789012")


def artifact(uri: str, type: str = "DataSet", **properties: str) -> Entity:
    return Entity(HOME.artifact(uri), "Artifact", type, uri[-8:], uri, properties=properties)


def chain(*entities: Entity) -> Facts:
    """Each led to the next."""
    links = tuple(
        Link(Association(a.arn, b.arn, "ContributedTo"), "seen")
        for a, b in itertools.pairwise(entities)
    )
    return Facts(entities, links)


@pytest.fixture
def tracker():
    """A tracker over an empty store."""
    return Tracker.beside(LocalBackend.open(":memory:"))


@pytest.fixture
def lineage(tmp_path, monkeypatch):
    """An empty store, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Lineage.open(":memory:")


def test_an_error_is_never_taken_for_something_that_exists(tracker, monkeypatch):
    """A bare `except` took every failure for "does not exist" or "already exists"."""

    def failing(plan):
        raise StoreError("disk full")

    monkeypatch.setattr(tracker.backend, "apply", failing)
    with pytest.raises(StoreError, match="disk full"):
        tracker.record(chain(artifact("s3://b/raw")), "x")


def test_a_link_that_was_made_is_said_to_be_made(tracker):
    """It printed "Association already exists" after it had made one."""
    made = tracker.record(chain(artifact("s3://b/raw"), artifact("s3://b/out")), "x")

    assert len(made.run.receipt.linked) == 1
    again = tracker.record(chain(artifact("s3://b/raw"), artifact("s3://b/out")), "x")
    assert [link.act for link in again.plan.links] == ["keep"]


@pytest.mark.slow
@pytest.mark.parametrize("channels", [("train",), ("train", "validation", "test", "extra")])
def test_any_number_of_channels(lineage, channels):
    """Exactly two were assumed, the first for training, the second for testing."""
    with emulator.sandbox() as box:
        given = {name: f"s3://{box.bucket}/{name}/" for name in channels}
        with lineage.track("train"):
            aws.train("train", box.role, f"s3://{box.bucket}/models", given)
        read = [e.source_uri for e in lineage.datasets("job:train")]

    assert sorted(read) == sorted(given.values())


def test_a_query_is_kept_whole(tracker):
    """It was cut at 256 characters, in Base64, and could not be read again."""
    query = "SELECT " + ", ".join(f"column_{n}" for n in range(500)) + " FROM t"
    ran = Entity(HOME.action("q"), "Action", "FeatureStoreQuery", "q", "", {"Query": query})
    tracker.record(Facts((ran,)), "x")

    [stored] = tracker.backend.find()
    assert stored.properties["Query"] == query


def test_properties_of_others_stay(tracker):
    """Recording renamed what it found and replaced all its properties."""
    theirs = artifact("s3://b/raw", Owner="them", Rows="1")
    tracker.backend.apply(Plan((PlannedEntity(theirs, "create"),)))
    ours = Entity(**{**vars(theirs), "name": "TrainingData", "properties": {"Rows": "2", "A": "b"}})
    tracker.record(Facts((ours,)), "x")

    [stored] = tracker.backend.find()
    assert stored.name == theirs.name
    assert stored.properties == {"Owner": "them", "Rows": "1", "A": "b"}


def test_nothing_is_written_where_nothing_changed(tracker):
    """An update was sent every time."""
    facts = chain(artifact("s3://b/raw"), artifact("s3://b/out"))
    tracker.record(facts, "x")
    before = list(tracker.backend.find())

    assert tracker.record(facts, "x").plan.empty
    assert list(tracker.backend.find()) == before


def test_a_model_needs_no_name(lineage):
    """`model_name=None` was offered, and crashed."""
    import joblib
    from sklearn.dummy import DummyClassifier

    with lineage.track():
        model = DummyClassifier().fit([[0], [1]], [0, 1])
        joblib.dump(model, "model.joblib")

    assert [e.label for e in lineage.ls() if e.type == "Model"] == ["model.joblib"]


def test_only_what_was_used_is_linked(lineage):
    """Every feature group was linked to every data set, whatever was queried."""
    for name in "ab":
        pd.DataFrame({"x": [1, 2]}).to_csv(f"{name}.csv", index=False)
    with lineage.track():
        first, second = pd.read_csv("a.csv"), pd.read_csv("b.csv")
        first.to_csv("train.csv")
        second.to_csv("test.csv")

    names = {e.arn: e.label for e in lineage.ls()}
    edges = lineage.backend.associations(names, "both")
    derived = {(names[e.source], names[e.destination]) for e in edges if e.type == "DerivedFrom"}
    assert derived == {("a.csv", "train.csv"), ("b.csv", "test.csv")}


def test_taking_back_takes_back_only_our_own(tracker):
    """`delete_lineage_data` deleted all contexts, actions and artifacts of the account."""
    theirs = artifact("s3://b/theirs")
    tracker.backend.apply(Plan((PlannedEntity(theirs, "create"),)))
    tracker.undo(tracker.record(chain(theirs, artifact("s3://b/ours")), "x").run)

    assert [e.source_uri for e in tracker.backend.find()] == ["s3://b/theirs"]


def test_what_it_recorded_is_adopted(tracker):
    """Its queries are read where they were not cut, and named where they were."""
    query = "SELECT * FROM customers"
    encoded = base64.b64encode(query.encode()).decode()
    whole = artifact("s3://b/train", **{HELPER_QUERY: encoded})
    cut = artifact("s3://b/test", **{HELPER_QUERY: encoded[:-3]})
    job_arn = HOME.arn("processing-job", "clean")
    twin = artifact(job_arn, "ProcessingJob")
    for entity in (whole, cut, twin):
        tracker.backend.apply(Plan((PlannedEntity(entity, "create"),)))
    job = Entity(HOME.trial_component("clean"), "TrialComponent", "ProcessingJob", "clean", job_arn)
    facts = adopted(tracker.backend, Facts((job,)))

    assert [e.properties["Query"] for e in facts.entities if "Query" in e.properties] == [query]
    assert [gap.kind for gap in facts.gaps] == ["truncated"]
    assert [link.association for link in facts.links] == [Association(twin.arn, job.arn, "SameAs")]


def test_the_session_of_the_notebook_is_used():
    """Region and credentials were ignored, and a session made for every call."""
    boto3 = pytest.importorskip("boto3")
    from sm_lineage_magics.tracking.clients import Clients

    class Holder:
        def __init__(self):
            self.sagemaker_session = type("S", (), {})()
            self.sagemaker_session.boto_session = boto3.Session(region_name="eu-north-1")

    clients = Clients(values={"estimator": Holder()})
    assert clients.sagemaker.meta.region_name == "eu-north-1"
    assert clients.sagemaker is clients.sagemaker


def test_importing_the_package_brings_no_sdk():
    """It needed a version of the SDK that no longer installs, and its wheel lacked a package."""
    import subprocess
    import sys

    code = "import sys, sm_lineage_magics.tracking.tracked; print('sagemaker' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_a_name_is_no_identity(tracker):
    """Fixed names (`Model`, `TrainingData`) stood for whatever was recorded last."""
    first = Entity(**{**vars(artifact("s3://b/1.tar.gz", "Model")), "name": "Model"})
    second = Entity(**{**vars(artifact("s3://b/2.tar.gz", "Model")), "name": "Model"})
    tracker.record(Facts((first, second)), "x")

    assert len(list(tracker.backend.find())) == 2
