"""Search: trial components by what they are and by whose they are."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def found(sm: Any) -> Any:
    sm.create_experiment(ExperimentName="churn")
    sm.create_trial(TrialName="monday", ExperimentName="churn")
    for name, rate, optimiser in (("slow", 0.01, "sgd"), ("fast", 0.5, "adam"), ("odd", 0.2, "x")):
        sm.create_trial_component(
            TrialComponentName=name,
            Parameters={
                "learning.rate": {"NumberValue": rate},
                "optimiser": {"StringValue": optimiser},
            },
            Tags=[{"Key": "team", "Value": "risk" if name != "odd" else "other"}],
        )
    for name in ("slow", "fast"):
        sm.associate_trial_component(TrialComponentName=name, TrialName="monday")

    def names(expression: dict[str, Any], **asked: Any) -> list[str]:
        answer = sm.search(
            Resource="ExperimentTrialComponent", SearchExpression=expression, **asked
        )
        return [one["TrialComponent"]["TrialComponentName"] for one in answer["Results"]]

    return names


def _filter(name: str, operator: str, value: str | None = None) -> dict[str, str]:
    given = {"Name": name, "Operator": operator}
    return given if value is None else {**given, "Value": value}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (_filter("Parents.TrialName", "Equals", "monday"), {"slow", "fast"}),
        (_filter("Parents.ExperimentName", "Equals", "churn"), {"slow", "fast"}),
        (_filter("Parents.ExperimentName", "NotEquals", "churn"), {"odd"}),
        (_filter("Parents", "NotExists"), {"odd"}),
        (_filter("Tags.team", "Equals", "risk"), {"slow", "fast"}),
        (_filter("Parameters.optimiser", "In", "sgd, x"), {"slow", "odd"}),
        (_filter("Parameters.learning.rate", "GreaterThan", "0.1"), {"fast", "odd"}),
        (_filter("Parameters.learning.rate", "LessThanOrEqualTo", "0.01"), {"slow"}),
        (_filter("Parameters.learning.rate", "Equals", "0.5"), {"fast"}),
        (_filter("TrialComponentName", "Contains", "s"), {"slow", "fast"}),
        (_filter("CreationTime", "GreaterThan", "2020-01-01T00:00:00Z"), {"slow", "fast", "odd"}),
        (_filter("Parameters.absent", "Exists"), set()),
    ],
)
def test_a_filter_finds(found: Any, one: dict[str, str], expected: set[str]) -> None:
    assert set(found({"Filters": [one]})) == expected


def test_filters_are_joined_by_and_or_by_or(found: Any) -> None:
    filters = [_filter("Tags.team", "Equals", "other"), _filter("Parents", "Exists")]
    assert found({"Filters": filters}) == []
    assert set(found({"Filters": filters, "Operator": "Or"})) == {"slow", "fast", "odd"}


def test_expressions_and_lists_nest(found: Any) -> None:
    parents = {
        "NestedPropertyName": "Parents",
        "Filters": [
            _filter("Parents.TrialName", "Equals", "monday"),
            _filter("Parents.ExperimentName", "Equals", "churn"),
        ],
    }
    fast = {"Filters": [_filter("Parameters.learning.rate", "GreaterThan", "0.1")]}
    assert found({"NestedFilters": [parents], "SubExpressions": [fast]}) == ["fast"]


def test_results_are_sorted_and_paged(found: Any, sm: Any) -> None:
    by_rate = {"SortBy": "Parameters.learning.rate", "SortOrder": "Ascending"}
    assert found({}, **by_rate) == ["slow", "odd", "fast"]
    pages = sm.get_paginator("search").paginate(
        Resource="ExperimentTrialComponent", PaginationConfig={"PageSize": 2}
    )
    assert [len(page["Results"]) for page in pages] == [2, 1]


def test_trials_and_experiments_are_found_too(found: Any, sm: Any) -> None:
    [trial] = sm.search(Resource="ExperimentTrial")["Results"]
    assert trial["Trial"]["ExperimentName"] == "churn"
    assert len(sm.search(Resource="Experiment")["Results"]) == 1


def test_an_operator_that_compares_needs_a_value(sm: Any, found: Any, refusal: Any) -> None:
    expression = {"Filters": [{"Name": "TrialComponentName", "Operator": "Equals"}]}
    asked = {"Resource": "ExperimentTrialComponent", "SearchExpression": expression}
    assert refusal(sm.search, **asked)[0] == "ValidationException"


@pytest.mark.parametrize("resource", ["Artifact", "Action", "Context", "Association"])
def test_lineage_itself_is_not_searched(sm: Any, resource: str) -> None:
    with pytest.raises(ClientError, match="must satisfy enum value set") as raised:
        sm.search(Resource=resource)

    assert raised.value.response["Error"]["Code"] == "ValidationException"
