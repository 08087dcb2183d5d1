"""Which of several entities of one source is meant."""

import pytest

from sm_lineage_magics.model import Entity, Home
from sm_lineage_magics.model.sameness import meant

HOME = Home("us-east-1", "123456789012")
PACKAGE = HOME.arn("model-package", "churn/1")


def action(name, type="Approval", source=PACKAGE):
    return Entity(HOME.action(name), "Action", type, name, source)


PENDING, APPROVED = action("churn-1-PendingManualApproval"), action("churn-1-Approved")
MADE_UP = action("churn-1-Approved-1795366215-aws-model-group")


@pytest.mark.parametrize(
    ("entity", "candidates", "same"),
    [
        (APPROVED, [PENDING, APPROVED], APPROVED),
        (APPROVED, [PENDING], None),
        (APPROVED, [PENDING, MADE_UP], MADE_UP),
        (APPROVED, [MADE_UP, APPROVED], APPROVED),
        (MADE_UP, [action("churn-1-Rejected-1795366216-aws-model-group")], None),
        (action("churn 1"), [action("churn-1-45a4b8dd"), action("churn-1")], None),
        (APPROVED, [action("churn-1-Approved", "ModelDeployment")], None),
        (
            action("mine", "FeatureStoreQuery", "arn:aws:athena:us-east-1::query/1"),
            [action("theirs", "FeatureStoreQuery", "arn:aws:athena:us-east-1::query/1")],
            action("theirs", "FeatureStoreQuery", "arn:aws:athena:us-east-1::query/1"),
        ),
    ],
)
def test_of_the_actions_on_one_thing_the_name_tells(entity, candidates, same):
    assert meant(entity, candidates) == same


def test_contexts_jobs_and_artifacts_are_told_by_their_source():
    endpoint = HOME.arn("endpoint", "churn")
    mine = Entity(HOME.context("mine"), "Context", "Endpoint", "mine", endpoint)
    theirs = Entity(HOME.context("theirs"), "Context", "Endpoint", "theirs", endpoint)

    assert meant(mine, [theirs]) == theirs
    assert meant(mine, [Entity(HOME.context("x"), "Context", "Other", "x", endpoint)]) is None
