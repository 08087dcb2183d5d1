"""Trial components, the trials they are in, and finding them by these."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.local import Store
from sm_lineage_magics.model import Entity, Home


def _names(answer: dict[str, Any]) -> list[str]:
    return [one["TrialComponentName"] for one in answer["TrialComponentSummaries"]]


@pytest.fixture
def churn(sm: Any) -> Any:
    """Experiment churn with trials monday (train, evaluate) and tuesday (train)."""
    sm.create_experiment(ExperimentName="churn")
    for trial in ("monday", "tuesday"):
        sm.create_trial(TrialName=trial, ExperimentName="churn")
    for component in ("train", "evaluate", "stray"):
        sm.create_trial_component(TrialComponentName=component)
    for component, trial in (("train", "monday"), ("evaluate", "monday"), ("train", "tuesday")):
        sm.associate_trial_component(TrialComponentName=component, TrialName=trial)
    return sm


def test_names_are_matched_without_regard_to_case(sm: Any, refusal: Any) -> None:
    arn = sm.create_trial_component(TrialComponentName="Train")["TrialComponentArn"]
    assert arn.endswith(":experiment-trial-component/train")
    described = sm.describe_trial_component(TrialComponentName="TRAIN")
    assert described["TrialComponentName"] == "Train"
    code, message = refusal(sm.create_trial_component, TrialComponentName="train")
    assert (code, "already exists" in message) == ("ValidationException", True)


def test_parameters_are_merged_and_then_removed(sm: Any) -> None:
    """Unlike the properties of artifacts, actions and contexts, which are replaced."""
    sm.create_trial_component(
        TrialComponentName="t", Parameters={"a": {"NumberValue": 1.0}, "b": {"StringValue": "x"}}
    )
    sm.update_trial_component(
        TrialComponentName="t",
        Parameters={"c": {"NumberValue": 2.0}},
        ParametersToRemove=["b"],
        Status={"PrimaryStatus": "Failed", "Message": "no memory"},
    )
    described = sm.describe_trial_component(TrialComponentName="t")
    assert described["Parameters"] == {"a": {"NumberValue": 1.0}, "c": {"NumberValue": 2.0}}
    assert described["Status"] == {"PrimaryStatus": "Failed", "Message": "no memory"}


def test_one_store_serves_the_emulator_and_the_embedded_backend() -> None:
    """What either writes of a job, the other reads: plain values lie in the store."""
    store = Store.open(":memory:")
    details = {
        "display_name": "Train",
        "start_time": "2026-01-31T12:00:00Z",
        "end_time": "2026-01-31T12:30:00Z",
        "parameters": {"eta": 0.3, "objective": "softmax"},
        "input_artifacts": {"train": {"media_type": "text/csv", "value": "s3://b/train"}},
        "output_artifacts": {"model": {"value": "s3://b/model"}},
    }
    arn = Home("us-east-1", "123456789012").trial_component("t")
    store.put([Entity(arn, "TrialComponent", "TrainingJob", "t", details=details)])
    for wired in (False, True):
        told = emulator.client(store, wire=wired).describe_trial_component(TrialComponentName="t")
        kept = {key: told[key] for key in ("Parameters", "InputArtifacts", "OutputArtifacts")}
        assert kept == {
            "Parameters": {"eta": {"NumberValue": 0.3}, "objective": {"StringValue": "softmax"}},
            "InputArtifacts": {"train": {"MediaType": "text/csv", "Value": "s3://b/train"}},
            "OutputArtifacts": {"model": {"Value": "s3://b/model"}},
        }
        assert told["EndTime"] - told["StartTime"] == timedelta(minutes=30)
    again = {key: told[key] for key in (*kept, "DisplayName", "StartTime", "EndTime")}
    emulator.client(store).create_trial_component(TrialComponentName="twin", **again)
    twin = arn.replace("/t", "/twin")
    assert store.get([twin])[twin].details == details


def test_components_are_listed_by_trial_and_by_experiment(churn: Any) -> None:
    assert _names(churn.list_trial_components(TrialName="monday")) == ["evaluate", "train"]
    assert _names(churn.list_trial_components(TrialName="Tuesday")) == ["train"]
    assert _names(churn.list_trial_components(ExperimentName="churn")) == ["evaluate", "train"]
    assert _names(churn.list_trial_components()) == ["stray", "evaluate", "train"]


def test_trials_are_listed_by_experiment_and_by_component(churn: Any, refusal: Any) -> None:
    churn.create_experiment(ExperimentName="fraud")
    churn.create_trial(TrialName="wednesday", ExperimentName="fraud")

    def listed(**asked: str) -> list[str]:
        return [one["TrialName"] for one in churn.list_trials(**asked)["TrialSummaries"]]

    assert listed() == ["wednesday", "tuesday", "monday"]
    assert listed(ExperimentName="Churn") == ["tuesday", "monday"]
    assert listed(TrialComponentName="train") == ["tuesday", "monday"]
    assert listed(TrialComponentName="evaluate") == ["monday"]
    assert listed(TrialComponentName="evaluate", ExperimentName="fraud") == []
    assert refusal(churn.list_trials, ExperimentName="absent")[0] == "ResourceNotFound"


def test_at_most_one_of_the_parents_is_asked_for(churn: Any, refusal: Any) -> None:
    both = {"TrialName": "monday", "ExperimentName": "churn"}
    assert refusal(churn.list_trial_components, **both)[0] == "ValidationException"


def test_nothing_is_deleted_while_something_hangs_from_it(churn: Any, refusal: Any) -> None:
    assert refusal(churn.delete_trial_component, TrialComponentName="train")[0] == (
        "ValidationException"
    )
    assert refusal(churn.delete_trial, TrialName="monday")[0] == "ValidationException"
    assert refusal(churn.delete_experiment, ExperimentName="churn")[0] == "ValidationException"
    for trial in ("monday", "tuesday"):
        churn.disassociate_trial_component(TrialComponentName="train", TrialName=trial)
    churn.delete_trial_component(TrialComponentName="train")
    assert _names(churn.list_trial_components()) == ["stray", "evaluate"]


def test_associating_twice_changes_nothing(churn: Any, refusal: Any) -> None:
    pair = {"TrialComponentName": "train", "TrialName": "monday"}
    churn.associate_trial_component(**pair)
    churn.disassociate_trial_component(**pair)
    assert refusal(churn.disassociate_trial_component, **pair)[0] == "ResourceNotFound"


def test_an_experiment_may_stand_at_one_end_of_an_association(churn: Any, lineage: Any) -> None:
    lineage.sm = churn
    data = lineage.artifact("data")
    experiment = churn.describe_experiment(ExperimentName="churn")["ExperimentArn"]
    churn.add_association(SourceArn=data, DestinationArn=experiment)
    [edge] = churn.list_associations(DestinationArn=experiment)["AssociationSummaries"]
    assert edge["SourceArn"] == data
    # It is none of the four lineage types, so it is no vertex.
    page = churn.query_lineage(StartArns=[data], Direction="Descendants", IncludeEdges=True)
    assert ([one["Arn"] for one in page["Vertices"]], page["Edges"]) == ([data], [])


def test_a_parameter_has_one_value(sm: Any) -> None:
    both = {"eta": {"StringValue": "0.3", "NumberValue": 0.3}}
    with pytest.raises(ClientError, match="'eta' has a NumberValue and a StringValue") as raised:
        sm.create_trial_component(TrialComponentName="train", Parameters=both)

    assert raised.value.response["Error"]["Code"] == "ValidationException"
