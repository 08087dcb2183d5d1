"""Feature groups, their records online, and their rows offline as Athena finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from sm_lineage_magics.emulator import Sandbox

pytestmark = pytest.mark.slow


@pytest.fixture
def sm() -> Any:
    return boto3.client("sagemaker")


@pytest.fixture
def runtime() -> Any:
    return boto3.client("sagemaker-featurestore-runtime")


def _definition(name: str, type_: str) -> dict[str, str]:
    return {"FeatureName": name, "FeatureType": type_}


@pytest.fixture
def customers(box: Sandbox, sm: Any) -> Iterator[str]:
    """A feature group of customers, online and offline."""
    sm.create_feature_group(
        FeatureGroupName="new-customers",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="seen",
        FeatureDefinitions=[
            _definition("id", "String"),
            _definition("seen", "Fractional"),
            _definition("Age", "Integral"),
        ],
        OnlineStoreConfig={"EnableOnlineStore": True},
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": f"s3://{box.bucket}/features"}},
        RoleArn=box.role,
    )
    yield "new-customers"
    sm.delete_feature_group(FeatureGroupName="new-customers")


def _put(runtime: Any, group: str, **values: Any) -> None:
    record = [{"FeatureName": key, "ValueAsString": str(one)} for key, one in values.items()]
    runtime.put_record(FeatureGroupName=group, Record=record)


def _rows(box: Sandbox, sm: Any, group: str, columns: str) -> list[list[str | None]]:
    config = sm.describe_feature_group(FeatureGroupName=group)["OfflineStoreConfig"]
    table = config["DataCatalogConfig"]
    athena = boto3.client("athena")
    made = athena.start_query_execution(
        QueryString=f'SELECT {columns} FROM "{table["TableName"]}" ORDER BY write_time',
        QueryExecutionContext={"Database": table["Database"]},
        ResultConfiguration={"OutputLocation": f"s3://{box.bucket}/results/"},
    )["QueryExecutionId"]
    answer = athena.get_query_results(QueryExecutionId=made)["ResultSet"]["Rows"]
    return [[cell.get("VarCharValue") for cell in row["Data"]] for row in answer[1:]]


def test_what_is_put_is_read_back(runtime: Any, customers: str) -> None:
    _put(runtime, customers, id="c1", seen=2.0, Age=30)
    _put(runtime, customers, id="c1", seen=1.0, Age=29)  # older: kept offline alone
    got = runtime.get_record(
        FeatureGroupName=customers, RecordIdentifierValueAsString="c1", FeatureNames=["Age"]
    )
    assert got["Record"] == [{"FeatureName": "Age", "ValueAsString": "30"}]
    many = runtime.batch_get_record(
        Identifiers=[
            {"FeatureGroupName": customers, "RecordIdentifiersValueAsString": ["c1", "absent"]}
        ]
    )
    assert [one["RecordIdentifierValueAsString"] for one in many["Records"]] == ["c1"]


def test_every_write_is_a_row_offline(box: Sandbox, sm: Any, runtime: Any, customers: str) -> None:
    _put(runtime, customers, id="c1", seen=1.0, Age=29)
    _put(runtime, customers, id="c2", seen=1.5)
    runtime.delete_record(
        FeatureGroupName=customers, RecordIdentifierValueAsString="c1", EventTime="3"
    )
    assert "Record" not in runtime.get_record(
        FeatureGroupName=customers, RecordIdentifierValueAsString="c1"
    )
    rows = _rows(box, sm, customers, "id, seen, age, is_deleted")
    assert rows[-3:] == [
        ["c1", "1.0", "29", "false"],
        ["c2", "1.5", None, "false"],
        ["c1", "3.0", None, "true"],
    ]
    written = _rows(box, sm, customers, "write_time, api_invocation_time, year")
    assert len(written) == len(rows)
    assert [row for row in written if None in row] == []


def test_a_record_that_does_not_fit_is_refused(runtime: Any, customers: str) -> None:
    for record in ({"id": "c1", "seen": 1, "Age": "old"}, {"id": "c1"}, {"id": "c", "x": 1}):
        with pytest.raises(runtime.exceptions.ValidationError):
            _put(runtime, customers, **record)
    with pytest.raises(runtime.exceptions.ResourceNotFound):
        _put(runtime, "absent", id="c1", seen=1)


def test_a_new_feature_is_a_new_column(box: Sandbox, sm: Any, runtime: Any, customers: str) -> None:
    _put(runtime, customers, id="before", seen=1.0, Age=1)
    sm.update_feature_group(
        FeatureGroupName=customers, FeatureAdditions=[_definition("city", "String")]
    )
    _put(runtime, customers, id="after", seen=1.0, city="Köln")
    assert _rows(box, sm, customers, "id, city")[-2:] == [["before", None], ["after", "Köln"]]


def test_a_group_of_a_table_nobody_wrote_to_is_empty(box: Sandbox, sm: Any, customers: str) -> None:
    assert _rows(box, sm, customers, "id, age, is_deleted, year") == []


def test_groups_are_described_listed_and_deleted(sm: Any, customers: str) -> None:
    described = sm.describe_feature_group(FeatureGroupName=customers)
    config = described["OfflineStoreConfig"]
    assert described["FeatureGroupStatus"] == "Created"
    assert config["DataCatalogConfig"]["Database"] == "sagemaker_featurestore"
    assert config["DataCatalogConfig"]["TableName"].startswith("new_customers_")
    assert "/offline-store/new-customers-" in config["S3StorageConfig"]["ResolvedOutputS3Uri"]
    listed = sm.list_feature_groups(NameContains="customers")["FeatureGroupSummaries"]
    assert [one["FeatureGroupName"] for one in listed] == [customers]
    with pytest.raises(sm.exceptions.ResourceInUse):
        sm.create_feature_group(
            FeatureGroupName=customers,
            RecordIdentifierFeatureName="id",
            EventTimeFeatureName="id",
            FeatureDefinitions=[_definition("id", "String")],
        )
    with pytest.raises(sm.exceptions.ResourceNotFound):
        sm.describe_feature_group(FeatureGroupName="absent")


def test_groups_are_listed_newest_first_or_by_name(sm: Any, customers: str) -> None:
    sm.create_feature_group(
        FeatureGroupName="a-later-group-of-new-customers",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="seen",
        FeatureDefinitions=[_definition("id", "String"), _definition("seen", "Fractional")],
    )

    def listed(**order: str) -> list[str]:
        found = sm.list_feature_groups(NameContains="new-customers", **order)
        return [one["FeatureGroupName"] for one in found["FeatureGroupSummaries"]]

    assert listed() == ["a-later-group-of-new-customers", customers]
    assert listed(SortOrder="Ascending") == [customers, "a-later-group-of-new-customers"]
    assert listed(SortBy="Name") == [customers, "a-later-group-of-new-customers"]


def test_features_are_described(sm: Any, customers: str) -> None:
    sm.update_feature_metadata(
        FeatureGroupName=customers,
        FeatureName="Age",
        Description="in years",
        ParameterAdditions=[{"Key": "pii", "Value": "yes"}],
    )
    described = sm.describe_feature_metadata(FeatureGroupName=customers, FeatureName="Age")
    assert (described["FeatureType"], described["Description"]) == ("Integral", "in years")
    assert described["Parameters"] == [{"Key": "pii", "Value": "yes"}]


def test_a_group_without_an_online_store_is_not_read_one_by_one(
    box: Sandbox, sm: Any, runtime: Any
) -> None:
    sm.create_feature_group(
        FeatureGroupName="offline",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="seen",
        FeatureDefinitions=[_definition("id", "String"), _definition("seen", "Fractional")],
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": f"s3://{box.bucket}/features"}},
        RoleArn=box.role,
    )
    _put(runtime, "offline", id="c1", seen=1.0)
    with pytest.raises(runtime.exceptions.ValidationError):
        runtime.get_record(FeatureGroupName="offline", RecordIdentifierValueAsString="c1")
    assert _rows(box, sm, "offline", "id") == [["c1"]]


def test_what_a_forked_process_puts_is_found_too(
    box: Sandbox, sm: Any, runtime: Any, customers: str
) -> None:
    """The SDK's `ingest` puts records from processes it forks."""
    import multiprocessing

    fork = multiprocessing.get_context("fork")
    child = fork.Process(target=_put, args=(runtime, customers), kwargs={"id": "c9", "seen": 1})
    child.start()
    child.join()
    assert child.exitcode == 0
    got = runtime.get_record(FeatureGroupName=customers, RecordIdentifierValueAsString="c9")
    assert got["Record"][0] == {"FeatureName": "id", "ValueAsString": "c9"}
    assert _rows(box, sm, customers, "id") == [["c9"]]
