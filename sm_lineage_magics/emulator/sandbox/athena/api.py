"""Athena: SQL that really runs, and what its API tells of it.

>>> athena.start({"QueryString": "SELECT 1 AS one", "ResultConfiguration": {"OutputLocation": …}})
{'QueryExecutionId': '…'}
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from ...parsed import Parsed
from ...refusal import Refusal
from ..calls import Request
from ..pages import page_of
from . import results
from .engine import Engine
from .execution import Execution, described, workgroup_of

USUAL_PAGE = 1000
USUAL_LISTING = 50


class Athena:
    """The queries of one sandbox.

    Args:
        engine: what runs them.
        workgroups: a client that answers GetWorkGroup.
    """

    def __init__(self, engine: Engine, workgroups: Any) -> None:
        self._engine = engine
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
        self._engine.run(execution)
        return {"QueryExecutionId": made}

    def describe(self, request: Request) -> Parsed:
        """How a query went."""
        return {"QueryExecution": described(self._named(request["QueryExecutionId"]))}

    def describe_many(self, request: Request) -> Parsed:
        """How many queries went."""
        known = [one for one in request["QueryExecutionIds"] if one in self._executions]
        unknown = [one for one in request["QueryExecutionIds"] if one not in self._executions]
        return {
            "QueryExecutions": [described(self._executions[one]) for one in known],
            "UnprocessedQueryExecutionIds": [{"QueryExecutionId": one} for one in unknown],
        }

    def list_(self, request: Request) -> Parsed:
        """The ids of the queries of a workgroup, newest first."""
        asked = workgroup_of(request)
        found = [one.id for one in self._executions.values() if one.workgroup == asked]
        page, more = page_of(found[::-1], request, USUAL_LISTING, _bad_request)
        return {"QueryExecutionIds": page, **more}

    def results(self, request: Request) -> Parsed:
        """The rows of a query, all of them text, the first one the names of the columns.

        Raises:
            Refusal: `InvalidRequestException` when there is no such query, or it has no result.
        """
        execution = self._named(request["QueryExecutionId"])
        if execution.state != "SUCCEEDED":
            raise _bad_request(f"Query did not finish successfully: {execution.reason}")
        rows, more = page_of(execution.result.text_rows, request, USUAL_PAGE, _bad_request)
        return {
            "UpdateCount": 0,
            "ResultSet": {
                "Rows": [results.wire_row(row) for row in rows],
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
        group = self._workgroups.get_work_group(WorkGroup=workgroup_of(request))["WorkGroup"]
        config = group.get("Configuration", {})
        of_group = config.get("ResultConfiguration", {}).get("OutputLocation")
        chosen = of_group if config.get("EnforceWorkGroupConfiguration") and of_group else given
        if not (chosen or of_group):
            raise _bad_request(
                "No output location provided. An output location is required either through the "
                "Workgroup result configuration setting or as an API input."
            )
        return str(chosen or of_group)


def _bad_request(message: str) -> Refusal:
    return Refusal("InvalidRequestException", message)
