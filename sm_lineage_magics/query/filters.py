"""An answer cut down to the entities wanted.

>>> [model.label for model in narrowed(answer, EntityFilter(roles=("model",)))]
['churn']
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import Answer, EntityFilter, LineageGraph


def narrowed(answer: Answer, wanted: EntityFilter) -> Answer:
    """The answer whose found entities are those `wanted`, with the way to them and no more."""
    return restricted(answer, (entity.arn for entity in answer if wanted(entity)))


def restricted(answer: Answer, found: Iterable[str]) -> Answer:
    """The answer that found just these, with the way between them and the focus."""
    kept = tuple(found)
    return replace(answer, graph=between(answer.graph, answer.focus, kept), found=kept)


def between(graph: LineageGraph, focus: Iterable[str], ends: Iterable[str]) -> LineageGraph:
    """Focus, ends and whatever lies on a way from one to the other, in the graph's own order."""
    here, there = tuple(focus), tuple(ends)
    kept = {*here, *there, *_on_the_way(graph, here, there), *_on_the_way(graph, there, here)}
    return graph.induced(arn for arn in graph.entities if arn in kept)


def _on_the_way(graph: LineageGraph, first: Iterable[str], last: Iterable[str]) -> set[str]:
    after = graph.distances(first, "downstream")
    return after.keys() & graph.distances(last, "upstream").keys()
