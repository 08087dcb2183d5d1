"""What the JSON of a document must be, asked as it comes in.

>>> text(5, "a property")
Traceback (most recent call last):
FormatError: a property is 5. Expected text.

Every function raises `FormatError` where a value is something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from reprlib import repr as shortened
from types import MappingProxyType
from typing import Any, TypeVar

from ..errors import FormatError

Value = TypeVar("Value")

# A shape is a type; a tuple of shapes, one for each value of a list; a list of one shape, for all
# values of a list; an object of one shape, for all of its values.
_BY_NAME = {"": str}

# What an entity's details hold where they hold it.
_DETAILS: Mapping[str, Any] = {
    "source_types": [(str, str)],
    "source_type": str,
    "source_id": str,
    "description": str,
    "metadata": _BY_NAME,
    "tags": _BY_NAME,
    "display_name": str,
    "start_time": str,
    "end_time": str,
    "parameters": {"": object},
    "input_artifacts": {"": _BY_NAME},
    "output_artifacts": {"": _BY_NAME},
}

# Levels of lists and objects. The service's own are three; of many hundreds nothing can be drawn.
_DEEPEST = 32

_WORDS: Mapping[type, str] = {str: "text", dict: "an object", list: "a list"}


def of(value: Any, what: str, type: type) -> Any:
    """A value of one of JSON's types.

    Raises:
        FormatError: with what it is, and what was expected.
    """
    # Whether something is a dict is told much sooner than whether it is any mapping.
    if not isinstance(value, (dict, Mapping) if type is dict else type):
        raise wrong(what, value, _WORDS[type])
    return value


def text(value: Any, what: str) -> str:
    """A text.

    Raises:
        FormatError: with what it is, and what was expected.
    """
    read: str = of(value, what, str)
    return read


def required(data: Mapping[str, Any], key: str) -> str:
    """The text under a key, which must be there.

    Raises:
        FormatError: with what it is, and what was expected.
    """
    if not data.get(key):
        raise wrong(f"{key!r}", data.get(key), "text that is not empty")
    return text(data[key], key)


def each(data: Mapping[str, Any], key: str, read: Callable[[Any], Value]) -> tuple[Value, ...]:
    """Everything listed under a key, as it is read; nothing where the key is not there."""
    return tuple(read(value) for value in of(data.get(key) or [], key, list))


def texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The texts listed under a key."""
    return each(data, key, lambda value: text(value, key))


def properties(value: Any) -> Mapping[str, str]:
    """The properties of an entity: text by text."""
    kept = dict(of(value, "properties", dict))
    for one in kept.values():
        text(one, "a property")
    return MappingProxyType(kept)


def details(value: Any) -> Mapping[str, Any]:
    """What an entity keeps beside its properties; under keys that are not known, anything."""
    given = of(value, "details", dict)
    kept = {key: one for key, one in given.items() if one is not None}
    _check_nesting(given, _DEEPEST)
    for key in kept.keys() & _DETAILS.keys():
        _check(kept[key], f"{key} of the details", _DETAILS[key])
    return MappingProxyType(kept)


def wrong(what: str, value: Any, expected: str) -> FormatError:
    """The error that says what a value is, and what was expected."""
    return FormatError(f"{what} is {shortened(value)}. Expected {expected}.")


def _check_nesting(value: Any, levels: int) -> None:
    if not levels:
        raise wrong("details", value, f"at most {_DEEPEST} levels of lists and objects")
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            _check_nesting(one, levels - 1)


def _check(value: Any, what: str, shape: Any) -> None:
    if isinstance(shape, type):
        of(value, what, shape)
    elif isinstance(shape, dict):
        for one in of(value, what, dict).values():
            _check(one, what, shape[""])
    else:
        for one, its in zip(of(value, what, list), _shapes(value, what, shape), strict=True):
            _check(one, what, its)


def _shapes(values: list[Any], what: str, shape: Any) -> tuple[Any, ...]:
    if isinstance(shape, tuple) and len(shape) != len(values):
        raise wrong(what, values, f"{len(shape)} values")
    return shape if isinstance(shape, tuple) else tuple(shape) * len(values)
