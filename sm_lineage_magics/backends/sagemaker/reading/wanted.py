"""Which entities a filter may want, judged by kind and type alone, to describe no others.

>>> may_pass(EntityFilter(roles=("model",)), Entity(arn, "Artifact", "DataSet"))
False
"""

from __future__ import annotations

from ....model import Entity, EntityFilter, role_of

# Roles that one type may stand for, told apart by the source.
_TOGETHER = {"model": ("model", "package")}


def may_pass(only: EntityFilter, sketch: Entity) -> bool:
    """Whether an entity of this kind and type may pass once its details are known."""
    return (
        (not only.kinds or sketch.kind in only.kinds)
        and (not only.types or sketch.kind == "TrialComponent" or sketch.type in only.types)
        and (not only.roles or _role_may_be(only, sketch))
    )


def is_settled(only: EntityFilter) -> bool:
    """Whether kind and type alone decide, so that no details are needed."""
    return only == EntityFilter(kinds=only.kinds, types=only.types)


def _role_may_be(only: EntityFilter, sketch: Entity) -> bool:
    role = role_of(sketch)
    # A type that says nothing of a role may be anything: its source will tell.
    return role == "other" or any(one in only.roles for one in _TOGETHER.get(role, (role,)))
