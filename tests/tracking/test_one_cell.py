"""Cells as people write them, in an account that is not there: every edge done, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import boto3
import pandas as pd
import pytest

from sm_lineage_magics import Lineage, emulator

from .. import aws

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

MACHINE = {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}
PLANTED = "pL4nted-s3cr3t"


@pytest.fixture
def box(tmp_path, monkeypatch):
    """An account with two feature groups that hold a record each."""
    monkeypatch.chdir(tmp_path)
    with emulator.sandbox() as opened:
        for group in ("customers", "claims"):
            _feature_group(opened, group)
        yield opened


def _feature_group(box, name: str) -> None:
    features = {"id": "String", "time": "Fractional", "age": "Integral"}
    online = {"OnlineStoreConfig": {"EnableOnlineStore": True}}
    aws.feature_group(name, box.role, features, f"s3://{box.bucket}/offline", **online)
    record = {"id": "1", "time": "1.0", "age": "20"}
    boto3.client("sagemaker-featurestore-runtime").put_record(
        FeatureGroupName=name,
        Record=[{"FeatureName": key, "ValueAsString": value} for key, value in record.items()],
    )


def table(name: str) -> str:
    """The offline table of a feature group."""
    described = boto3.client("sagemaker").describe_feature_group(FeatureGroupName=name)
    return str(described["OfflineStoreConfig"]["DataCatalogConfig"]["TableName"])


@pytest.fixture
def lineage():
    """An empty store."""
    with Lineage.open(":memory:") as opened:
        yield opened


def edges(lineage, box) -> set[tuple[str, str, str]]:
    """All edges but the code's own, by what does not change from run to run."""
    found = {e.arn: e for e in lineage.ls(limit=None)}
    names = {arn: _short(entity, box) for arn, entity in found.items() if entity.type != "Code"}
    return {
        (names[edge.source], str(edge.type), names[edge.destination])
        for edge in lineage.backend.associations(found, "both")
        if edge.source in names
    }


def _short(entity, box) -> str:
    if entity.type == "FeatureStoreQuery":
        return "query of " + re.findall(r"customers|claims", entity.properties["Query"])[0]
    if entity.source_uri.startswith("arn:"):
        return entity.label
    key = entity.source_uri.removeprefix(f"s3://{box.bucket}/")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", key)


def ask(query: str, box):
    """Run a query; its rows."""
    started = boto3.client("athena").start_query_execution(
        QueryString=query,
        QueryExecutionContext={"Database": "sagemaker_featurestore"},
        ResultConfiguration={"OutputLocation": f"s3://{box.bucket}/results/"},
    )["QueryExecutionId"]
    key = f"results/{started}.csv"
    return pd.read_csv(boto3.client("s3").get_object(Bucket=box.bucket, Key=key)["Body"])


def test_two_queries_and_two_uploads_in_one_cell_are_two_chains_and_not_four(box, lineage):
    s3, customers, claims = boto3.client("s3"), table("customers"), table("claims")
    with lineage.track("sets"):
        one = ask(f"SELECT age FROM {customers}", box)
        other = ask(f"SELECT age FROM {claims}", box)
        one.to_csv("one.csv", index=False)
        other.to_csv("other.csv", index=False)
        s3.upload_file("one.csv", box.bucket, "train/one.csv")
        with open("other.csv", "rb") as body:
            s3.put_object(Bucket=box.bucket, Key="test/other.csv", Body=body)

    def chain(group: str, file: str, key: str) -> set[tuple[str, str, str]]:
        name, query = f"{Path.cwd().as_uri()}/{file}", f"query of {group}"
        return {(query, "Produced", "results/ID.csv"), (name, "DerivedFrom", key)}

    found = edges(lineage, box)
    assert {edge for edge in found if edge[0] != "results/ID.csv"} == {
        ("customers", "ContributedTo", "query of customers"),
        ("claims", "ContributedTo", "query of claims"),
        *chain("customers", "one.csv", "train/one.csv"),
        *chain("claims", "other.csv", "test/other.csv"),
    }
    for group, key in (("customers", "train/one.csv"), ("claims", "test/other.csv")):
        groups = lineage.feature_groups(f"s3://{box.bucket}/{key}")
        assert [entity.label for entity in groups] == [group]


def test_the_same_plan_shown_twice_and_then_written_is_written_once(box, lineage):
    """A plan reads what is there and changes nothing; when all is recorded it says so."""
    Path("a.csv").write_text("age\n20\n")

    def cell(*, plan: bool):
        with lineage.track("copy", plan=plan) as outcome:
            pd.read_csv("a.csv").to_csv("c.csv", index=False)
        return outcome()

    first, second = cell(plan=True), cell(plan=True)
    assert first.plan == second.plan
    assert list(lineage.ls()) == []
    cell(plan=False)
    after = cell(plan=True)
    assert {planned.act for planned in after.plan.entities} == {"reuse"}
    assert {link.act for link in after.plan.links} == {"keep"}
    assert [run.title for run in lineage.tracker.journal.runs()] == ["copy"]


def test_no_planted_secret_is_recorded_wherever_it_stands(box, lineage, shell):
    """Environments, settings, a query, URLs, the cell's source, what it raised, the journal."""
    cell = f"""
import boto3, pandas as pd
sagemaker, athena, s3 = (boto3.client(name) for name in ("sagemaker", "athena", "s3"))
environment = {{"API_KEY": "{PLANTED}", "PLAIN": hidden}}
data = "s3://{box.bucket}/m.tar.gz"
sagemaker.create_model(
    ModelName="churn",
    PrimaryContainer={{"Image": "image", "ModelDataUrl": data, "Environment": environment}},
    ExecutionRoleArn="{box.role}",
)
sagemaker.create_training_job(
    TrainingJobName="train",
    AlgorithmSpecification={{"TrainingImage": "image", "TrainingInputMode": "File"}},
    OutputDataConfig={{"S3OutputPath": "s3://{box.bucket}/models"}},
    ResourceConfig={json.dumps(MACHINE)},
    StoppingCondition={{"MaxRuntimeInSeconds": 60}},
    HyperParameters={{"db_password": "{PLANTED}", "uri": "https://me:{PLANTED}@host/x"}},
    Environment=environment,
    RoleArn="{box.role}",
)
sagemaker.create_processing_job(
    ProcessingJobName="clean",
    AppSpecification={{"ImageUri": "image", "ContainerArguments": ["--token", "{PLANTED}"]}},
    ProcessingResources={{"ClusterConfig": {json.dumps(MACHINE)}}},
    Environment=environment,
    RoleArn="{box.role}",
)
athena.start_query_execution(
    QueryString="SELECT age FROM {table("customers")} WHERE id <> 'https://me:{PLANTED}@h/x'"
    " AND 'password' = '{PLANTED}'",
    QueryExecutionContext={{"Database": "sagemaker_featurestore"}},
    ResultConfiguration={{"OutputLocation": "s3://{box.bucket}/results/"}},
)
url = s3.generate_presigned_url("get_object", Params={{"Bucket": "shop", "Key": "raw.csv"}})
copy = "s3://shop/raw.csv?X-Amz-Signature={PLANTED}"
# my password: {PLANTED}1
"""
    shell.user_ns["hidden"] = PLANTED
    shell.run_cell(
        f"%%lineage track churn --source https://me:{PLANTED}@host/raw?sig={PLANTED} "
        f'--note "token={PLANTED}"\n{cell}'
    )
    shell.run_cell(f"%%lineage track\n{cell}\nraise ValueError('password={PLANTED}')")
    shell.run_cell("%lineage watch on")
    shell.run_cell(cell.replace('"churn"', '"again"').replace('"train"', '"other"'))

    store = shell.lineage.backend.store
    entities = list(shell.lineage.ls(limit=None))
    assert {"churn", "train", "clean"} <= {e.label for e in entities} | {
        e.properties.get("SageMakerModelName") for e in entities
    }
    assert PLANTED not in repr(entities)
    assert [run.status for run in shell.lineage.tracker.journal.runs()] == [
        "applied",
        "failed",
        "waiting",
    ]
    assert PLANTED not in "".join(store.notes("runs").values())


def test_jobs_in_two_regions_are_each_asked_of_their_own(box, lineage):
    def train(region: str, data: str) -> None:
        boto3.client("sagemaker", region_name=region).create_training_job(
            TrainingJobName=f"on-{data}",
            AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"},
            InputDataConfig=[aws.channel("train", f"s3://{box.bucket}/{data}")],
            OutputDataConfig={"S3OutputPath": f"s3://{box.bucket}/out"},
            ResourceConfig=MACHINE,
            StoppingCondition={"MaxRuntimeInSeconds": 60},
            RoleArn=box.role,
        )

    with lineage.track() as tracked:
        train("eu-west-1", "eu")
        train("us-east-1", "us")

    assert tracked().answer.gaps == ()
    assert {("eu", "ContributedTo", "on-eu"), ("us", "ContributedTo", "on-us")} <= edges(
        lineage, box
    )


def test_an_approval_given_in_a_later_cell_is_recorded_beside_the_first(box, lineage):
    sagemaker = boto3.client("sagemaker")
    container = {"Image": "image", "ModelDataUrl": f"s3://{box.bucket}/model.tar.gz"}
    types = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
    sagemaker.create_model_package_group(ModelPackageGroupName="churn")
    with lineage.track():
        package = sagemaker.create_model_package(
            ModelPackageGroupName="churn",
            InferenceSpecification={"Containers": [container], **types},
            ModelApprovalStatus="PendingManualApproval",
        )["ModelPackageArn"]
    with lineage.track():
        sagemaker.update_model_package(ModelPackageArn=package, ModelApprovalStatus="Approved")

    approvals = [e for e in lineage.ls(limit=None) if e.type == "Approval"]
    assert {e.name: e.properties["ModelApprovalStatus"] for e in approvals} == {
        "churn-1-PendingManualApproval": "PendingManualApproval",
        "churn-1-Approved": "Approved",
    }
