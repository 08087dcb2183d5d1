"""Which calls tell what a name stands for: the resources it may be the name of.

>>> look_ups_of(Reference.parse("endpoint:churn"))
[LookUp(operation='DescribeEndpoint', request=(('EndpointName', 'churn'),), …)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from ....model import Entity, Kind, Reference
from ....model.name import may_be_called
from .. import wire

Lead = list["str | Entity"]


@dataclass(frozen=True)
class LookUp:
    """One call and how its answer is read: sources to look for, or the entity itself."""

    operation: str
    request: tuple[tuple[str, str], ...]
    read: Callable[[wire.Wire], Lead]


# scheme → what to describe by that name
_RESOURCES: dict[str, tuple[str, ...]] = {
    "fg": ("FeatureGroup",),
    "endpoint": ("Endpoint",),
    "package": ("ModelPackage",),
    "group": ("ModelPackageGroup",),
    "model": ("Model",),
    "job": ("TrainingJob", "ProcessingJob", "TransformJob", "HyperParameterTuningJob"),
}

# The kinds whose own names are looked up by: a word may be any of them.
_NAMED: dict[str, tuple[Kind, ...]] = {
    "query": ("Action",),
    "": ("Action", "Context", "TrialComponent"),
}


def look_ups_of(reference: Reference) -> list[LookUp]:
    """The calls that may tell what a reference means, none of which need the others."""
    if reference.scheme == "arn":
        return [_entity(reference.name)]
    return [*_resources(reference), *_named(reference)]


def _resources(reference: Reference) -> Iterator[LookUp]:
    schemes = [reference.scheme] if reference.scheme else list(_RESOURCES)
    for resource in (each for scheme in schemes for each in _RESOURCES.get(scheme, ())):
        read = wire.model_sources if resource == "Model" else partial(_arn, f"{resource}Arn")
        name = ((f"{resource}Name", reference.name),)
        yield LookUp(f"Describe{resource}", name, read)


def _named(reference: Reference) -> Iterator[LookUp]:
    for kind in _NAMED.get(reference.scheme, ()):
        if may_be_called(kind, reference.name):
            request = ((f"{kind}Name", reference.name),)
            yield LookUp(f"Describe{kind}", request, partial(_described, kind))


def _entity(arn: str) -> LookUp:
    operation, request = wire.description_of(arn)
    kind = wire.kind_of(arn)
    assert kind is not None  # the caller asks for entities only
    return LookUp(operation, tuple(request.items()), partial(_described, kind))


def _arn(key: str, answer: wire.Wire) -> Lead:
    return [answer[key]]


def _described(kind: Kind, answer: wire.Wire) -> Lead:
    return [wire.entity_of(kind, answer)]
