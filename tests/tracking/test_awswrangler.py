"""awswrangler in a tracked cell: its reads, writes and queries are those of pandas on AWS."""

from __future__ import annotations

import re

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator

wr = pytest.importorskip("awswrangler", reason="needs the awswrangler package")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

RUN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def box():
    """An account that is not there, with two tables in its bucket."""
    with emulator.sandbox() as opened:
        for name in ("a", "b"):
            body = b"id,age\n1,20\n2,30\n"
            boto3.client("s3").put_object(Bucket=opened.bucket, Key=f"{name}.csv", Body=body)
        yield opened


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def edges(lineage, box) -> set[tuple[str, str, str]]:
    """The edges between data and queries, the code's own left out."""
    bucket, found = f"s3://{box.bucket}/", list(lineage.ls(limit=None))
    names = {e.arn: RUN.sub("ID", e.source_uri.replace(bucket, "")) for e in found}
    code = {e.arn for e in found if e.type == "Code"}
    return {
        (names[edge.source], str(edge.type), names[edge.destination])
        for edge in lineage.backend.associations(names, "both")
        if edge.source not in code
    }


def test_files_read_and_written_are_two_chains(box, lineage):
    """Text and Parquet, by position and by keyword."""
    root = f"s3://{box.bucket}"
    with lineage.track("copy"):
        first = wr.s3.read_csv(f"{root}/a.csv")
        second = wr.s3.read_csv([f"{root}/b.csv"])
        wr.s3.to_csv(first, f"{root}/out/a.csv", index=False)
        wr.s3.to_parquet(df=second, path=f"{root}/out/b.parquet")

    assert edges(lineage, box) == {
        ("a.csv", "DerivedFrom", "out/a.csv"),
        ("b.csv", "DerivedFrom", "out/b.parquet"),
    }


def test_a_query_of_the_feature_store_is_found_to_its_file(box, lineage):
    """From the feature group through the query and its result to what was written."""
    sagemaker, root = boto3.client("sagemaker"), f"s3://{box.bucket}"
    sagemaker.create_feature_group(
        FeatureGroupName="customers",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="time",
        FeatureDefinitions=[
            {"FeatureName": "id", "FeatureType": "String"},
            {"FeatureName": "time", "FeatureType": "Fractional"},
        ],
        OnlineStoreConfig={"EnableOnlineStore": True},
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": f"{root}/offline"}},
        RoleArn=box.role,
    )
    runtime = boto3.client("sagemaker-featurestore-runtime")
    record = {"id": "1", "time": "1.0"}.items()
    runtime.put_record(
        FeatureGroupName="customers",
        Record=[{"FeatureName": name, "ValueAsString": value} for name, value in record],
    )
    described = sagemaker.describe_feature_group(FeatureGroupName="customers")
    table = described["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]
    with lineage.track("query"):
        rows = wr.athena.read_sql_query(
            f'SELECT * FROM "{table}"',
            database="sagemaker_featurestore",
            ctas_approach=False,
            s3_output=f"{root}/results/",
        )
        wr.s3.to_csv(rows, f"{root}/rows.csv", index=False)

    group, query = described["FeatureGroupArn"], "arn:aws:athena:us-east-1::query/ID"
    assert edges(lineage, box) == {
        (group, "ContributedTo", query),
        (query, "Produced", "results/ID.csv"),
        ("results/ID.csv", "DerivedFrom", "rows.csv"),
    }
