"""Athena: SQL that really runs, on the tables of the catalog, with results on S3.

>>> athena.start({"QueryString": "SELECT 1 AS one", "ResultConfiguration": {"OutputLocation": …}})
{'QueryExecutionId': '…'}
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError

from ..parsed import Parsed
from ..refusal import Refusal
from . import results, sql
from .calls import Request
from .catalog import CSV, Catalog, Table, in_duckdb
from .duck import Duck
from .reading import load
from .results import Result
from .s3 import Objects, Unwritable
from .sql import Statement, Unreadable

USUAL_PAGE = 1000


@dataclass
class Execution:
    """One query, from its start to its end, which come together here."""

    id: str
    request: Request
    location: str
    submitted: datetime
    state: str = "SUCCEEDED"
    reason: str = ""
    result: Result = field(default_factory=Result)
    scanned: int = 0
    seconds: float = 0.0
    verb: str = "select"

    @property
    def database(self) -> str:
        """Where tables named without a database are."""
        return str(self.request.get("QueryExecutionContext", {}).get("Database", "default"))


class Athena:
    """The queries of one sandbox.

    Args:
        catalog: the tables there are.
        objects: where their files are, and where results go.
        settle: has everything that is to be found by a query written, before it is run.
        workgroups: a client that answers GetWorkGroup.
    """

    def __init__(
        self, catalog: Catalog, objects: Objects, settle: Callable[[], None], workgroups: Any
    ) -> None:
        self._catalog = catalog
        self._objects = objects
        self._settle = settle
        self._workgroups = workgroups
        self._executions: dict[str, Execution] = {}

    @property
    def answers(self) -> dict[tuple[str, str], Callable[[Request], Parsed]]:
        """The operations answered here; workgroups and the like are moto's."""
        return {
            ("athena", "StartQueryExecution"): self.start,
            ("athena", "GetQueryExecution"): self.describe,
            ("athena", "BatchGetQueryExecution"): self.describe_many,
            ("athena", "ListQueryExecutions"): self.list_,
            ("athena", "GetQueryResults"): self.results,
            ("athena", "StopQueryExecution"): self.stop,
        }

    def start(self, request: Request) -> Parsed:
        """Run a query; a query that fails is a query, too."""
        made = str(uuid.uuid4())
        location = f"{self._output(request).rstrip('/')}/{made}"
        execution = Execution(made, request, location, datetime.now(timezone.utc))
        self._executions[made] = execution
        self._run(execution)
        return {"QueryExecutionId": made}

    def describe(self, request: Request) -> Parsed:
        """How a query went."""
        return {"QueryExecution": _described(self._named(request["QueryExecutionId"]))}

    def describe_many(self, request: Request) -> Parsed:
        """How many queries went."""
        known = [one for one in request["QueryExecutionIds"] if one in self._executions]
        unknown = [one for one in request["QueryExecutionIds"] if one not in self._executions]
        return {
            "QueryExecutions": [_described(self._executions[one]) for one in known],
            "UnprocessedQueryExecutionIds": [{"QueryExecutionId": one} for one in unknown],
        }

    def list_(self, request: Request) -> Parsed:
        """The ids of the queries of a workgroup, newest first."""
        asked = request.get("WorkGroup", "primary")
        found = [one.id for one in self._executions.values() if _workgroup(one.request) == asked][
            ::-1
        ]
        first = int(request.get("NextToken", "0"))
        last = first + request.get("MaxResults", 50)
        more = {"NextToken": str(last)} if last < len(found) else {}
        return {"QueryExecutionIds": found[first:last], **more}

    def results(self, request: Request) -> Parsed:
        """The rows of a query, all of them text, the first one the names of the columns."""
        execution = self._named(request["QueryExecutionId"])
        if execution.state != "SUCCEEDED":
            raise _bad_request(f"Query did not finish successfully: {execution.reason}")
        first = int(request.get("NextToken", "0"))
        last = first + request.get("MaxResults", USUAL_PAGE)
        rows = execution.result.text_rows
        more = {"NextToken": str(last)} if last < len(rows) else {}
        return {
            "UpdateCount": 0,
            "ResultSet": {
                "Rows": [results.wire_row(row) for row in rows[first:last]],
                "ResultSetMetadata": {"ColumnInfo": results.column_info(execution.result)},
            },
            **more,
        }

    def stop(self, request: Request) -> Parsed:
        """Nothing is left to stop: queries are over when they have been started."""
        self._named(request["QueryExecutionId"])
        return {}

    def _named(self, made: str) -> Execution:
        if made not in self._executions:
            raise _bad_request(f"QueryExecution {made} was not found")
        return self._executions[made]

    def _output(self, request: Request) -> str:
        given = request.get("ResultConfiguration", {}).get("OutputLocation")
        group = self._workgroups.get_work_group(WorkGroup=_workgroup(request))["WorkGroup"]
        config = group.get("Configuration", {})
        of_group = config.get("ResultConfiguration", {}).get("OutputLocation")
        chosen = of_group if config.get("EnforceWorkGroupConfiguration") and of_group else given
        if not (chosen or of_group):
            raise _bad_request(
                "No output location provided. An output location is required either through the "
                "Workgroup result configuration setting or as an API input."
            )
        return str(chosen or of_group)

    def _run(self, execution: Execution) -> None:
        import duckdb

        began = time.monotonic()
        try:
            self._carry_out(execution)
        except (Unreadable, Unwritable, duckdb.Error, ClientError) as error:
            execution.state, execution.reason = "FAILED", str(error)
        execution.seconds = time.monotonic() - began

    def _carry_out(self, execution: Execution) -> None:
        statement = sql.read(execution.request["QueryString"], execution.database)
        execution.verb = statement.verb
        if statement.verb == "create database":
            self._catalog.make_database(statement.target[0])
        elif statement.verb == "drop table":
            self._drop(statement)
        elif statement.columns:
            self._create(statement)
        else:
            self._query(execution, statement)

    def _query(self, execution: Execution, statement: Statement) -> None:
        self._settle()
        with Duck() as duck:
            for database, name in statement.tables:
                execution.scanned += load(duck, self._table(database, name), self._objects)
            if statement.verb == "create table":
                self._create_as(execution, statement, duck)
                return
            duck.shut()
            execution.result = Result.of(duck.connection.execute(statement.query))
        self._objects.write(f"{execution.location}.csv", execution.result.csv)

    def _table(self, database: str, name: str) -> Table:
        table = self._catalog.find(database, name)
        if table is None:
            raise Unreadable(
                f"TABLE_NOT_FOUND: Table 'awsdatacatalog.{database}.{name}' does not exist. "
                "Give it to the sandbox with sandbox.table(...)."
            )
        return table

    def _create_as(self, execution: Execution, statement: Statement, duck: Duck) -> None:
        location = statement.options.get("location") or f"{execution.location}/"
        columns = duck.types_of(statement.query)
        body = duck.parquet_of(statement.query)
        self._objects.write(f"{location.rstrip('/')}/{uuid.uuid4().hex}.parquet", body)
        self._catalog.make(Table(*statement.target, location, columns))

    def _create(self, statement: Statement) -> None:
        if statement.lenient and self._catalog.find(*statement.target):
            return
        options = dict(statement.options)
        location, serde = options.pop("location", ""), options.pop("serde", CSV)
        columns = {name: in_duckdb(type_) for name, type_ in statement.columns.items()}
        self._catalog.make(Table(*statement.target, location, columns, serde, (), options))

    def _drop(self, statement: Statement) -> None:
        if statement.lenient and self._catalog.find(*statement.target) is None:
            return
        self._catalog.drop(*statement.target)


def _workgroup(request: Request) -> str:
    return str(request.get("WorkGroup") or "primary")


def _described(one: Execution) -> Parsed:
    status: Parsed = {
        "State": one.state,
        "SubmissionDateTime": one.submitted,
        "CompletionDateTime": datetime.now(timezone.utc),
    }
    if one.reason:
        status["StateChangeReason"] = one.reason
    suffix = ".csv" if one.verb == "select" else ".txt"
    return {
        "QueryExecutionId": one.id,
        "Query": one.request["QueryString"],
        "StatementType": "DML" if one.verb == "select" else "DDL",
        "ResultConfiguration": {"OutputLocation": f"{one.location}{suffix}"},
        "QueryExecutionContext": one.request.get("QueryExecutionContext", {}),
        "Status": status,
        "Statistics": {
            "EngineExecutionTimeInMillis": round(one.seconds * 1000),
            "TotalExecutionTimeInMillis": round(one.seconds * 1000),
            "DataScannedInBytes": one.scanned,
        },
        "WorkGroup": _workgroup(one.request),
    }


def _bad_request(message: str) -> Refusal:
    return Refusal("InvalidRequestException", message)
