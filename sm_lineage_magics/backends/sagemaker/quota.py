"""How much of an account's quota is used: what was made by hand, against the service's limits.

>>> [(use.kind, use.by_hand, use.limit) for use in usage(service)]
[('Artifact', 812, 6000), ('Action', 40, 3000), ('Context', 3, 500), ('Association', 2210, 6000)]

Lists do not say who made an entity. What is recognisably SageMaker's own is left out: artifacts
without a name, and actions and contexts named as it names them. So the count is an upper bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...model import Entity, Kind
from .calls.service import Service
from .reading.listing import listed

# Amazon SageMaker Developer Guide, "Manually create tracking entities", Limits.
LIMITS: Mapping[str, int] = MappingProxyType(
    {"Artifact": 6000, "Action": 3000, "Context": 500, "Association": 6000}
)

# Above this much of a limit it is time to ask for more.
NEARLY = 0.8

_SERVICE_NAMES = re.compile(r"-aws-[a-z-]+$")
_KINDS: tuple[Kind, ...] = ("Artifact", "Action", "Context")


@dataclass(frozen=True)
class Use:
    """How many there are of one kind.

    Attributes:
        kind: `Artifact`, `Action`, `Context` or `Association`.
        by_hand: at most so many were made by hand.
        automatic: so many SageMaker recognisably made by itself.
        limit: how many may be made by hand; an account may have been granted more.
    """

    kind: str
    by_hand: int
    automatic: int
    limit: int

    @property
    def nearly_full(self) -> bool:
        """Whether four fifths of the limit are used."""
        return self.by_hand >= NEARLY * self.limit


def usage(service: Service) -> list[Use]:
    """The use of each quota; every list is read to its end.

    Raises:
        ServiceError: when a list is refused.
    """
    counted = service.all_of(lambda kind: _count(_makers(service, kind)), LIMITS)
    return [
        Use(kind, by_hand, automatic, limit)
        for (kind, limit), (by_hand, automatic) in zip(LIMITS.items(), counted, strict=True)
    ]


def _makers(service: Service, kind: str) -> Iterator[bool]:
    """For each one, whether SageMaker made it."""
    if kind == "Association":
        # CreatedBy is only known of those made in Studio, so all of them are counted.
        return (False for _ in service.listed("ListAssociations"))
    entities = next(one for one in _KINDS if one == kind)
    return map(_is_automatic, listed(service, entities))


def _is_automatic(entity: Entity) -> bool:
    if entity.kind == "Artifact":
        return not entity.name
    return bool(_SERVICE_NAMES.search(entity.name))


def _count(automatic: Iterator[bool]) -> tuple[int, int]:
    each = list(automatic)
    return len(each) - sum(each), sum(each)
