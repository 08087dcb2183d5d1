"""What a walk reached, and the answer made of it: the same for every backend and for graphs.

>>> up = reach([model], step, max_depth=2)
>>> answer_of([model], {"upstream": up}, entities).gaps
(Gap(kind='beyond-depth', …),)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from .answer import Answer, Gap
from .association import Association
from .entity import Entity, nothing
from .graph import LineageGraph
from .role import ROLES, role_of
from .walk import Step, walk

_RANK = {role: rank for rank, role in enumerate(ROLES)}


class Reach(NamedTuple):
    """How far a walk in one direction came.

    Attributes:
        distance: ARN → associations away from the start, in the order found.
        associations: every association crossed.
        beyond: ARNs one level further than was asked for.
        interrupted: whether Ctrl-C ended the walk before its end.
    """

    distance: Mapping[str, int] = nothing()
    associations: tuple[Association, ...] = ()
    beyond: tuple[str, ...] = ()
    interrupted: bool = False


def reach(
    start: Iterable[str],
    step: Step[str, Association],
    max_depth: int | None = None,
    stop: Callable[[str], bool] = lambda arn: False,
) -> Reach:
    """Walk all levels up to `max_depth`, and look one further to know whether more lies there.

    Ctrl-C ends the walk, not the answer: what was reached until then is returned, and says so.

    Args:
        start: ARNs to begin at.
        step: one level, as `walk` takes it.
        max_depth: levels to go, None for all.
        stop: ARNs not to walk through; never asked of the start.
    """
    starts = dict.fromkeys(start)
    distance: dict[str, int] = {}
    crossed: list[Association] = []

    def through(frontier: Iterable[str]) -> Iterable[tuple[str, Association]]:
        return step([arn for arn in frontier if arn in starts or not stop(arn)])

    one_further = None if max_depth is None else max_depth + 1
    try:
        for depth, nodes, links in walk(starts, through, one_further):
            if max_depth is not None and depth > max_depth:
                return Reach(distance, tuple(crossed), nodes)
            distance.update(dict.fromkeys(nodes, depth))
            crossed.extend(links)
    except KeyboardInterrupt:
        return Reach(distance, tuple(crossed), interrupted=True)
    return Reach(distance, tuple(crossed))


def answer_of(
    start: Iterable[str], reached: Mapping[str, Reach], entities: Mapping[str, Entity]
) -> Answer:
    """The answer made of walks by direction: nearest first, then by role, name and ARN."""
    focus = tuple(dict.fromkeys(start))
    distance = _nearest(reached.values())
    order = _ordered(distance, entities)
    crossed = (association for one in reached.values() for association in one.associations)
    graph = LineageGraph.of((entities[arn] for arn in order), _in_order(crossed, order))
    return Answer(graph, focus, gaps=(*_missing(distance, entities), *_short(focus, reached)))


def _nearest(reached: Iterable[Reach]) -> dict[str, int]:
    nearest: dict[str, int] = {}
    for one in reached:
        for arn, away in one.distance.items():
            nearest[arn] = min(away, nearest.get(arn, away))
    return nearest


def _ordered(distance: Mapping[str, int], entities: Mapping[str, Entity]) -> list[str]:
    def place(arn: str) -> tuple[int, int, str, str]:
        entity = entities[arn]
        return (distance[arn], _RANK[role_of(entity)], entity.label, arn)

    return sorted((arn for arn in distance if arn in entities), key=place)


def _in_order(crossed: Iterable[Association], order: list[str]) -> list[Association]:
    """Associations as their ends are ordered, so that no store's own order shows in an answer."""
    place = {arn: number for number, arn in enumerate(order)}
    last = len(place)

    def ends(edge: Association) -> tuple[int, int, str, str]:
        return (place.get(edge.source, last), place.get(edge.destination, last), *edge.pair)

    return sorted(crossed, key=ends)


def _missing(distance: Iterable[str], entities: Mapping[str, Entity]) -> Iterable[Gap]:
    return [
        Gap("missing", arn, "It is named by an association but does not exist (any more).")
        for arn in distance
        if arn not in entities
    ]


def _short(focus: tuple[str, ...], reached: Mapping[str, Reach]) -> Iterator[Gap]:
    where = ", ".join(focus)
    for direction, one in reached.items():
        if one.beyond:
            why = f"At least {len(one.beyond)} more lie {direction}; ask with a larger --depth."
            yield Gap("beyond-depth", where, why)
        if one.interrupted:
            why = f"The walk {direction} was stopped by hand; ask again for the rest."
            yield Gap("interrupted", where, why)
