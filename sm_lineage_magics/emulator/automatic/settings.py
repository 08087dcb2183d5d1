"""A job's settings, as the parameters of its trial component tell them.

>>> parameters_of("CreateTrainingJob", request, models)
{'eta': 0.3, 'SageMaker.InstanceCount': 1.0, 'SageMaker.InstanceType': 'ml.m5.large', …}

Names and values are those that public descriptions of such trial components show: the tests of
sagemaker-experiments and odd-collector, and of SDK v3. What none of them shows is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..wire import Request
from .containers import Containers

Parameters = dict[str, "str | float"]

# Where each kind of job says what it runs on.
_RESOURCES: Mapping[str, tuple[str, ...]] = {
    "CreateTrainingJob": ("ResourceConfig",),
    "CreateProcessingJob": ("ProcessingResources", "ClusterConfig"),
    "CreateTransformJob": ("TransformResources",),
}
_OF_RESOURCES = ("InstanceCount", "InstanceType", "VolumeSizeInGB")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def parameters_of(operation: str, request: Request, models: Containers) -> Parameters:
    """Hyper-parameters, what the job runs on, and a transform's model."""
    given = {name: _value(text) for name, text in request.get("HyperParameters", {}).items()}
    model = _model(request, models) if operation == "CreateTransformJob" else {}
    return {**given, **_resources(_at(request, _RESOURCES[operation])), **model}


def _resources(request: Request) -> Parameters:
    return {f"SageMaker.{name}": _value(request[name]) for name in _OF_RESOURCES if name in request}


def _model(request: Request, models: Containers) -> Parameters:
    told: Parameters = {"SageMaker.ModelName": request["ModelName"]}
    for container in models.of_model(request["ModelName"])[:1]:
        fields = {"DataUrl": container.get("ModelDataUrl"), "Image": container.get("Image")}
        told |= {f"SageMaker.ModelPrimary.{name}": value for name, value in fields.items() if value}
    return told


def _value(given: Any) -> str | float:
    """A number where it is one: hyper-parameters come as text, and are told as numbers."""
    text = str(given)
    return float(text) if _NUMBER.fullmatch(text) else text


def _at(request: Request, path: tuple[str, ...]) -> Request:
    for key in path:
        request = request.get(key, {})
    return request
