"""Which entities a question is about, as a value every backend and view understands.

>>> EntityFilter(roles=("model",), created_after=datetime(2026, 1, 1, tzinfo=timezone.utc))(churn)
True
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from .arn import Kind
from .entity import Entity, nothing
from .role import Role, role_of


class EntityFilter(NamedTuple):
    """Keep an entity when every condition that is set holds; within one, any value will do.

    Times are inclusive at both ends, as the service's are; an entity without the time a
    condition asks for does not pass it.
    """

    kinds: tuple[Kind, ...] = ()
    types: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    properties: Mapping[str, str] = nothing()
    created_after: datetime | None = None
    created_before: datetime | None = None
    modified_after: datetime | None = None
    modified_before: datetime | None = None

    def __call__(self, entity: Entity) -> bool:
        return (
            (not self.kinds or entity.kind in self.kinds)
            and (not self.types or entity.type in self.types)
            and (not self.roles or role_of(entity) in self.roles)
            and self._has_a_property(entity)
            and within(entity.created, self.created_after, self.created_before)
            and within(entity.modified, self.modified_after, self.modified_before)
        )

    def _has_a_property(self, entity: Entity) -> bool:
        wanted = self.properties.items()
        return not wanted or any(entity.properties.get(key) == value for key, value in wanted)


def within(moment: datetime | None, after: datetime | None, before: datetime | None) -> bool:
    """Whether a moment lies between two others, ends included; an unknown one in no such span."""
    if after is None and before is None:
        return True
    if moment is None:
        return False
    return (after is None or moment >= after) and (before is None or moment <= before)
