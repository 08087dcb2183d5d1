"""Each resource is described once; what AWS refuses or does not have is a gap."""

import pytest

from sm_lineage_magics.model import Home
from sm_lineage_magics.tracking.describe import describe
from sm_lineage_magics.tracking.facts import Facts, Resource

from .account import REGION, container, endpoint_answer, train


def test_what_is_gone_is_a_gap_and_the_rest_is_described(clients):
    train(clients.sagemaker)

    facts = describe(
        [Resource("training-job", "gone"), Resource("training-job", "churn-1")], clients
    )

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("missing", "gone")]
    assert Home().trial_component("churn-1") in facts.graph


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AccessDeniedException", "denied"),
        ("ThrottlingException", "throttled"),
        ("ResourceNotFound", "missing"),
        ("InternalFailure", "failed"),
    ],
)
def test_each_refusal_is_a_gap_of_its_kind(clients, answers, code, kind):
    answers(
        clients.sagemaker,
        DescribeModel={
            "Error": {"Code": code, "Message": "no"},
            "ResponseMetadata": {"RetryAttempts": 9},
        },
    )

    facts = describe([Resource("model", "churn")], clients)

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [(kind, "churn")]


def test_no_call_is_made_twice(clients, answers):
    arn = f"{REGION}:model/churn"
    table = answers(
        clients.sagemaker,
        DescribeModel={
            "ModelName": "churn",
            "ModelArn": arn,
            "PrimaryContainer": container("s3://shop/m.tar.gz"),
        },
        DescribeEndpoint=endpoint_answer("live", "c"),
        DescribeEndpointConfig={
            "ProductionVariants": [
                {"VariantName": "a", "ModelName": "churn"},
                {"VariantName": "b", "ModelName": "churn"},
            ]
        },
    )

    describe(
        [Resource("endpoint", "live"), Resource("model", "churn"), Resource("model", "churn", arn)],
        clients,
    )

    assert sorted(table.asked) == ["DescribeEndpoint", "DescribeEndpointConfig", "DescribeModel"]


def test_an_estimator_that_was_never_fitted_leaves_nothing_to_describe(clients):
    assert describe((), clients) == Facts()


def test_what_aws_knows_nothing_of_is_left_out(clients):
    assert describe([Resource("estimator", "x"), Resource("file", "y")], clients).entities == ()
