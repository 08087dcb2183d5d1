"""Feature groups filled from data frames in a tracked cell: which file went into which group."""

from __future__ import annotations

import boto3
import pandas as pd
import pytest

from sm_lineage_magics import Lineage, emulator

from .. import aws

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

FEATURES = {"id": "String", "time": "Fractional", "age": "Integral"}
EDGES = {("a.csv", "ContributedTo", "customers"), ("b.csv", "ContributedTo", "claims")}


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account that is not there with two feature groups, and two files."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        rows = {"id": range(6), "time": [1.0] * 6, "age": range(20, 26)}
        pd.DataFrame(rows).to_csv(f"{name}.csv", index=False)
    with emulator.sandbox() as opened:
        for group in ("customers", "claims"):
            online = {"OnlineStoreConfig": {"EnableOnlineStore": True}}
            aws.feature_group(group, opened.role, FEATURES, **online)
        yield opened


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def edges(lineage) -> set[tuple[str, str, str]]:
    """The edges into feature groups, the code's own left out."""
    names = {e.arn: e.label for e in lineage.ls(limit=None)}
    code = {e.arn for e in lineage.ls(limit=None) if e.type == "Code"}
    return {
        (names[edge.source], str(edge.type), names[edge.destination])
        for edge in lineage.backend.associations(names, "both")
        if edge.source not in code
    }


def evidence(lineage) -> dict[str, str]:
    """What says that a file went into a group, by file."""
    [run] = lineage.tracker.journal.runs()
    names = {e.entity.arn: e.entity.label for e in run.plan.entities}
    return {names[link.association.source]: link.evidence for link in run.plan.links}


def record(row) -> list[dict[str, str]]:
    """A record as PutRecord takes it."""
    return [{"FeatureName": name, "ValueAsString": str(getattr(row, name))} for name in FEATURES]


def test_a_loop_of_put_record_links_each_file_to_its_own_group(box, lineage):
    """Two loops, two chains."""
    runtime = boto3.client("sagemaker-featurestore-runtime")
    with lineage.track("fill"):
        customers, claims = pd.read_csv("a.csv"), pd.read_csv("b.csv")
        for row in customers.itertuples():
            runtime.put_record(FeatureGroupName="customers", Record=record(row))
        for row in claims.itertuples():
            runtime.put_record(FeatureGroupName="claims", Record=record(row))

    assert edges(lineage) == EDGES
    assert "put_record" in evidence(lineage)["a.csv"]


def test_one_group_filled_from_two_places_has_both_sources(box, lineage):
    """The second loop is not lost because the first was seen."""
    runtime = boto3.client("sagemaker-featurestore-runtime")
    with lineage.track("fill"):
        first, second = pd.read_csv("a.csv"), pd.read_csv("b.csv")
        for row in first.itertuples():
            runtime.put_record(FeatureGroupName="customers", Record=record(row))
        for row in second.itertuples():
            runtime.put_record(FeatureGroupName="customers", Record=record(row))

    assert {source for source, _, _ in edges(lineage)} == {"a.csv", "b.csv"}


def test_records_put_by_threads_of_a_function_are_seen_where_it_is_called(box, lineage):
    """As people write it for speed."""
    from concurrent.futures import ThreadPoolExecutor

    runtime = boto3.client("sagemaker-featurestore-runtime")

    def fill(group, frame):
        def put(row):
            return runtime.put_record(FeatureGroupName=group, Record=record(row))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(put, frame.itertuples()))

    with lineage.track("fill"):
        fill("customers", pd.read_csv("a.csv"))
        fill("claims", pd.read_csv("b.csv"))

    assert edges(lineage) == EDGES


def test_ten_thousand_records_leave_one_call_in_the_log(box):
    """Nothing is kept by the record."""
    from sm_lineage_magics.tracking.watching.crew import Crew
    from sm_lineage_magics.tracking.watching.events import Log
    from sm_lineage_magics.tracking.watching.watchers.filling import Filling

    log = Log(lambda frame: False)
    filling = Filling(log, Crew())
    for _ in range(10_000):
        filling.seen({"FeatureGroupName": "customers", "Record": []})

    assert [call.parameters for call in log.calls] == [{"FeatureGroupName": "customers"}]


def test_a_batch_of_records_names_every_group_it_fills(box):
    """BatchWriteRecord takes records of several."""
    from sm_lineage_magics.tracking.watching.crew import Crew
    from sm_lineage_magics.tracking.watching.events import Log
    from sm_lineage_magics.tracking.watching.watchers.filling import Filling

    log = Log(lambda frame: False)
    entries = [{"FeatureGroupName": group} for group in ("customers", "claims", "customers")]
    Filling(log, Crew()).seen({"Entries": entries})

    assert [call.parameters["FeatureGroupName"] for call in log.calls] == ["customers", "claims"]


@pytest.mark.sdk_v2
@pytest.mark.parametrize("shared_out", [{}, {"max_workers": 2}, {"max_processes": 2}], ids=str)
def test_sdk_2_ingests_a_frame(box, lineage, shared_out):
    """By itself, by threads, by processes: seen where it was begun."""
    from sagemaker.feature_store.feature_group import FeatureGroup
    from sagemaker.session import Session

    session = Session(boto3.Session(region_name=box.region), default_bucket=box.bucket)
    groups = {
        name: FeatureGroup(name, sagemaker_session=session) for name in ("customers", "claims")
    }
    with lineage.track("fill"):
        customers, claims = pd.read_csv("a.csv"), pd.read_csv("b.csv")
        groups["customers"].ingest(customers, **shared_out)
        groups["claims"].ingest(data_frame=claims, **shared_out)

    assert edges(lineage) == EDGES
    assert "ingest" in evidence(lineage)["a.csv"]


@pytest.mark.sdk_v3
@pytest.mark.parametrize("shared_out", [{}, {"max_workers": 2}, {"max_processes": 2}], ids=str)
def test_sdk_3_ingests_a_frame(box, lineage, shared_out):
    """The same of version 3."""
    from sagemaker.mlops.feature_store.feature_utils import ingest_dataframe

    with lineage.track("fill"):
        customers, claims = pd.read_csv("a.csv"), pd.read_csv("b.csv")
        ingest_dataframe("customers", customers, **shared_out)
        ingest_dataframe(feature_group_name="claims", data_frame=claims, **shared_out)

    assert edges(lineage) == EDGES
    assert "ingest_dataframe" in evidence(lineage)["a.csv"]
