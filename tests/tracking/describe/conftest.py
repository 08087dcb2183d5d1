"""An account of moto's, seen through genuine boto3 clients."""

import boto3
import pytest
from moto import mock_aws

from sm_lineage_magics.tracking.describe import Clients

ROLE = "arn:aws:iam::123456789012:role/ml"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"


@pytest.fixture
def clients(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")
    with mock_aws():
        region = {"region_name": "eu-west-1"}
        yield Clients(
            boto3.client("sagemaker", **region),
            boto3.client("athena", **region),
            boto3.client("glue", **region),
            boto3.client("s3", **region),
        )


class Answers:
    """Answers operations of a client from a table, below botocore's own parameter checks."""

    def __init__(self, client, **answers):
        self.asked = []
        service = client.meta.service_model.service_id.hyphenize()
        for operation, answer in answers.items():
            client.meta.events.register_first(
                f"before-call.{service}.{operation}", self._answering(operation, answer)
            )

    def _answering(self, operation, answer):
        def answering(**_):
            self.asked.append(operation)
            code = 400 if "Error" in answer else 200
            return type("Http", (), {"status_code": code})(), answer

        return answering


@pytest.fixture
def answers():
    return Answers


def edges(facts):
    """Links as people would write them: label, type, label."""
    by_arn = {entity.arn: entity for entity in facts.entities}

    def called(arn):
        entity = by_arn[arn]
        return entity.name or entity.source_uri

    return {
        (called(k.association.source), k.association.type, called(k.association.destination))
        for k in facts.links
    }
