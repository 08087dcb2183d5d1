"""Training data looked at as it is now."""

import json
from datetime import datetime, timezone

import boto3
import pytest
from botocore.stub import Stubber

from sm_lineage_magics import Lineage, emulator
from sm_lineage_magics.backends.sagemaker import SageMakerBackend
from sm_lineage_magics.emulator.parsed import Http
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


@pytest.mark.parametrize(
    ("status", "kind", "why"), [(403, "denied", "s3:GetObject"), (404, "missing", "HeadObject")]
)
def test_what_may_not_be_looked_at_is_a_gap(recorded, s3, status, kind, why):
    client, answers = s3
    answers.add_client_error("head_object", str(status), "", http_status_code=status)

    report = lint(recorded, client)

    assert "data-overwritten" not in rules(report)
    assert [gap.kind for gap in report.gaps if why in gap.why] == [kind]


def test_without_a_client_of_s3_data_is_not_looked_at(recorded):
    assert "data-overwritten" not in rules(lint(recorded, None))


ENDPOINT = HOME.arn("endpoint", "churn")


class Account:
    """An endpoint as SageMaker describes it, with its tags, or the refusal to tell them."""

    def __init__(self, tags):
        self.tags = tags

    def answer(self, model, params, **_):
        request = json.loads(params["body"])
        if model.name == "ListTags" and request["ResourceArn"] == ENDPOINT:
            return self._tags(request.get("NextToken"))
        answers = {
            "DescribeEndpoint": {"EndpointStatus": "InService", "EndpointConfigName": "c"},
            "DescribeEndpointConfig": {"ProductionVariants": []},
        }
        return _answered(answers[model.name]) if model.name in answers else None

    def _tags(self, token):
        if self.tags is None:
            return _denied()
        pages = [[{"Key": key, "Value": value}] for key, value in self.tags.items()]
        place = int(token or 0)
        more = {"NextToken": str(place + 1)} if place + 1 < len(pages) else {}
        return _answered({"Tags": pages[place], **more})


def _answered(answer):
    return Http(200, {}), {**answer, "ResponseMetadata": {"HTTPStatusCode": 200}}


def _denied():
    error = {"Code": "AccessDeniedException", "Message": "no"}
    return Http(400, {}), {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}


def impact(tags):
    """Who is told to own an endpoint that a model is deployed to, and what could not be seen."""
    client = emulator.client()
    client.meta.events.register_first("before-call.sagemaker", Account(tags).answer)
    model = Entity(HOME.artifact("s3://m"), "Artifact", "Model", "churn", "s3://m")
    endpoint = Entity(HOME.context("e"), "Context", "Endpoint", "e", ENDPOINT)
    edge = Association(model.arn, endpoint.arn, "ContributedTo")
    with Lineage(SageMakerBackend.open(client=client)) as lineage:
        lineage.load(LineageGraph.of([model, endpoint], [edge]))
        report = lineage.impact("s3://m")
    return [each["owner"] for each in report.data["affected"]], report.gaps


def test_an_endpoint_is_whose_its_tags_say():
    owners, gaps = impact({"cost": "12", "Owner": "fraud team"})

    assert (owners, gaps) == (["fraud team"], ())


def test_tags_that_may_not_be_seen_are_a_denied_gap():
    _, gaps = impact(None)

    assert [gap.kind for gap in gaps] == ["denied"]
    assert "sagemaker:ListTags" in gaps[0].why
