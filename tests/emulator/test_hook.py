"""The two doors give the same answers, botocore's machinery runs, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator
from sm_lineage_magics.emulator.operations import OPERATIONS

ARN = "arn:aws:sagemaker:us-east-1:123456789012:"
DATA = "cc26ad5a74a0e8ff0ba4ea2e14e3ee54"

# One call of every operation at least, those that are refused among them.
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("list_lineage_groups", {}),
    (
        "create_artifact",
        {
            "ArtifactName": "data",
            "ArtifactType": "DataSet",
            "Source": {
                "SourceUri": "s3://b/data",
                "SourceTypes": [{"SourceIdType": "Custom", "Value": "1"}],
            },
            "Properties": {"rows": "10"},
            "MetadataProperties": {"CommitId": "c0ffee"},
            "Tags": [{"Key": "team", "Value": "risk"}],
        },
    ),
    ("create_action", {"ActionName": "q", "ActionType": "Q", "Source": {"SourceUri": "x"}}),
    ("create_action", {"ActionName": "q", "ActionType": "Q", "Source": {"SourceUri": "x"}}),
    ("create_action", {"ActionName": "b_d", "ActionType": "Q", "Source": {"SourceUri": "x"}}),
    ("create_context", {"ContextName": "e", "ContextType": "E", "Source": {"SourceUri": "y"}}),
    ("update_action", {"ActionName": "q", "Status": "Completed", "Description": "d"}),
    ("update_context", {"ContextName": "e", "Properties": {"a": "b"}}),
    ("describe_action", {"ActionName": "q"}),
    ("describe_context", {"ContextName": "e"}),
    ("describe_context", {"ContextName": "absent"}),
    ("list_artifacts", {"CreatedBefore": datetime(2100, 1, 1, tzinfo=timezone.utc)}),
    ("list_actions", {"SortBy": "Name", "SortOrder": "Ascending"}),
    ("list_contexts", {"MaxResults": 1}),
    ("add_association", {"SourceArn": f"{ARN}action/q", "DestinationArn": f"{ARN}context/e"}),
    ("list_associations", {"SourceArn": f"{ARN}action/q"}),
    (
        "query_lineage",
        {"StartArns": [f"{ARN}context/e"], "Direction": "Both", "IncludeEdges": True},
    ),
    ("query_lineage", {"StartArns": [f"{ARN}context/absent"]}),
    ("delete_action", {"ActionName": "q"}),
    ("delete_association", {"SourceArn": f"{ARN}action/q", "DestinationArn": f"{ARN}context/e"}),
    ("delete_action", {"ActionName": "q"}),
    ("delete_context", {"ContextName": "e"}),
    ("describe_lineage_group", {"LineageGroupName": "sagemaker-default-lineage-group"}),
    ("get_lineage_group_policy", {"LineageGroupName": "sagemaker-default-lineage-group"}),
    ("list_lineage_groups", {}),
    ("create_experiment", {"ExperimentName": "churn", "Description": "d"}),
    ("update_experiment", {"ExperimentName": "churn", "DisplayName": "Churn"}),
    ("describe_experiment", {"ExperimentName": "churn"}),
    ("list_experiments", {}),
    ("create_trial", {"TrialName": "monday", "ExperimentName": "churn"}),
    ("update_trial", {"TrialName": "monday", "DisplayName": "Monday"}),
    ("describe_trial", {"TrialName": "monday"}),
    (
        "create_trial_component",
        {
            "TrialComponentName": "train",
            "Status": {"PrimaryStatus": "InProgress", "Message": "m"},
            "StartTime": datetime(2026, 1, 2, tzinfo=timezone.utc),
            "Parameters": {"lr": {"NumberValue": 0.5}, "opt": {"StringValue": "adam"}},
            "InputArtifacts": {"train": {"MediaType": "text/csv", "Value": "s3://b/t"}},
        },
    ),
    ("update_trial_component", {"TrialComponentName": "train", "ParametersToRemove": ["opt"]}),
    ("describe_trial_component", {"TrialComponentName": "train"}),
    ("associate_trial_component", {"TrialComponentName": "train", "TrialName": "monday"}),
    ("list_trials", {"ExperimentName": "churn"}),
    ("list_trial_components", {"TrialName": "monday"}),
    ("search", {"Resource": "ExperimentTrialComponent"}),
    ("delete_trial_component", {"TrialComponentName": "train"}),
    ("disassociate_trial_component", {"TrialComponentName": "train", "TrialName": "monday"}),
    ("add_tags", {"ResourceArn": f"{ARN}experiment/churn", "Tags": [{"Key": "k", "Value": "v"}]}),
    ("list_tags", {"ResourceArn": f"{ARN}experiment/churn"}),
    ("delete_tags", {"ResourceArn": f"{ARN}experiment/churn", "TagKeys": ["k"]}),
    ("delete_trial_component", {"TrialComponentName": "train"}),
    ("delete_trial", {"TrialName": "monday"}),
    ("delete_experiment", {"ExperimentName": "churn"}),
    ("describe_artifact", {"ArtifactArn": f"{ARN}artifact/{DATA}"}),
    ("update_artifact", {"ArtifactArn": f"{ARN}artifact/{DATA}", "PropertiesToRemove": ["rows"]}),
    ("delete_artifact", {"ArtifactArn": f"{ARN}artifact/{DATA}"}),
]


def _answers(sm: Any) -> Iterator[tuple[str, Any]]:
    for operation, parameters in CALLS:
        try:
            answer = getattr(sm, operation)(**parameters)
        except ClientError as error:
            answer = error.response
        yield operation, _timeless(answer)


def _timeless(answer: Any) -> Any:
    """An answer without what differs from call to call: metadata, and times but for being one."""
    if isinstance(answer, dict):
        return {k: _timeless(v) for k, v in answer.items() if k != "ResponseMetadata"}
    if isinstance(answer, list):
        return [_timeless(one) for one in answer]
    if isinstance(answer, datetime):
        assert answer.tzinfo is not None
        return answer if answer.year != datetime.now().year else datetime
    return answer


def test_both_doors_give_equal_answers_to_every_operation() -> None:
    """Equal to the field: what is handed back parsed is what botocore makes of the bytes."""
    parsed = list(_answers(emulator.client()))
    wire = list(_answers(emulator.client(wire=True)))
    assert parsed == wire
    called = {_camel(operation) for operation, _ in CALLS}
    assert called == set(OPERATIONS)


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


@pytest.mark.parametrize("wire", [False, True])
def test_a_client_needs_no_credentials(wire: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with emulator.emulate(wire=wire):
        sm = boto3.Session(region_name="eu-west-1").client("sagemaker")
        assert sm.list_contexts()["ContextSummaries"] == []


def test_modelled_errors_can_be_caught_by_name(sm: Any) -> None:
    with pytest.raises(sm.exceptions.ResourceNotFound) as raised:
        sm.describe_context(ContextName="absent")
    metadata = raised.value.response["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 400
    assert metadata["RequestId"]


def test_what_botocore_checks_it_still_checks(sm: Any) -> None:
    from botocore.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError, match="Missing required parameter"):
        sm.create_context(ContextName="a")


def test_a_client_of_its_own_refuses_what_is_no_lineage_call(sm: Any, refusal: Any) -> None:
    code, message = refusal(sm.list_training_jobs)
    assert code == "UnknownOperationException"
    assert "sandbox" in message
    job = f"{ARN}training-job/j"
    assert refusal(sm.list_tags, ResourceArn=job)[0] == "UnknownOperationException"
    assert refusal(sm.search, Resource="TrainingJob")[0] == "UnknownOperationException"


def test_a_retry_is_really_made() -> None:
    """botocore tries again by itself after a throttled call, and says so in the metadata."""
    sm = emulator.client(
        faults=emulator.Faults(failing={1: "ThrottlingException", 2: "InternalFailure"}),
        config=Config(retries={"mode": "standard", "max_attempts": 4}),
    )
    assert sm.list_contexts()["ResponseMetadata"]["RetryAttempts"] == 2
