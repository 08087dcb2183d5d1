"""What changed between two lineages: data, query, features, code, image, settings, approval.

>>> [difference.state for difference in diff(lineage_a, lineage_b)]
['changed', 'same', 'added']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ....model import Entity, LineageGraph, Role
from ..recorded import columns_read, facts_of, features_of
from .align import Pair, align

State = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One fact that differs: its name, its value before and after; empty where there is none."""

    fact: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One part of the lineage, and what differs in it."""

    pair: Pair
    state: State
    changes: tuple[Change, ...] = ()

    @property
    def role(self) -> Role:
        """The part it plays."""
        return self.pair.role

    @property
    def entity(self) -> Entity:
        """The later of the two sides that is there."""
        return self.pair.entity


def diff(before: LineageGraph, after: LineageGraph) -> tuple[Difference, ...]:
    """Every part of either lineage with what differs in it, unchanged ones included."""
    return tuple(_difference(pair) for pair in align(before, after))


def differing(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Those that are not the same on both sides."""
    return tuple(each for each in differences if each.state != "same")


def changed_values(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """The keys whose values differ, in the order of `after`, then what only `before` has."""
    return tuple(
        Change(key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    )


def changed_columns(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns or features (added, dropped) between the two sides of a pair."""
    old, new = (_columns(side) for side in (pair.before, pair.after))
    return tuple(c for c in new if c not in old), tuple(c for c in old if c not in new)


def _difference(pair: Pair) -> Difference:
    if pair.before is None:
        return Difference(pair, "added")
    if pair.after is None:
        return Difference(pair, "removed")
    changes = changed_values(facts_of(pair.before), facts_of(pair.after))
    return Difference(pair, "changed" if changes else "same", changes)


def _columns(entity: Entity | None) -> tuple[str, ...]:
    if entity is None:
        return ()
    return tuple(features_of(entity) or columns_read(entity))
