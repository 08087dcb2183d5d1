"""What contradicts itself: circles, and one feature group recorded twice."""

from __future__ import annotations

from collections import defaultdict

from ....model import Entity, aliases
from ..inspected import Inspected
from .circles import circles
from .rule import Broken


def cycle(lineage: Inspected) -> Broken:
    """Entities that come from themselves."""
    entities = lineage.graph.entities
    origins = {
        arn: [edge.source for edge in edges if edge.type != "SameAs"]
        for arn, edges in lineage.graph.incoming.items()
    }
    for circle in circles(origins):
        known = [entities[arn] for arn in circle if arn in entities]
        if known:
            way = " → ".join(entity.label for entity in known)
            yield known[0], f"Data would flow in a circle: {way}."


def twin_feature_group(lineage: Inspected) -> Broken:
    """Feature groups with more than one artifact: all but the one that is linked most."""
    groups: dict[str, list[Entity]] = defaultdict(list)
    for group in lineage.of("feature-group"):
        if group.kind == "Artifact":
            names = (name.removeprefix("fg-") for name in aliases(group))
            groups[min(names, default=group.arn)].append(group)
    for name, twins in groups.items():
        # The one that most is at stays: less has to be linked anew.
        for twin in sorted(twins, key=lineage.degree, reverse=True)[1:]:
            yield twin, f"The feature group {name} has {len(twins)} artifacts; lineage is split."
