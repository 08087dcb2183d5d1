"""Looking into a value without running any code of its own.

Properties are not called, `__getattr__` is not asked, and nothing an object says of itself is
believed but what stands in its own dictionary, slots and pydantic's private attributes.

>>> text(estimator, "latest_training_job.job_name")
'churn-2026-01-31-12-00-00-000'
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import MemberDescriptorType
from typing import Any

_MISSING = object()
_MOST = 1_000


def classes_of(value: Any) -> Iterator[str]:
    """`module.Class` of a value's class and of its bases, the most special first."""
    for kind in type.mro(type(value)):
        names = type.__getattribute__(kind, "__dict__")
        yield f"{names.get('__module__', '')}.{type.__getattribute__(kind, '__qualname__')}"


def is_a(value: Any, kind: type) -> bool:
    """Like `isinstance`, which asks the value itself for its class."""
    return issubclass(type(value), kind)


def peek(value: Any, path: str) -> Any:
    """What stands at a path of attributes, `job.name`; None where there is nothing."""
    for name in path.split("."):
        value = _attribute(value, name)
        if value is None:
            return None
    return value


def text(value: Any, *paths: str) -> str:
    """The first of several paths at which a text stands; empty when there is none."""
    found = (peek(value, path) for path in paths)
    return next((str.__str__(each) for each in found if is_a(each, str) and each), "")


def items(value: Any) -> list[Any]:
    """The elements of a list or tuple; none of anything else, so that nothing is consumed."""
    return list(value[:_MOST]) if type(value) in (list, tuple) else []


def entry(value: Any, *keys: str) -> Any:
    """What stands under nested keys of plain dictionaries; None where there is nothing."""
    for key in keys:
        value = value.get(key) if type(value) is dict else None
    return value


def _attribute(value: Any, name: str) -> Any:
    try:
        found = inspect.getattr_static(value, name, _MISSING)
    except Exception:  # noqa: BLE001 - a hostile class may raise anything while it is looked up
        return None
    if type(found) is MemberDescriptorType:
        return _slot(value, found)
    if found is _MISSING or hasattr(type(found), "__get__"):
        return _private(value).get(name)
    return found


def _slot(value: Any, slot: MemberDescriptorType) -> Any:
    try:
        return slot.__get__(value, type(value))
    except AttributeError:
        return None


def _private(value: Any) -> Mapping[str, Any]:
    # pydantic keeps attributes that start with an underscore in a dictionary in a slot.
    slot = inspect.getattr_static(type(value), "__pydantic_private__", None)
    found = _slot(value, slot) if type(slot) is MemberDescriptorType else None
    return found if type(found) is dict else {}
