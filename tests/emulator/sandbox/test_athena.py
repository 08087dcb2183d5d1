"""SQL given to Athena really runs, and leaves what Athena leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import pandas as pd
import pytest

from sm_lineage_magics.emulator import Sandbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def tables(box: Sandbox) -> None:
    orders = {"id": ["c0", "c2", "c2"], "amount": [1.5, 2.5, None], "day": ["mon", "tue", 'a"b']}
    box.table("shop.orders", pd.DataFrame(orders))
    box.table("shop.customers", [{"id": "c0", "age": 20}, {"id": "c2", "age": None}])


def run(box: Sandbox, query: str, **more: Any) -> dict[str, Any]:
    """The query execution of a query, once it is over."""
    athena = boto3.client("athena")
    started = athena.start_query_execution(
        QueryString=query,
        QueryExecutionContext={"Catalog": "AwsDataCatalog", "Database": "shop"},
        ResultConfiguration={"OutputLocation": f"s3://{box.bucket}/results/"},
        **more,
    )["QueryExecutionId"]
    found: dict[str, Any] = athena.get_query_execution(QueryExecutionId=started)["QueryExecution"]
    return found


def csv(box: Sandbox, query: str) -> str:
    """The file a query leaves on S3."""
    execution = run(box, query)
    assert execution["Status"]["State"] == "SUCCEEDED", execution["Status"]
    return box.objects.read(execution["ResultConfiguration"]["OutputLocation"]).decode()


def failure(box: Sandbox, query: str) -> str:
    """Why a query failed."""
    status = run(box, query)["Status"]
    assert status["State"] == "FAILED"
    return str(status["StateChangeReason"])


def test_a_join_with_a_cte(box: Sandbox) -> None:
    query = """
        WITH orders AS (SELECT id, sum(amount) AS total FROM shop.orders GROUP BY id)
        SELECT c.id, c.age, o.total
        FROM "AwsDataCatalog"."shop"."customers" c JOIN orders o ON o.id = c.id ORDER BY 1
    """
    assert csv(box, query) == '"id","age","total"\n"c0","20","1.5"\n"c2",,"2.5"\n'


def test_text_is_quoted_and_columns_without_a_name_are_numbered(box: Sandbox) -> None:
    assert csv(box, "SELECT day, count(*) FROM orders WHERE amount IS NULL GROUP BY day") == (
        '"day","_col1"\n"a""b","1"\n'
    )


def test_functions_of_athena_are_understood(box: Sandbox) -> None:
    query = "SELECT approx_distinct(id) AS n, max_by(day, amount) AS d FROM orders"
    assert csv(box, query) == '"n","d"\n"2","tue"\n'


def test_rows_come_through_the_api_too(box: Sandbox) -> None:
    execution = run(box, "SELECT id, amount, true AS yes FROM orders ORDER BY day")
    athena = boto3.client("athena")
    pages = athena.get_paginator("get_query_results").paginate(
        QueryExecutionId=execution["QueryExecutionId"], PaginationConfig={"PageSize": 2}
    )
    found = list(pages)
    rows = [
        [cell.get("VarCharValue") for cell in row["Data"]]
        for one in found
        for row in one["ResultSet"]["Rows"]
    ]
    assert rows == [
        ["id", "amount", "yes"],
        ["c2", None, "true"],
        ["c0", "1.5", "true"],
        ["c2", "2.5", "true"],
    ]
    types = [one["Type"] for one in found[0]["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]]
    assert types == ["varchar", "double", "boolean"]


def test_a_token_of_no_page_is_refused_as_athena_would(box: Sandbox) -> None:
    execution = run(box, "SELECT 1 AS one")["QueryExecutionId"]
    athena = boto3.client("athena")

    for token in ("next", "-1", "²"):
        with pytest.raises(athena.exceptions.InvalidRequestException, match="NextToken"):
            athena.get_query_results(QueryExecutionId=execution, NextToken=token)
        with pytest.raises(athena.exceptions.InvalidRequestException, match="NextToken"):
            athena.list_query_executions(NextToken=token)


def test_queries_are_listed_a_page_at_a_time_the_newest_first(box: Sandbox) -> None:
    first, second = (run(box, f"SELECT {n} AS n")["QueryExecutionId"] for n in (1, 2))
    athena = boto3.client("athena")

    page = athena.list_query_executions(MaxResults=1)
    following = athena.list_query_executions(MaxResults=1, NextToken=page["NextToken"])

    assert (page["QueryExecutionIds"], following["QueryExecutionIds"]) == ([second], [first])


def test_a_query_is_described_the_same_whenever_it_is_asked_about(box: Sandbox) -> None:
    """It ended when it ended."""
    first = run(box, "SELECT 1")
    status, taken = first["Status"], first["Statistics"]["TotalExecutionTimeInMillis"]
    athena = boto3.client("athena")
    again = athena.get_query_execution(QueryExecutionId=first["QueryExecutionId"])

    assert again["QueryExecution"] == first
    spent = status["CompletionDateTime"] - status["SubmissionDateTime"]
    assert abs(spent.total_seconds() * 1000 - taken) <= 1


def test_why_a_query_failed(box: Sandbox) -> None:
    assert failure(box, "SELECT * FROM absent").startswith(
        "TABLE_NOT_FOUND: Table 'awsdatacatalog.shop.absent' does not exist."
    )
    assert failure(box, "SELEC 1").startswith("SYNTAX_ERROR: line 1:")
    assert "\x1b" not in failure(box, "SELEC 1")
    assert "colour" in failure(box, "SELECT colour FROM orders")
    assert "UPDATE" in failure(box, "UPDATE orders SET id = 1")


def test_a_query_reaches_no_file_and_no_network(box: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    assert "Permission" in failure(box, f"SELECT * FROM read_csv('{secret}')")
    abroad = "SELECT * FROM read_parquet('https://example.org/x.parquet')"
    assert "Permission" in failure(box, abroad)


def test_a_csv_table_over_files_on_s3(box: Sandbox) -> None:
    """As the SDK's DatasetBuilder makes one for a DataFrame."""
    made = run(
        box,
        "CREATE EXTERNAL TABLE shop.uploaded (n INT, text STRING, bad INT) "
        "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' "
        "WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '`', 'escapeChar' = '\\\\') "
        f"LOCATION 's3://{box.bucket}/uploaded';",
    )
    assert (made["Status"]["State"], made["StatementType"]) == ("SUCCEEDED", "DDL")
    box.objects.write(f"s3://{box.bucket}/uploaded/x.csv", b"1,`a,b`,x\n2,c,3\n")
    assert csv(box, "SELECT * FROM uploaded ORDER BY n") == (
        '"n","text","bad"\n"1","a,b",\n"2","c","3"\n'
    )
    run(box, "DROP TABLE shop.uploaded")
    assert "TABLE_NOT_FOUND" in failure(box, "SELECT * FROM uploaded")
    assert run(box, "DROP TABLE IF EXISTS uploaded")["Status"]["State"] == "SUCCEEDED"
    assert "uploaded not found" in failure(box, "DROP TABLE uploaded")


def test_a_table_made_of_a_query(box: Sandbox) -> None:
    where = f"s3://{box.bucket}/made/"
    run(
        box,
        f"CREATE TABLE made WITH (external_location = '{where}', format = 'PARQUET') AS "
        "SELECT id, amount FROM orders",
    )
    assert csv(box, "SELECT count(*) AS n FROM made") == '"n"\n"3"\n'
    assert [uri.endswith(".parquet") for uri in box.objects.under(where)] == [True]


def test_a_json_table_given_as_a_file(box: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    file.write_text('{"a": 1}\n{"a": 2}\n')
    box.table("given", file)
    assert csv(box, "SELECT sum(a) AS s FROM default.given") == '"s"\n"3"\n'


def test_a_table_may_be_given_again(box: Sandbox) -> None:
    for rows in ([{"a": 1}], [{"b": "x"}, {"b": "y"}]):
        box.table("shop.again", rows)
    assert csv(box, "SELECT * FROM again ORDER BY 1") == '"b"\n"x"\n"y"\n'


def test_an_output_location_is_needed(box: Sandbox) -> None:
    athena = boto3.client("athena")
    with pytest.raises(athena.exceptions.InvalidRequestException, match="No output location"):
        athena.start_query_execution(QueryString="SELECT 1")
    with pytest.raises(athena.exceptions.InvalidRequestException, match="was not found"):
        athena.get_query_execution(QueryExecutionId="absent")


def test_a_workgroup_may_say_where_results_go(box: Sandbox) -> None:
    athena = boto3.client("athena")
    where = f"s3://{box.bucket}/of-the-group/"
    athena.create_work_group(
        Name="group", Configuration={"ResultConfiguration": {"OutputLocation": where}}
    )
    started = athena.start_query_execution(QueryString="SELECT 1 AS one", WorkGroup="group")
    made = started["QueryExecutionId"]
    assert box.objects.read(f"{where}{made}.csv") == b'"one"\n"1"\n'
    assert athena.list_query_executions(WorkGroup="group")["QueryExecutionIds"] == [made]
