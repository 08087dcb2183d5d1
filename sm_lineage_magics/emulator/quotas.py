"""How many entities and associations an account may make by hand.

>>> Quotas().of["Context"]
500

What SageMaker records by itself is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..backends.local import Store
from ..backends.sagemaker.quota import LIMITS
from ..model import Association, Entity, EntityFilter, Kind
from .refusal import limit_exceeded

# Who made what SageMaker records by itself, in `created_by` of entities and associations.
SERVICE = "sagemaker.amazonaws.com"


@dataclass(frozen=True)
class Quotas:
    """How many of each may be made by hand; a kind that is not named is not limited."""

    of: Mapping[str, int] = field(default_factory=lambda: LIMITS, hash=False)

    @classmethod
    def none(cls) -> Quotas:
        """No limits at all."""
        return cls({})

    def check_entity(self, store: Store, kind: Kind) -> None:
        """Refuse one more entity of this kind when the account is full.

        Raises:
            Refusal: `ResourceLimitExceeded`.
        """
        most = self.of.get(kind)
        # Counting all is one look at an index; only a full account is counted by its makers.
        if most is None or store.count(kind) < most:
            return
        if _manual(store.find(only=EntityFilter(kinds=(kind,)))) >= most:
            raise limit_exceeded(f"Total number of {kind.lower()}s", most)

    def check_association(self, store: Store) -> None:
        """Refuse one more association when the account is full.

        Raises:
            Refusal: `ResourceLimitExceeded`.
        """
        most = self.of.get("Association")
        if most is None or store.count_associations() < most:
            return
        if _manual(store.associations()) >= most:
            raise limit_exceeded("Total number of associations", most)


def _manual(made: Iterable[Entity] | Iterable[Association]) -> int:
    return sum(one.created_by != SERVICE for one in made)
