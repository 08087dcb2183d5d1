"""An answer cut down to the entities wanted, and the moments people type.

>>> [model.label for model in narrowed(answer, EntityFilter(roles=("model",)))]
['churn']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, time, timezone

from ..errors import QuestionError
from ..model import Answer, Entity, LineageGraph


def narrowed(answer: Answer, wanted: Callable[[Entity], bool]) -> Answer:
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


def moment(text: str, *, end_of_day: bool = False) -> datetime:
    """Read a date or a time in ISO 8601; without an offset it is in UTC.

    Args:
        text: `2026-01-31`, `2026-01-31T12:00` or `2026-01-31T12:00:00+01:00`.
        end_of_day: whether a bare date means its last instant, not its first.

    Raises:
        QuestionError: when it is neither.
    """
    try:
        read = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError as error:
        raise QuestionError(
            f"{text!r} is not a date. Expected for example 2026-01-31 or 2026-01-31T12:00."
        ) from error
    if end_of_day and len(text) == len("2026-01-31"):
        read = datetime.combine(read, time.max)
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)
