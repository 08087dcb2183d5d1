"""Which recogniser knows which class, and how a new one joins.

>>> @recognises("shop.models.Trainer")
... def trainer(value, origin):
...     yield Resource("training-job", text(value, "job_name"), origin=origin)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..facts import Resource
from .peek import classes_of

# A value and where it was seen → what it speaks of. It must read through `peek` only.
Recogniser = Callable[[Any, str], Iterable[Resource]]

_BY_CLASS: dict[str, Recogniser] = {}


def recognises(*classes: str) -> Callable[[Recogniser], Recogniser]:
    """Register a recogniser for classes, `module.Class`, and all that derive from them.

    The most special class counts; a later registration of the same class replaces the former.
    """

    def register(recogniser: Recogniser) -> Recogniser:
        for name in classes:
            _BY_CLASS[name] = recogniser
        return recogniser

    return register


def forget(*classes: str) -> None:
    """Take registrations back."""
    for name in classes:
        _BY_CLASS.pop(name, None)


def recogniser_of(value: Any) -> Recogniser | None:
    """The recogniser for a value, by its class or the nearest of its bases."""
    found = (_BY_CLASS.get(name) for name in classes_of(value))
    return next((each for each in found if each is not None), None)
