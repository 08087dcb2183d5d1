"""`%lineage backfill` shows what ran untracked, and records it with --yes."""

from __future__ import annotations

import base64

import boto3
import pytest

from sm_lineage_magics import emulator

from .. import aws

pytestmark = pytest.mark.slow


@pytest.fixture
def box():
    """An account in which a training job ran that nobody tracked."""
    with emulator.sandbox() as opened:
        aws.train("train-fraud", opened.role, f"s3://{opened.bucket}/models")
        yield opened


def test_it_is_shown_first_and_written_with_yes(box, shell):
    shown = shell.run_cell("%lineage backfill").result
    assert shown.summary[0].startswith("Would do: create 3")
    assert list(shell.lineage.ls()) == []

    written = shell.run_cell("%lineage backfill --yes").result
    assert written.summary[0].startswith("Done: create 3")
    assert sorted(entity.type for entity in shell.lineage.ls()) == ["Image", "Model", "TrainingJob"]


def test_a_second_time_there_is_nothing_new(box, shell):
    shell.run_cell("%lineage backfill --yes")
    shell.run_cell("%lineage backfill --yes")

    assert [run.status for run in shell.lineage.tracker.journal.runs()] == ["applied"]


def test_undone_nothing_is_left(box, shell):
    shell.run_cell("%lineage backfill --yes")
    shell.run_cell("%lineage undo --yes")

    assert list(shell.lineage.ls()) == []


QUERY = "SELECT age FROM customers"


@pytest.fixture
def seeded(box):
    """What `ml-lineage-helper` had written beside a processing job: its fixed names, a query in
    Base64, the job as an artifact of its own, and a query that it cut off."""
    client = boto3.client("sagemaker")
    job = client.create_processing_job(
        ProcessingJobName="clean",
        AppSpecification={"ImageUri": "image"},
        ProcessingResources={"ClusterConfig": aws.MACHINE},
        RoleArn=box.role,
    )["ProcessingJobArn"]
    encoded = base64.b64encode(QUERY.encode()).decode()
    for name, uri, type, query in (
        ("TrainingData", f"s3://{box.bucket}/train", "DataSet", encoded),
        ("TestingData", f"s3://{box.bucket}/test", "DataSet", encoded[:-3]),
        ("ProcessingJob", job, "ProcessingJob", ""),
    ):
        client.create_artifact(
            ArtifactName=name,
            Source={"SourceUri": uri},
            ArtifactType=type,
            Properties={"Base64FeatureStoreQueryString": query} if query else {},
        )
    return client


def artifacts(client) -> dict[str, dict[str, str]]:
    """Name → properties of every artifact that has a name."""
    listed = client.list_artifacts(MaxResults=100)["ArtifactSummaries"]
    found = [client.describe_artifact(ArtifactArn=each["ArtifactArn"]) for each in listed]
    return {
        each["ArtifactName"]: each.get("Properties", {})
        for each in found
        if each.get("ArtifactName")
    }


def test_what_ml_lineage_helper_had_written_is_adopted_and_can_be_given_back(
    box, seeded, shell, capsys
):
    before, bucket = artifacts(seeded), box.bucket
    shell.run_cell("%lineage use sagemaker --region us-east-1")
    assert shell.run_cell("%lineage backfill --yes").success

    # Its properties stay as they are; that the query can be read is the reader's doing.
    assert artifacts(seeded) == before
    assert "truncated at TestingData: Its query was cut off" in capsys.readouterr().out
    shell.run_cell(f"train = %lineage show s3://{bucket}/train")
    assert shell.user_ns["train"][0].properties["Query"] == QUERY
    twin = next(e for e in shell.run_cell("%lineage ls jobs").result if e.label == "clean")
    linked = seeded.list_associations(DestinationArn=twin.arn)["AssociationSummaries"]
    assert [(a["SourceName"], a["AssociationType"]) for a in linked if "SourceName" in a] == [
        ("ProcessingJob", "SameAs")
    ]

    shell.run_cell("%lineage undo --yes")
    assert artifacts(seeded) == before
