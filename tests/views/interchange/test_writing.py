"""OpenLineage and PROV: one event per step, relations by what the two ends are."""

import json

import pytest

from sm_lineage_magics.demo import DEMOS
from sm_lineage_magics.model import (
    Answer,
    Association,
    ColumnSource,
    Entity,
    Home,
    LineageGraph,
    write_columns,
)
from sm_lineage_magics.model.columns import EVERY

HOME = Home()
CUSTOMERS = Entity(
    HOME.artifact("fg"),
    "Artifact",
    "FeatureGroup",
    "customers",
    HOME.arn("feature-group", "customers"),
    {"Features": '{"age": "Integral"}', "OfflineTable": "store.customers_1"},
)
ORDERS = Entity(HOME.artifact("s3://b/o.csv"), "Artifact", "DataSet", "o", "s3://b/o.csv")
QUERY = Entity(
    HOME.action("join"),
    "Action",
    "FeatureStoreQuery",
    "join",
    properties={
        "Query": "SELECT age FROM customers_1",
        "QueryExecutionId": "q-1",
        "Columns": write_columns(
            {
                "age": [ColumnSource("customers", "age")],
                EVERY: [ColumnSource("customers", "is_deleted", "filter")],
            }
        ),
    },
    status="Completed",
)
TRAIN = Entity(HOME.artifact("s3://b/t.csv"), "Artifact", "DataSet", "t", "s3://b/t.csv")
CODE = Entity(
    HOME.artifact("c"),
    "Artifact",
    "Code",
    "q.py",
    "https://example.org/q.py",
    details={"metadata": {"commit_id": "3f2a9c1", "repository": "https://example.org/repo"}},
)
ANSWER = Answer(
    LineageGraph.of(
        [CUSTOMERS, ORDERS, CODE, QUERY, TRAIN],
        [
            Association(ORDERS.arn, CUSTOMERS.arn, "ContributedTo"),
            Association(CUSTOMERS.arn, QUERY.arn, "ContributedTo"),
            Association(CODE.arn, QUERY.arn, "ContributedTo"),
            Association(QUERY.arn, TRAIN.arn, "Produced"),
        ],
    ),
    (TRAIN.arn,),
)


def events():
    return {
        event["job"]["name"]: event
        for event in map(json.loads, ANSWER.to("openlineage").splitlines())
    }


def test_each_step_is_one_event_and_no_input_feeds_another_steps_output():
    found = {
        name: ([each["name"] for each in e["inputs"]], [each["name"] for each in e["outputs"]])
        for name, e in events().items()
    }

    assert found == {
        "feature-group/customers": (["o.csv"], ["feature-group/customers"]),
        QUERY.arn.rpartition(":")[2]: (["feature-group/customers"], ["t.csv"]),
    }


def test_a_query_carries_its_sql_its_execution_and_its_code():
    event = events()["action/join"]

    assert event["eventType"] == "COMPLETE"
    assert event["job"]["facets"]["sql"]["query"] == "SELECT age FROM customers_1"
    assert event["run"]["facets"]["externalQuery"]["externalQueryId"] == "q-1"
    assert event["job"]["facets"]["sourceCodeLocation"]["version"] == "3f2a9c1"


def test_a_feature_group_is_joined_to_the_glue_table_of_its_offline_store():
    (group,) = events()["action/join"]["inputs"]

    assert group["facets"]["schema"]["fields"] == [{"name": "age", "type": "Integral"}]
    assert group["facets"]["symlinks"]["identifiers"] == [
        {
            "namespace": "arn:aws:glue:local:000000000000",
            "name": "table/store/customers_1",
            "type": "TABLE",
        }
    ]


def test_columns_of_the_result_lead_back_to_features():
    (result,) = events()["action/join"]["outputs"]

    columns = result["facets"]["columnLineage"]["fields"]
    assert {
        column: [
            (each["name"], each["field"], each["transformations"]) for each in of["inputFields"]
        ]
        for column, of in columns.items()
    } == {
        "age": [
            ("feature-group/customers", "age", [{"type": "DIRECT"}]),
            (
                "feature-group/customers",
                "is_deleted",
                [{"type": "INDIRECT", "subtype": "FILTER"}],
            ),
        ]
    }


@pytest.mark.parametrize("name", DEMOS)
def test_a_whole_demo_is_written_in_every_format_of_interchange(name):
    answer = Answer(DEMOS[name]().graph)

    events = [json.loads(line) for line in answer.to_openlineage().splitlines()]
    assert any("columnLineage" in each["facets"] for e in events for each in e["outputs"])
    assert json.loads(answer.to("prov"))["entity"]


def test_prov_relates_things_by_what_they_are():
    document = json.loads(ANSWER.to("prov"))
    counts = {name: len(document.get(name, {})) for name in ("used", "wasGeneratedBy")}

    assert counts == {"used": 2, "wasGeneratedBy": 1}
    assert len(document["wasDerivedFrom"]) == 1
    assert list(document["activity"]) == [
        "lineage:" + QUERY.arn.replace(":", "%3A").replace("/", "%2F")
    ]
