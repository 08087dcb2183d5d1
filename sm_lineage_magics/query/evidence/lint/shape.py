"""What contradicts itself: circles, and one feature group recorded twice."""

from __future__ import annotations

import graphlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ....model import Entity, aliases
from ..inspected import Inspected
from .rule import Broken


def cycle(lineage: Inspected) -> Broken:
    """Entities that come from themselves."""
    before: dict[str, set[str]] = defaultdict(set)
    for edge in lineage.graph.associations:
        if edge.type != "SameAs":
            before[edge.destination].add(edge.source)
    for cycle in _cycles(before):
        labels = [e.label for arn in cycle if (e := lineage.graph.entities.get(arn))]
        first = next((e for arn in cycle if (e := lineage.graph.entities.get(arn))), None)
        if first is not None:
            yield first, f"Data would flow in a circle: {' → '.join(labels)}."


def twin_feature_group(lineage: Inspected) -> Broken:
    """Feature groups with more than one artifact; the first one stays."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    for group in lineage.of("feature-group"):
        if group.kind == "Artifact":
            names = (name.removeprefix("fg-") for name in aliases(group))
            groups[min(names, default=group.arn)].append(group)
    for name, twins in groups.items():
        for twin in twins[1:]:
            yield twin, f"The feature group {name} has {len(twins)} artifacts; lineage is split."


def _cycles(before: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """One cycle after the other, none sharing an entity with another."""
    left = dict(before)
    while True:
        try:
            graphlib.TopologicalSorter(left).prepare()
        except graphlib.CycleError as error:
            cycle: list[str] = error.args[1]
            yield cycle
            left = {arn: sources - {*cycle} for arn, sources in left.items() if arn not in cycle}
        else:
            return
