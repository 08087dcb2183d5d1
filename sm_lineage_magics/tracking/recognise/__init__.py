"""What the values of a notebook speak of, told by their classes, without asking anybody.

The SageMaker SDK is never imported: who holds one of its objects has imported it, and its classes
are known by name. Nothing of an object's own code runs.

>>> recognise(estimator, "estimator")
(Resource(type='training-job', name='churn-2026-01-31', …, origin='estimator'),)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from ..facts import Resource
from . import local, sdk2, sdk3
from .peek import is_a
from .registry import Recogniser, forget, recogniser_of, recognises
from .responses import resources_of_call, resources_of_response
from .texts import resources_of_text

__all__ = [
    "Recogniser",
    "forget",
    "local",
    "recognise",
    "recognise_all",
    "recognises",
    "resources_of_call",
    "sdk2",
    "sdk3",
]

# A list of channels is looked into, a list of a million numbers is not.
MOST_ELEMENTS = 100


def recognise(value: Any, origin: str = "") -> tuple[Resource, ...]:
    """The resources a value speaks of: usually none or one, in the order they are met.

    Args:
        value: anything; it is not changed, called or converted.
        origin: what the person calls it, kept on each resource.
    """
    return tuple(dict.fromkeys(_resources(value, origin, inside=True)))


def recognise_all(values: Mapping[str, Any]) -> tuple[Resource, ...]:
    """The resources that named values speak of, each once."""
    found: dict[tuple[str, str], Resource] = {}
    for name, value in values.items():
        for resource in recognise(value, name):
            found.setdefault((resource.type, resource.name), resource)
    return tuple(found.values())


def _resources(value: Any, origin: str, *, inside: bool) -> Iterator[Resource]:
    if is_a(value, type) or is_a(value, ModuleType):
        return
    if is_a(value, str):
        yield from resources_of_text(str.__str__(value), origin)
    elif type(value) is dict:
        yield from _of_dict(value, origin, inside=inside)
    elif type(value) in (list, tuple):
        yield from _of_each(value[:MOST_ELEMENTS] if inside else (), origin)
    else:
        recogniser = recogniser_of(value) or local.fitted
        yield from recogniser(value, origin)


def _of_dict(value: dict[Any, Any], origin: str, *, inside: bool) -> Iterator[Resource]:
    found = list(resources_of_response(value, origin))
    yield from found
    if inside and not found and len(value) <= MOST_ELEMENTS:
        yield from _of_each(list(value.values()), origin)


def _of_each(values: Iterable[Any], origin: str) -> Iterator[Resource]:
    for each in values:
        yield from _resources(each, origin, inside=False)
