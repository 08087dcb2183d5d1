"""Answers in the form botocore gives them after parsing, for handing back at `before-call`.

>>> given({"ContextSummaries": []})
(Http(status_code=200, headers={}), {'ContextSummaries': [], 'ResponseMetadata': {…}})
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from botocore.model import OperationModel

from .refusal import Refusal

Parsed = dict[str, Any]


class Http(NamedTuple):
    """What a client looks at of a response that never was one."""

    status_code: int
    headers: Mapping[str, str]


def given(answer: Parsed) -> tuple[Http, Parsed]:
    """A call that succeeded."""
    return Http(200, {}), {**answer, "ResponseMetadata": _metadata(200)}


def refused(refusal: Refusal, model: OperationModel) -> tuple[Http, Parsed]:
    """A call that was refused."""
    error = {"Message": refusal.message, "Code": refusal.code}
    parsed: Parsed = {"Error": error, "ResponseMetadata": _metadata(refusal.status)}
    if declares(model, refusal.code):
        # botocore adds the members of an error shape the operation declares.
        parsed["Message"] = refusal.message
    return Http(refusal.status, {}), parsed


def declares(model: OperationModel, code: str) -> bool:
    """Whether an operation's model names this error, so that clients have a class for it."""
    return any(shape.name == code for shape in model.error_shapes)


def _metadata(status: int) -> Parsed:
    return {
        "RequestId": str(uuid.uuid4()),
        "HTTPStatusCode": status,
        "HTTPHeaders": {},
        "RetryAttempts": 0,
    }
