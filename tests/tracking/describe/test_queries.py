"""Queries in Athena are described as what they read, wrote, and where columns come from."""

import base64
import json

import pytest

from sm_lineage_magics.model import ColumnSource, Gap, Home, columns_of
from sm_lineage_magics.tracking.describe import Clients, describe
from sm_lineage_magics.tracking.facts import Resource

from .account import group, group_answer
from .conftest import edges


def run(clients, text, database="sagemaker_featurestore"):
    return clients.athena.start_query_execution(
        QueryString=text,
        QueryExecutionContext={"Database": database},
        ResultConfiguration={"OutputLocation": "s3://shop/q/"},
    )["QueryExecutionId"]


def query_of(facts):
    return next(e for e in facts.entities if e.kind == "Action")


def test_a_query_reads_feature_groups_and_its_output_has_their_columns(clients):
    customers = group(clients.sagemaker, "customers", "id", "age")
    claims = group(clients.sagemaker, "my-claims", "id", "amount").replace("-", "_")
    named = Resource("feature-group", "my-claims")
    execution = run(
        clients, f"SELECT c.age, k.id FROM {customers} c JOIN {customers} k ON c.id = k.id"
    )

    facts = describe([Resource("athena-query", execution), named], clients)

    output = f"s3://shop/q/{execution}.csv"
    assert claims.startswith("my_claims_")
    assert edges(facts) == {
        ("customers", "ContributedTo", f"query-{execution}"),
        (f"query-{execution}", "Produced", output),
    }
    query = query_of(facts)
    assert (query.type, query.status) == ("FeatureStoreQuery", "Completed")
    assert query.source_uri == f"arn:aws:athena:eu-west-1::query/{execution}"
    joined = (ColumnSource("customers", "id", "join"),)
    expected = {
        "age": (ColumnSource("customers", "age"), *joined),
        "id": (ColumnSource("customers", "id"), *joined),
    }
    assert columns_of(query) == expected
    assert columns_of(facts.graph.entities[Home().artifact(output)]) == expected


@pytest.mark.parametrize(
    ("form", "partitions"), [("Glue", ["year", "month", "day", "hour"]), ("Iceberg", [])]
)
def test_a_star_has_what_the_offline_store_adds(clients, answers, form, partitions):
    answer = group_answer("customers", "customers_1612345678", "ID", TableFormat=form)
    answers(clients.sagemaker, DescribeFeatureGroup=answer)
    execution = run(clients, "SELECT * FROM customers_1612345678", "shop")

    columns = columns_of(query_of(describe([Resource("athena-query", execution)], clients)))

    added = ["write_time", "api_invocation_time", "is_deleted", *partitions]
    assert list(columns) == ["id", *added]
    assert columns["id"] == (ColumnSource("customers", "ID"),)


def test_a_group_is_found_among_those_listed_when_its_table_has_another_name(clients, answers):
    table = answers(
        clients.sagemaker,
        DescribeFeatureGroup=group_answer("Customers-EU", "customers_eu_1612345678", "id"),
        ListFeatureGroups={"FeatureGroupSummaries": [{"FeatureGroupName": "Customers-EU"}]},
    )
    execution = run(clients, "SELECT id FROM customers_eu_1612345678", "shop")

    facts = describe([Resource("athena-query", execution)], clients)

    assert ("Customers-EU", "ContributedTo", f"query-{execution}") in edges(facts)
    assert "DescribeFeatureGroup" in table.asked


def test_glue_tells_of_tables_that_are_no_feature_groups_and_of_views(clients, answers):
    answers(clients.sagemaker, DescribeFeatureGroup=group_answer("customers", "custom_name", "age"))
    view = base64.b64encode(json.dumps({"originalSql": "SELECT age FROM custom_name"}).encode())
    clients.glue.create_database(DatabaseInput={"Name": "shop"})
    for table in (
        {
            "Name": "custom_name",
            "StorageDescriptor": {
                "Location": "s3://shop/fs/123456789012/sagemaker/eu-west-1/offline-store/"
                "customers-1612345678/data"
            },
        },
        {
            "Name": "plain",
            "StorageDescriptor": {
                "Location": "s3://shop/plain/",
                "Columns": [{"Name": "x", "Type": "int"}],
            },
        },
        {
            "Name": "ages",
            "TableType": "VIRTUAL_VIEW",
            "ViewOriginalText": f"/* Presto View: {view.decode()} */",
        },
    ):
        clients.glue.create_table(DatabaseName="shop", TableInput=table)
    execution = run(clients, "SELECT a.age, p.x FROM ages a CROSS JOIN plain p", "shop")

    facts = describe([Resource("athena-query", execution)], clients)

    assert {edge for edge in edges(facts) if edge[1] == "ContributedTo"} == {
        ("customers", "ContributedTo", f"query-{execution}"),
        ("s3://shop/plain/", "ContributedTo", f"query-{execution}"),
    }
    assert columns_of(query_of(facts)) == {
        "age": (ColumnSource("customers", "age"),),
        "x": (ColumnSource("shop.plain", "x"),),
    }


def test_a_query_that_unloads_made_what_it_says(clients):
    table = group(clients.sagemaker, "customers", "id")
    execution = run(clients, f"UNLOAD (SELECT id FROM {table}) TO 's3://shop/u/' WITH (format='X')")

    facts = describe([Resource("athena-query", execution)], clients)

    assert (f"query-{execution}", "Produced", "s3://shop/u/") in edges(facts)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ({"State": "RUNNING"}, "The query is running; its output is to come."),
        ({"State": "FAILED"}, "The query failed, so it made nothing"),
        (
            {"State": "FAILED", "StateChangeReason": "SYNTAX_ERROR:\n no column 'x'"},
            "The query failed, so it made nothing: SYNTAX_ERROR: no column 'x'",
        ),
        ({"State": "CANCELLED"}, "The query was cancelled, so it made nothing"),
    ],
)
def test_a_query_that_did_not_succeed_made_nothing(clients, answers, status, why):
    answers(
        clients.athena,
        GetQueryExecution={
            "QueryExecution": {
                "QueryExecutionId": "e-1",
                "Query": "SELECT 1",
                "Status": status,
                "ResultConfiguration": {"OutputLocation": "s3://shop/q/e-1.csv"},
            }
        },
    )

    facts = describe([Resource("athena-query", "e-1")], clients)

    assert facts.links == ()
    assert facts.gaps == (Gap("not-recorded", "e-1", why),)


@pytest.mark.parametrize(
    ("denied", "kind", "said"),
    [
        ((), "missing", "Neither Glue nor the feature groups"),
        (("glue.GetTable",), "denied", "get_table: no"),
        (("sagemaker.ListFeatureGroups",), "denied", "list_feature_groups: no"),
        (("glue.GetTable", "sagemaker.DescribeFeatureGroup"), "denied", "get_table: no"),
    ],
)
def test_a_table_that_nobody_may_tell_of_is_a_gap(clients, answers, denied, kind, said):
    for service, operation in (each.split(".") for each in denied):
        refusal = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
        answers(getattr(clients, service), **{operation: refusal})
    answers(clients.sagemaker, ListFeatureGroups={"FeatureGroupSummaries": []})
    execution = run(clients, "SELECT x FROM customers_1612345678", "shop")

    (gap,) = describe([Resource("athena-query", execution)], clients).gaps

    assert gap.kind == kind
    assert gap.why.startswith(said)


def test_an_offline_store_whose_group_may_not_be_described_is_a_gap(clients, answers):
    place = "s3://shop/fs/123456789012/sagemaker/eu-west-1/offline-store/customers-1612345678/data"
    clients.glue.create_database(DatabaseInput={"Name": "shop"})
    table = {"Name": "t", "StorageDescriptor": {"Location": place}}
    clients.glue.create_table(DatabaseName="shop", TableInput=table)
    refusal = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
    answers(clients.sagemaker, DescribeFeatureGroup=refusal)
    execution = run(clients, "SELECT x FROM t", "shop")

    facts = describe([Resource("athena-query", execution)], clients)

    assert (place, "ContributedTo", f"query-{execution}") in edges(facts)
    assert facts.gaps == (Gap("denied", "customers", "describe_feature_group: no"),)


def test_a_table_of_another_data_catalog_is_not_looked_up(clients, answers):
    table = group(clients.sagemaker, "customers", "id")
    execution = clients.athena.start_query_execution(
        QueryString=f"SELECT id FROM {table}",
        QueryExecutionContext={"Catalog": "lake", "Database": "sagemaker_featurestore"},
        ResultConfiguration={"OutputLocation": "s3://shop/q/"},
    )["QueryExecutionId"]
    asked = answers(clients.glue, GetTable={}).asked

    facts = describe([Resource("athena-query", execution)], clients)

    assert [edge[1] for edge in edges(facts)] == ["Produced"]
    assert [gap.where for gap in facts.gaps] == [f"lake.sagemaker_featurestore.{table}"]
    assert asked == []


def test_without_a_client_for_athena_its_queries_are_gaps(clients):
    facts = describe([Resource("athena-query", "e-1")], Clients(clients.sagemaker))

    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "e-1")]


def test_a_query_that_athena_does_not_tell_of_is_what_was_seen_when_it_started(clients):
    table = group(clients.sagemaker, "customers", "id")
    seen = {"query": f"SELECT id FROM {table}", "database": "sagemaker_featurestore"}

    facts = describe([Resource("athena-query", "e-1", known=seen)], Clients(clients.sagemaker))

    assert edges(facts) == {("customers", "ContributedTo", "query-e-1")}
    assert query_of(facts).status == "Unknown"
    assert [(gap.kind, gap.where) for gap in facts.gaps] == [("not-recorded", "e-1")]
