"""The steps of a lineage: what was done, what it read and what it made.

>>> [(step.entity.label, len(step.inputs), len(step.outputs)) for step in steps_in(graph)]
[('join-customers', 3, 2), ('train-churn', 4, 1)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...model import Association, Entity, LineageGraph

# What only sets things side by side moves no data.
_ASIDE = ("AssociatedWith", "SameAs")


@dataclass(frozen=True)
class Step:
    """One thing done.

    Attributes:
        entity: the action or trial component; where data led from one entity straight to another,
            the other.
        inputs: what led into it.
        outputs: what came out of it.
    """

    entity: Entity
    inputs: tuple[Entity, ...]
    outputs: tuple[Entity, ...]


def is_activity(entity: Entity) -> bool:
    """Whether it is something done, rather than something made."""
    return entity.kind in ("Action", "TrialComponent")


def steps_in(graph: LineageGraph) -> Iterator[Step]:
    """Every step, in the graph's order; a step without data on either side is one, too."""
    for arn, entity in graph.entities.items():
        incoming = _entities(graph, _moving(graph.incoming.get(arn, ())), "source")
        if is_activity(entity):
            outgoing = _entities(graph, _moving(graph.outgoing.get(arn, ())), "destination")
            made = tuple(each for each in outgoing if not is_activity(each))
            yield Step(entity, tuple(each for each in incoming if not is_activity(each)), made)
        else:
            straight = tuple(each for each in incoming if not is_activity(each))
            if straight:
                yield Step(entity, straight, (entity,))


def _moving(edges: Iterable[Association]) -> Iterator[Association]:
    return (edge for edge in edges if edge.type not in _ASIDE)


def _entities(graph: LineageGraph, edges: Iterable[Association], end: str) -> list[Entity]:
    arns = (getattr(edge, end) for edge in edges)
    return [graph.entities[arn] for arn in arns if arn in graph]
