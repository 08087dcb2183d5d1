"""One query in Athena, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...parsed import Parsed
from ..calls import Request
from .results import Result


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

    @property
    def workgroup(self) -> str:
        """The workgroup it was started in."""
        return workgroup_of(self.request)

    @property
    def output(self) -> str:
        """Where its result is: rows as CSV, and of what makes or drops a table its words."""
        return f"{self.location}{'.csv' if self.verb == 'select' else '.txt'}"


def workgroup_of(request: Request) -> str:
    """The workgroup a request names; the usual one where it names none."""
    return str(request.get("WorkGroup") or "primary")


def described(one: Execution) -> Parsed:
    """A query as Athena describes it."""
    status: Parsed = {
        "State": one.state,
        "SubmissionDateTime": one.submitted,
        "CompletionDateTime": one.submitted + timedelta(seconds=one.seconds),
    }
    if one.reason:
        status["StateChangeReason"] = one.reason
    return {
        "QueryExecutionId": one.id,
        "Query": one.request["QueryString"],
        "StatementType": "DML" if one.verb == "select" else "DDL",
        "ResultConfiguration": {"OutputLocation": one.output},
        "QueryExecutionContext": one.request.get("QueryExecutionContext", {}),
        "Status": status,
        "Statistics": {
            "EngineExecutionTimeInMillis": round(one.seconds * 1000),
            "TotalExecutionTimeInMillis": round(one.seconds * 1000),
            "DataScannedInBytes": one.scanned,
        },
        "WorkGroup": one.workgroup,
    }
