"""Upstream and downstream of a graph in hand.

>>> [entity.label for entity in ascendants(graph, [model])]
['train-churn', 'train.csv', 'raw.csv']
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import (
    Answer,
    Association,
    Direction,
    EntityFilter,
    LineageGraph,
    Reach,
    answer_of,
    reach,
    steps_of,
)


def ascendants(graph: LineageGraph, start: Iterable[str], max_depth: int | None = None) -> Answer:
    """Everything that contributed to `start`, however far back."""
    return traverse(graph, start, "upstream", max_depth)


def descendants(graph: LineageGraph, start: Iterable[str], max_depth: int | None = None) -> Answer:
    """Everything `start` contributed to, however far on."""
    return traverse(graph, start, "downstream", max_depth)


def traverse(
    graph: LineageGraph,
    start: Iterable[str],
    direction: Direction,
    max_depth: int | None = None,
    stop_at: EntityFilter | None = None,
) -> Answer:
    """Walk `graph` as a backend walks its store; `both` is up and down from the start."""
    focus = tuple(start)

    def stop(arn: str) -> bool:
        return stop_at is not None and arn in graph and stop_at(graph.entities[arn])

    def one_way(way: Direction) -> Reach:
        def step(frontier: Iterable[str]) -> Iterable[tuple[str, Association]]:
            return graph.step(frontier, way)

        return reach(focus, step, max_depth, stop)

    return answer_of(focus, {way: one_way(way) for way in steps_of(direction)}, graph.entities)
