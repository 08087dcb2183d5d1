"""What only trial components have on the wire: parameters, and artifacts by name.

>>> parameters_of({"eta": 0.3, "objective": "binary:logistic"})
{'eta': {'NumberValue': 0.3}, 'objective': {'StringValue': 'binary:logistic'}}

The service keeps parameters of a trial component and no properties; an entity's properties are
kept as parameters under a prefix, apart from those of the job.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ....model import Arn, Entity

Wire = Mapping[str, Any]

_PROPERTY = "sm_lineage_magics:property:"

_PLAIN = {"DisplayName": "display_name", "StartTime": "start_time", "EndTime": "end_time"}
_ARTIFACTS = {"InputArtifacts": "input_artifacts", "OutputArtifacts": "output_artifacts"}


def request_of(entity: Entity, properties: Mapping[str, str]) -> dict[str, Any]:
    """What CreateTrialComponent takes beside the name."""
    details = entity.details
    request: dict[str, Any] = {
        "Parameters": {**parameters_of(details.get("parameters", {})), **_prefixed(properties)}
    }
    request |= {theirs: details[ours] for theirs, ours in _PLAIN.items() if details.get(ours)}
    for theirs, ours in _ARTIFACTS.items():
        request[theirs] = {name: _artifact(each) for name, each in details.get(ours, {}).items()}
    return request | _status(entity)


def update_of(entity: Entity, properties: Mapping[str, str], gone: Iterable[str]) -> dict[str, Any]:
    """What UpdateTrialComponent takes; it merges, so that what is gone is named."""
    removed = [f"{_PROPERTY}{name}" for name in gone if name not in properties]
    return {
        "TrialComponentName": Arn.parse(entity.arn).name,
        "Parameters": _prefixed(properties),
        **({"ParametersToRemove": removed} if removed else {}),
        **_status(entity),
    }


def properties_of(component: Wire) -> dict[str, str]:
    """The properties kept among the parameters."""
    return {
        name.removeprefix(_PROPERTY): value["StringValue"]
        for name, value in component.get("Parameters", {}).items()
        if name.startswith(_PROPERTY)
    }


def details_of(component: Wire) -> dict[str, Any]:
    """Parameters, artifacts and times of a job, as an entity's details keep them."""
    details = {ours: component.get(theirs) for theirs, ours in _PLAIN.items()}
    details["parameters"] = {
        name: value.get("StringValue", value.get("NumberValue"))
        for name, value in component.get("Parameters", {}).items()
        if not name.startswith(_PROPERTY)
    }
    for theirs, ours in _ARTIFACTS.items():
        each = component.get(theirs) or {}
        details[ours] = {name: _artifact_of(value) for name, value in each.items()}
    return details


def parameters_of(parameters: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Plain parameters as the service takes them: a number or a text each."""
    return {name: _parameter(value) for name, value in parameters.items()}


def _parameter(value: Any) -> dict[str, Any]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"NumberValue": value}
    return {"StringValue": str(value)}


def _prefixed(properties: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    return parameters_of({f"{_PROPERTY}{name}": value for name, value in properties.items()})


def _status(entity: Entity) -> dict[str, Any]:
    return {"Status": {"PrimaryStatus": entity.status}} if entity.status else {}


def _artifact(kept: Mapping[str, str]) -> dict[str, str]:
    media = {"MediaType": kept["media_type"]} if kept.get("media_type") else {}
    return {"Value": kept["value"], **media}


def _artifact_of(artifact: Wire) -> dict[str, str]:
    media = {"media_type": artifact["MediaType"]} if "MediaType" in artifact else {}
    return {"value": artifact["Value"], **media}
