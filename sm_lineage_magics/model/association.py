"""One edge of a lineage: data flows from source to destination, whatever the type says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

AssociationType = Literal["ContributedTo", "AssociatedWith", "DerivedFrom", "Produced", "SameAs"]

# Stores keep a type as its place in here.
ASSOCIATION_TYPES: tuple[AssociationType, ...] = get_args(AssociationType)


@dataclass(frozen=True)
class Association:
    """An edge between two entities, keyed by the ordered pair of their ARNs.

    The service keeps at most one association from a source to a destination: DeleteAssociation
    takes the pair and no type.
    """

    source: str
    destination: str
    type: AssociationType | None = None
    created: datetime | None = None
    created_by: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The identity: source ARN, destination ARN."""
        return (self.source, self.destination)

    def placed(self, arns: Mapping[str, str]) -> Association:
        """The same association where its ends have other ARNs: old → new; others stay."""
        source, destination = (arns.get(end, end) for end in self.pair)
        if (source, destination) == self.pair:
            return self
        return replace(self, source=source, destination=destination)

    def dated(self, created: datetime) -> Association:
        """The same association, made at that time unless it has one."""
        if self.created:
            return self
        # Every association of a track comes by here; `replace` takes three times as long.
        return Association(self.source, self.destination, self.type, created, self.created_by)
