"""OpenLineage events read back: ours, and those of other tools."""

import json
from datetime import datetime, timezone

import pytest

from sm_lineage_magics import Lineage
from sm_lineage_magics.demo import DEMOS
from sm_lineage_magics.errors import FormatError
from sm_lineage_magics.model import Answer, Association, ColumnSource, Home, columns_of, role_of
from sm_lineage_magics.views.interchange.openlineage import documents_in, graph_of
from sm_lineage_magics.views.interchange.openlineage.datasets import uri_of
from sm_lineage_magics.views.interchange.steps import steps_in

HOME = Home()
RAW, CLEAN = "s3://shop/raw/orders.csv", "s3://shop/clean/orders.parquet"


def event(type="COMPLETE", run="1", at="2026-01-31T09:30:00Z", **more):
    """A Spark job that reads one object and writes another."""
    return {
        "eventType": type,
        "eventTime": at,
        "run": {"runId": run},
        "job": {"namespace": "spark", "name": "clean_orders"},
        "inputs": [{"namespace": "s3://shop", "name": "raw/orders.csv"}],
        "outputs": [{"namespace": "s3://shop", "name": "clean/orders.parquet"}],
        **more,
    }


def flows(graph):
    """By step: the data that led into it and came out of it."""
    return {
        step.entity.arn: (
            {each.arn for each in step.inputs if role_of(each) not in ("code", "image")},
            {each.arn for each in step.outputs},
        )
        for step in steps_in(graph)
    }


@pytest.mark.parametrize("name", DEMOS)
def test_what_was_written_flows_as_before_when_it_is_read(name):
    before = DEMOS[name]().graph
    after = graph_of(documents_in(Answer(before).to_openlineage()))

    moving = {arn: both for arn, both in flows(before).items() if any(both)}
    assert {arn: both for arn, both in flows(after).items() if any(both)} == moving
    for arn, entity in after.entities.items():
        was = before.entities[arn]
        assert (entity.kind, entity.label, entity.source_uri, entity.status) == (
            was.kind,
            was.label,
            was.source_uri,
            was.status,
        )
        assert columns_of(entity).keys() == columns_of(was).keys()
        if entity.type != "Code":
            assert entity.details.get("tags") == was.details.get("tags")


def test_the_events_of_a_run_are_one_run():
    start = event("START", at="2026-01-31T09:00:00Z", outputs=[])
    graph = graph_of([start, event()])

    (run,) = (each for each in graph.entities.values() if each.kind == "Action")
    assert (run.name, run.type, run.status) == ("clean_orders-1", "Job", "Completed")
    assert (run.created, run.modified) == (
        datetime(2026, 1, 31, 9, tzinfo=timezone.utc),
        datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc),
    )
    assert [edge.pair for edge in graph.associations] == [
        (HOME.artifact(RAW), run.arn),
        (run.arn, HOME.artifact(CLEAN)),
    ]


def test_what_one_run_read_is_not_linked_to_what_another_wrote():
    other = event(run="2", inputs=[{"namespace": "s3://shop", "name": "raw/returns.csv"}])
    other["outputs"] = [{"namespace": "s3://shop", "name": "clean/returns.parquet"}]
    graph = graph_of([event(), other])

    reached = graph.distances([HOME.artifact(RAW)], "downstream")
    assert HOME.artifact(CLEAN) in reached
    assert HOME.artifact("s3://shop/clean/returns.parquet") not in reached


def test_facets_tell_what_a_job_ran_and_what_a_data_set_is():
    job = {
        "namespace": "dbt",
        "name": "shop.orders",
        "facets": {
            "jobType": {"integration": "DBT"},
            "sql": {"query": "SELECT 1"},
            "sourceCodeLocation": {
                "type": "git",
                "url": "https://git/o.sql",
                "version": "3f2a",
                "repoUrl": "https://git",
            },
        },
    }
    output = {
        "namespace": "postgres://db:5432",
        "name": "shop.public.orders",
        "facets": {
            "schema": {"fields": [{"name": "id", "type": "int"}, {"name": "sum"}]},
            "version": {"datasetVersion": "7"},
            "ownership": {"owners": [{"name": "team:shop"}]},
            "tags": {"tags": [{"key": "pii", "value": "true"}, {"key": "gold"}]},
        },
    }
    graph = graph_of([event(job=job, outputs=[output])])

    run = graph.entities[HOME.action("shop.orders-1")]
    assert (run.type, run.properties["Query"], role_of(run)) == ("DbtJob", "SELECT 1", "job")
    code = graph.entities[HOME.artifact("https://git/o.sql")]
    assert code.details["metadata"] == {"commit_id": "3f2a", "repository": "https://git"}
    table = graph.entities[HOME.artifact("postgres://db:5432/shop.public.orders")]
    assert table.properties == {"Header": '["id", "sum"]', "VersionId": "7"}
    assert table.details == {"tags": {"owner": "team:shop", "pii": "true", "gold": ""}}


def test_columns_lead_to_the_features_they_come_from():
    """Also what decides about every row, which the specification tells of a whole data set."""
    group = {"namespace": "arn:aws:sagemaker:eu-west-1:111122223333"}
    group["name"] = "feature-group/customers"
    whole = {"type": "INDIRECT", "subtype": "JOIN"}
    lineage = {
        "fields": {"age": {"inputFields": [{**group, "field": "age"}]}},
        "dataset": [{**group, "field": "customer_id", "transformations": [whole]}],
    }
    output = {"namespace": "s3://shop", "name": "train.csv", "facets": {"columnLineage": lineage}}
    sql = {"sql": {"query": "SELECT age FROM customers"}}
    graph = graph_of(
        [
            event(
                job={"namespace": "athena", "name": "select", "facets": sql},
                inputs=[group],
                outputs=[output],
            )
        ]
    )

    query = graph.entities[HOME.action("select-1")]
    assert role_of(query) == "query"
    assert columns_of(query) == {
        "age": (
            ColumnSource("customers", "age"),
            ColumnSource("customers", "customer_id", "join"),
        )
    }


def test_events_of_a_job_or_a_data_set_alone_are_read():
    at = "2026-01-31T09:30:00Z"
    of_data = {"eventTime": at, "dataset": {"namespace": "file", "name": "/data/a.csv"}}
    of_job = {key: value for key, value in event().items() if key not in ("run", "eventType")}
    graph = graph_of([of_data, of_job])

    assert graph.entities[HOME.artifact("file:///data/a.csv")].label == "a.csv"
    assert graph.entities[HOME.action("clean_orders")].status is None


@pytest.mark.parametrize(
    ("namespace", "name", "uri"),
    [
        ("s3://b", "raw/a.csv", "s3://b/raw/a.csv"),
        ("s3://b", "/a.csv", "s3://b//a.csv"),
        ("s3://b", "/", "s3://b"),
        ("hdfs://nn:8020", "/warehouse/t", "hdfs://nn:8020/warehouse/t"),
        ("file", "/data/a.csv", "file:///data/a.csv"),
        ("bigquery", "p.d.t", "bigquery://p.d.t"),
        ("arn:aws:glue:us-east-1:1", "table/db/t", "arn:aws:glue:us-east-1:1:table/db/t"),
        ("sagemaker", "by hand", "by hand"),
    ],
)
def test_a_namespace_and_a_name_are_one_uri(namespace, name, uri):
    assert uri_of(namespace, name) == uri


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(json.dumps, (event("START"), event()))),
        json.dumps([event("START"), event()]),
        json.dumps(event()),
    ],
    ids=["lines", "list", "one"],
)
def test_another_tools_events_are_put_before_what_was_trained_on_them(text, tmp_path):
    file = tmp_path / "events.jsonl"
    file.write_text(text)
    with Lineage.open(":memory:") as lineage:
        lineage.link(CLEAN, "s3://shop/model.tar.gz")
        lineage.backend.apply(lineage.plan_import(file))

        assert [each.label for each in lineage.sources("s3://shop/model.tar.gz")] == ["orders.csv"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (json.dumps([event(), {"eventTime": "x"}]), "document 2 is no OpenLineage event"),
        (json.dumps({**event(), "inputs": [{"name": "x"}]}), "document 1 is no OpenLineage event"),
        (json.dumps({**event(), "inputs": 7}), "document 1 is no OpenLineage event"),
        (json.dumps({**event(), "job": {"namespace": 1, "name": 2}}), "document 1 is no OpenLin"),
        (json.dumps({**event(), "eventTime": "soon"}), "a time is 'soon'"),
        ('{"eventTime"', "is not JSON"),
        ("", "the document's format is None"),
        ("[]", "the document's format is None"),
        ("7", "a lineage document is 7"),
    ],
)
def test_what_is_no_event_is_refused_with_what_was_expected(text, message, tmp_path):
    file = tmp_path / "events.jsonl"
    file.write_text(text)
    with Lineage.open(":memory:") as lineage, pytest.raises(FormatError, match=message) as raised:
        lineage.plan_import(file)
    assert "Expected" in str(raised.value)


def test_an_association_carries_when_the_run_was():
    (into, _) = graph_of([event()]).associations

    run = HOME.action("clean_orders-1")
    moment = datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
    assert into == Association(HOME.artifact(RAW), run, "ContributedTo", moment)
