"""What only trial components have: parameters, artifacts by name, and when they ran.

>>> kept_of({"Parameters": {"eta": {"NumberValue": 0.3}}})
{'parameters': {'eta': 0.3}}
>>> told_of({"parameters": {"eta": 0.3}})
{'Parameters': {'eta': {'NumberValue': 0.3}}}

An entity keeps them in plain values, as every other room writes and reads them, so that one store
serves the emulator and the embedded backend alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...model.serial import time_from_text, time_to_text
from .. import wire
from ..refusal import invalid
from ..wire import Request, Wire

_ARTIFACTS = {"InputArtifacts": "input_artifacts", "OutputArtifacts": "output_artifacts"}
_TIMES = {"StartTime": "start_time", "EndTime": "end_time"}

# What an update merges, name by name, instead of replacing it.
MERGED = {"Parameters": "parameters", **_ARTIFACTS}


def kept_of(request: Request) -> dict[str, Any]:
    """The details an entity keeps of a request: those alone that it gives.

    Raises:
        Refusal: `ValidationException` for a parameter of two values.
    """
    kept = {
        "display_name": request.get("DisplayName"),
        "status_message": request.get("Status", {}).get("Message"),
        **{ours: _text(request.get(theirs)) for theirs, ours in _TIMES.items()},
        "parameters": {n: _plain(n, each) for n, each in request.get("Parameters", {}).items()},
        **{ours: _artifacts_in(request, theirs) for theirs, ours in _ARTIFACTS.items()},
    }
    return wire.present(**kept)


def told_of(details: Mapping[str, Any]) -> Wire:
    """What a Describe operation tells of an entity's details; lists tell the times alone."""
    artifacts = {
        theirs: {name: _artifact(each) for name, each in details.get(ours, {}).items()}
        for theirs, ours in _ARTIFACTS.items()
    }
    parameters = {name: _valued(value) for name, value in details.get("parameters", {}).items()}
    return wire.present(Parameters=parameters, **artifacts, **times_of(details))


def times_of(details: Mapping[str, Any]) -> Wire:
    """When it began and ended."""
    return wire.present(**{theirs: _moment(details.get(ours)) for theirs, ours in _TIMES.items()})


def _plain(name: str, given: Request) -> str | float | None:
    # "Only one of NumberValue or StringValue can be specified": botocore's model.
    if {"NumberValue", "StringValue"} <= given.keys():
        raise invalid(f"Parameter {name!r} has a NumberValue and a StringValue; expected one.")
    value: str | float | None = given.get("StringValue", given.get("NumberValue"))
    return value


def _valued(value: Any) -> Wire:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"NumberValue": float(value)}
    return {} if value is None else {"StringValue": str(value)}


def _artifacts_in(request: Request, key: str) -> Wire:
    return {
        name: wire.present(media_type=each.get("MediaType"), value=each["Value"])
        for name, each in request.get(key, {}).items()
    }


def _artifact(kept: Mapping[str, str]) -> Wire:
    return wire.present(MediaType=kept.get("media_type"), Value=kept.get("value"))


def _text(given: float | None) -> str | None:
    at = wire.moment(given)
    return None if at is None else time_to_text(at)


def _moment(kept: str | None) -> datetime | None:
    return time_from_text(kept) if kept else None
