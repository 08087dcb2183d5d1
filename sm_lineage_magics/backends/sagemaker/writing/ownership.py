"""Whose a property is: what we wrote we may write again, everybody else's stays as it is.

>>> allowed(stored, {"rows": "20", "owner": "ann"}, {"rows": ["10"]})   # rows is still our 10
{'rows': '20'}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from ....model import Entity
from ....model.plan import STATUS, value_of

Value = TypeVar("Value", str, "str | None")

_WITH_STATUS = ("Action", "TrialComponent")


def written_by(entity: Entity) -> dict[str, str]:
    """The properties, and the status where its kind has one, that writing an entity writes."""
    has_status = entity.status is not None and entity.kind in _WITH_STATUS
    return {**entity.properties, **({STATUS: entity.status or ""} if has_status else {})}


def allowed(
    stored: Entity, values: Mapping[str, Value], ours: Mapping[str, Collection[str]]
) -> dict[str, Value]:
    """Those values that are new and may be written: none is there, or what is there is ours."""
    return {
        name: value
        for name, value in values.items()
        if (now := value_of(stored, name)) != value and (now is None or now in ours.get(name, ()))
    }


def changed(stored: Entity, values: Mapping[str, str | None]) -> Entity:
    """The entity with these values; None takes a property away."""
    kept = {name: value for name, value in stored.properties.items() if name not in values}
    added = {name: v for name, v in values.items() if v is not None and name != STATUS}
    status = values.get(STATUS, stored.status)
    return replace(stored, properties={**kept, **added}, status=status)
