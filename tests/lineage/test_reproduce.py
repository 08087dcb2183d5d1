"""A model made again in the sandbox, from the notebook that `reproduce` writes."""

import json
from pathlib import Path

import boto3
import pytest

from sm_lineage_magics import Lineage, emulator

from .. import aws

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

GROUPS = {
    "customers": {"policy_id": "String", "event_time": "Fractional", "age": "Integral"},
    "claims": {"policy_id": "String", "event_time": "Fractional", "fraud": "Integral"},
}

TRAINING_SET = """\
SELECT c.policy_id, c.age, k.fraud
FROM "{customers}" c
JOIN "{claims}" AS k ON c.policy_id = k.policy_id
WHERE NOT c.is_deleted
ORDER BY c.policy_id"""


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account that is not there, with two feature groups."""
    monkeypatch.chdir(tmp_path)
    with emulator.sandbox() as opened:
        for group, features in GROUPS.items():
            aws.feature_group(
                group,
                opened.role,
                features,
                f"s3://{opened.bucket}/offline",
                OnlineStoreConfig={"EnableOnlineStore": True},
            )
        yield opened


def ingest(policies, age=0):
    runtime = boto3.client("sagemaker-featurestore-runtime")
    for number in policies:
        for group, last in (("customers", "age"), ("claims", "fraud")):
            values = {"policy_id": f"p{number}", "event_time": 1.0, last: number + age}
            record = [{"FeatureName": k, "ValueAsString": str(v)} for k, v in values.items()]
            runtime.put_record(FeatureGroupName=group, Record=record)


def tables():
    sagemaker = boto3.client("sagemaker")
    described = {g: sagemaker.describe_feature_group(FeatureGroupName=g) for g in GROUPS}
    return {
        group: answer["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"]
        for group, answer in described.items()
    }


def train(box):
    """A training job on the result of a query; gives where that result is."""
    athena = boto3.client("athena")
    query = athena.start_query_execution(
        QueryString=TRAINING_SET.format(**tables()),
        QueryExecutionContext={"Database": "sagemaker_featurestore"},
        ResultConfiguration={"OutputLocation": f"s3://{box.bucket}/results/"},
    )["QueryExecutionId"]
    athena.get_query_execution(QueryExecutionId=query)
    result = f"s3://{box.bucket}/results/{query}.csv"
    aws.train(
        "fraud",
        box.role,
        f"s3://{box.bucket}/models",
        {"train": result},
        image="image:1",
        HyperParameters={"eta": "0.2"},
    )
    return result


def run(notebook):
    """The variables a notebook leaves."""
    left = {}
    for cell in json.loads(Path(notebook).read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], left)
    return left


def content(uri):
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()


def test_a_training_set_is_made_again_byte_for_byte_though_more_rows_came_in(box, capsys):
    ingest(range(8))
    with Lineage.open(":memory:") as lineage:
        with lineage.track("fraud"):
            result = train(box)
        ingest(range(6, 12), age=50)
        lineage.reproduce(
            f"s3://{box.bucket}/models/fraud/output/model.tar.gz",
            "again.ipynb",
            output=f"s3://{box.bucket}/again",
            role=box.role,
        )

    before = content(result)
    left = run("again.ipynb")

    assert left["result"].startswith(f"s3://{box.bucket}/again/query-1/")
    assert content(left["result"]) == before
    assert f"{result} the same bytes" in capsys.readouterr().out
    assert len(before.splitlines()) == 9
    (again,) = boto3.client("sagemaker").list_training_jobs(NameContains="again")[
        "TrainingJobSummaries"
    ]
    made = boto3.client("sagemaker").describe_training_job(TrainingJobName=again["TrainingJobName"])
    assert made["HyperParameters"] == {"eta": "0.2"}
    assert made["AlgorithmSpecification"]["TrainingImage"] == "image:1"
    (channel,) = made["InputDataConfig"]
    assert channel["ChannelName"] == "train"
    assert channel["DataSource"]["S3DataSource"]["S3Uri"] == left["result"]
