"""Edges: keyed by their ends, refused where the service refuses, listed in every order."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_pair_is_associated_once_whatever_the_type(sm: Any, lineage: Any, refusal: Any) -> None:
    lineage.draw("data model")
    ends = {"SourceArn": lineage.arns["data"], "DestinationArn": lineage.arns["model"]}
    code, message = refusal(sm.add_association, **ends, AssociationType="Produced")
    assert (code, "already exists" in message) == ("ValidationException", True)
    lineage.link("model", "data")  # the other way round is another pair: cycles are accepted


def test_both_ends_must_exist(sm: Any, lineage: Any, refusal: Any) -> None:
    there = lineage.artifact("x")
    absent = "arn:aws:sagemaker:us-east-1:123456789012:context/no"
    code, message = refusal(sm.add_association, SourceArn=there, DestinationArn=absent)
    assert (code, absent in message) == ("ResourceNotFound", True)


def test_an_entity_is_not_associated_with_itself(sm: Any, lineage: Any, refusal: Any) -> None:
    arn = lineage.artifact("x")
    assert refusal(sm.add_association, SourceArn=arn, DestinationArn=arn)[0] == (
        "ValidationException"
    )


def test_two_trial_components_are_not_associated(sm: Any, refusal: Any) -> None:
    one = sm.create_trial_component(TrialComponentName="one")["TrialComponentArn"]
    two = sm.create_trial_component(TrialComponentName="two")["TrialComponentArn"]
    assert refusal(sm.add_association, SourceArn=one, DestinationArn=two)[0] == (
        "ValidationException"
    )


def test_an_association_is_listed_with_names_and_types_of_its_ends(sm: Any, lineage: Any) -> None:
    data = lineage.artifact("data")
    job = sm.create_trial_component(TrialComponentName="train")["TrialComponentArn"]
    sm.add_association(SourceArn=data, DestinationArn=job)
    [listed] = sm.list_associations(SourceArn=data)["AssociationSummaries"]
    assert listed.pop("CreationTime")
    assert listed == {
        "SourceArn": data,
        "DestinationArn": job,
        "SourceType": "DataSet",
        "DestinationType": "SageMakerExperimentTrialComponent",
        "SourceName": "data",
        "DestinationName": "train",
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["b>c", "a>c", "a>b"]),
        ({"SortOrder": "Ascending"}, ["a>b", "a>c", "b>c"]),
        ({"SourceType": "Raw"}, ["a>c", "a>b"]),
        ({"DestinationType": "Model"}, ["b>c", "a>c"]),
        ({"AssociationType": "Produced"}, ["a>c"]),
        ({"SortBy": "SourceType", "SortOrder": "Ascending"}, ["b>c", "a>b", "a>c"]),
        ({"source": "a"}, ["a>c", "a>b"]),
        ({"destination": "c"}, ["b>c", "a>c"]),
        ({"source": "a", "destination": "c"}, ["a>c"]),
        ({"source": "c"}, []),
    ],
)
def test_lists_filter_and_sort(
    sm: Any, lineage: Any, asked: dict[str, str], expected: list[str]
) -> None:
    for name, type in (("a", "Raw"), ("b", "Clean"), ("c", "Model")):
        lineage.artifact(name, type=type)
    lineage.link("a", "b")
    lineage.link("a", "c", "Produced")
    lineage.link("b", "c")
    ends = {"source": "SourceArn", "destination": "DestinationArn"}
    parameters = {
        ends.get(key, key): lineage.arns[value] if key in ends else value
        for key, value in asked.items()
    }
    listed = sm.list_associations(**parameters)["AssociationSummaries"]
    if asked.get("SortBy") == "SourceType":
        assert [one["SourceType"] for one in listed] == ["Clean", "Raw", "Raw"]
        return
    names = [f"{one['SourceName']}>{one['DestinationName']}" for one in listed]
    assert names == expected


def test_deleting_needs_the_pair_to_be_there(sm: Any, lineage: Any, refusal: Any) -> None:
    lineage.draw("data model")
    data, model = lineage.arns["data"], lineage.arns["model"]
    assert refusal(sm.delete_association, SourceArn=model, DestinationArn=data)[0] == (
        "ResourceNotFound"
    )
    sm.delete_association(SourceArn=data, DestinationArn=model)
    assert sm.list_associations()["AssociationSummaries"] == []
