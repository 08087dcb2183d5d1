"""What a call asks for, read back from the request botocore made of it.

>>> request_of(model.operation_model("GetRecord"), params)
{'FeatureGroupName': 'customers', 'RecordIdentifierValueAsString': 'c1'}
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from botocore.model import OperationModel

Request = dict[str, Any]


def request_of(model: OperationModel, params: dict[str, Any]) -> Request:
    """The parameters of a call, of a JSON, REST-JSON or query service."""
    protocol = model.service_model.metadata["protocol"]
    if protocol == "query":
        return _unflattened(params["body"])
    body = json.loads(params["body"]) if params["body"] else {}
    if protocol == "rest-json":
        return {**body, **_from_path(model, params), **_from_query(model, params)}
    return dict(body)


def _from_path(model: OperationModel, params: dict[str, Any]) -> Request:
    template = model.http["requestUri"].partition("?")[0]
    pattern = re.sub(r"\{(\w+)\+?\}", r"(?P<\1>[^/]+)", template)
    match = re.fullmatch(pattern, params["url_path"].partition("?")[0])
    return {name: unquote(value) for name, value in match.groupdict().items()} if match else {}


def _from_query(model: OperationModel, params: dict[str, Any]) -> Request:
    shape = model.input_shape
    given = params.get("query_string") or {}
    if shape is None:
        return {}
    return {
        name: given[member.serialization["name"]]
        for name, member in shape.members.items()
        if member.serialization.get("location") == "querystring"
        and member.serialization["name"] in given
    }


def _unflattened(body: dict[str, Any]) -> Request:
    """`ActionNames.member.1=…` and so on as the lists they were."""
    found: Request = {}
    for key, value in body.items():
        name, dot, _ = key.partition(".member.")
        if dot:
            found.setdefault(name, []).append(value)
        else:
            found[key] = value
    return found
