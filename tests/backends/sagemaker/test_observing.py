"""Training data looked at as it is now."""

from datetime import datetime, timezone

import boto3
import pytest
from botocore.stub import Stubber

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.model import Association, Entity, Home, LineageGraph

HOME = Home("us-east-1", "123456789012")
URI = "s3://shop/train.csv"


@pytest.fixture
def recorded():
    """A training job on an object, as it was when it was recorded."""
    data = Entity(HOME.artifact(URI), "Artifact", "DataSet", "train", URI, {"ETag": "old"})
    made = datetime(2026, 1, 1, tzinfo=timezone.utc)
    job = Entity(HOME.trial_component("fit"), "TrialComponent", "TrainingJob", "fit", created=made)
    return LineageGraph.of([data, job], [Association(data.arn, job.arn, "ContributedTo")])


@pytest.fixture
def s3():
    """A client of S3 and what it will answer."""
    client = boto3.client(
        "s3", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    with Stubber(client) as answers:
        yield client, answers


def lint(graph, s3):
    backend = SageMakerBackend.open(client=emulator.client(), s3=s3)
    with Lineage(backend) as lineage:
        lineage.load(graph)
        return lineage.lint(URI)


def rules(report):
    return [finding["rule"] for finding in report.data["findings"]]


def test_training_data_that_was_written_again_since_is_found(recorded, s3):
    client, answers = s3
    answers.add_response("head_object", {"ETag": '"new"'}, {"Bucket": "shop", "Key": "train.csv"})

    assert "data-overwritten" in rules(lint(recorded, client))


def test_training_data_that_is_as_it_was_is_no_finding(recorded, s3):
    client, answers = s3
    answers.add_response("head_object", {"ETag": '"old"'})

    report = lint(recorded, client)

    assert "data-overwritten" not in rules(report)
    assert [gap for gap in report.gaps if "HeadObject" in gap.why] == []


@pytest.mark.parametrize(("status", "why"), [(403, "s3:GetObject"), (404, "HeadObject")])
def test_what_may_not_be_looked_at_is_a_gap(recorded, s3, status, why):
    client, answers = s3
    answers.add_client_error("head_object", str(status), "", http_status_code=status)

    report = lint(recorded, client)

    assert "data-overwritten" not in rules(report)
    assert any(why in gap.why for gap in report.gaps)


def test_without_a_client_of_s3_data_is_not_looked_at(recorded):
    assert "data-overwritten" not in rules(lint(recorded, None))
