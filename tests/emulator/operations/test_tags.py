"""Tags of everything that can be tagged."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def _tags(sm: Any, arn: str) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in sm.list_tags(ResourceArn=arn)["Tags"]}


def _resources(sm: Any, lineage: Any) -> dict[str, str]:
    tags = [{"Key": "made", "Value": "with it"}]
    experiment = sm.create_experiment(ExperimentName="e", Tags=tags)["ExperimentArn"]
    component = sm.create_trial_component(TrialComponentName="c", Tags=tags)
    return {
        "artifact": lineage.artifact("a", Tags=tags),
        "action": lineage.action("a", Tags=tags),
        "context": lineage.context("a", Tags=tags),
        "component": component["TrialComponentArn"],
        "experiment": experiment,
        "trial": sm.create_trial(TrialName="t", ExperimentName="e", Tags=tags)["TrialArn"],
    }


@pytest.mark.parametrize(
    "resource", ["artifact", "action", "context", "component", "experiment", "trial"]
)
def test_tags_are_added_changed_and_removed(sm: Any, lineage: Any, resource: str) -> None:
    arn = _resources(sm, lineage)[resource]
    assert _tags(sm, arn) == {"made": "with it"}
    sm.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "risk"}])
    sm.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "growth"}])
    assert _tags(sm, arn) == {"made": "with it", "team": "growth"}
    sm.delete_tags(ResourceArn=arn, TagKeys=["made", "absent"])
    assert _tags(sm, arn) == {"team": "growth"}


def test_a_resource_has_at_most_fifty_tags(sm: Any, lineage: Any, refusal: Any) -> None:
    arn = lineage.artifact("a")
    many = [{"Key": str(number), "Value": ""} for number in range(50)]
    sm.add_tags(ResourceArn=arn, Tags=many)
    one_more = [{"Key": "x", "Value": ""}]
    assert refusal(sm.add_tags, ResourceArn=arn, Tags=one_more)[0] == "ValidationException"


def test_tags_of_what_is_not_there(sm: Any, refusal: Any) -> None:
    arn = "arn:aws:sagemaker:us-east-1:123456789012:context/absent"
    assert refusal(sm.list_tags, ResourceArn=arn)[0] == "ResourceNotFound"


def test_tags_are_no_part_of_a_description(sm: Any, lineage: Any) -> None:
    arn = lineage.artifact("a", Tags=[{"Key": "team", "Value": "risk"}])
    assert "Tags" not in sm.describe_artifact(ArtifactArn=arn)


def test_what_is_no_arn_has_no_tags(sm: Any) -> None:
    with pytest.raises(ClientError, match="must satisfy regular expression") as raised:
        sm.list_tags(ResourceArn="churn")

    assert raised.value.response["Error"]["Code"] == "ValidationException"
