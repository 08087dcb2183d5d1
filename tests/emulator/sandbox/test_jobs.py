"""Jobs end when they are to, leave something on S3, and are in the lineage."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.emulator import Sandbox
from sm_lineage_magics.errors import QuestionError

from ... import aws

pytestmark = pytest.mark.slow


def train(box: Sandbox, name: str, output: str = "") -> None:
    read = {"train": f"s3://{box.bucket}/clean/"}
    aws.train(name, box.role, output or f"s3://{box.bucket}/models", read)


def process(box: Sandbox, name: str, output: str = "") -> None:
    def place(kind: str) -> dict[str, str]:
        bucket = output if output and kind == "clean" else box.bucket
        return {"S3Uri": f"s3://{bucket}/{kind}/", "LocalPath": f"/opt/ml/{kind}"}

    boto3.client("sagemaker").create_processing_job(
        ProcessingJobName=name,
        AppSpecification={"ImageUri": "image"},
        ProcessingInputs=[
            {"InputName": "raw", "S3Input": {**place("raw"), "S3DataType": "S3Prefix"}}
        ],
        ProcessingOutputConfig={
            "Outputs": [
                {"OutputName": "clean", "S3Output": {**place("clean"), "S3UploadMode": "EndOfJob"}}
            ]
        },
        ProcessingResources={"ClusterConfig": aws.MACHINE},
        RoleArn=box.role,
    )


def status(name: str) -> str:
    described = boto3.client("sagemaker").describe_training_job(TrainingJobName=name)
    return str(described["TrainingJobStatus"])


def lineage(destination: str) -> list[str]:
    listed = boto3.client("sagemaker").list_associations(MaxResults=100)["AssociationSummaries"]
    return sorted(
        f"{one['SourceType']} {one['AssociationType']}"
        for one in listed
        if one.get("DestinationName") == destination
    )


def test_a_training_job_ends_at_once_and_leaves_a_model(box: Sandbox) -> None:
    train(box, "at-once")
    assert status("at-once") == "Completed"
    body = box.objects.read(f"s3://{box.bucket}/models/at-once/output/model.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        assert archive.getnames() == ["sandbox.json"]
    assert lineage("at-once-aws-training-job") == ["DataSet ContributedTo", "Image ContributedTo"]


def test_a_processing_job_does_what_it_is_given_to_do(box: Sandbox) -> None:
    def clean(inputs: Mapping[str, Mapping[str, bytes]]) -> Mapping[str, Mapping[str, bytes]]:
        return {"clean": {name: body.upper() for name, body in inputs["raw"].items()}}

    box.works("clean-*", clean)
    box.objects.write(f"s3://{box.bucket}/raw/a/1.csv", b"id\nc1\n")
    process(box, "clean-customers")
    assert box.objects.read(f"s3://{box.bucket}/clean/a/1.csv") == b"ID\nC1\n"


def test_a_training_job_makes_the_model_it_is_given_to_make(box: Sandbox) -> None:
    box.works("real-*", lambda inputs: {"model": {"weights.txt": b"1 2 3"}})
    train(box, "real-one")
    body = box.objects.read(f"s3://{box.bucket}/models/real-one/output/model.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(body)) as archive:
        assert archive.getnames() == ["weights.txt"]


def test_an_endpoint_is_traced_to_what_trained_its_model(box: Sandbox) -> None:
    sm = boto3.client("sagemaker")
    train(box, "served")
    data = f"s3://{box.bucket}/models/served/output/model.tar.gz"
    container = {"Image": "serving", "ModelDataUrl": data}
    sm.create_model(ModelName="served", PrimaryContainer=container, ExecutionRoleArn=box.role)
    variant = {
        "VariantName": "all",
        "ModelName": "served",
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    sm.create_endpoint_config(EndpointConfigName="served", ProductionVariants=[variant])
    arn = sm.create_endpoint(EndpointName="served", EndpointConfigName="served")["EndpointArn"]
    [context] = sm.list_contexts(SourceUri=arn)["ContextSummaries"]
    upstream = sm.query_lineage(
        StartArns=[context["ContextArn"]], Direction="Ascendants", IncludeEdges=False
    )["Vertices"]
    types = {one["Type"] for one in upstream}
    assert {"ModelDeployment", "Model", "Image", "TrainingJob", "DataSet"} <= types


@pytest.mark.parametrize("bucket", ["a", "Not_A_Bucket!", ""])
def test_a_job_whose_output_can_be_in_no_bucket_fails_and_says_so(
    box: Sandbox, bucket: str
) -> None:
    """As SageMaker's own do: the job is made, and has failed when it is over."""
    name = f"impossible-{len(bucket)}"
    train(box, name, f"s3://{bucket}/models")
    described = boto3.client("sagemaker").describe_training_job(TrainingJobName=name)

    assert described["TrainingJobStatus"] == described["SecondaryStatus"] == "Failed"
    assert described["FailureReason"] == (
        "ClientError: Artifact upload failed:Unable to upload file to "
        f"s3://{bucket}/models/{name}/output/model.tar.gz (InvalidBucketName)"
    )
    [job] = boto3.client("sagemaker").list_trial_components(SourceArn=described["TrainingJobArn"])[
        "TrialComponentSummaries"
    ]
    assert job["Status"]["PrimaryStatus"] == "Failed"
    made = boto3.client("sagemaker").list_associations(SourceArn=job["TrialComponentArn"])
    assert made["AssociationSummaries"] == []


def test_a_processing_job_whose_output_can_be_in_no_bucket_fails_too(box: Sandbox) -> None:
    box.works("nowhere", lambda inputs: {"clean": {"1.csv": b"id\n"}})
    process(box, "nowhere", "a")
    described = boto3.client("sagemaker").describe_processing_job(ProcessingJobName="nowhere")

    assert described["ProcessingJobStatus"] == "Failed"
    assert described["FailureReason"].endswith("to s3://a/clean/1.csv (InvalidBucketName)")


def test_what_was_not_set_is_not_described(box: Sandbox) -> None:
    """SDK v3 reads an empty VpcConfig as one without its subnets, and refuses it."""
    sm = boto3.client("sagemaker")
    container = {"Image": "serving", "ModelDataUrl": "s3://shop/model.tar.gz"}
    sm.create_model(ModelName="plain", PrimaryContainer=container, ExecutionRoleArn=box.role)
    variant = {
        "VariantName": "all",
        "ModelName": "plain",
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    sm.create_endpoint_config(EndpointConfigName="plain", ProductionVariants=[variant])
    sm.create_endpoint(EndpointName="plain", EndpointConfigName="plain")
    assert "VpcConfig" not in sm.describe_model(ModelName="plain")
    for described in (
        sm.describe_endpoint_config(EndpointConfigName="plain"),
        sm.describe_endpoint(EndpointName="plain"),
    ):
        assert "DataCaptureConfig" not in described


@pytest.fixture
def by_hand() -> Iterator[Sandbox]:
    with emulator.sandbox(jobs_end=False) as opened:
        yield opened


def test_a_job_may_be_kept_running_and_ended_by_hand(by_hand: Sandbox) -> None:
    train(by_hand, "slow")
    assert status("slow") == "InProgress"
    produced = f"s3://{by_hand.bucket}/models/slow/output/model.tar.gz"
    sm = boto3.client("sagemaker")
    assert sm.list_artifacts(SourceUri=produced)["ArtifactSummaries"] == []
    by_hand.finish("slow")
    assert status("slow") == "Completed"
    assert len(sm.list_artifacts(SourceUri=produced)["ArtifactSummaries"]) == 1
    train(by_hand, "bad")
    by_hand.finish("bad", "Failed")
    assert status("bad") == "Failed"
    with pytest.raises(QuestionError, match="No job 'bad' is running"):
        by_hand.finish("bad")


def test_what_nobody_made_by_hand_counts_against_no_quota() -> None:
    with emulator.sandbox(quotas=emulator.Quotas({"Artifact": 0, "Association": 0})) as opened:
        train(opened, "automatic")
        assert len(boto3.client("sagemaker").list_artifacts()["ArtifactSummaries"]) == 3


def test_everybody_may_do_everything(box: Sandbox) -> Any:
    answer = boto3.client("iam").simulate_principal_policy(
        PolicySourceArn=box.role, ActionNames=["s3:PutObject", "s3:GetObject"]
    )
    decisions: list[dict[str, Any]] = answer["EvaluationResults"]
    assert [one["EvalDecision"] for one in decisions] == ["allowed", "allowed"]
    assert [one["EvalActionName"] for one in decisions] == ["s3:PutObject", "s3:GetObject"]
